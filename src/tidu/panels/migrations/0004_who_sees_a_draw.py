"""A draw is public from its commitment on; who sits on a panel and who judges what is not.

Who was drawn is read by the office that drew and those above it, and each expert his own; events are public
once opinions have closed. An expert with a case before him reads the whole of that case, and of no other.
"""

from django.db import migrations

from tidu.database.policies import policy, predicate, protect
from tidu.records.policies import entries_follow

KIND = "(SELECT tidu_kind())"
SYSTEM = f"{KIND} = 'system'"
SOMEBODY = f"{KIND} IS NOT NULL"
OFFICES = f"{KIND} IN ('office', 'auditor')"
OWN = "office_id = (SELECT tidu_office())"
DRAWERS = f"({SYSTEM} OR {KIND} = 'office')"
AS_EXPERT = f"{KIND} = 'expert'"
DRAW, WITNESS, MEMBER, EVENT = "panels_draw", "panels_witness", "panels_poolmember", "panels_drawevent"
HAND, TASK = "panels_hand", "panels_task"
OPINION, JUDGEMENT = "panels_opinion", "panels_judgement"


def of_draw(table: str, more: str = "") -> str:
    return f'EXISTS (SELECT 1 FROM {DRAW} d WHERE d.id = "{table}".draw_id{more})'


MINE = " AND d.office_id = (SELECT tidu_office())"
MINE_OR_BELOW = " AND d.office_id IN (SELECT offices_at_or_below((SELECT tidu_office())))"
PUBLISHED = " AND d.published_at IS NOT NULL"


def seen_by_drawers(table: str) -> str:
    return f"{SYSTEM} OR {OFFICES} AND {of_draw(table, MINE_OR_BELOW)}"


def written_by_drawers(table: str) -> str:
    return f"{SYSTEM} OR {KIND} = 'office' AND {of_draw(table, MINE)}"


def of_opinion(more: str) -> str:
    return f"EXISTS (SELECT 1 FROM {OPINION} o WHERE o.id = {JUDGEMENT}.opinion_id{more})"


def append_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"REVOKE UPDATE ON {table} FROM tidu_app", f"GRANT UPDATE ON {table} TO tidu_app")


