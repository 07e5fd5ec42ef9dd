"""Reading the few environment variables of an installation; docs/operations.md lists them all."""

import os


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, *, default: str = "") -> list[str]:
    return os.environ.get(name, default).replace(",", " ").split()


def number(name: str, *, default: int) -> int:
    return int(os.environ.get(name) or default)
