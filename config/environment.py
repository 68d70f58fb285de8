"""Read settings from environment variables, and fail loudly when one is missing or malformed."""

import os

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def env(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"The environment variable {name} is not set.")
    return value


def env_int(name: str, default: int | None = None) -> int:
    value = env(name, None if default is None else str(default)).strip()
    if not value and default is not None:  # make exports what was left empty
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def env_bool(name: str, default: bool | None = None) -> bool:
    value = env(name, None if default is None else str(default)).lower()
    if value not in _TRUE | _FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in _TRUE


def env_list(name: str, default: str | None = None) -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]