def judged(table: str, column: str) -> migrations.RunSQL:
    """The table's rows of a case are read by the experts who have that case before them."""
    return policy(
        table, "assigned_expert_reads", command="SELECT", using=f"{AS_EXPERT} AND panels_judges({column})"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0003_draws"),
        ("panels", "0002_policies"),
        ("applications", "0010_panels"),
        ("inspections", "0002_policies"),
        ("programmes", "0002_policies"),
    ]
    operations = [
        protect(DRAW),
        policy(DRAW, "all_read", command="SELECT", using=SOMEBODY),
        policy(DRAW, "office_freezes", command="INSERT", check=f"{KIND} = 'office' AND {OWN}"),
        policy(DRAW, "office_draws", command="UPDATE", using=f"{SYSTEM} OR {KIND} = 'office' AND {OWN}"),
        protect(WITNESS),
        policy(WITNESS, "all_read", command="SELECT", using=SOMEBODY),
        policy(WITNESS, "office_names", command="INSERT", check=written_by_drawers(WITNESS)),
        policy(WITNESS, "office_takes_commitments", command="UPDATE", using=written_by_drawers(WITNESS)),
        # asked apart: experts' own rows lead back to the tables that ask
        predicate(
            "panels_is_me",
            "which bigint",
            "SELECT 1 FROM panels_expert e WHERE e.id = which AND e.account_id = tidu_account()",
        ),
        protect(MEMBER),
        policy(
            MEMBER,
            "drawers_and_the_expert_read",
            command="SELECT",
            using=f"{seen_by_drawers(MEMBER)} OR {AS_EXPERT} AND panels_is_me(expert_id)",
        ),
        policy(MEMBER, "office_takes_in", command="INSERT", check=written_by_drawers(MEMBER)),
        append_only(MEMBER),
        protect(EVENT),
        policy(
            EVENT,
            "drawers_read_and_all_once_published",
            command="SELECT",
            using=f"{seen_by_drawers(EVENT)} OR {SOMEBODY} AND {of_draw(EVENT, PUBLISHED)}",
        ),
        policy(EVENT, "it_happens", command="INSERT", check=written_by_drawers(EVENT)),
        append_only(EVENT),
        protect(HAND),
        protect(TASK),
        predicate(
            "panels_holds",
            "which bigint",
            f"SELECT 1 FROM {TASK} t WHERE t.hand_id = which AND t.ended_at IS NULL AND panels_is_me(t.expert_id)",
        ),
        policy(
            HAND,
            "drawers_and_the_panel_read",
            command="SELECT",
            using=f"{seen_by_drawers(HAND)} OR {AS_EXPERT} AND panels_holds(id)",
        ),
        policy(HAND, "it_is_dispatched", command="INSERT", check=written_by_drawers(HAND)),
        policy(HAND, "it_moves", command="UPDATE", using=written_by_drawers(HAND)),
        predicate(
            "panels_drawn_here",
            "which bigint",
            f"SELECT 1 FROM {HAND} h JOIN {DRAW} d ON d.id = h.draw_id WHERE h.id = which"
            " AND d.office_id IN (SELECT offices_at_or_below(tidu_office()))",
        ),
        policy(
            TASK,
            "drawers_and_the_expert_read",
            command="SELECT",
            using=f"{SYSTEM} OR {OFFICES} AND panels_drawn_here(hand_id) OR {AS_EXPERT} AND panels_is_me(expert_id)",
        ),
        policy(
            TASK,
            "it_is_given",
            command="INSERT",
            check=f"{SYSTEM} OR {KIND} = 'office' AND panels_drawn_here(hand_id)",
        ),
        policy(
            TASK,
            "it_ends",
            command="UPDATE",
            using=f"{SYSTEM} OR {KIND} = 'office' AND panels_drawn_here(hand_id)",
        ),
        predicate(
            "panels_judges",
            "which bigint",
            f"SELECT 1 FROM {TASK} t WHERE t.case_id = which AND t.ended_at IS NULL AND panels_is_me(t.expert_id)",
        ),
        # what one expert said is his alone until nobody of the panel is waited for; the others never see it
        predicate(
            "panels_did",
            "which bigint",
            f"SELECT 1 FROM {TASK} t WHERE t.id = which AND panels_is_me(t.expert_id)",
        ),
        predicate(
            "panels_all_are_in",
            "which bigint",
            f"SELECT 1 FROM {HAND} h WHERE h.id = which AND h.state IN ('moderation', 'joined')",
        ),
        protect(OPINION),
        policy(
            OPINION,
            "the_expert_reads_and_drawers_once_all_are_in",
            command="SELECT",
            using=f"{SYSTEM} OR {AS_EXPERT} AND panels_did(task_id) OR {OFFICES}"
            " AND panels_drawn_here(hand_id) AND panels_all_are_in(hand_id)",
        ),
        policy(OPINION, "the_expert_says", command="INSERT", check=f"{AS_EXPERT} AND panels_did(task_id)"),
        append_only(OPINION),
        protect(JUDGEMENT),
        policy(JUDGEMENT, "read_with_its_opinion", command="SELECT", using=of_opinion("")),
        policy(JUDGEMENT, "the_expert_judges", command="INSERT", check=f"{AS_EXPERT} AND {of_opinion('')}"),
        append_only(JUDGEMENT),
        judged("applications_case", "id"),
        judged("applications_casestage", "case_id"),
        judged("inspections_inspection", "case_id"),
        judged("inspections_creditcheck", "case_id"),
        # the record is public; the ledger of a draw names who withdrew only by pseudonym
        entries_follow(DRAW),
    ]
