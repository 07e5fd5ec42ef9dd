"""``./tidu account operator``: the first account of an installation."""

import pytest

from tidu.cli.account import open_operator
from tidu.offices.models import Account

pytestmark = pytest.mark.django_db


def test_operator_gets_a_one_time_password(capsys: pytest.CaptureFixture[str]) -> None:
    assert open_operator("Keeper") == 0
    password = capsys.readouterr().out.strip().rpartition("：")[2]
    account = Account.objects.get(username="keeper")
    assert (account.is_operator, account.check_password(password)) == (True, True)
    assert account.one_time_until is not None


def test_taken_name_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    open_operator("keeper")
    assert open_operator("keeper") == 1
    assert "登录名“keeper”已被使用" in capsys.readouterr().err
