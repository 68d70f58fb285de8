"""Without a Chromium: does a person read what to do, and does CI fail?"""

import pytest

from tools import chromium


@pytest.fixture(autouse=True)
def _none_here(monkeypatch):
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_it_says_what_to_install(monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)
    assert chromium.main() == code
    assert capsys.readouterr().out.startswith(chromium.ADVICE)


def test_root_on_debian_gets_one(monkeypatch):
    asked = []
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium.subprocess, "run", lambda command, **options: asked.append(command[:2]))
    chromium.main()
    assert asked == [["apt-get", "update"], ["apt-get", "install"]]
