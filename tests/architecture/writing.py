"""Which addresses write, and what do they ask of a form? Read from the views themselves.

A view of ours writes when it, or a function of its module that it uses, looks at what was posted or calls a verb
(`by=`). What is held to GET writes nothing.
"""

import ast
import inspect
from collections.abc import Callable

from tests.architecture.addresses import addresses
from tests.architecture.house import ROOMS, Module, decorators, modules


def module_of(view: Callable) -> str:
    return getattr(view, "view_class", view).__module__


def is_ours(view: Callable) -> bool:
    return module_of(view).split(".")[0] in ROOMS


def writing() -> dict[str, Callable]:
    """Return {name: view} of every address of ours that takes a POST and writes."""
    return {one.name: one.view for one in addresses() if is_ours(one.view) and writes(one.view)}


def writes(view: Callable) -> bool:
    if hasattr(view, "view_class"):
        return True  # ours are there to change what a library's does with a form
    module = next(one for one in modules() if one.name == module_of(view))
    used = functions_used(module, inspect.unwrap(view).__name__)
    if not used or "require_safe" in decorators(used[0]):
        return False
    said = "\n".join(map(ast.unparse, used))
    return "POST" in said or "by=" in said


def functions_used(module: Module, name: str) -> list[ast.FunctionDef]:
    """Return the function `name` of a module, and those of the same module that it names, and so on."""
    known = {function.name: function for function in module.functions()}
    found, ahead = [], [name]
    while ahead:
        if (function := known.pop(ahead.pop(), None)) is not None:
            found.append(function)
            ahead += [node.id for node in ast.walk(function) if isinstance(node, ast.Name)]
    return found


def is_sent_once(view: Callable) -> bool:
    return hasattr(view, "stamped_once")


def says_what_it_showed(view: Callable) -> bool:
    return hasattr(view, "stamped_seen")
