"""The clock of a site under test: it shows what a file says, and goes on from there.

Only ``tests.settings`` sets it, and only where TIDU_TEST_CLOCK names a file: the product knows nothing of it.
"""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

VARIABLE = "TIDU_TEST_CLOCK"


@dataclass(frozen=True)
class Clock:
    """Set by the test, read by every process of the site."""

    file: Path

    def set(self, moment: datetime) -> None:
        """It is this moment now."""
        draft = self.file.with_suffix(".draft")
        draft.write_text(moment.isoformat())
        draft.replace(self.file)

    def now(self) -> datetime:
        """The moment it was set to, and the time since."""
        passed = timedelta(seconds=time.time() - self.file.stat().st_mtime)
        return datetime.fromisoformat(self.file.read_text()).astimezone(UTC) + passed


def follow_the_tests_clock() -> None:
    """From here on this process tells the time by the file, if there is one."""
    if name := os.environ.get(VARIABLE):
        timezone.now = Clock(Path(name)).now
