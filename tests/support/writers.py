"""Every public method of every service of a session that writes, found in the code itself."""

from __future__ import annotations

import ast
import inspect
import textwrap
import typing
from collections.abc import Iterator

from app.workspace import Workspace


def write_methods() -> Iterator[tuple[str, str]]:
    """(name in the workspace, method) of each that opens a writing unit of work, also by way of
    its own helpers.
    """
    for name, kind in typing.get_type_hints(Workspace).items():
        if inspect.isclass(kind) and kind.__module__.startswith("app.services"):
            for method in _writers(kind):
                yield name, method


def _writers(kind: type) -> list[str]:
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    found = {node.name: node for node in body.body if isinstance(node, ast.FunctionDef)}

    def writes(name: str, seen: tuple[str, ...] = ()) -> bool:
        for call in ast.walk(found[name]):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            called = call.func.attr
            if called == "write":
                return True
            mine = isinstance(call.func.value, ast.Name) and call.func.value.id == "self"
            if mine and called in found and called not in seen and writes(called, (*seen, name)):
                return True
        return False

    return [name for name in found if not name.startswith("_") and writes(name)]
