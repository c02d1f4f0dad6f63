"""`make mutate`: move every number of the rules one step, and see whether a test notices.

The rules' numbers (a threshold, a count, a grade, a year of the timetable), their comparisons and
the defaults of their settings are found in the source by `ast`; each is changed alone, in memory,
in a process of its own that runs the rule tests until one fails. What no test noticed is listed
and makes the exit code 1. `ALIKE` names the changes that cannot change a result, with the reason.

    python -m tests.mutate                       everything
    python -m tests.mutate tt22 tt58 --list      files whose name holds "tt22" or "tt58", only named
    python -m tests.mutate averages --every 5    every fifth change of a file
"""

from __future__ import annotations

import argparse
import ast
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent
RULES = ROOT / "app" / "regulations"
UNIT = "tests/unit"

TOLD_ELSEWHERE = ("worked", "__init__")
"""Beginnings of file names that hold examples, not rules."""

SCORE_FILES = ("primary_bars.py", "primary_warnings.py")
"""Files whose numbers above ten are whole scores in tenths: one step is 10."""

TABLES = ("curriculum_20", "registry")
"""Beginnings of file names that hold plain tables, compared by cell: one direction is enough."""

_EXPLAIN = ["regulations/test_primary_explain.py"]
_TABLES = "regulations/test_curriculum_tables.py"
_MARKS = [
    *("regulations/test_tt22_marks.py", "regulations/test_tt58_marks.py"),
    "regulations/test_tt58_first_issue.py",
]
TESTS = {
    "tt22_explain": ["regulations/test_tt22_explain.py"],
    "tt58_explain": ["regulations/test_tt58_explain.py"],
    "tt22_2016_explain": _EXPLAIN,
    "tt27_explain": _EXPLAIN,
    "primary_explain": _EXPLAIN,
    "tt22_2016": ["regulations/test_primary_worked_examples.py", "services/test_assess_primary.py"],
    "tt27": ["regulations/test_primary_worked_examples.py", "services/test_assess_primary.py"],
    "tt22_formula": _MARKS,
    "tt58_formula": _MARKS,
    "formula_words": _MARKS,
    "averages": _MARKS,
    "rounding": _MARKS,
    "tt22": [
        *("regulations/test_tt22_learning.py", "regulations/test_tt22_marks.py"),
        *("regulations/test_tt22_year_end.py", "regulations/test_tt22_conduct.py"),
        "services/test_assess.py",
    ],
    "tt58_first_issue": ["regulations/test_tt58_first_issue.py"],
    "tt58": [
        *("regulations/test_tt58_learning.py", "regulations/test_tt58_marks.py"),
        *("regulations/test_tt58_year_end.py", "services/test_assess_tt58.py"),
    ],
    "thpt": ["regulations/test_thpt_choices.py"],
    "registry": ["regulations/test_registry.py"],
    "base": ["regulations/test_plain_facts.py", "regulations/test_registry.py"],
    "curriculum_2006_primary": [_TABLES, "regulations/test_primary_curricula.py"],
    "curriculum_2018_primary": [_TABLES, "regulations/test_primary_curricula.py"],
    "curriculum_2006": [_TABLES, "regulations/test_curriculum_2006.py"],
    "curriculum_2018_thcs": [_TABLES, "regulations/test_curriculum_2018_thcs.py"],
    "curriculum_2018_thpt": [_TABLES, "regulations/test_curriculum_2018_thpt.py"],
    "primary.": ["regulations/test_plain_facts.py"],
    "primary_warnings": ["regulations/test_primary_warnings.py"],
    "primary": [
        *("regulations/test_primary_curricula.py", "regulations/test_primary_settings.py"),
        *("regulations/test_primary_worked_examples.py", "services/test_assess_primary.py"),
    ],
}
"""Tests that are asked first, by the beginning of the file name; then all of `EVERY`."""

EVERY = (
    f"{UNIT}/regulations",
    f"{UNIT}/services/test_formula_check.py",
    f"{UNIT}/services/test_assess_values.py",
    f"{UNIT}/services/test_assess_primary.py",
    f"{UNIT}/services/test_assess_secondary_any.py",
)

