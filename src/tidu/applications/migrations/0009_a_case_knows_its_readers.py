"""A case and its stages carry the offices that read them: their policies ask the row itself, no other table.

Asked row by row, the readers' table made counting 90,000 cases take half a second, and their stages
longer. The columns are the database's own: triggers keep them, whoever writes, and nobody can put anything
else there. Who reads what is as before.
"""

from django.db import migrations

from tidu.database.policies import restate

FIRM = "firm_id = (SELECT tidu_firm())"
SYSTEM = "(SELECT tidu_kind()) = 'system'"
OFFICE = "(SELECT tidu_office())"
WRITERS = "(SELECT tidu_kind()) IN ('firm', 'office', 'system')"
WAS_READER = (
    "EXISTS (SELECT 1 FROM applications_casereader r"
    " WHERE r.case_id = applications_case.id AND r.office_id = (SELECT tidu_office()))"
)
WAS_READABLE = f"{FIRM} OR {SYSTEM} OR {WAS_READER}"

READABLE = f"CASE WHEN {FIRM} THEN true WHEN {SYSTEM} THEN true ELSE {OFFICE} = ANY (reader_ids) END"
"""The same as with OR; but the planner takes half of the rows for readable, and not next to none."""

READER = f"office_id = {OFFICE} OR {FIRM} OR {SYSTEM}"
READS_READER = f"CASE WHEN office_id = {OFFICE} THEN true WHEN {FIRM} THEN true ELSE {SYSTEM} END"

KNOW = """
CREATE FUNCTION applications_know_readers()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
    NEW.reader_ids := ARRAY(
        SELECT r.office_id FROM applications_casereader r WHERE r.case_id = NEW.id ORDER BY r.office_id
    );
    RETURN NEW;
END $$
"""
KNOW_AS_STAGE = """
CREATE FUNCTION applications_know_readers_of_case()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
    SELECT c.firm_id, c.reader_ids INTO NEW.firm_id, NEW.reader_ids
    FROM applications_case c WHERE c.id = NEW.case_id;
    RETURN NEW;
END $$
"""
TELL = """
CREATE FUNCTION applications_tell_of_readers()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
    UPDATE applications_case SET reader_ids = reader_ids
    WHERE id IN (SELECT a.case_id FROM added a);
    UPDATE applications_casestage SET reader_ids = reader_ids
    WHERE case_id IN (SELECT a.case_id FROM added a);
    RETURN NULL;
END $$
"""


CASE, STAGE, READER_ROW = "applications_case", "applications_casestage", "applications_casereader"
WITH_ITS_CASE = f'EXISTS (SELECT 1 FROM applications_case c WHERE c.id = "{STAGE}".case_id)'


def add(table: str, column: str) -> migrations.RunSQL:
    name, _, _ = column.partition(" ")
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD COLUMN {column}", f"ALTER TABLE {table} DROP COLUMN {name}"
    )


def trigger(table: str, name: str, when: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()", f"DROP TRIGGER {name} ON {table}"
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_words_of_a_passed_case"), ("records", "0002_append_only")]
    operations = [
        add(CASE, "reader_ids bigint[] NOT NULL DEFAULT '{}'"),
        add(STAGE, "reader_ids bigint[] NOT NULL DEFAULT '{}'"),
        add(STAGE, "firm_id bigint"),
        migrations.RunSQL(KNOW, "DROP FUNCTION applications_know_readers"),
        migrations.RunSQL(KNOW_AS_STAGE, "DROP FUNCTION applications_know_readers_of_case"),
        migrations.RunSQL(TELL, "DROP FUNCTION applications_tell_of_readers"),
        trigger(
            CASE,
            "a_case_knows_its_readers",
            f"BEFORE INSERT OR UPDATE ON {CASE} FOR EACH ROW",
            "applications_know_readers",
        ),
        trigger(
            STAGE,
            "a_stage_knows_the_readers_of_its_case",
            f"BEFORE INSERT OR UPDATE ON {STAGE} FOR EACH ROW",
            "applications_know_readers_of_case",
        ),
        trigger(
            READER_ROW,
            "a_case_is_told_of_its_readers",
            f"AFTER INSERT ON {READER_ROW} REFERENCING NEW TABLE AS added FOR EACH STATEMENT",
            "applications_tell_of_readers",
        ),
        trigger(
            READER_ROW,
            "a_row_stays",
            f"BEFORE UPDATE OR DELETE ON {READER_ROW} FOR EACH ROW",
            "records_refuse",
        ),
        migrations.RunSQL(f"UPDATE {CASE} SET reader_ids = reader_ids", migrations.RunSQL.noop),
        migrations.RunSQL(f"UPDATE {STAGE} SET reader_ids = reader_ids", migrations.RunSQL.noop),
        restate(CASE, "firm_and_route_read", using=READABLE, was=WAS_READABLE),
        restate(
            CASE,
            "firm_and_route_change",
            using=f"{WRITERS} AND {READABLE}",
            was=f"{WRITERS} AND ({WAS_READABLE})",
        ),
        restate(STAGE, "read_with_its_case", using=READABLE, was=WITH_ITS_CASE),
        restate(READER_ROW, "reader_and_firm_read", using=READS_READER, was=READER),
    ]
