"""Every door of the entrance by name. The login library's other pages have no address here."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tidu.portals.entrance import views
from tidu.portals.entrance.settled import with_own_password as own

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("login/closed/", account.account_inactive, name="account_inactive"),
    path("login/again/", account.reauthenticate, name="account_reauthenticate"),
    path("login/code/", factor.authenticate, name="mfa_authenticate"),
    path("login/code/again/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("register/", views.register, name="account_signup"),
    path("identity/", views.choose_identity, name="choose_identity"),
    path("password/", views.change_password, name="account_change_password"),
    path("password/forgotten/", views.forgotten, name="account_reset_password"),
    path("security/", own(factor.index), name="mfa_index"),
    path("security/authenticator/", own(totp.activate_totp), name="mfa_activate_totp"),
    path("security/authenticator/stop/", own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("security/codes/", own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("security/codes/new/", own(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("security/codes/download/", own(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]

if settings.SOCIALACCOUNT_PROVIDERS:
    # returning from the identity provider is a GET that writes: see deployment.middleware
    urlpatterns += [
        path("accounts/", include("allauth.socialaccount.urls")),
        path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
