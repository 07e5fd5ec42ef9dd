"""Who reads and writes a case: its firm, the offices on its route, the system; auditors only read.

Everything that hangs on a case follows the case: the subqueries are bound by its own policies.
"""

from django.db import migrations

from tidu.database.policies import policy, protect
from tidu.records.policies import entries_follow

FIRM = "firm_id = (SELECT tidu_firm())"
SYSTEM = "(SELECT tidu_kind()) = 'system'"
WRITERS = "(SELECT tidu_kind()) IN ('firm', 'office', 'system')"
OFFICES = "(SELECT tidu_kind()) IN ('office', 'system')"
FIRMS = "(SELECT tidu_kind()) IN ('firm', 'system')"
READER = (
    "EXISTS (SELECT 1 FROM applications_casereader r"
    " WHERE r.case_id = applications_case.id AND r.office_id = (SELECT tidu_office()))"
)

IS_READABLE = """
CREATE FUNCTION applications_is_readable(which bigint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT EXISTS (
        SELECT 1 FROM applications_case c WHERE c.id = which AND (
            c.firm_id = tidu_firm() OR tidu_kind() = 'system' OR EXISTS (
                SELECT 1 FROM applications_casereader r WHERE r.case_id = c.id AND r.office_id = tidu_office()
            )
        )
    )
$$
"""
"""The rule of `applications_case`, for the readers' own policy: there a subquery would never end."""


def of_case(table: str) -> str:
    return f'EXISTS (SELECT 1 FROM applications_case c WHERE c.id = "{table}".case_id)'


def follows_case(name: str, writers: str) -> list[migrations.RunSQL]:
    table = f"applications_{name}"
    return [
        protect(table),
        policy(table, "read_with_its_case", command="SELECT", using=of_case(table)),
        policy(table, "add_to_its_case", command="INSERT", check=f"{writers} AND {of_case(table)}"),
        policy(table, "change_with_its_case", command="UPDATE", using=f"{writers} AND {of_case(table)}"),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_initial"),
        ("records", "0002_append_only"),
    ]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE applications_case_number", "DROP SEQUENCE applications_case_number"
        ),
        protect("applications_case"),
        policy(
            "applications_case", "firm_and_route_read", command="SELECT", using=f"{FIRM} OR {SYSTEM} OR {READER}"
        ),
        policy("applications_case", "firm_opens", command="INSERT", check=f"{FIRM} OR {SYSTEM}"),
        policy(
            "applications_case",
            "firm_and_route_change",
            command="UPDATE",
            using=f"{WRITERS} AND ({FIRM} OR {SYSTEM} OR {READER})",
        ),
        migrations.RunSQL(IS_READABLE, "DROP FUNCTION applications_is_readable"),
        protect("applications_casereader"),
        policy(
            "applications_casereader",
            "reader_and_firm_read",
            command="SELECT",
            using=f"office_id = (SELECT tidu_office()) OR {FIRM} OR {SYSTEM}",
        ),
        policy(
            "applications_casereader",
            "those_who_read_let_others_read",
            command="INSERT",
            check=f"{WRITERS} AND applications_is_readable(case_id)",
        ),
        *follows_case("casestage", WRITERS),
        *follows_case("casefield", FIRMS),
        *follows_case("evidenceitem", FIRMS),
        *follows_case("correction", WRITERS),
        *follows_case("finding", OFFICES),
        *follows_case("snapshot", WRITERS),
        protect("applications_letter"),
        policy(
            "applications_letter",
            "sender_and_case_readers_read",
            command="SELECT",
            using=f"office_id = (SELECT tidu_office()) OR {SYSTEM}"
            " OR EXISTS (SELECT 1 FROM applications_casestage s WHERE s.letter_id = applications_letter.id)",
        ),
        policy(
            "applications_letter",
            "sender_sends",
            command="INSERT",
            check=f"{OFFICES} AND (office_id = (SELECT tidu_office()) OR {SYSTEM})",
        ),
        policy(
            "applications_letter",
            "sender_marks",
            command="UPDATE",
            using=f"{OFFICES} AND (office_id = (SELECT tidu_office()) OR {SYSTEM})",
        ),
        entries_follow("applications_case"),
        entries_follow("applications_letter"),
    ]
