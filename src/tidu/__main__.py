"""``python -m tidu COMMAND …``: finds the command's module in tidu.cli and runs it."""

import signal
import sys
from importlib import import_module
from importlib.util import find_spec

from tidu.database.roles import RolesProblem
from tidu.database.server_user import ServerProblem
from tidu.deployment.calendars import CalendarProblem
from tidu.deployment.marker import MixedUp
from tidu.deployment.processes import NotServing

PROBLEMS = (ServerProblem, RolesProblem, MixedUp, NotServing, CalendarProblem)
"""What the person at the terminal can mend; the message says how."""

COMMANDS = {
    "demo": "演示：建库、灌入示例数据、启动网站（--fresh 重来，--port 端口）",
    "serve": "启动网站与后台任务",
    "migrate": "建立或升级数据库结构",
    "notice": "notice load 文件：载入通知",
    "account": "account operator|renew 登录名：开立运维账号，或重置其密码",
    "office": "office open|under|close|area|move：新设、归属、停用机构，新设、调整属地",
    "records": "records verify：核验台账；records erase：依规抹去一条记录的内容",
    "check": "check 文件.xlsx：对表中企业逐户给出判定",
    "draw": "draw verify 笔录.json：按抽取笔录重做双随机抽取并核对",
    "bench": "bench 名称 --json：性能测试",
    "test": "运行全部测试（-- 之后的参数交给 pytest）",
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())  # noqa: T201
        return 0
    name, *rest = arguments
    module = f"tidu.cli.{name}"
    if name not in COMMANDS or find_spec(module) is None:
        print(f"没有命令 {name}。\n\n{usage()}", file=sys.stderr)  # noqa: T201
        return 2
    # Whoever asks us to stop lets us close what we opened: the database server among it.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        code: int = import_module(module).run(rest)
    except KeyboardInterrupt:
        print("\n已中断", file=sys.stderr)  # noqa: T201
        return 130
    except PROBLEMS as problem:
        print(f"错误：{problem}", file=sys.stderr)  # noqa: T201
        return 1
    return code


def usage() -> str:
    available = {name: text for name, text in COMMANDS.items() if find_spec(f"tidu.cli.{name}")}
    lines = [f"  ./tidu {name:<8} {text}" for name, text in available.items()]
    return "用法：\n" + "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
