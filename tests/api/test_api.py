"""What others may import is there, is the same for type checkers, and costs nothing until it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tmfkit import api


@pytest.mark.parametrize("name", api.__all__)
def test_every_name_is_there(name: str) -> None:
    thing = getattr(api, name)
    assert thing.__doc__
    assert thing.__name__ in (name, "Annotated")
    assert name in dir(api)


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(api.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    seen = {(node.module, alias.name) for node in imports for alias in node.names}
    assert seen == {(home, name) for name, home in api._HOME.items()}


def test_what_is_not_offered() -> None:
    with pytest.raises(AttributeError, match=r"tmfkit\.api offers no Manager"):
        _ = api.Manager


def test_a_name_is_imported_when_it_is_asked_for() -> None:
    script = "import sys, tmfkit.api as api; before = 'pydantic' in sys.modules; api.Finding; print(before, 'pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_a_script_checks_a_project() -> None:
    verdict = api.validate(api.open_project(ROOT).value)
    assert verdict.diagnostics == ()
    assert len(verdict.value) > 100
