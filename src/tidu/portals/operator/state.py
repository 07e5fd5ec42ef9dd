"""The state of the installation: jobs, the last nightly root, the disk."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from tidu.records.models import Root

LITTLE_SPACE = 10
"""Percent of the disk below which somebody must act."""


@dataclass(frozen=True)
class State:
    """What an operator looks at first."""

    waiting: int
    running: int
    failed: int
    oldest_waiting: datetime | None
    root: Root | None
    disk_free: int
    disk_total: int

    @property
    def disk_percent(self) -> int:
        """How much of the disk is free, in percent."""
        return 100 * self.disk_free // self.disk_total

    @property
    def disk_is_short(self) -> bool:
        return self.disk_percent < LITTLE_SPACE


def state() -> State:
    """The state now; two queries and a look at the disk."""
    jobs = ProcrastinateJob.objects.aggregate(
        waiting=Count("pk", filter=Q(status="todo")),
        running=Count("pk", filter=Q(status="doing")),
        failed=Count("pk", filter=Q(status="failed")),
        oldest_waiting=Min("scheduled_at", filter=Q(status="todo")),
    )
    disk = shutil.disk_usage(_existing(Path(settings.FILES_ROOT)))
    root = Root.objects.order_by("-day").first()
    return State(**jobs, root=root, disk_free=disk.free, disk_total=disk.total)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists: before the first upload it does not."""
    return folder if folder.exists() else _existing(folder.parent)
