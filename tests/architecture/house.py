"""What stands in the house: its rooms, files, functions and templates, for the tests that hold the rules."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["config", "cms", "academy", "rostering", "people"]
MAY_KNOW = {  # what the code, the templates and the foreign keys of a room may name
    "config": {"config", "cms", "academy", "rostering", "people"},
    "cms": {"cms", "academy", "rostering", "people"},
    "academy": {"academy", "people"},
    "rostering": {"rostering", "people"},
    "people": {"people"},
}


@dataclass(frozen=True)
class Module:
    path: Path
    tree: ast.Module

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def room(self) -> str:
        return self.path.relative_to(ROOT).parts[0]

    @property
    def name(self) -> str:
        return self.where.removesuffix(".py").replace("/", ".")

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    def walk(self, *kinds):
        return (node for node in self.nodes if isinstance(node, kinds))

    def functions(self):
        """The functions of the module itself: no methods, no functions inside functions."""
        return [node for node in self.tree.body if isinstance(node, ast.FunctionDef)]

    def at(self, node) -> str:
        return f"{self.where}:{node.lineno}"


@cache
def modules() -> list[Module]:
    """Return every module of the rooms; migrations are history and follow no rule."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [Module(path, ast.parse(path.read_text())) for path in paths if "migrations" not in path.parts]


@cache
def templates() -> dict[str, str]:
    """Return {path: text} of every template."""
    folders = [ROOT / "templates", *(ROOT / room / "templates" for room in ROOMS)]
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths if path.suffix != ".png"}


def parameters(function: ast.FunctionDef) -> list[str]:
    """Return the names of all parameters, `self` included."""
    spec = function.args
    return [arg.arg for arg in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]


def called(node: ast.Call) -> str:
    """Return the name of what is called: "timezone.now"."""
    return ast.unparse(node.func)


def decorators(function) -> list[str]:
    return [
        ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
        for decorator in function.decorator_list
    ]


def nothing(wrong) -> None:
    """Assert that nothing is wrong, and name all that is."""
    wrong = list(wrong)
    assert not wrong, "\n" + "\n".join(wrong)
