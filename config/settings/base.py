"""What every installation shares. See dev, production and test for the rest."""

from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from config.logs import LOGGING  # noqa: F401 - a setting

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"  # every file that running Paraat makes

DEMO = False  # True: fictional people, log-ins on screen, mail to files

INSTALLED_APPS = [
    "cms",
    "academy",
    "rostering",
    "people",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_q",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "people.log.requests.numbered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "people.middleware.readable_requests",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "academy.editing.policy.admin_policy",
    "academy.editing.policy.RefuseForgedForms",
    "people.middleware.addresses_that_can_exist",
    "people.middleware.private_pages",
    "people.middleware.editing_for_editors",
    "people.middleware.session_life",
    "people.middleware.second_factor_for_staff",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "people.context.site",
            ],
            "builtins": ["people.templatetags.words", "people.templatetags.stamps"],
        },
    }
]

SQLITE_OPTIONS = {  # measured: with the defaults 40 bookers get "database is locked"
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "paraat_cache"},
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # rows, so that a session can be revoked

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["people.accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "people.accounts.passwords.NotJustKnownWords"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation proved the address; there is no open sign-up
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail for each change of password or second factor
# Per address and network, so that nobody shuts another out: ten a minute from one network, of which five in five
# minutes and twenty a day for one mail address (people.accounts.adapters), or one account's second step.
# A new password: five mails an hour for one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key,20/d/key", "reset_password": "20/m/ip,5/h/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "people.accounts.adapters.SecondFactorAdapter"
USERSESSIONS_ADAPTER = "people.accounts.adapters.DevicesAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Paraat"
SECOND_FACTOR_FOR_STAFF = True  # nobody sees what is of others on a password alone
STAFF_SESSION_AGE = 12 * 60 * 60  # seconds without a request
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Not one request leaves the browser for another host.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
ADMIN_CONTENT_SECURITY_POLICY = {  # Wagtail 8 has inline scripts on its page editor
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
    "base-uri": [SELF],
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows our own page in a frame
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # it wants DENY there
SECURE_REFERRER_POLICY = "same-origin"

WAGTAILIMAGES_IMAGE_FORM_BASE = "academy.pictures.PictureForm"
WAGTAIL_SITE_NAME = "Paraat"
WAGTAILADMIN_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAIL_I18N_ENABLED = False
WAGTAILDOCS_EXTENSIONS = ["pdf", "vtt", "docx", "odt", "txt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True

Q_CLUSTER = {
    "name": "paraat",
    "orm": "default",
    "workers": 2,
    "timeout": 60,
    "retry": 240,  # longer than the longest task: a proposal for the roster
    "max_attempts": 5,
    "ack_failures": True,
    "save_limit": 250,
    "catch_up": False,
    "poll": 1,
    "label": "Paraat",
}

DEFAULT_FROM_EMAIL = "Paraat <rooster@paraat.example>"
PARAAT_HELP = "0900-0101"
