"""Draw the house in docs/house.md from the code: its rooms, their subjects, and who knows whom.

python tools/house.py             write what stands between the marks in docs/house.md
python tools/house.py --check     say whether it is what the code says (for the checks)
"""

import ast
import sys
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "house.md"
BEGIN, END = "<!-- drawn by tools/house.py: begin -->", "<!-- drawn by tools/house.py: end -->"
ROOMS = ["config", "cms", "academy", "rostering", "people"]
DRAWN = ["rostering", "academy", "people", "cms"]
LEFT_OUT = {"migrations", "apps", "urls", "management", "templatetags", "wagtail_hooks"}


def subject_of(module: str) -> str:
    """Return room and subject of a module: rostering.booking.states is of rostering.booking."""
    return ".".join(module.split(".")[:2])


def subjects(room: str) -> dict[str, str]:
    """Return what stands in a room, with the question that each opens with."""
    found = {}
    for path in sorted((ROOT / room).iterdir()):
        file = path / "__init__.py" if path.is_dir() else path
        name = path.stem
        if name.startswith("_") or name in LEFT_OUT or file.suffix != ".py" or not file.exists():
            continue
        said = ast.get_docstring(ast.parse(file.read_text())) or ""
        found[name] = said.split("\n")[0]
    return found


def files_of(room: str, name: str) -> str:
    """Return the files of a subject: `booking/`: hands, mails, states; or its one file."""
    folder = ROOT / room / name
    if not folder.is_dir():
        return f"`{name}.py`"
    inside = sorted(path.name for path in folder.iterdir() if path.is_dir() or path.suffix == ".py")
    kept = [one.removesuffix(".py") for one in inside if not one.startswith("_")]
    return f"`{name}/` {', '.join(kept)}"


def arrows(graph: grimp.ImportGraph, room: str, known: set[str]) -> set[tuple[str, str]]:
    """Return which subject of a room imports which other."""
    found = set()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            one, other = subject_of(importer), subject_of(imported)
            if one != other and one.startswith(f"{room}.") and other.startswith(f"{room}."):
                pair = one.split(".")[1], other.split(".")[1]
                if set(pair) <= known:
                    found.add(pair)
    return found


def without_detours(found: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out an arrow where a longer way leads to the same: a picture of all of them shows nothing."""
    after = {}
    for one, other in found:
        after.setdefault(one, set()).add(other)

    def reached(start: str) -> set[str]:
        seen, ahead = set(), [start]
        while ahead:
            for nearer in after.get(ahead.pop(), ()):
                if nearer not in seen:
                    seen.add(nearer)
                    ahead.append(nearer)
        return seen

    detours = {(one, far) for one, others in after.items() for other in others for far in reached(other)}
    return sorted(found - detours)


def floors(room: str) -> list[list[str]]:
    """Return the floors of a room from the contract that holds them, highest first; empty without one."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        if contract.get("containers") == [room]:
            return [
                [name.strip() for name in layer.replace(":", "|").split("|")] for layer in contract["layers"]
            ]
    return []


def drawn() -> str:
    """Return the picture of the rooms and, of each room, the table of its subjects and their arrows."""
    graph = grimp.build_graph(*ROOMS, cache_dir=None)
    parts = []
    for room in DRAWN:
        known = subjects(room)
        parts.append(f"### {room}/\n")
        parts.append("| where | the question it answers |\n| --- | --- |")
        order = [name for floor in floors(room) for name in sorted(floor) if name in known]
        order += [name for name in known if name not in order]
        parts += [f"| {files_of(room, name)} | {known[name]} |" for name in order]
        lines = [f"  {one} --> {other}" for one, other in without_detours(arrows(graph, room, set(known)))]
        parts.append("\n```mermaid\ngraph TD\n" + "\n".join(lines) + "\n```\n")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    text = PAGE.read_text()
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    new = f"{before}{BEGIN}\n\n{drawn()}\n{END}{after}"
    if "--check" in arguments:
        if new != text:
            print("docs/house.md is not what the code says: run `make fix`.")
        return int(new != text)
    PAGE.write_text(new)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
