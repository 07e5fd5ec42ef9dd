"""Calendars that operators add in TIDU_HOME/calendars, so that a new year needs no new version."""

import tomllib
from pathlib import Path

from tidu.law.calendars import install_calendars
from tidu.law.refusals import Refused, sentence


class CalendarProblem(Exception):
    """A calendar that cannot be used; the message says which file and why."""


def read_calendars(folder: Path) -> None:
    """Take over every `<year>.toml` of the folder, which need not exist. CalendarProblem for a bad one."""
    tables: dict[int, dict[str, object]] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CalendarProblem(
                f"日历文件 {file} 不是 UTF-8 编码的 TOML：{error}。请改正后再启动。"
            ) from None
        if str(table.get("year")) != file.stem:
            raise CalendarProblem(f"日历文件 {file} 中的 year 须与文件名相同：2027.toml 写 year = 2027。")
        tables[int(file.stem)] = table
    try:
        install_calendars(tables)
    except Refused as refused:
        raise CalendarProblem(f"{folder} 中的日历不能使用：{sentence(refused)}") from None
