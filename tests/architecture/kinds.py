"""What there is of a kind: every form of the house, for tests that walk them all."""

from importlib import import_module

from django import forms

from tests.architecture.house import modules


def own_forms() -> list[type[forms.BaseForm]]:
    """Return every class of form that our modules define."""
    found = []
    for module in modules():
        names = {base for name in module.tree.body if (base := getattr(name, "bases", None) and name.name)}
        if names and "forms" in module.path.read_text():
            loaded = import_module(module.name.removesuffix(".__init__"))
            found += [getattr(loaded, name) for name in sorted(names)]
    return [one for one in found if isinstance(one, type) and issubclass(one, forms.BaseForm)]
