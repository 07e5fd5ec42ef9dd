"""``./tidu account operator``: the first account of an installation."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from tests import scene

from tidu.cli.account import open_operator, renew
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


def test_password_of_an_operator_is_renewed_and_of_nobody_else(capsys: pytest.CaptureFixture[str]) -> None:
    open_operator("keeper")
    account = Account.objects.get(username="keeper")
    TOTP.activate(account, generate_totp_secret())
    scene.open_offices()
    officer, _ = scene.open_post(scene.EAST, username="officer")
    capsys.readouterr()
    assert renew("Keeper") == 0
    password = capsys.readouterr().out.strip().rpartition("：")[2]
    account.refresh_from_db()
    assert account.check_password(password)
    assert not Authenticator.objects.exists()
    assert renew("officer") == 1
    assert "没有登录名为“officer”的运维账号" in capsys.readouterr().err
    assert Account.objects.get(pk=officer.pk).password == officer.password
