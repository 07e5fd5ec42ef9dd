"""What we ask of the login library: nobody signs up with it, its secrets are sealed, its words are ours."""

import base64
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from tidu.files.encryption import seal, unseal
from tidu.portals.entrance.settled import is_one_time

WRONG_LOGIN = "登录名或密码不正确。请核对大小写和输入法后重试；忘记密码的，请看“忘记密码”。"
SECOND_FACTOR = "second factor"
WRONG_CODE = "验证码不正确。请查看验证器中最新的六位数字后重试。"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by a firm's registration or by an upper office, never by the library."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_LOGIN,
        "invalid_login": WRONG_LOGIN,
        "account_inactive": "该账号已停用。请联系开户单位的账号管理员。",
        "too_many_login_attempts": "连续输错次数过多，已暂停登录。请五分钟后再试；忘记密码的，见“忘记密码”。",
        "incorrect_password": "密码不正确。请重新输入。",
        "enter_current_password": "请输入当前密码。",
        "incorrect_code": WRONG_CODE,
        "rate_limited": "操作过于频繁。请稍等片刻再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (the library's signature)
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("choose_identity")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library's remarks ("successfully signed in as …") are not shown."""


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An identity of the government's provider is tied to an account by who has a password of their own."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:  # noqa: ARG002
        """Comes before an identity is tied to whoever is logged in."""
        if is_one_time(request):
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_change_password")))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of authenticators lie in the database only sealed, with the key of all that is sealed."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "不能停用两步验证。",
        "cannot_generate_recovery_codes": "请先启用两步验证，再生成备用码。",
    }

    def get_totp_issuer(self) -> str:
        return "梯度（演示）" if settings.DEMONSTRATION else "梯度"

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text.encode(), context=SECOND_FACTOR)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), context=SECOND_FACTOR).decode()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Accounts need no address, so nothing is mailed."""
