"""Is every mail of ours plain, complete, and free of anything from outside?"""

import re
import uuid
from html.parser import HTMLParser

import pytest
from django.utils import translation

from people.notices import mail
from people.notices.mail import Attachment, Message

ID = uuid.UUID(int=7)
LONG = Message(
    subject="Eén dienst & <meer>",
    lines=["Eerste regel.", "Tweede & <regel>."],
    details=[("Wat", "Belronde")],
    action=("Bekijk", "https://paraat.example/een/"),
    actions=[("Anders", "https://paraat.example/twee/")],
    because="Omdat het kan.",
    change=("Pas aan", "https://paraat.example/drie/"),
)
SHORT = Message(subject="Kort", lines=["Alleen dit."])


@pytest.fixture
def written(bram):
    def written(*messages):
        with translation.override("nl"):
            return mail.build(bram, messages, message_id=ID)

    return written


def html(email):
    return next(part.content for part in email.alternatives if part.mimetype == "text/html")


def test_one_message_gives_its_own_subject(written):
    email = written(LONG)
    assert (email.subject, email.to) == ("Eén dienst & <meer>", ["Bram Voorbeeld <bram@paraat.example>"])
    assert email.extra_headers == {"Message-ID": f"<{ID}@paraat.example>", "Auto-Submitted": "auto-generated"}


def test_the_plain_text_says_everything(written):
    assert (
        written(LONG).body.split("\n--\n")[0]
        == """Hallo Bram,

Eerste regel.

Tweede & <regel>.

Wat: Belronde

Bekijk:
https://paraat.example/een/

Anders:
https://paraat.example/twee/
"""
    )


def test_the_html_says_the_same(written):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(written(LONG))))
    said = [
        "Hallo Bram,",
        "Eén dienst &amp; &lt;meer&gt;",
        "Tweede &amp; &lt;regel&gt;.",
        "Wat Belronde",
        "Bekijk",
    ]
    assert [sentence for sentence in said if sentence not in text] == []


def test_several_messages_go_as_one_digest(written):
    email = written(LONG, SHORT)
    assert (email.subject, re.findall(r"^\* (.*)$", email.body, re.MULTILINE)) == (
        "2 berichten van Paraat",
        ["Eén dienst & <meer>", "Kort"],
    )


def test_why_you_get_it_is_said_once_for_each_reason(written):
    foot = written(LONG, SHORT, SHORT).body.split("\n--\n")[1]
    assert (
        foot
        == """Omdat het kan.
Pas aan: https://paraat.example/drie/
Je krijgt deze mail omdat je een account hebt bij Paraat.
Bekijk of wijzig je gegevens: https://paraat.example/ik/

Zelf hulp nodig? Bel 0900-0101. Bij spoed bel je 112. Denk je aan zelfdoding? Bel 113.
"""
    )


@pytest.mark.parametrize("demo", [True, False])
def test_the_demo_says_that_it_is_one(demo, written, settings):
    settings.DEMO = demo
    email = written(SHORT)
    assert ["verzonnen" in part for part in (email.body, html(email))] == [demo, demo]


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.names, self.addresses = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.addresses += [value for name, value in attributes if name in ("href", "src", "background")]


def test_nothing_comes_from_outside(written):
    tags = Tags(html(written(LONG, SHORT)))
    assert tags.names & {"img", "link", "script", "iframe", "style", "object", "video", "form"} == set()
    assert {address.split("/")[2] for address in tags.addresses} == {"paraat.example"}
    assert "url(" not in html(written(LONG, SHORT))


def test_a_subject_stays_on_one_line(written):
    assert (
        written(Message(subject="Twee\r\nBcc: x@y.example regels", lines=[])).subject
        == "Twee Bcc: x@y.example regels"
    )


def test_an_invitation_travels_twice_and_a_file_once(written):
    files = [
        Attachment("paraat.ics", b"BEGIN", "text/calendar; method=REQUEST; charset=utf-8"),
        Attachment("uren.csv", b"a,b", "text/csv"),
    ]
    parts = written(Message(subject="x", lines=[], attachments=files)).message().walk()
    assert [part.get_content_type() for part in parts] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
        "application/ics", "text/csv",
    ]  # fmt: skip


def test_who_has_no_name_yet_is_greeted_by_address(written, bram):
    bram.first_name = ""
    assert written(SHORT).body.startswith("Hallo bram@paraat.example,")


@pytest.mark.parametrize(
    ("path", "whole"),
    [("/ik/", "https://paraat.example/ik/"), ("https://elders.example/x", "https://elders.example/x")],
)
def test_an_address_is_always_whole(path, whole):
    assert mail.absolute(path) == whole
