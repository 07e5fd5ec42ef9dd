"""Who reads the pool: the office that keeps it, those above it, auditors of both; an expert himself alone.

Firms read nothing of it. What an office notes of an expert's work it keeps from him.
"""

from django.db import migrations

from tidu.database.policies import policy, protect
from tidu.records.policies import entries_follow

KIND = "(SELECT tidu_kind())"
SYSTEM = f"{KIND} = 'system'"
AN_OFFICE = f"{KIND} = 'office'"
OFFICES = f"{KIND} IN ('office', 'auditor')"
OWN = "office_id = (SELECT tidu_office())"
OWN_OR_BELOW = f"{OFFICES} AND office_id IN (SELECT offices_at_or_below((SELECT tidu_office())))"
MYSELF = "account_id = (SELECT tidu_account())"
AS_EXPERT = f"{KIND} = 'expert'"
EXPERT, UNDERTAKING = "panels_expert", "panels_undertaking"
CONFLICT, NOTE = "panels_conflict", "panels_conductnote"


def of_expert(table: str, more: str = "") -> str:
    return f'EXISTS (SELECT 1 FROM {EXPERT} e WHERE e.id = "{table}".expert_id{more})'


MINE = " AND e.account_id = (SELECT tidu_account())"
KEPT_HERE = " AND e.office_id = (SELECT tidu_office())"


def append_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"REVOKE UPDATE ON {table} FROM tidu_app", f"GRANT UPDATE ON {table} TO tidu_app")


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0001_initial"),
        ("offices", "0002_policies"),
        ("records", "0003_experts_act"),
    ]
    operations = [
        protect(EXPERT),
        # who logs in must learn that he is an expert before he acts as one
        policy(
            EXPERT,
            "keepers_above_and_the_person_read",
            command="SELECT",
            using=f"{SYSTEM} OR {OWN_OR_BELOW} OR {MYSELF}",
        ),
        policy(EXPERT, "office_enters", command="INSERT", check=f"{AN_OFFICE} AND {OWN}"),
        policy(
            EXPERT,
            "office_and_expert_change",
            command="UPDATE",
            using=f"{AN_OFFICE} AND {OWN} OR {AS_EXPERT} AND {MYSELF}",
        ),
        protect(UNDERTAKING),
        policy(UNDERTAKING, "read_with_its_expert", command="SELECT", using=of_expert(UNDERTAKING)),
        policy(
            UNDERTAKING,
            "expert_signs",
            command="INSERT",
            check=f"{AS_EXPERT} AND {of_expert(UNDERTAKING, MINE)}",
        ),
        append_only(UNDERTAKING),
        protect(CONFLICT),
        policy(CONFLICT, "read_with_its_expert", command="SELECT", using=of_expert(CONFLICT)),
        policy(
            CONFLICT,
            "expert_declares_and_office_names",
            command="INSERT",
            check=f"ground = 'declared' AND {AS_EXPERT} AND {of_expert(CONFLICT, MINE)}"
            f" OR ground = 'named' AND {AN_OFFICE} AND {OWN} AND {of_expert(CONFLICT, KEPT_HERE)}",
        ),
        append_only(CONFLICT),
        protect(NOTE),
        policy(NOTE, "offices_read", command="SELECT", using=f"({SYSTEM} OR {OFFICES}) AND {of_expert(NOTE)}"),
        policy(NOTE, "office_notes", command="INSERT", check=f"{AN_OFFICE} AND {OWN} AND {of_expert(NOTE, KEPT_HERE)}"),
        append_only(NOTE),
        entries_follow(EXPERT),
    ]