_SHORTCUT = "only saves work: what it lets through is judged in full below"
_NEVER = "not reached: results are asked for only when every one is known"
ALIKE = {
    "base.py: 1 -> 0 in “_PRIMARY_GRADES = range(1, 6)”": "no class is of grade 0",
    "tt22_learning.py: 1 -> 2 in “RAISABLE_TO = 1”": "a fall of two levels starts at rank 0 or 1",
    "tt22_learning.py: 100 -> 101 in “FULL_MARK = 100”": "above every bar, as 100 is",
    "tt22_learning.py: 100 -> 99 in “FULL_MARK = 100”": "above every bar, as 100 is",
    "tt22_learning.py: 1 -> 2 in “if short > 1:”": _SHORTCUT,
    "tt22_learning.py: >= -> > in “return value >= REQUIREMENTS[0].every”": _SHORTCUT,
    "tt22_learning.py: 0 -> 1 in “return value >= REQUIREMENTS[0].every”": _SHORTCUT,
    "tt22_learning.py: 1 -> 2 in “return base_rank(marks, failed - 1)”": (
        "at most one comment subject has failed there"
    ),
    "tt22_year_end.py: False -> True in “return False”": _NEVER,
    "tt58_year_end.py: False -> True in “return False”": _NEVER,
    "tt22_2021.py: False -> True in “awaited = False”": (
        "without the right to be assessed again the new results count nowhere"
    ),
    "tt58_learning.py: 0 -> 1 in “RAISES = {(0, 2): 1, (0, 3): 2, (1, 3): 2, (1, 4): 3}” #2": (
        "what falls from Giỏi to Yếu by one subject also falls from Khá to Yếu by it, to the same"
    ),
    "tt58_learning.py: 0 -> 1 in “return Picture(average, core, specialised is not None, "
    "chosen, lowest or 0, failed)”": "0,1 is below every bar, as 0 is",
}
"""Changes that cannot change a result, by name, and why."""

PASSED, FAILED, BROKEN_OFF = 0, 1, 2
"""Exit codes of pytest; the last one when a changed file cannot even be imported."""

_SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.GtE: ast.Gt,
    ast.Gt: ast.GtE,
    ast.LtE: ast.Lt,
    ast.Lt: ast.LtE,
}


@dataclass(frozen=True)
class Change:
    """One change of one file: `what` names it, `at` is its place, `source` the changed file."""

    path: Path
    what: str
    at: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.path.name}: {self.what}"

    @property
    def module(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)


