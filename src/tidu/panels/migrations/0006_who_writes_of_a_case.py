"""A case comes to experts by dispatch alone, and each speaks of what lies before him, at its own panel.

An office changes what is written of a case with a panel only through the acts of the system: at the database
it can put no case before anybody, and take none away.
"""

from django.db import migrations

from tidu.database.policies import predicate

KIND = "(SELECT tidu_kind())"
SYSTEM = f"{KIND} = 'system'"
AS_EXPERT = f"{KIND} = 'expert'"
OF_OWN_DRAW = (
    " OR {kind} = 'office' AND EXISTS (SELECT 1 FROM panels_draw d WHERE d.id = \"{table}\".draw_id"
    " AND d.office_id = (SELECT tidu_office()))"
)
OF_DRAWS = f" OR {KIND} = 'office' AND panels_drawn_here(hand_id)"


def drawers(table: str) -> str:
    """As the policy read before."""
    return SYSTEM + OF_OWN_DRAW.format(kind=KIND, table=table)


def restate(table: str, name: str, clause: str, now: str, was: str) -> migrations.RunSQL:
    alter = f"ALTER POLICY {name} ON {table} {clause}"
    return migrations.RunSQL(f"{alter} ({now})", f"{alter} ({was})")


class Migration(migrations.Migration):
    dependencies = [("panels", "0005_reminders")]
    operations = [
        restate("panels_drawevent", "it_happens", "WITH CHECK", SYSTEM, drawers("panels_drawevent")),
        restate("panels_hand", "it_is_dispatched", "WITH CHECK", SYSTEM, drawers("panels_hand")),
        restate("panels_task", "it_is_given", "WITH CHECK", SYSTEM, SYSTEM + OF_DRAWS),
        restate("panels_task", "it_ends", "USING", SYSTEM, SYSTEM + OF_DRAWS),
        predicate(
            "panels_is_asked",
            "task bigint, hand bigint",
            "SELECT 1 FROM panels_task t WHERE t.id = task AND t.hand_id = hand"
            " AND t.ended_at IS NULL AND t.answered_at IS NULL AND panels_is_me(t.expert_id)",
        ),
        restate(
            "panels_opinion",
            "the_expert_says",
            "WITH CHECK",
            f"{AS_EXPERT} AND panels_is_asked(task_id, hand_id)",
            f"{AS_EXPERT} AND panels_did(task_id)",
        ),
    ]
