"""What a panel found is for the offices that decide: the firm reads its own case and ledger, not this.

Nor does an expert who has the case before him: a panel that judged it earlier must not lead him. The frozen
body would follow from the ledger entry that names it, therefore it is withheld itself.
"""

from django.db import migrations

from tidu.database.policies import withhold_rows

FOR_OFFICES = "(SELECT tidu_kind()) IN ('office', 'auditor', 'system')"
IS_OPINION = """
CREATE FUNCTION applications_is_opinion(which text)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT EXISTS (SELECT 1 FROM applications_snapshot s WHERE s.digest = which AND s.kind = 'opinion')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0013_the_top_reads_no_call_list"), ("records", "0002_append_only")]
    operations = [
        migrations.RunSQL(IS_OPINION, "DROP FUNCTION applications_is_opinion"),
        withhold_rows(
            "applications_snapshot", "opinions_are_for_offices", unless=f"kind <> 'opinion' OR {FOR_OFFICES}"
        ),
        withhold_rows(
            "records_frozen",
            "opinions_are_for_offices",
            unless=f"CASE WHEN {FOR_OFFICES} THEN true ELSE public OR NOT applications_is_opinion(digest) END",
        ),
    ]