def changes_of(path: Path) -> Iterator[Change]:
    """Every change of a file, in the order of its lines."""
    text = path.read_text(encoding="utf-8")
    lines = text.encode().splitlines(keepends=True)
    tree = ast.parse(text)
    spots: list[tuple[int, int, int, str, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            spots += [(*_place(node), repr(node.value), new) for new in _moved(path, node.value)]
        elif isinstance(node, ast.Compare):
            spots += [
                (*_operator(lines, left, right), _sign(operator), _sign(_SWAPPED[type(operator)]()))
                for left, operator, right in zip(
                    [node.left, *node.comparators], node.ops, node.comparators, strict=False
                )
                if type(operator) in _SWAPPED
            ]
    known: Counter[str] = Counter()
    for line, start, end, old, new in sorted(spots):
        changed = list(lines)
        whole = changed[line - 1]
        shown = whole.decode().strip()
        # Python 3.11 misplaces what stands inside an f-string; a dataclass decorator is no rule.
        if whole[start:end].decode(errors="replace") != old or _is_no_rule(shown):
            continue
        changed[line - 1] = whole[:start] + new.encode() + whole[end:]
        source = b"".join(changed).decode()
        what = f"{old} -> {new} in “{shown}”"
        known[what] += 1
        if known[what] > 1:
            what += f" #{known[what]}"
        yield Change(path, what, f"{line}:{start}", source)


def _is_no_rule(line: str) -> bool:
    return line.startswith(("@dataclass", "from ", "import ")) or "strict=True" in line


def _moved(path: Path, value: object) -> list[str]:
    if value is True or value is False:
        return [repr(not value)]
    if type(value) is not int:
        return []
    if path.name in SCORE_FILES and value >= 10:
        return [repr(value - 10), repr(value + 10)]
    if path.name.startswith(TABLES):
        return [repr(value + 1)]
    return [repr(value - 1), repr(value + 1)] if value else ["1"]


def _place(node: ast.Constant) -> tuple[int, int, int]:
    return node.lineno, node.col_offset, node.end_col_offset or node.col_offset


def _operator(lines: Sequence[bytes], left: ast.expr, right: ast.expr) -> tuple[int, int, int]:
    """Line, start and end of a comparison's sign, which ends on the line of its right side."""
    line = right.lineno
    begin = left.end_col_offset if left.end_lineno == line else 0
    between = lines[line - 1][begin or 0 : right.col_offset]
    sign = between.strip(b" ()\n")
    start = (begin or 0) + between.index(sign)
    return line, start, start + len(sign)


def _sign(operator: ast.cmpop) -> str:
    return {ast.GtE: ">=", ast.Gt: ">", ast.LtE: "<=", ast.Lt: "<"}[type(operator)]


def all_changes(part: str = "") -> list[Change]:
    """Every change of every file of the rules whose name holds `part`."""
    return [
        change
        for path in sorted(RULES.glob("*.py"))
        if part in path.name and not path.name.startswith(TOLD_ELSEWHERE)
        for change in changes_of(path)
    ]


def unchanged(path: Path) -> Change:
    """A file as it is: no test may notice it."""
    return Change(path, "as it is", "", path.read_text(encoding="utf-8"))


def first_asked(change: Change) -> list[str]:
    """The tests most likely to notice."""
    found = next((tests for part, tests in TESTS.items() if change.path.name.startswith(part)), [])
    return [f"{UNIT}/{name}" for name in found]


class _Changed(MetaPathFinder, Loader):
    """Imports one module from changed source."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self._change.module:
            return None
        return spec_from_loader(name, self, origin=str(self._change.path))

    def exec_module(self, module: ModuleType) -> None:
        code = compile(self._change.source, str(self._change.path), "exec")
        exec(code, module.__dict__)


def noticed(change: Change, tests: Sequence[str] = ()) -> bool:
    """Whether a test fails under the change; in a process of its own, which is copied from here."""
    asked = list(tests) or first_asked(change)
    if asked and _fails(change, asked):
        return True
    return not tests and _fails(change, list(EVERY))


def _fails(change: Change, tests: list[str]) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(_run(change, tests))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (PASSED, FAILED, BROKEN_OFF):
        raise RuntimeError(f"pytest ended with {code} under {change.name}")
    return code != PASSED


def _run(change: Change, tests: list[str]) -> int:
    """Exit code of pytest under the change; the child's end of `_fails`."""
    import hypothesis.configuration
    import pytest

    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    sys.meta_path.insert(0, _Changed(change))
    with tempfile.TemporaryDirectory() as home:
        # A counterexample kept from one change would be tried first on the next.
        hypothesis.configuration.set_hypothesis_home_dir(home)
        plain = ["-x", "-q", "--assert=plain", "--hypothesis-seed=1"]
        without = ["-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"]
        return int(pytest.main([*plain, *without, *tests]))


def main(arguments: Sequence[str]) -> int:
    """Try every change and print a table; 1 when one was not noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutate", description=__doc__)
    parser.add_argument("parts", nargs="*", default=[""])
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="only every so many of them")
    options = parser.parse_args(arguments)
    changes = [change for part in options.parts for change in all_changes(part)]
    changes = changes[:: options.every]
    if options.list:
        print("\n".join(change.name for change in changes))
        return 0
    import hypothesis  # noqa: F401  read once, before the children are copied
    import pytest  # noqa: F401

    began, tally, missed = time.monotonic(), {}, []
    for tests in {tuple(first_asked(change)) for change in changes}:
        if noticed(unchanged(changes[0].path), tests or EVERY):
            print(f"These tests fail without any change: {', '.join(tests or EVERY)}")
            return 2
    for change in changes:
        outcome = "alike"
        if change.name not in ALIKE:
            outcome = "noticed" if noticed(change) else "missed"
        if outcome == "missed":
            missed.append(change)
            print(f"MISSED {change.name} ({change.at})", flush=True)
        row = tally.setdefault(change.path.name, {"noticed": 0, "alike": 0, "missed": 0})
        row[outcome] += 1
    print(f"\n{'file':34}{'changes':>9}{'noticed':>9}{'alike':>7}{'missed':>8}")
    for name, row in tally.items():
        print(f"{name:34}{sum(row.values()):9}{row['noticed']:9}{row['alike']:7}{row['missed']:8}")
    print(f"{len(changes)} changes, {len(missed)} missed, {time.monotonic() - began:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(sys.argv[1:]))
