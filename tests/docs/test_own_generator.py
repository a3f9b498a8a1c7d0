"""The generator of the how-to is as small as it says: thirty lines at most, and only `tmfkit.api` of tmfkit."""

import ast

from tests.architecture.sources import ROOT
from tests.architecture.test_generators import imported, is_allowed
from tests.docs.blocks import blocks_of

PAGE = ROOT / "docs" / "how-to" / "own-generator.md"


def test_the_generator_has_thirty_lines_at_most() -> None:
    (block,) = [block for block in blocks_of(PAGE.name, PAGE.read_text(encoding="utf-8")) if "cat > generators/" in block.text]
    lines = block.text.splitlines()[1:-1]
    assert len(lines) <= 30
    modules = [module for _, module in imported(ast.parse("\n".join(lines)))]
    assert "tmfkit.api" in modules
    assert [module for module in modules if not is_allowed(module) or module == "pydantic"] == []
