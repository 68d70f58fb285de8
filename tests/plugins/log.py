"""What did the log say? The lines as the host gets them, and a canary that must not be among them."""

import json
import logging

import pytest
from django.conf import settings

from people.log.lines import Line


class Lines(logging.Handler):
    def __init__(self):
        super().__init__()
        self.setFormatter(Line())
        self.text = ""

    def emit(self, record):
        self.text += self.format(record) + "\n"

    def all(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]

    def events(self) -> list[str]:
        return [line["event"] for line in self.all()]

    def of(self, event: str) -> dict:
        """Return the one line about this event."""
        (line,) = [line for line in self.all() if line["event"] == event]
        return line


@pytest.fixture
def log_lines():
    """Everything that is logged from here on, at the levels of the settings."""
    lines = Lines()
    assert settings.LOGGING["formatters"]["line"]["()"] == f"{Line.__module__}.{Line.__name__}"
    logging.getLogger().addHandler(lines)
    yield lines
    logging.getLogger().removeHandler(lines)
