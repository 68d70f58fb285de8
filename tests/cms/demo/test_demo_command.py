"""What does `make demo` say to somebody who asks for something that cannot be?"""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command


def at_the_door(**asked) -> str:
    """Run the demo with these in the environment; it stops before it makes anything."""
    done = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=settings.ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev", **asked},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"PORT": "abc"}, "PORT must be a whole number, not 'abc'."),
        ({"PORT": "80"}, "CommandError: PORT must be a whole number from 1024 to 65535, not '80'."),
    ],
)
def test_what_cannot_be_is_one_sentence(asked, sentence):
    assert at_the_door(**asked) == sentence


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"PORT": "80"}, "PORT must be a whole number from 1024 to 65535, not '80'."),
        ({"PEOPLE": "9"}, "PEOPLE must be a whole number from 10 to 10000, not '9'."),
        ({"PEOPLE": "10001"}, "PEOPLE must be a whole number from 10 to 10000, not '10001'."),
        ({"PEOPLE": "-5", "PORT": ""}, "PEOPLE must be a whole number from 10 to 10000, not '-5'."),
        ({"SEED": "x"}, "SEED must be a whole number from 0 to 1000000000, not 'x'."),
    ],
)
def test_each_number_has_its_sentence(asked, sentence, settings, tmp_path, monkeypatch):
    """The same without a process each: starting one takes three seconds."""
    settings.DEMO, settings.PORT, settings.VAR = True, 8000, tmp_path
    for name in ("PORT", "PEOPLE", "SEED"):
        monkeypatch.setenv(name, asked.get(name, ""))
    with pytest.raises(CommandError) as refused:
        call_command("demo")
    assert (str(refused.value), list(tmp_path.iterdir())) == (sentence, [])
