"""Does everybody keep to the grammar: no signals, no hidden imports, no asking the time below a view?"""

import ast
import re
from functools import cache

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q.models import Schedule

from tests.architecture import addresses
from tests.architecture.house import ROOMS, called, decorators, modules, nothing, parameters, templates
from tools import lines

FORBIDDEN_MODULES = {"core", "common", "utils", "util", "services", "helpers", "managers", "misc"}
FORBIDDEN_ENDINGS = ("Manager", "Service", "Helper", "Util", "Utils", "Handler", "Processor")
FORBIDDEN_NAMES = {"data", "info"}
HUNG_ON_WHAT_IS_NO_ROW = {  # marks on functions, and what Django and Python read there
    "people.access: guarded.needs",
    "people.log.tasks: told.is_task",
    "people.middleware: middleware.process_view",
    "people.stamps.once: pressed.stamped_once",
    "people.stamps.seen: held.stamped_seen",
    "rostering.board.views: page.object_list",
}
PLACES_IN_THE_SITE = {"section", "request.resolver_match.view_name"}
COMPARED_BY_OTHERS = {  # names that a library gives, for which there is no page object
    "templates/account/other_ways.html: way.id",
    "templates/components/form_field.html: field.widget_type",
    "templates/components/language.html: language",
    'templates/components/messages.html: message.extra_tags|default:""|slice:":1"',
    "templates/people/manage/people.html: field.name",
}
CLOCKS = {"timezone.now", "datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time"}
MAY_READ_THE_CLOCK = {  # besides whatever is given a request, and the tasks of the worker
    "people.days.today",  # which day is it: for views, commands and access
}
READS_THE_CLOCK_BY_TRADE = {"management", "clock.py", "adapters.py"}


