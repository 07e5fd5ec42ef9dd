"""What a list is narrowed by, each choice with a name that no other choice beside it bears.

Two notices may each call a batch 2026年第一批, and two procedures a stage 省级审核.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from tidu.programmes.models import Batch
from tidu.programmes.queries import procedure_by_digest

Key = TypeVar("Key")
NAMED = 2
"""Batches that the name of a stage counts out."""


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
    """Stages of the batches' procedures, one for each id: by title, else with the batches that have it.

    Procedures share ids and need not share titles: all the titles of an id are named.
    """
    titles: dict[str, dict[str, None]] = {}
    rounds: dict[str, list[str]] = {}
    for batch, (_, name) in zip(batches, batch_choices(batches), strict=True):
        for stage in procedure_by_digest(batch.procedure_digest).stages:
            titles.setdefault(stage.id, {})[stage.title] = None
            rounds.setdefault(stage.id, []).append(name)
    joined = {id_: "／".join(borne) for id_, borne in titles.items()}
    return told_apart({id_: (title, f"{title}：{_some(rounds[id_])}") for id_, title in joined.items()})


def _some(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 批" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def told_apart(names: Mapping[Key, Sequence[str]]) -> list[tuple[Key, str]]:
    """Each with the first of its names that no other has at that place; the last where there is none."""
    borne = Counter((place, name) for given in names.values() for place, name in enumerate(given))
    return [
        (key, next((name for place, name in enumerate(given) if borne[place, name] == 1), given[-1]))
        for key, given in names.items()
    ]
