"""What the page of a shift says, and offers, for each way in which somebody can stand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from rostering.eligibility import Assessment, Reason, facts
from rostering.models import Booking, Shift, TaskKind
from rostering.open_shifts.shift_page import Requirement, Standing
from rostering.open_shifts.shift_words import BOOK, CANCEL, WAIT, said

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.get_fixed_timezone(0))
State = Booking.State
UNDO, QUIET = "Maak ongedaan", "quiet"


def stands(state="", *, ahead=72, changed=60, reasons=(), approval=False, **fields) -> Standing:
    """Return somebody at NOW: hours until the shift (2 long), minutes since the last change, all of it unsaved."""
    starts = NOW + timedelta(hours=ahead)
    kind = TaskKind(needs_approval=approval, load=1)
    shift = Shift(starts_at=starts, ends_at=starts + timedelta(hours=2), task_kind=kind, seats=2)
    shift.taken = 0
    row = Booking(state=state, moved_at=NOW - timedelta(minutes=changed), **fields) if state else None
    if row:
        row.position = 3
    found = Assessment(facts.Facts(None, frozenset()), shift, facts.Demands({}, {}, None), list(reasons))
    found.__dict__["warnings"] = []
    return Standing(found, row, [], [], NOW)


def buttons(standing):
    return [(one.label, one.address, one.tone) for one in said(standing).buttons]


OFFER = {"answer_by": NOW + timedelta(hours=5)}
LATE_OFFER = {"answer_by": NOW - timedelta(hours=5)}
FULL, ROLE = Reason("full"), Reason("role")


@pytest.mark.parametrize(
    ("standing", "title", "offered"),
    [
        (stands(), "Deze dienst past bij je.", [("Neem deze dienst", BOOK, "")]),
        (stands(approval=True), "Deze dienst past bij je.", [("Vraag deze dienst aan", BOOK, "")]),
        (
            stands(State.BOOKED),
            "Je staat op deze dienst.",
            [("Meld je af", CANCEL, "danger-quiet")],
        ),
        (stands(State.BOOKED, changed=5), "Je staat op deze dienst.", [(UNDO, CANCEL, QUIET)]),
        (
            stands(State.WAITING),
            "Je bent nummer 3 op de wachtlijst.",
            [("Ga van de wachtlijst af", CANCEL, QUIET)],
        ),
        (
            stands(State.REQUESTED),
            "Je hebt deze dienst aangevraagd.",
            [("Trek mijn aanvraag in", CANCEL, QUIET)],
        ),
        (stands(State.OFFERED, **OFFER), "Je bent gevraagd voor deze dienst.", []),
        (
            stands(State.OFFERED, **LATE_OFFER),
            "Dit aanbod is voorbij.",
            [("Neem deze dienst", BOOK, ""), ("Haal het weg", CANCEL, QUIET)],
        ),
        (
            stands(State.OFFERED, reasons=[FULL], **LATE_OFFER),
            "Dit aanbod is voorbij.",
            [("Haal het weg", CANCEL, QUIET)],
        ),
        (stands(State.CANCELLED, changed=5), "Je hebt je net afgemeld.", [(UNDO, BOOK, "")]),
        (
            stands(State.DECLINED),
            "Je hebt nee gezegd. Kun je toch? Er is nog plek.",
            [("Neem deze dienst", BOOK, "")],
        ),
        (stands(reasons=[FULL]), "Alle plekken zijn bezet.", [("Zet me op de wachtlijst", WAIT, "")]),
        (stands(reasons=[FULL, ROLE]), "Je kunt deze dienst nog niet nemen.", []),
        (stands(State.BOOKED, ahead=-1), "Deze dienst is begonnen.", []),
        (stands(State.ATTENDED, ahead=-5), "Deze dienst is geweest.", []),
    ],
)
def test_what_is_said_first_and_offered(standing, title, offered):
    assert (said(standing).title, buttons(standing)) == (title, offered)


@pytest.mark.parametrize(
    ("standing", "sentences", "asides"),
    [
        (stands(State.BOOKED, ahead=-1), 1, 0),
        (stands(State.ATTENDED, ahead=-5), 1, 0),
        (stands(ahead=-5), 0, 0),
        (stands(State.BOOKED, ahead=30), 0, 1),  # within two days: said that it is late
        (stands(State.BOOKED, ahead=30, changed=5), 0, 0),
        (stands(State.WAITING), 1, 0),
        (stands(approval=True), 1, 0),
        (stands(State.OFFERED, **OFFER), 1, 0),
    ],
)
def test_how_much_is_said_beside_it(standing, sentences, asides):
    assert (len(said(standing).sentences), len(said(standing).asides)) == (sentences, asides)


def test_only_an_offer_that_is_open_asks_for_yes_or_no():
    asks = [
        said(one).asks
        for one in (stands(State.OFFERED, **OFFER), stands(State.OFFERED, **LATE_OFFER), stands())
    ]
    assert asks == [True, False, False]


def test_what_is_missing_is_pointed_at():
    lacking = replace(stands(reasons=[ROLE]), requirements=[Requirement(None, "Je hebt geen VOG.")])
    assert said(lacking).sentences == ("Hieronder zie je wat er ontbreekt en hoe je dat regelt.",)
    assert said(lacking).bars == (ROLE.sentence,)
