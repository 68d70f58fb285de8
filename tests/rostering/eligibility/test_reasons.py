"""One table of reasons: every code that is said anywhere has its row, and no other module keeps a list of codes."""

import ast
from pathlib import Path

import pytest

from rostering.eligibility import Reason, for_others, reasons
from rostering.matching import codes

ROSTERING = Path(__file__).parents[3] / "rostering"
SAY = {"matching/codes.py", "eligibility/reasons.py"}  # the table and its words
RULES = {"matching/possible/rules.py", "matching/possible/tables.py", "snapshot/tasks.py"}  # yield codes


def modules():
    return {str(path.relative_to(ROSTERING)): ast.parse(path.read_text()) for path in ROSTERING.rglob("*.py")}


def texts(nodes):
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_each_code_has_a_row_and_words():
    assert set(reasons.WORDS) == set(codes.TABLE)


def test_a_code_without_a_row_is_refused():
    with pytest.raises(KeyError, match="moonlight has no row"):
        Reason("moonlight")


def test_every_code_that_a_rule_says_has_a_row():
    said = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                said.update(texts(node.args[:1]))
    for path in RULES:
        for node in ast.walk(modules()[path]):
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                said.update(texts(node.value.elts[:1]))
    assert said <= set(codes.TABLE)
    assert said >= {"left", "never", "overlap", "no_reason", "unavailable"}  # the walk sees both kinds


def test_no_other_module_lists_codes():
    listed = []
    for path, tree in modules().items():
        if path in SAY | RULES:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Set | ast.Tuple | ast.List):
                said = texts(node.elts)
            elif isinstance(node, ast.Dict):
                said = texts(node.keys)
            elif isinstance(node, ast.Match):
                said = [t for case in node.cases for t in texts(ast.walk(case.pattern))]
            else:
                continue
            if len(set(said) & set(codes.TABLE)) > 2:
                listed.append((path, said))
    assert listed == []


def test_others_read_one_neutral_sentence_for_what_is_private():
    said = [Reason(code) for code in codes.TABLE]
    open_ones = [one.sentence for one in said if one.code not in codes.PRIVATE]
    assert sorted(for_others(said)) == sorted({*open_ones, "Kan dan niet."})


def test_what_a_person_wants_and_how_much_they_do_is_private():
    own = {"never", "reluctant", "far", "unavailable", "busy", "overlap", "rest"}
    own |= {"points", "nights", "load_near"}
    assert own | {"week_shifts", "week_hours", "week_heavy"} == codes.PRIVATE
