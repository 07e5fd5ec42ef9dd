"""What a command says while it works: plain lines, each with the time it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(what: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"· {what} ……", end=" ", flush=True)
    yield
    print(f"{time.monotonic() - started:.1f} 秒", flush=True)


def say(sentence: str) -> None:
    print(f"  {sentence}", flush=True)
