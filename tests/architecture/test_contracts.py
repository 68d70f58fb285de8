"""Do the arrows between the rooms hold where the import linter cannot see them?

config -> cms -> academy | rostering -> people; academy and rostering never meet.
`make check` holds the imports.
"""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.house import MAY_KNOW, ROOMS, called, modules, nothing, templates

PULLS_IN = re.compile(r"{%\s*(?:include|extends|load_partials)\s+['\"]([^'\"#]+)")


def room_of(model) -> str:
    return model.__module__.split(".")[0]


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "config"])
def test_every_relation_follows_the_arrows(room):
    """String foreign keys too: what counts is the model they end at."""
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if room_of(field.related_model) in ROOMS
        if room_of(field.related_model) not in MAY_KNOW[room]
    ]
    nothing(wrong)


def test_every_template_follows_the_arrows():
    """A page of the academy asks the roster for a fragment by its address; it never pulls its template in."""
    wrong = [
        f"{where} -> {pulled}"
        for where, text in templates().items()
        for pulled in PULLS_IN.findall(text)
        if (room := where.split("/")[1]) in MAY_KNOW
        if (other := pulled.split("/")[0]) in ROOMS and other not in MAY_KNOW[room]
    ]
    nothing(wrong)


def test_no_string_names_a_model_across_the_arrows():
    """`apps.get_model("rostering", ...)` would be a way around the import linter."""
    wrong = [
        module.at(node)
        for module in modules()
        for node in module.walk(ast.Call)
        if called(node).endswith("get_model")
        if any(isinstance(arg, ast.Constant) for arg in node.args)
    ]
    nothing(wrong)
