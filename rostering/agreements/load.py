"""Which house rules does the roster have, and what do they say now?

The defaults are proposals of our own, to be confirmed by the organisation; the reasons say where they come from.
What follows from the numbers is in rostering/matching/load.py and in the rules of eligibility.
"""

from django.utils.translation import gettext_lazy as _

from people import house_rules
from people.house_rules import Rule
from rostering.matching.load import NIGHTS, POINTS, Agreements, Limit

_HEAVY = _(
    "Light work counts 1 point, medium 2, heavy 4. Hearing much misery in a short time wears people out."
)
RULES = (
    Rule("load_near_7", _("Load in 7 days: say that it is much, over"), _("points"), 8, 1, 100, _HEAVY),
    Rule("load_most_7", _("Load in 7 days: at most"), _("points"), 12, 1, 100, _HEAVY, at_least="load_near_7"),
    Rule("load_near_28", _("Load in 28 days: say that it is much, over"), _("points"), 20, 1, 400, _HEAVY),
    Rule("load_most_28", _("Load in 28 days: at most"), _("points"), 28, 1, 400, _HEAVY, at_least="load_near_28"),
    Rule(
        "nights_28", _("Nights in 28 days: at most"), _("nights"), 2, 0, 28,
        _("A night that touches the hours from 0.00 to 6.00. Two in four weeks keep sleep and work in balance."),
    ),
    Rule(
        "rest_after_night", _("Rest after a night"), _("hours"), 11, 0, 24,
        _("After the rules for on-call work in the Working Hours Act, taken over for volunteers."),
    ),
    Rule(
        "small_task_minutes", _("A small task is shorter than"), _("minutes"), 60, 0, 240,
        _("A task of 20 minutes is no whole shift for somebody's own maximum of shifts a week."),
    ),
    Rule(
        "small_tasks_a_shift", _("So many small tasks count as one shift"), _("tasks"), 4, 1, 20,
        _("Then three short tasks and one shift fit in a maximum of two shifts a week."),
    ),
    Rule(
        "asked_a_day", _("Questions to one person about one day: at most"), _("questions"), 2, 1, 20,
        _("Two shifts that join are one visit; with more it feels like an order and no question."),
    ),
    Rule(
        "asked_a_week", _("Questions to one person about 7 days: at most"), _("questions"), 3, 1, 50,
        _("Who is asked too much says no to all of it. Questions without an answer count; what somebody "
          "chose themselves does not."), at_least="asked_a_day",
    ),
    Rule(
        "company_from", _("A newcomer only beside somebody experienced, when a task is done by at least"),
        _("people"), 2, 1, 100,
        _("Who does it for the first time should not stand there without somebody who can show the way."),
    ),
)  # fmt: skip


def register() -> None:
    house_rules.register(RULES)


def now_held() -> Agreements:
    """Return what is agreed now. One query."""
    value = house_rules.values()
    return Agreements(
        limits=(
            Limit(POINTS, 7, value["load_near_7"], value["load_most_7"]),
            Limit(POINTS, 28, value["load_near_28"], value["load_most_28"]),
            Limit(NIGHTS, 28, value["nights_28"], value["nights_28"]),
        ),
        rest_hours=value["rest_after_night"],
        small_minutes=value["small_task_minutes"],
        small_a_shift=value["small_tasks_a_shift"],
        asked_a_day=value["asked_a_day"],
        asked_a_week=value["asked_a_week"],
        company_from=value["company_from"],
    )
