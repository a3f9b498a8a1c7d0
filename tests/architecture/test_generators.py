"""A generator that comes with tmfkit may be ejected: it imports nothing but the standard library, its own parts and `tmfkit.api`."""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, Source, project_files, python_sources

ALLOWED = ("tmfkit.api", "pydantic")
"""Options are models of pydantic, whose `Field` and validators they need."""


def generator_sources() -> list[Source]:
    return [source for source in python_sources() if source.within("generators")]


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every module that is imported, but for parts of the same package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node, node.module or ""


def is_allowed(module: str) -> bool:
    return module in ALLOWED or module.partition(".")[0] in sys.stdlib_module_names


def test_a_generator_imports_what_an_operator_may() -> None:
    found = [source.at(node, module) for source in generator_sources() for node, module in imported(source.tree) if not is_allowed(module)]
    assert found == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import json", 0),
        ("from collections.abc import Iterator", 0),
        ("from tmfkit.api import Artifact", 0),
        ("from .parts import made", 0),
        ("from pydantic import Field", 0),
        ("from tmfkit import api", 1),
        ("from tmfkit.catalog import Catalog", 1),
        ("import tmfkit.catalog", 1),
        ("import jinja2", 1),
        ("def f():\n    import yaml", 1),
    ],
)
def test_an_import_is_recognised(code: str, expected: int) -> None:
    assert sum(not is_allowed(module) for _, module in imported(ast.parse(code))) == expected


def test_what_the_house_asks_of_files_and_functions_is_asked_of_generators() -> None:
    """The shape is held for all Python of the project; these folders belong to it."""
    assert {"generators/runbooks/__init__.py", "generators/legacy/__init__.py"} <= {str(source.path) for source in generator_sources()}


def test_every_generator_has_its_page_and_every_folder_of_templates_its_generator() -> None:
    names = {name.removesuffix(".py").replace("_", "-") for name in entries_of("generators")}
    pages = {path.stem for path in project_files() if path.parent == ROOT / "docs" / "reference" / "generators"} - {"index"}
    assert pages == names
    assert entries_of("templates") <= names


def entries_of(folder: str) -> set[str]:
    """The files and folders that lie directly in a folder of the repository."""
    return {path.relative_to(ROOT / folder).parts[0] for path in project_files() if path.is_relative_to(ROOT / folder)}


def test_a_generator_never_prints() -> None:
    calls = [
        source.at(node, "prints")
        for source in generator_sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert calls == []