def test_no_import_is_hidden_in_a_function():
    """An import inside a function hides an arrow or a circle. Only apps.py has to wait for the models."""
    wrong = [
        module.at(node)
        for module in modules()
        if module.path.name != "apps.py"
        for function in module.walk(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    nothing(wrong)


def test_there_are_no_signals():
    """What follows from what is said by the verb itself, where a reader finds it."""
    wrong = [
        module.at(node)
        for module in modules()
        for node in module.walk(ast.Import, ast.ImportFrom)
        for name in [getattr(node, "module", "") or "", *(alias.name for alias in node.names)]
        if "signals" in name.split(".") or name in {"django.dispatch", "receiver"}
    ]
    nothing(wrong)


MAILS = {"django.core.mail", "wagtail.admin.mail"}
SENDS = {
    "SMTP", "SMTP_SSL", "email_user", "mail_admins", "mail_managers", "send_mail", "send_mass_mail", "send_messages",
}  # fmt: skip


def test_only_notices_send_mail():
    """A mail that is sent on the spot is lost when the mail server is away; one that is owed is not."""
    wrong = [
        f"{module.at(node)} {name}"
        for module in modules()
        if not module.name.startswith("people.notices.")
        for node in module.walk(ast.Import, ast.ImportFrom, ast.Call)
        for name in mailing(node)
    ]
    nothing(wrong)


def mailing(node) -> list[str]:
    """Return what in an import or a call sends mail by itself."""
    if isinstance(node, ast.Call):
        return [name for name in [called(node)] if name.rpartition(".")[2] in SENDS]
    module = getattr(node, "module", "") or ""
    names = [module, *(f"{module}.{alias.name}".lstrip(".") for alias in node.names)]
    return [name for name in names if name in MAILS or name.rpartition(".")[0] in MAILS]


def test_no_model_overrides_save_or_delete():
    wrong = [
        f"{cls.__module__}.{cls.__name__}.{method}"
        for model in apps.get_models()
        for cls in model.__mro__
        for method in ("save", "delete", "save_base")
        if cls.__module__.split(".")[0] in ROOMS and method in vars(cls)
    ]
    nothing(sorted(set(wrong)))


def test_no_room_holds_a_drawer_for_leftovers():
    wrong = [
        module.where for module in modules() if FORBIDDEN_MODULES & set(module.path.with_suffix("").parts)
    ]
    nothing(wrong)


def test_classes_are_named_after_what_they_are():
    wrong = [
        f"{module.at(node)} {node.name}"
        for module in modules()
        for node in module.walk(ast.ClassDef)
        if node.name.endswith(FORBIDDEN_ENDINGS)
    ]
    nothing(wrong)


def test_nothing_is_called_data_or_info():
    """Methods are left alone: Django decides what some of them are given."""
    stored = [
        f"{module.at(node)} {node.id}"
        for module in modules()
        for node in module.walk(ast.Name)
        if isinstance(node.ctx, ast.Store) and node.id in FORBIDDEN_NAMES
    ]
    given = [
        f"{module.at(function)} {function.name}"
        for module in modules()
        for function in module.functions()
        if FORBIDDEN_NAMES & set(parameters(function))
    ]
    nothing(stored + given)


def test_the_time_is_asked_where_a_request_or_the_clock_comes_in():
    """Below that it is `now=`, so that a rule can be asked about any moment."""
    wrong = [
        f"{module.at(node)} {called(node)}"
        for module in modules()
        if not READS_THE_CLOCK_BY_TRADE & set(module.path.parts) and not module.name.endswith("views")
        for node in set(module.walk(ast.Call)) - set(where_time_comes_in(module))
        if called(node) in CLOCKS
    ]
    nothing(sorted(wrong))


def where_time_comes_in(module):
    """Yield every node of the functions that may ask what time it is."""
    allowed = MAY_READ_THE_CLOCK | tasks()
    for function in module.walk(ast.FunctionDef, ast.Lambda):
        name = f"{module.name}.{getattr(function, 'name', '')}"
        if name in allowed or "request" in parameters(function):
            yield from ast.walk(function)


@cache
def tasks() -> set[str]:
    """Return where the functions stand that are handed to the worker by name, which may be that of a face."""
    named = {
        node.args[0].value
        for module in modules()
        for node in module.walk(ast.Call)
        if called(node).endswith("async_task") and isinstance(node.args[0], ast.Constant)
    }
    found = map(import_string, named)
    return {f"{function.__module__}.{function.__qualname__}" for function in found}


def test_every_task_of_the_worker_exists():
    """It is handed over as a string, which no import would miss."""
    known = {f"{module.name}.{function.name}" for module in modules() for function in module.functions()}
    nothing(sorted(tasks() - known))


def test_every_task_of_the_worker_tells_of_its_failure(db):
    """The worker keeps the words of an error in its own table, and nobody looks there."""
    call_command("schedule", verbosity=0)
    handed_over = tasks() | set(Schedule.objects.values_list("func", flat=True))
    nothing(name for name in sorted(handed_over) if not getattr(import_string(name), "is_task", False))


def verbs():
    """Yield (module, function) of all that changes something: who did it and when are given by name."""
    for module in modules():
        for function in module.functions():
            by_name = {arg.arg for arg in function.args.kwonlyargs}
            if not function.name.startswith("_") and {"by", "now"} <= by_name:
                yield module, function


def test_every_verb_says_what_it_does():
    nothing(f"{module.at(verb)} {verb.name}" for module, verb in verbs() if not ast.get_docstring(verb))


def test_every_verb_that_writes_the_journal_is_one_transaction():
    """The line and the change it reports are there together or not at all."""
    nothing(
        f"{module.at(verb)} {verb.name}"
        for module, verb in verbs()
        if any(called(node) == "journal.record" for node in ast.walk(verb) if isinstance(node, ast.Call))
        if "transaction.atomic" not in decorators(verb)
    )


def test_every_address_that_a_template_names_exists():
    known = addresses.names()
    wrong = [
        f"{where}: {name}"
        for where, text in templates().items()
        for name in re.findall(r"{%\s*url\s+['\"]([^'\"]+)['\"]", text)
        if name not in known
    ]
    nothing(wrong)


def test_no_line_of_a_template_is_too_long_to_read():
    nothing(lines.too_long())


def test_nothing_is_hung_on_a_row_by_hand():
    """An attribute is a column, or declared in a class: who reads `row.where` finds where it comes from."""
    declared = {
        name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        for name in (field.name, getattr(field, "attname", field.name))
    }
    for module in modules():
        declared |= {
            node.target.id for node in module.walk(ast.AnnAssign) if isinstance(node.target, ast.Name)
        }
        declared |= {
            node.attr for node in module.walk(ast.Attribute) if ast.unparse(node).startswith("self.")
        }
    found = {
        f"{module.name}: {ast.unparse(node)}"
        for module in modules()
        if module.path.name != "forms.py" and ".solving." not in module.name
        for node in module.walk(ast.Attribute)
        if isinstance(node.ctx, ast.Store) and node.attr not in declared
    }
    assert found == HUNG_ON_WHAT_IS_NO_ROW


def test_no_template_decides_by_a_state():
    """What a state, a kind or a code means is said once, by the typed object that a page is made of."""
    found = {
        f"{where}: {name}"
        for where, text in templates().items()
        for tag in re.findall(r"{%\s*(?:el)?if\s(.*?)%}", text)
        for name in re.findall(r"([\w.|:\"]+)(?:\s*==|\s*!=|\s+in)\s*[\"']", tag)
        if name not in PLACES_IN_THE_SITE
    }
    assert found == COMPARED_BY_OTHERS


def test_every_address_that_the_code_names_exists():
    known = addresses.names()
    wrong = [
        f"{module.at(node)}: {node.args[0].value}"
        for module in modules()
        for node in module.walk(ast.Call)
        if called(node) in {"reverse", "reverse_lazy", "redirect"} and node.args
        if isinstance(node.args[0], ast.Constant) and "/" not in node.args[0].value
        if node.args[0].value not in known
    ]
    nothing(wrong)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a request to another host", r"<(?!a\b)[a-z]+\b[^>]*\b(src|href|action|poster)\w*=\W?(https?:)?//"),
        ("an inline script", r"<script(?![^>]*\bsrc=)(?![^>]*application/json)"),
        ("an inline style", r"<style\b|\sstyle="),
        ("an inline event", r"<[^>]*\son[a-z]+=|javascript:"),
    ],
)  # fmt: skip
def test_no_page_holds(what, pattern):
    """The content security policy would stop it in a browser; mail programs know inline styles only."""
    wrong = [
        f"{where}: {found.group(0)[:80]}"
        for where, text in templates().items()
        if not where.startswith("templates/mail/") or what == "a request to another host"
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]
    nothing(wrong)
