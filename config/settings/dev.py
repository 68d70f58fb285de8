"""The demo and a developer's machine: SQLite, fictional people, mail to files. Never on the internet."""

from config.environment import env, env_int
from config.settings.base import *  # noqa: F403
from config.settings.base import SQLITE_OPTIONS, VAR

DEBUG = False
DEMO = True
PORT = env_int("PORT", 8000)
SECRET_KEY = env("SECRET_KEY", "demo-only-this-key-protects-nothing-but-fictional-people")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
PARAAT_URL = WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{PORT}"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "paraat.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}
SECOND_FACTOR_FOR_STAFF = False  # the log-ins of the demo have a password only
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}
