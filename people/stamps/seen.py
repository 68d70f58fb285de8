"""Did somebody change this while the form was open? A form says what it showed; what changed since is told.

The form carries a short keyed hash of each value that it showed. Where the value is another one now, and not the
one that is typed, the form is refused. It then shows: what was typed where something was typed, and what stands
there now everywhere else. Sending that again saves it.
"""

from collections.abc import Callable
from datetime import date, time
from functools import partial, wraps
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from people.models import Stamp
from people.stamps import sent
from people.stamps.once import Key

SEEN = "seen"
LONGEST = 10_000  # signs: some twenty for each field


class Marks(forms.CharField):
    widget = forms.HiddenInput({"id": False})  # a page may hold several forms

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False  # it is about the other fields, not one of them


class Seen(forms.Form):
    """A form for something that stands there already; `initial` (or the instance) is what stands there now.

    What the page shows beside the fields, and what counts for who fills it in, is told by `beside`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEEN] = Marks(required=False, max_length=LONGEST, initial=self._marks)

    def beside(self) -> dict[str, tuple[str, Any]]:
        """Return what is no field of this form and what stands there now, by name: (label, value)."""
        return {}

    def clean(self) -> dict:
        filled = super().clean()
        filled = self.cleaned_data if filled is None else filled
        seen, now = _read(filled.pop(SEEN, "")), self._shown()
        changed = [
            name
            for name, value in now.items()
            if name in seen
            and seen[name] != mark(name, value)
            and not (name in filled and mark(name, filled[name]) == mark(name, value))
        ]
        if changed:
            self._take_over(seen, now, filled)
            self.add_error(None, self._sentence(changed))
        return filled

    def _shown(self) -> dict[str, Any]:
        """Return what stands there now, by field."""
        fields = {
            name: self.get_initial_for_field(field, name)
            for name, field in self.fields.items()
            if not isinstance(field, Marks | Key)
        }
        return fields | {name: value for name, (_label, value) in self.beside().items()}

    def _marks(self) -> str:
        return ",".join(f"{name}:{mark(name, value)}" for name, value in self._shown().items())

    def _take_over(self, seen: dict[str, str], now: dict[str, Any], filled: dict[str, Any]) -> None:
        """Show what stands there now in each field that was left as it was shown, and carry the new marks."""
        self.data = self.data.copy()
        for name, value in now.items():
            if name in filled and mark(name, filled[name]) == seen.get(name):
                self._show(name, value)
        self.data[self.add_prefix(SEEN)] = self._marks()

    def _show(self, name: str, value: Any) -> None:
        field, key = self.fields[name], self.add_prefix(name)
        shown = field.prepare_value(value)
        if isinstance(field.widget, forms.CheckboxInput):
            self.data.pop(key, None)
            if shown:
                self.data[key] = "on"
        elif isinstance(shown, list | tuple):
            self.data.setlist(key, [f"{one}" for one in shown])
        elif isinstance(field.widget, forms.widgets.ChoiceWidget):
            self.data[key] = "" if shown is None else f"{shown}"
        else:
            self.data[key] = field.widget.format_value(shown) or ""

    def _sentence(self, changed: list[str]) -> str:
        said = {name: label for name, (label, _value) in self.beside().items()}
        labels = ", ".join(str(said.get(name) or self.fields[name].label or name) for name in changed)
        return _(
            "Somebody changed this while you had it open: %(fields)s. What you typed is still here; the rest "
            "shows how it stands now. Look at it and save again."
        ) % {"fields": labels}


def edits(view: Callable | None = None, *, own: bool = False) -> Callable:
    """Let `view` read a row, compare it with what the form showed and save it in one transaction.

    With `own` the page is about who asks for it: nobody waits for the windows of somebody else.
    """
    if view is None:
        return partial(edits, own=own)

    @wraps(view)
    def held(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            _one_at_a_time(request, f"{request.user.pk}" if own else "everybody")
            return view(request, *args, **kwargs)

    held.stamped_seen = True  # the test that walks every form reads it
    return held


def _one_at_a_time(request: HttpRequest, whose: str) -> None:
    """Let two who save the same page do so one after the other, so that the second sees what the first saved."""
    stamp, _is_first = sent.claim(f"edits of {whose}", request.path, now=timezone.now())
    Stamp.objects.select_for_update(no_key=True).get(pk=stamp.pk)


def row_or_404(request: HttpRequest, rows: Any, **lookup: Any) -> Model:
    """Return the row of `rows` that a form is about; nobody else changes it while the form is saved."""
    if request.method == "POST":
        rows = rows.select_for_update(no_key=True, of=("self",))
    return get_object_or_404(rows, **lookup)


def mark(name: str, value: Any) -> str:
    """Return a short hash of a value, by which nobody can tell what it was."""
    return salted_hmac("people.stamps.seen", f"{name}={_plain(value)}").hexdigest()[:12]


def _plain(value: Any) -> str:
    if isinstance(value, Model):
        return f"{value.pk}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, QuerySet | list | tuple | set):
        return ",".join(sorted(map(_plain, value)))
    if isinstance(value, bool) or value is None:
        return "x" if value else ""
    return f"{value}".replace("\r\n", "\n").strip()


def _read(text: str) -> dict[str, str]:
    """Return the marks by field; what is not readable says nothing."""
    pairs = (one.partition(":") for one in text.split(","))
    return {name: value for name, colon, value in pairs if colon}
