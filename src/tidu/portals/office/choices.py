"""What a list is narrowed by, each choice with a name that no other choice beside it bears.

Two notices may each call a batch 2026年第一批, and two procedures a stage 省级审核.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from tidu.programmes.models import Batch
from tidu.programmes.queries import procedure_by_digest

Key = TypeVar("Key")


def batch_choices(batches: Sequence[Batch]) -> list[tuple[int, str]]:
    """Batches with their notices: by title, where that is not enough with the 称号, else with the notice."""
    return told_apart(
        {
            batch.pk: (
                batch.title,
                f"{batch.title}（{batch.notice.get_title_kind_display()}）",
                f"{batch.title}（{batch.notice.title}）",
            )
            for batch in batches
        }
    )


def stage_choices(batches: Sequence[Batch]) -> list[tuple[str, str]]:
    """Stages of the batches' procedures: by title, else with the 称号 they lead to, else with the batches."""
    titles: dict[str, str] = {}
    kinds: dict[str, dict[str, None]] = {}
    rounds: dict[str, dict[str, None]] = {}
    for batch in batches:
        for stage in procedure_by_digest(batch.procedure_digest).stages:
            titles[stage.id] = stage.title
            kinds.setdefault(stage.id, {})[batch.notice.get_title_kind_display()] = None
            rounds.setdefault(stage.id, {})[batch.title] = None
    return told_apart(
        {
            id_: (title, f"{title}（{'、'.join(kinds[id_])}）", f"{title}（{'、'.join(rounds[id_])}）")
            for id_, title in titles.items()
        }
    )


def told_apart(names: Mapping[Key, Sequence[str]]) -> list[tuple[Key, str]]:
    """Each with the first of its names that no other has at that place; the last where there is none."""
    borne = Counter((place, name) for given in names.values() for place, name in enumerate(given))
    return [
        (key, next((name for place, name in enumerate(given) if borne[place, name] == 1), given[-1]))
        for key, given in names.items()
    ]
