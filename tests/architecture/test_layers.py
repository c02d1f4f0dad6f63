"""The dependency diagram of CONTRIBUTING, executable."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = ("app", "db", "exports", "ui")
MAY_IMPORT = {
    "app": {"app"},
    "db": {"app", "db"},
    "exports": {"app", "exports"},
    "ui": {"app", "ui"},
}
COMPOSITION_ROOT = {"app/__main__.py"}
STAND_ALONE = {"exports/seal/verifier.py", "exports/seal/parity.py"}


def modules(layer: str) -> list[Path]:
    return sorted((ROOT / layer).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Top-level packages imported anywhere in the file, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.level:
            found.add("<relative>")
    return found


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_it_may(layer: str) -> None:
    wrong = {
        str(path.relative_to(ROOT)): sorted(bad)
        for path in modules(layer)
        if str(path.relative_to(ROOT)) not in COMPOSITION_ROOT
        and (bad := (imported(path) & set(LAYERS)) - MAY_IMPORT[layer])
    }
    assert wrong == {}


def test_app_imports_the_standard_library_only() -> None:
    allowed = set(sys.stdlib_module_names) | {"app"}
    wrong = {
        str(path.relative_to(ROOT)): sorted(bad)
        for path in modules("app")
        if str(path.relative_to(ROOT)) not in COMPOSITION_ROOT and (bad := imported(path) - allowed)
    }
    assert wrong == {}


def test_the_verifier_stands_alone() -> None:
    for name in STAND_ALONE:
        assert imported(ROOT / name) <= set(sys.stdlib_module_names)


def test_ui_knows_no_database_and_exports_no_toolkit() -> None:
    banned = {"ui": {"sqlalchemy", "sqlcipher3", "sqlite3"}, "exports": {"PySide6", "sqlalchemy"}}
    wrong = {
        str(path.relative_to(ROOT)): sorted(bad)
        for layer, names in banned.items()
        for path in modules(layer)
        if (bad := imported(path) & names)
    }
    assert wrong == {}


def test_nobody_imports_relatively_or_by_star() -> None:
    wrong = []
    for layer in LAYERS:
        for path in modules(layer):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (
                    node.level or any(alias.name == "*" for alias in node.names)
                ):
                    wrong += [f"{path.relative_to(ROOT)}:{node.lineno}"]
    assert wrong == []


def test_the_check_has_teeth(tmp_path: Path) -> None:
    sneaky = tmp_path / "sneaky.py"
    sneaky.write_text("def late():\n    import sqlalchemy\n    from ui import pages\n")
    assert imported(sneaky) == {"sqlalchemy", "ui"}
