"""What the tests run on: SQLite by default, PostgreSQL when PARAAT_TEST_POSTGRES names its socket folder."""

from config.environment import env
from config.settings.base import *  # noqa: F403
from config.settings.base import SQLITE_OPTIONS, STORAGES, VAR

SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PARAAT_URL = WAGTAILADMIN_BASE_URL = "https://paraat.example"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR / "test" / "media"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = False
SECOND_FACTOR_FOR_STAFF = False  # tests/people/accounts and tests/architecture switch it on
WHITENOISE_AUTOREFRESH = True
if socket := env("PARAAT_TEST_POSTGRES", ""):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": socket,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "test" / "paraat.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "TEST": {"NAME": VAR / "test" / "test.sqlite3"},
        }
    }
