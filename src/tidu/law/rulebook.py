"""Reading the files of the rulebook, which are part of the package."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def rulebook_file(folder: str, name: str) -> Traversable:
    """The file `name` in a folder of the rulebook, whether or not it exists."""
    return files("tidu").joinpath("rulebook", folder, name)


def read_toml(folder: str, stem: str) -> dict[str, Any]:
    """The parsed content of `rulebook/<folder>/<stem>.toml`.

    Raises FileNotFoundError if there is no such file and
    tomllib.TOMLDecodeError if it is not TOML.
    """
    return tomllib.loads(read_text(folder, f"{stem}.toml"))


def read_text(folder: str, name: str) -> str:
    """The text of one file of the rulebook."""
    return rulebook_file(folder, name).read_text(encoding="utf-8")


def toml_stems(folder: str) -> list[str]:
    """The names, without suffix and sorted, of the TOML files in a folder."""
    entries = files("tidu").joinpath("rulebook", folder).iterdir()
    return sorted(e.name.removesuffix(".toml") for e in entries if e.name.endswith(".toml"))
