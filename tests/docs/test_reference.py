"""The reference pages say what the code says today; `--update-goldens` writes them anew."""

from collections.abc import Callable

from tests.architecture.sources import ROOT
from tests.docs.changes import changes_page
from tests.docs.commands import commands_page
from tests.docs.findings import FAMILIES, findings_page, milder
from tests.docs.language import WORDS, declared, page
from tmfkit.diagnostics.codes import CODES
from tmfkit.model.units import UNITS

Generated = Callable[[str, str], None]


def test_the_language(generated: Generated) -> None:
    generated("reference/language.md", page())


def test_the_findings(generated: Generated) -> None:
    generated("reference/diagnostics.md", findings_page())


def test_the_command_line(generated: Generated) -> None:
    generated("reference/cli.md", commands_page())


def test_the_changes(generated: Generated) -> None:
    generated("reference/changes.md", changes_page())


def test_every_key_has_a_sentence_and_every_sentence_a_key() -> None:
    explained = {(part, key) for part, keys in WORDS.items() for key in keys}
    assert declared() - explained == set()
    assert explained - declared() == set()


def test_every_code_belongs_to_a_family() -> None:
    assert [code for code in CODES if code[:3] not in FAMILIES] == []


def test_the_guide_lists_every_unit() -> None:
    text = (ROOT / "docs/reference/language-guide.md").read_text(encoding="utf-8")
    table = text.partition("<!-- units -->")[2].partition("<!-- end -->")[0]
    written: dict[str, list[str]] = {}
    for unit in UNITS.values():
        written.setdefault("counted" if unit.dimension.startswith("number of ") else unit.dimension, []).append(f"`{unit.name}`")
    rows = [f"| {dimension} | {' '.join(names)} |" for dimension, names in written.items()]
    assert table.strip().splitlines()[2:] == rows


def test_the_findings_that_are_no_errors_are_found_in_the_code() -> None:
    marked = milder()
    assert {code: marked.get(code, "") for code in ("TK018", "TK101", "TK701")} == {
        "TK018": " (a warning)",
        "TK101": "",
        "TK701": " (a hint)",
    }
