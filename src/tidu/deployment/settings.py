"""Django's settings. What differs between installations comes from the environment or from TIDU_HOME."""

import os
from typing import Any

import django_stubs_ext

from tidu.database.address import addresses
from tidu.database.home import home
from tidu.deployment.content_security import policy
from tidu.deployment.environment import flag, number, words
from tidu.deployment.logs import configuration, configure_structlog
from tidu.deployment.marker import is_demonstration
from tidu.deployment.single_sign_on import origins, providers

django_stubs_ext.monkeypatch()
configure_structlog()
LOGGING = configuration()

TIDU_HOME = home()
DEMONSTRATION = flag("TIDU_DEMONSTRATION") or is_demonstration(TIDU_HOME)
DEBUG = False

SECRET_KEY = os.environ.get("TIDU_SECRET_KEY") or TIDU_HOME.secret("web-key")
ALLOWED_HOSTS = words("TIDU_HOSTS", default="127.0.0.1 localhost")
ROOT_URLCONF = "tidu.deployment.urls"
WSGI_APPLICATION = "tidu.deployment.wsgi.application"

# The rooms of the house, lowest first, then what they stand on.
INSTALLED_APPS = [
    "tidu.database",
    "tidu.records",
    "tidu.files",
    "tidu.offices",
    "tidu.enterprises",
    "tidu.titles",
    "tidu.programmes",
    "tidu.applications",
    "tidu.inspections",
    "tidu.panels",
    "tidu.publicity",
    "tidu.deliveries",
    "tidu.messages",
    "tidu.aftermath",
    "tidu.portals.parts",
    "tidu.portals.entrance",
    "tidu.portals.public",
    "tidu.portals.enterprise",
    "tidu.portals.office",
    "tidu.portals.expert",
    "tidu.portals.operator",
    "tidu.deployment",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "procrastinate.contrib.django",
]

# arrived_at first: the moment of arrival is the legal time, whatever happens afterwards.
# scope last: it opens the transaction in which the page does its work.
MIDDLEWARE = [
    "tidu.deployment.middleware.arrival",
    "tidu.deployment.middleware.log_context",
    "django.middleware.security.SecurityMiddleware",
    "tidu.deployment.middleware.content_security",
    "tidu.deployment.middleware.bounded",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tidu.deployment.plain_text.plain_text",
    "tidu.deployment.middleware.PageCompression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tidu.deployment.middleware.RequestScope",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tidu.portals.parts.context.page",
            ],
        },
    },
]

FORM_RENDERER = "tidu.portals.parts.forms.Renderer"

# The database, entered by two roles: the default serves, bound by row-level security; the owner migrates.
_addresses = addresses(TIDU_HOME)
_pool = {"min_size": 1, "max_size": number("TIDU_POOL", default=12), "timeout": 5}
DATABASES: dict[str, Any] = {
    "default": _addresses.app.settings(),
    "owner": _addresses.owner.settings(),
}
# Kept plans made a search 400 times slower once PostgreSQL turned to a generic plan.
DATABASES["default"]["OPTIONS"] |= {"pool": _pool, "prepare_threshold": None}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = str(TIDU_HOME.static)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tidu.portals.parts.storage.HashedFiles"},
}
FILES_ROOT = TIDU_HOME.files
FILES_MEGABYTES = number("TIDU_FILES_MEGABYTES", default=50)
# Or sm3 and sm4-gcm where national cryptography must be used; each record names its own.
LEDGER_ALGORITHM = os.environ.get("TIDU_LEDGER_ALGORITHM", "sha256")
SEALING_ALGORITHM = os.environ.get("TIDU_SEALING_ALGORITHM", "aes-256-gcm")

# Only the demonstration is ever served without TLS.
SECURE = not DEMONSTRATION
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "tidu.portals.parts.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = words("TIDU_ORIGINS")
SECURE_SSL_REDIRECT = SECURE and flag("TIDU_REDIRECT_TO_TLS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("TIDU_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = number("TIDU_HSTS_SECONDS", default=0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = policy(forms_lead_to=origins(os.environ))

AUTH_USER_MODEL = "offices.Account"
# scrypt is as strong as what Django prefers by itself and costs a login a tenth of its time on two cores.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "choose_identity"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_ADAPTER = "tidu.portals.entrance.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "tidu.portals.entrance.forms.LoginForm"}
# The session ends with the browser, and after a working day in any case.
ACCOUNT_SESSION_REMEMBER = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Added to the library's own. Per address, generously: a whole office may sit behind one. Counted in the
# memory of each web process: kept in the database, an address would tell who objected.
ACCOUNT_RATE_LIMITS = {
    "objection": "20/h/ip",
    "objection_paper": "60/h/ip",
    "objection_standing": "30/m/ip",
    "self_check": "60/m/ip",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("TIDU_BEHIND_PROXY") else 0
SOCIALACCOUNT_ADAPTER = "tidu.portals.entrance.adapters.IdentityAdapter"
# Who has sat down at somebody's open page ties no identity of their own to the account.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "tidu.portals.entrance.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
INSTALLED_APPS += [f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS]

# No mail leaves unless a server is named, and none ever from a demonstration.
EMAIL_HOST = os.environ.get("TIDU_MAIL_HOST", "")
EMAIL_PORT = number("TIDU_MAIL_PORT", default=587)
EMAIL_HOST_USER = os.environ.get("TIDU_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TIDU_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
_mail = "smtp" if EMAIL_HOST and not DEMONSTRATION else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{_mail}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("TIDU_MAIL_FROM", "tidu@example.invalid")

# What this deployment says of itself on every page.
SITE_ADDRESS = os.environ.get("TIDU_SITE_ADDRESS", "")
TIDU_AUTHORITY = os.environ.get("TIDU_AUTHORITY", "")
TIDU_HELP_PHONE = os.environ.get("TIDU_HELP_PHONE", "000-00000100" if DEMONSTRATION else "")

# Whoever was urged (催办) is left alone for so long; ours, no notice says it.
URGE_QUIET_HOURS = number("TIDU_URGE_QUIET_HOURS", default=12)

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# A form brings a few files at most; a server counts no octet beyond those announced.
LARGEST_REQUEST = 6 * FILES_MEGABYTES * 1024 * 1024
# A list of cases to act on sends one field for each of them.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
SILENCED_SYSTEM_CHECKS: list[str] = []
