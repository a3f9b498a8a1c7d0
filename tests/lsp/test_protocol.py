"""An editor and the language server talk over standard input and output, as they do on somebody's desk."""

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.lsp.client import CAPABILITIES, Editor, Refusal, editing
from tests.lsp.projects import FILES, project
from tmfkit import pipeline
from tmfkit.project import open_project

OFFERINGS, PRODUCTS = "catalog/offerings.yaml", "catalog/products.yaml"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One server for all tests: it answers for every project of which a file is open."""
    with editing(project(tmp_path_factory.mktemp("first"))) as one:
        yield one


@pytest.fixture
def editor(running: Editor, tmp_path: Path) -> Editor:
    running.move(project(tmp_path))
    return running


def place(editor: Editor, file: str, word: str, behind: str = "", inside: int = 1) -> dict[str, Any]:
    """A word in a file on disk, as requests name it; columns are UTF-16 units."""
    text = (editor.folder / file).read_text(encoding="utf-8")
    index = text.index(word, text.index(behind) if behind else 0) + inside
    line = text.rfind("\n", 0, index) + 1
    return editor.at(file, text.count("\n", 0, index), len(text[line:index].encode("utf-16-le")) // 2)


def text_at(editor: Editor, file: str, place: dict[str, Any]) -> str:
    """The text of a range of one line."""
    line = (editor.folder / file).read_text(encoding="utf-8").split("\n")[place["start"]["line"]]
    units = line.encode("utf-16-le")
    return units[2 * place["start"]["character"] : 2 * place["end"]["character"]].decode("utf-16-le")


def test_the_example_is_checked_within_a_second(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    shutil.copy(ROOT / "tmfkit.yaml", tmp_path)
    file = "catalog/products/broadband.yaml"
    text = (tmp_path / file).read_text(encoding="utf-8")
    with editing(tmp_path.resolve()) as editor:
        start = time.monotonic()
        editor.open(file, text.replace("accessTechnology: gpon", "accessTechnology: gpn"))
        (found,) = editor.findings(file, bool)
        taken = time.monotonic() - start
        assert (found["code"], found["source"], found["severity"]) == ("TK308", "tmfkit", 1)
        assert "`gpn`" in found["message"]
        assert found["relatedInformation"][0]["location"]["uri"].endswith("catalog/services/internet.yaml")
        assert taken < 1, f"{taken:.2f} s"


def test_findings_come_and_go_with_their_version(editor: Editor) -> None:
    editor.open(OFFERINGS)
    assert editor.settled(OFFERINGS) == []
    editor.change(OFFERINGS, FILES["offerings.yaml"].replace("product: access", "product: acess"))
    (found,) = editor.settled(OFFERINGS)
    assert found["code"] == "TK101"
    assert editor.published[OFFERINGS]["version"] == 2
    editor.change(OFFERINGS, FILES["offerings.yaml"])
    assert editor.settled(OFFERINGS) == []


def test_what_is_wrong_in_another_file_is_told_there(editor: Editor) -> None:
    editor.open(PRODUCTS)
    editor.change(PRODUCTS, FILES["products.yaml"].replace("id: broadband", "id: narrowband"))
    assert [found["code"] for found in editor.findings(OFFERINGS, lambda found: len(found) == 2)] == ["TK101", "TK101"]
    assert editor.published[OFFERINGS].get("version") is None
    editor.close(PRODUCTS)
    assert editor.findings(OFFERINGS, lambda found: not found) == []


def test_columns_are_counted_as_the_editor_counts_them(editor: Editor) -> None:
    text = "kind: Category\nid: odd\nname: Odd\ndescription: '🏠'\nvalidFor: {from: 2026-01-01, '🏠': 1, x: 2}\n"
    editor.open("catalog/odd.yaml", text)
    assert columns(editor.settled("catalog/odd.yaml"), "TK011") == [(29, 33), (38, 39)]
    part = {"range": {"start": {"line": 4, "character": 29}, "end": {"line": 4, "character": 33}}, "text": "until"}
    editor.change("catalog/odd.yaml", part)
    assert columns(editor.settled("catalog/odd.yaml"), "TK011") == [(39, 40)]


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 22), ("utf-16", 20), ("utf-32", 19)])
def test_an_editor_may_count_otherwise(tmp_path: Path, encoding: str, column: int) -> None:
    with editing(project(tmp_path), capabilities={**CAPABILITIES, "general": {"positionEncodings": [encoding]}}) as editor:
        assert editor.welcome["capabilities"]["positionEncoding"] == encoding
        editor.open("catalog/odd.yaml", "kind: Category\nid: odd\nname: Odd\nvalidFor: {'🏠': x, é: 1}\n")
        assert columns(editor.settled("catalog/odd.yaml"), "TK011")[1][0] == column


def columns(found: list[dict[str, Any]], code: str) -> list[tuple[int, int]]:
    return sorted((one["range"]["start"]["character"], one["range"]["end"]["character"]) for one in found if one["code"] == code)


def test_keys_and_ids_are_completed(editor: Editor) -> None:
    text = FILES["offerings.yaml"].replace("product: access", "product: ").replace("    tax: vat\n", "    ta\n")
    editor.open(OFFERINGS, text)
    line = text.split("\n").index("product: ")
    answer = editor.ask("textDocument/completion", editor.at(OFFERINGS, line, len("product: ")))
    assert [item["label"] for item in answer["items"]] == ["access"]
    line = text.split("\n").index("    ta")
    items = {item["label"]: item for item in editor.ask("textDocument/completion", editor.at(OFFERINGS, line, 6))["items"]}
    assert items["tax"]["textEdit"] == {
        "range": {"start": {"line": line, "character": 4}, "end": {"line": line, "character": 6}},
        "newText": "tax: ",
    }
    assert "usage" not in items
    assert "type" not in items


def test_the_pointer_is_told_what_it_is_over(editor: Editor) -> None:
    editor.open(OFFERINGS)
    told = editor.ask("textDocument/hover", place(editor, OFFERINGS, "access"))["contents"]["value"]
    assert "ProductSpecification `access`" in told
    assert "Used by `home`" in told
    price = editor.ask("textDocument/hover", place(editor, OFFERINGS, "monthly", "reduces: ["))["contents"]["value"]
    assert "29.90 EUR to 39.90 EUR" in price
    assert "every 1 month" in price
    assert editor.ask("textDocument/hover", editor.at(OFFERINGS, 999, 0)) is None


def test_definitions_and_references_lead_through_the_files(editor: Editor) -> None:
    editor.open(OFFERINGS)
    where = editor.ask("textDocument/definition", place(editor, OFFERINGS, "access"))
    assert where["uri"] == editor.uri(PRODUCTS)
    assert text_at(editor, PRODUCTS, where["range"]) == "access"
    asked = {**place(editor, OFFERINGS, "home"), "context": {"includeDeclaration": True}}
    found = editor.ask("textDocument/references", asked)
    assert [(one["range"]["start"]["line"] + 1, text_at(editor, OFFERINGS, one["range"])) for one in found] == [
        (2, "home"),
        (25, "home"),
        (26, "home"),
    ]
    asked["context"]["includeDeclaration"] = False
    assert len(editor.ask("textDocument/references", asked)) == 2


def test_an_entity_is_renamed_everywhere(editor: Editor) -> None:
    editor.open(OFFERINGS)
    there = place(editor, OFFERINGS, "home")
    assert editor.ask("textDocument/prepareRename", there)["placeholder"] == "home"
    changes = editor.ask("textDocument/rename", {**there, "newName": "home-net"})["documentChanges"]
    assert [(one["textDocument"]["uri"], one["textDocument"]["version"]) for one in changes] == [(editor.uri(OFFERINGS), 1)]
    after = written_back(FILES["offerings.yaml"], changes[0]["edits"])
    assert "id: home-net\n" in after
    assert "  home-net: {}\n" in after
    assert "{offering: home-net, min: 0" in after
    assert "reduces: [home-net/monthly]" in after
    assert "when: {home-net: 1, second: 1}" in after
    editor.change(OFFERINGS, after)
    assert editor.settled(OFFERINGS) == []


def written_back(text: str, edits: list[dict[str, Any]]) -> str:
    """A text after edits, each within one line."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda one: (one["range"]["start"]["line"], one["range"]["start"]["character"]), reverse=True):
        start, end = edit["range"]["start"], edit["range"]["end"]
        units = lines[start["line"]].encode("utf-16-le")
        before, behind = units[: 2 * start["character"]], units[2 * end["character"] :]
        lines[start["line"]] = before.decode("utf-16-le") + edit["newText"] + behind.decode("utf-16-le")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("word", "behind", "new", "why"),
    [
        ("home", "id: ", "duo", "is called `duo` already"),
        ("home", "id: ", "two words", "is not an id"),
        ("lifecycle", "", "x", "only the id of an entity"),
    ],
)
def test_a_rename_that_cannot_be_is_refused_with_the_reason(editor: Editor, word: str, behind: str, new: str, why: str) -> None:
    editor.open(OFFERINGS)
    with pytest.raises(Refusal, match=why):
        editor.ask("textDocument/rename", {**place(editor, OFFERINGS, word, behind), "newName": new})


