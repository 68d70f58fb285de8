"""Every address that writes knows a second press and a stale window: by a stamp, or because neither can hurt.

What is not stamped has a row in HARMLESS that says why. That the second press of each changes nothing is shown in
test_second_press.py, and that a stale window is refused in test_stale_windows.py.
"""

import re

from tests.architecture.house import nothing, templates
from tests.architecture.writing import is_sent_once, says_what_it_showed, writing

HARMLESS = {  # the name of an address, and why the same press again or from an old window cannot hurt
    # somebody's own account and way in
    "mfa_activate_totp": "the secret of the form is used up: who has an app is sent on",
    "mfa_add_webauthn": "the challenge of the form is used up by the first answer of the key",
    "people:export": "hands over what stands there now; writes only that it was asked for",
    "people:language": "sets one choice, and the page shows which",
    "people:invitation": "is used up by the first press; after that it says so and leads to the log-in",
    # administration
    "people:end_role": "an end that was set stays: the verb does nothing for a role that is over",
    "people:withdraw_invitation": "what is withdrawn or accepted stays so: the verb does nothing",
    # a coordinator and a shift: each sets one state of one row, under its lock
    "rostering:board_ask_four": "says how many were asked when it was shown; another number asks nobody",
    "rostering:board_offer": "who was asked is not asked again; of a moved shift the window is told to look",
    "rostering:board_book": "who is on it stays on it once; of a moved shift the window is told to look",
    "rostering:board_cancel": "what is cancelled stays so, with the first reason: the verb does nothing",
    "rostering:board_undo_cancel": "a shift that stands again has nothing to take back: the verb does nothing",
    "rostering:board_publish": "what is published stays so: the verb does nothing",
    "rostering:board_all_attended": "takes those that are only booked: the second time nobody",
    "rostering:board_confirm": "who has a seat keeps it; of a moved shift the window is told to look",
    "rostering:board_refuse": "a request that was refused cannot be refused again: the verb says so",
    "rostering:board_take_off": "who is off stays off, with the first reason: the verb does nothing",
    "rostering:board_undo": "what was taken back leaves nothing to take back: the verb says so",
    "rostering:board_attended": "sets a state that it has already: the verb does nothing",
    "rostering:board_absent": "sets a state that it has already: the verb does nothing",
    # a coordinator and what is planned
    "rostering:import_demand": "keeps the file in the session only; what it changes is shown before it is taken over",
    "rostering:proposal_stop": "what was stopped stays so: the verb does nothing",
    "rostering:proposal_discard": "what was put aside stays so: the verb does nothing",
    "rostering:proposal_send": "a line that was sent is not sent again: the verb takes what is left",
    "rostering:proposal_pin": "sets a state that it has already: the verb does nothing",
    "rostering:proposal_unpin": "sets a state that it has already: the verb does nothing",
    "rostering:proposal_leave_out": "sets a state that it has already: the verb does nothing",
    "rostering:proposal_keep": "sets a state that it has already: the verb does nothing",
    "rostering:invite_to_learn": "who was invited is not invited again: the verb leaves them out",
    # a volunteer and a shift
    "rostering:book": "who is on it stays on it once; of a moved shift the window is told to look",
    "rostering:wait": "who waits waits once; of a moved shift the window is told to look",
    "rostering:cancel": "who is off stays off: the verb does nothing",
    "rostering:answer_here": "an answer that was given stands; of a moved shift the window is told to look",
    "rostering:answer": "an answer that was given stands; of a moved shift the window is told to look",
    "rostering:take_back": "a no that was taken back is a question again: there is nothing left to take back",
    "rostering:restore_days": "days that stand there are not added again: the verb returns them",
    # a volunteer's calendar
    "rostering:subscription": "each press gives a new address on its page and ends the one before: the last one works",
    "rostering:end_subscription": "what has ended stays so: there is nothing to remove",
    # a learner
    "academy:start": "who started keeps that start: the verb returns it",
    "academy:claim": "a certificate that was awarded for the same is not awarded again",
    "academy:read": "a lesson is ticked off once: the verb returns the first time",
}

FORM = re.compile(r"""<form\b[^>]*method="post".*?</form>""", re.DOTALL)
LEADS_TO = re.compile(r"""action="{% url ['"]([\w:]+)['"]""")


def stamped() -> set[str]:
    return {name for name, view in writing().items() if is_sent_once(view) or says_what_it_showed(view)}


def test_every_address_that_writes_is_stamped_or_harmless():
    nothing(sorted(writing().keys() - stamped() - HARMLESS.keys()))


def test_no_row_is_left_of_what_is_gone_or_stamped():
    nothing(sorted(HARMLESS.keys() - writing().keys()) + sorted(HARMLESS.keys() & stamped()))


def test_a_form_that_is_sent_once_carries_its_key():
    """Where the address stands in the template; the others are read from their pages in test_second_press.py."""
    once = {name for name, view in writing().items() if is_sent_once(view)}
    nothing(
        f"{path}: {name}"
        for path, text in templates().items()
        for form in FORM.findall(text)
        for name in LEADS_TO.findall(form)
        if name in once and "{% stamp %}" not in form
    )


def test_the_walk_sees_what_writes():
    """A few of each kind, so that a change to the walk cannot make it see nothing."""
    known = {
        "people:grant",
        "rostering:board_book",
        "rostering:task_kind",
        "rostering:proposal_pin",
        "academy:test",
    }
    assert known < writing().keys()
    assert not {"rostering:board", "academy:result", "people:alive"} & writing().keys()
