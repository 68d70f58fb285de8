"""Sending a form as a browser does: what stands in it on its page, and what somebody typed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps
from django.urls import reverse
from wagtail.models import Page

from tests.architecture import reading

KEPT_IN = ("people", "academy", "rostering", "django_q")


def nothing_before(world, client) -> None:
    pass


@dataclass(frozen=True)
class Act:
    """An address, who sends the form of it, on which page that stands, and what is typed in it."""

    name: str
    who: str
    args: Callable = lambda world: []
    on: Callable | None = None  # the path of the page, when that is not the address itself
    typed: dict = field(default_factory=dict)  # a field without a value is left empty
    before: Callable = nothing_before  # brings the world to where it can be sent

    def __str__(self):
        return self.name

    def path(self, world) -> str:
        return reverse(self.name, args=self.args(world))

    def form(self, world, client) -> reading.Form:
        """Open the page and return the form that leads to this address."""
        path = self.path(world)
        page = self.on(world) if self.on else path
        answer = client.get(page)
        forms = [form for form in reading.Page(answer.content.decode(), page).forms if form.method == "post"]
        found = [form for form in forms if form.action == path]
        if not found:
            raise LookupError(f"{self}: no form on {page} ({answer.status_code}) leads to {path}")
        return max(found, key=lambda form: len(form.fields))  # Wagtail's pages have a small one beside it

    def typed_in(self, world) -> dict:
        return {name: value(world) if callable(value) else value for name, value in self.typed.items()}

    def said(self, world, form: reading.Form) -> dict[str, list[str]]:
        """Return what is sent: the form as a person would fill it in, and what is typed here."""
        said = {}
        for name, value in form.filled():
            said.setdefault(name, []).append(value or next(filter(None, form.choices.get(name, ())), ""))
        for name, value in self.typed_in(world).items():
            said[name] = value if isinstance(value, list) else [f"{value}"] if value is not None else []
        return said


def everything() -> dict[str, list[str]]:
    """Return all rows of the tables that a form of ours writes, and of what is handed to the worker."""
    models = [model for name in KEPT_IN for model in apps.get_app_config(name).get_models()]
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in models
        if not issubclass(model, Page) and model._meta.managed
    }


def differences(before: dict, after: dict) -> dict[str, list[str]]:
    """Return the rows that were added, changed or removed, by table."""
    return {
        name: sorted(set(rows) ^ set(before[name])) for name, rows in after.items() if rows != before[name]
    }