def test_a_finding_is_mended_or_accepted(editor: Editor) -> None:
    text = FILES["offerings.yaml"].replace("product: access", "product: acess")
    editor.open(OFFERINGS, text)
    (found,) = editor.settled(OFFERINGS)
    asked = {"textDocument": {"uri": editor.uri(OFFERINGS)}, "range": found["range"], "context": {"diagnostics": [found]}}
    mend, everything = editor.ask("textDocument/codeAction", asked)
    assert (mend["title"], mend["kind"], mend["isPreferred"]) == ("write `access` instead of `acess`", "quickfix", True)
    assert mend["diagnostics"][0]["code"] == "TK101"
    assert written_back(text, mend["edit"]["documentChanges"][0]["edits"]) == FILES["offerings.yaml"]
    assert everything["kind"] == "source.fixAll"
    assert everything["edit"]["documentChanges"][0]["edits"][0]["newText"] == FILES["offerings.yaml"]
    asked["context"] = {"diagnostics": [], "only": ["source.organizeImports"]}
    assert editor.ask("textDocument/codeAction", asked) == []


def test_a_finding_is_accepted_with_a_comment(editor: Editor) -> None:
    text = FILES["offerings.yaml"].replace("percent: 50", "percent: 150")
    editor.open(OFFERINGS, text)
    (found,) = editor.settled(OFFERINGS)
    asked = {"textDocument": {"uri": editor.uri(OFFERINGS)}, "range": found["range"], "context": {"diagnostics": [found]}}
    (accept,) = editor.ask("textDocument/codeAction", asked)
    after = written_back(text, accept["edit"]["documentChanges"][0]["edits"])
    assert f"# tmfkit: ignore[{found['code']}]: <reason>\n" in after
    editor.change(OFFERINGS, after.replace("<reason>", "a test"))
    assert editor.settled(OFFERINGS) == []


