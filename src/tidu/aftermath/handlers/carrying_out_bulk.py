"""An act on many was confirmed: a job of its own carries it out, case by case."""

from procrastinate.contrib.django import app as jobs

from tidu.records.models import Entry

CARRY_OUT = "tidu.aftermath.carry_out_bulk"
FOLLOWS = frozenset({("bulk", "confirm_bulk")})


def run(entry: Entry) -> None:
    """Queue the job, one at a time for each act."""
    bulk_id = entry.content["bulk"]
    jobs.configure_task(CARRY_OUT, allow_unknown=True, lock=f"bulk:{bulk_id}").defer(bulk_id=bulk_id)
