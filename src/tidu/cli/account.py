"""``./tidu account operator NAME``: an account for those who keep the installation running.

``./tidu account renew NAME``: a new one-time password for an operator, without the second factor.

An operator opens the first administrator of each office; every other account is opened by an office.
"""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module

from tidu.database.scope import SYSTEM
from tidu.deployment import site
from tidu.law.refusals import Refused, sentence


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    with site.database_up():
        site.ready()
        site.migrate()
        return ACTS[options.act](options.username)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu account")
    acts = parser.add_subparsers(dest="act", required=True, metavar="operator|renew")
    for name, words in (
        ("operator", "开立运维账号，显示一次性密码"),
        ("renew", "重置运维账号的密码并解除两步验证"),
    ):
        acts.add_parser(name, help=words).add_argument("username", metavar="登录名")
    return parser.parse_args(arguments)


def open_operator(username: str) -> int:
    # the rooms can be imported only once Django is ready
    offices = import_module("tidu.offices.actions")
    try:
        account, password = offices.open_operator(
            actor=SYSTEM, username=username, name="系统运维", at=datetime.now(UTC)
        )
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return 1
    print(f"已开立运维账号 {account.username}，一次性密码（七天内有效，首次登录须修改）：{password}")
    return 0


def renew(username: str) -> int:
    offices = import_module("tidu.offices.actions")
    try:
        password = offices.renew_operator_password(actor=SYSTEM, username=username, at=datetime.now(UTC))
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return 1
    print(f"已重置密码并解除两步验证，一次性密码（七天内有效，须修改）：{password}")
    return 0


ACTS = {"operator": open_operator, "renew": renew}