def test_a_file_has_an_outline_and_a_layout(editor: Editor) -> None:
    editor.open(OFFERINGS)
    outline = editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(OFFERINGS)}})
    assert [(one["name"], one["detail"]) for one in outline] == [("home", "ProductOffering"), ("duo", "ProductOffering")]
    prices = next(one for one in outline[0]["children"] if one["name"] == "prices")
    assert [(one["name"], one["detail"]) for one in prices["children"]] == [("monthly", "recurring"), ("welcome", "discount")]
    for one in (*outline, *outline[0]["children"], *prices["children"]):
        assert position(one["range"]["start"]) <= position(one["selectionRange"]["start"])
        assert position(one["selectionRange"]["end"]) <= position(one["range"]["end"])
    editor.change(OFFERINGS, FILES["offerings.yaml"].replace("  second:", "  second:   "))
    edits = formatting(editor, OFFERINGS)
    assert [edit["newText"].count("second: {") for edit in edits] == [1]


def position(place: dict[str, int]) -> tuple[int, int]:
    return place["line"], place["character"]


def test_every_key_stroke_is_survived(editor: Editor) -> None:
    text = FILES["offerings.yaml"]
    editor.open(OFFERINGS, "")
    for end in range(0, len(text), 3):
        editor.change(OFFERINGS, text[:end])
        if end % 60 == 0:
            line = text.count("\n", 0, end)
            editor.ask("textDocument/completion", editor.at(OFFERINGS, line, end - text.rfind("\n", 0, end) - 1))
    editor.change(OFFERINGS, text)
    assert editor.settled(OFFERINGS) == []


def test_a_storm_of_edits_ends_in_what_validate_says(editor: Editor) -> None:
    chance = random.Random(3)
    text = FILES["offerings.yaml"]
    editor.open(OFFERINGS)
    for _ in range(300):
        start = chance.randrange(len(text))
        text = text[:start] + "".join(chance.choices("ab:{}[]-,#'\" \n", k=3)) + text[start + chance.randrange(8) :]
        editor.change(OFFERINGS, text)
    told = [found["message"].split("\nhelp: ")[0] for found in editor.settled(OFFERINGS)]
    (editor.folder / OFFERINGS).write_text(text, encoding="utf-8")
    verdict = pipeline.validate(open_project(editor.folder).value)
    assert told == [found.message for found in verdict.diagnostics if found.primary.file == OFFERINGS]
    assert told


