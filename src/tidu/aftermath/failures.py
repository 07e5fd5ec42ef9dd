"""One failure must not keep a timer from the rest of its work."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Kept = Callable[[], AbstractContextManager[None]]


@contextmanager
def failures_at_the_end() -> Iterator[Kept]:
    """Whatever fails inside `with kept():` is kept; all of it is raised together when the work is over.

    Each piece of work has a transaction of its own, so what failed has left nothing behind.
    """
    failures: list[Exception] = []

    @contextmanager
    def kept() -> Iterator[None]:
        try:
            yield
        except Exception as failure:  # noqa: BLE001 - of any kind: it is raised below
            failures.append(failure)

    yield kept
    if failures:
        raise ExceptionGroup(f"{len(failures)} pieces of work failed; the others are done", failures)