ODD = (
    "[" * 50_000,
    "a: " * 20_000,
    "- " * 20_000,
    "\ud800",
    "\x00",
    "x: \u2028y\n" * 10,
    "kind: ProductOffering\nid: big\nname: " + "x" * 2_000_000,
    "&a [*a]",
    "kind: Category\nid: x\nname: &a [" + "*a, " * 1_000 + "]",
    "\ufeffkind: Category\nid: x\nname: X\nparent: y\n",
)


def test_huge_and_odd_texts_are_survived(editor: Editor) -> None:
    editor.open(OFFERINGS)
    for text in ODD:
        editor.change(OFFERINGS, text)
        assert editor.settled(OFFERINGS)
        for method in ("completion", "hover", "definition"):
            editor.ask(f"textDocument/{method}", editor.at(OFFERINGS, 0, 3))
        editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(OFFERINGS)}})
        formatting(editor, OFFERINGS)
    editor.change(OFFERINGS, FILES["offerings.yaml"])
    assert editor.settled(OFFERINGS) == []


def formatting(editor: Editor, file: str) -> Any:
    options = {"tabSize": 2, "insertSpaces": True}
    return editor.ask("textDocument/formatting", {"textDocument": {"uri": editor.uri(file)}, "options": options})


def test_files_come_and_go_while_they_are_open(editor: Editor) -> None:
    editor.open(PRODUCTS)
    editor.open(OFFERINGS)
    assert editor.settled(OFFERINGS) == []
    (editor.folder / PRODUCTS).unlink()
    editor.happened(PRODUCTS, 3)
    editor.change(OFFERINGS, f"# still there\n{FILES['offerings.yaml']}")
    assert editor.settled(OFFERINGS) == []
    editor.close(PRODUCTS)
    assert {found["code"] for found in editor.findings(OFFERINGS, bool)} == {"TK101"}
    (editor.folder / "catalog" / "moved.yaml").write_text(FILES["products.yaml"], encoding="utf-8")
    editor.happened("catalog/moved.yaml", 1)
    assert editor.findings(OFFERINGS, lambda found: not found) == []


def test_a_file_that_broke_on_disk_and_is_gone_is_forgotten(editor: Editor) -> None:
    editor.open(OFFERINGS)
    (editor.folder / "catalog" / "bad.yaml").write_text("kind: Nothing\n", encoding="utf-8")
    editor.happened("catalog/bad.yaml", 1)
    editor.findings("catalog/bad.yaml", bool)
    (editor.folder / "catalog" / "bad.yaml").unlink()
    editor.happened("catalog/bad.yaml", 3)
    assert editor.findings("catalog/bad.yaml", lambda found: not found) == []


def test_settings_count_when_they_are_saved(editor: Editor) -> None:
    editor.open("tmfkit.yaml", "rulez: {}\n")
    (editor.folder / "tmfkit.yaml").write_text("rulez: {}\n", encoding="utf-8")
    editor.tell("textDocument/didSave", {"textDocument": {"uri": editor.uri("tmfkit.yaml")}})
    assert [found["code"] for found in editor.findings("tmfkit.yaml", bool)] == ["TK011"]


def test_a_folder_without_a_project_is_left_in_peace(tmp_path: Path) -> None:
    with editing(tmp_path.resolve()) as editor:
        editor.open("notes.yaml", "a: b")
        assert editor.ask("textDocument/hover", editor.at("notes.yaml", 0, 0)) is None
        assert editor.ask("textDocument/completion", editor.at("notes.yaml", 0, 0)) is None
        assert editor.published == {}


def test_a_project_without_its_catalog_is_said_once(editor: Editor) -> None:
    shutil.rmtree(editor.folder / "catalog")
    editor.open(OFFERINGS, FILES["offerings.yaml"])
    editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(OFFERINGS)}})
    editor.ask("textDocument/hover", editor.at(OFFERINGS, 0, 0))
    assert [said["params"]["message"] for said in editor.said if said["method"] == "window/showMessage"] == [
        "tmfkit: there is no catalog folder catalog; name it with `catalog:` in tmfkit.yaml, or run in another folder"
    ]
