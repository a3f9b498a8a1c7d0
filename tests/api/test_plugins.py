"""Rules of others count like any rule; whatever is wrong with one is a single finding that names it, and the rest goes on."""

import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.catalogs import written
from tests.docs.blocks import blocks_of
from tests.docs.test_how_to import PAGES
from tmfkit.check import plugins as guests
from tmfkit.check.policy import why_not
from tmfkit.cli.app import run
from tmfkit.diagnostics.codes import is_foreign
from tmfkit.lsp.checker import Checker
from tmfkit.rules.plugins import installed

CATEGORY = "kind: Category\nid: {0}\nname: {0}\n"
FILES = {f"{name}.yaml": CATEGORY.format(name) for name in ("one", "three", "two")}
HEAD = '"""A page."""\nfrom tmfkit.api import *\n'
PLAIN = HEAD + dedent("""
    def check(category):
        yield Finding(("name",), f"{category.id} is there", "go", related=(Place("here", category.key, ("id",)),))
    RULES = [EntityRule("NL001", "there", (Category,), check, Severity.WARNING)]
""")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """What is installed is looked for once in a process, so each test looks anew."""
    installed.cache_clear()
    yield
    installed.cache_clear()


def checked(
    folder: Path, capsys: pytest.CaptureFixture[str], rules: str, *options: str, settings: str = "", **files: str
) -> tuple[int, Any]:
    """The exit code and the findings of `validate --rules`."""
    project = written(folder, {**FILES, **{f"{name}.yaml": text for name, text in files.items()}}, settings)
    (folder / "house.py").write_text(rules, encoding="utf-8")
    code = run(["validate", "-p", str(project), "--rules", str(folder / "house.py"), "--format", "json", *options])
    return code, json.loads(capsys.readouterr().out)["diagnostics"]


def codes(found: Any) -> list[str]:
    return [one["code"] for one in found]


def test_its_findings_are_like_any(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = checked(tmp_path, capsys, PLAIN)
    assert (code, codes(found)) == (0, ["NL001"] * 3)
    assert (found[0]["severity"], found[0]["message"], found[0]["help"]) == ("warning", "one is there", "go")
    assert "catalog/one.yaml" in json.dumps(found[0])


SETTLED = [
    ("off", [], "rules: {severity: {NL001: off}}", 0, []),
    ("louder", [], "rules: {severity: {NL001: error}}", 1, ["error"] * 3),
    ("strict", [], "rules: {set: strict, severity: {TK108: off}}", 1, ["error"] * 3),
    ("by path", [], "ignore: [{path: 'catalog/t*', codes: [NL001], reason: old}]", 0, ["warning"]),
    ("selected", ["--select", "NL"], "", 0, ["warning"] * 3),
    ("ignored", ["--ignore", "NL001"], "", 0, []),
    ("failing", ["--fail-on", "warning"], "", 1, ["warning"] * 3),
]


@pytest.mark.parametrize(("case", "options", "settings", "code", "expected"), SETTLED, ids=[case for case, *_ in SETTLED])
def test_a_project_decides_about_it(
    case: str, options: list[str], settings: str, code: int, expected: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, found = checked(tmp_path, capsys, PLAIN, *options, settings=settings)
    assert (ended, [one["severity"] for one in found]) == (code, expected)


def test_a_comment_accepts_its_finding_and_owes_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = CATEGORY.format("one").replace("name: one", "name: one # tmfkit: ignore[NL001]: so be it")
    idle = CATEGORY.format("two").replace("id: two", "id: two # tmfkit: ignore[NL001]: so be it")
    _, found = checked(tmp_path, capsys, PLAIN, one=accepted, two=idle)
    assert codes(found) == ["NL001", "TK024", "NL001"]


def test_a_code_that_is_not_loaded_is_a_warning_in_every_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accepted = CATEGORY.format("one").replace("name: one", "name: one # tmfkit: ignore[NL777]: so be it")
    settings = "rules: {set: strict, severity: {NL001: error, NL888: off, TK108: off}}"
    code, found = checked(
        tmp_path, capsys, PLAIN.replace("Severity.WARNING", "Severity.INFO"), "--select", "TK", settings=settings, one=accepted
    )
    assert (code, [one["severity"] for one in found]) == (0, ["warning"] * 2)
    assert [one["message"] for one in found] == [f"no rule that is loaded here has the code `{code}`" for code in ("NL777", "NL888")]


def test_a_baseline_knows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(tmp_path, capsys, PLAIN, "--write-baseline") == (0, [])
    assert '"NL001"' in (tmp_path / "tmfkit-baseline.json").read_text(encoding="utf-8")
    assert checked(tmp_path, capsys, PLAIN, "--fail-on", "warning") == (0, [])


@pytest.mark.parametrize("form", ["text", "sarif", "github", "gitlab", "junit"])
def test_every_format_shows_it(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, FILES)
    (tmp_path / "house.py").write_text(PLAIN, encoding="utf-8")
    assert run(["validate", "-p", str(project), "--rules", str(tmp_path / "house.py"), "--format", form]) == 0
    assert "NL001" in capsys.readouterr().out


def test_no_code_begins_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(written(tmp_path, FILES))
    assert run(["validate", "-p", project, "--select", "NL0"]) == 2
    assert "no finding has a code that begins with NL0" in capsys.readouterr().err
    assert run(["validate", "-p", project, "--rules", str(tmp_path / "lost.py")]) == 2


BROKEN = [
    ("raises", 'raise ValueError("odd\\n thing")', "ValueError: odd thing (line 4 of house.py)"),
    ("raises without words", "raise KeyError", "KeyError (line 4 of house.py)"),
    ("raises what cannot be shown", "class E(Exception):\n  __str__ = None\n raise E", "fails on Category `one`: E"),
    ("ends the program", "raise SystemExit(0)", "SystemExit: 0"),
    ("asserts", "assert False", "AssertionError"),
    ("goes too deep", "[*check(category)]", "RecursionError"),
    ("yields a text", 'yield "wrong"', "it gives a str where a Finding is due"),
    ("says nothing", 'yield Finding((), " ")', "no message"),
    ("says no text", "yield Finding((), 3)", "no message"),
    ("names no path", 'yield Finding("name", "x")', "no tuple of names"),
    ("names an entity that it does not see", 'yield Finding((), "x", key=Key("Category", "lost"))', "is about Category `lost`"),
    ("names no entity", 'yield Finding((), "x", key="lost")', "no Key"),
    ("relates to no place", 'yield Finding((), "x", related=("here",))', "no tuple of places"),
]


@pytest.mark.parametrize(("case", "body", "message"), BROKEN, ids=[case for case, *_ in BROKEN])
def test_a_rule_that_fails_is_one_finding(case: str, body: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = f'{HEAD}def check(category):\n {body}\n yield\nOK = lambda _: [Finding(("id",), "fine")]\n'
    rules += 'RULES = EntityRule("NL001", "bad", (Category,), check), EntityRule("NL002", "good", (Category,), OK, Severity.INFO)\n'
    code, found = checked(tmp_path, capsys, rules, "--select", "NL")
    assert code == 1
    assert sorted(codes(found)) == ["NL002"] * 3 + ["TK099"]
    (fault,) = (one for one in found if one["code"] == "TK099")
    assert "the rule NL001 (bad) of the file" in fault["message"]
    assert "house.py fails on Category `one`: " in fault["message"]
    assert message in fault["message"]
    assert "\n" not in fault["message"]
    assert "catalog/one.yaml" in json.dumps(fault)


SCOPES = [
    (
        "NeighbourRule",
        "(Category,), ",
        "lambda c, catalog: [Finding((), 'x', key=Key('Category', 'lost'))]",
        "Category `lost`, which is not there",
    ),
    ("CatalogRule", "", "lambda catalog: [Finding((), 'x', key=Key('Category', 'lost'))]", "Category `lost`, which is not there"),
    ("CatalogRule", "", "lambda catalog: [Finding((), 'x')]", "does not say which entity"),
    ("CatalogRule", "", "lambda catalog: catalog.nothing", "AttributeError"),
    ("NeighbourRule", "(Category,), ", "lambda c, catalog: [][0]", "IndexError"),
]


@pytest.mark.parametrize(("scope", "models", "check", "message"), SCOPES)
def test_rules_that_look_further(
    scope: str, models: str, check: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = checked(tmp_path, capsys, f'{HEAD}RULE = {scope}("NL001", "bad", {models}{check})\n')
    assert (code, codes(found)) == (1, ["TK099"])
    assert message in found[0]["message"]
    good = f'{HEAD}RULE = {scope}("NL001", "good", {models}lambda *a: [Finding(("name",), "x", key=Key("Category", "two"))])\n'
    assert codes(checked(tmp_path, capsys, good)[1]) == ["NL001"]


ENDLESS = [
    ("a loop", "while True:\n  try: pass\n  except Exception: pass", "does not end within 0.2 seconds"),
    ("findings without end", 'while True: yield Finding((), "x")', "finds more than 10 things"),
]


@pytest.mark.parametrize(("case", "body", "message"), ENDLESS, ids=[case for case, *_ in ENDLESS])
def test_a_rule_that_does_not_end_is_stopped(
    case: str, body: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "SECONDS", 0.2)
    monkeypatch.setattr(guests, "MOST_FINDINGS", 10)
    rules = f'{HEAD}def check(category):\n {body}\n yield\nRULE = EntityRule("NL001", "slow", (Category,), check)\n'
    code, found = checked(tmp_path, capsys, rules)
    assert (code, codes(found)) == (1, ["TK099"])
    assert message in found[0]["message"]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_failure_is_the_same_on_every_number_of_processors(
    jobs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMFKIT_JOBS", jobs)
    many = {f"c{number:03}": CATEGORY.format(f"c{number:03}") for number in range(600)}
    body = "def check(category, *catalog):\n if category.id > 'c100': raise ValueError(category.id)\n return ()\n"
    rules = HEAD + body + 'RULES = EntityRule("NL001", "a", (Category,), check), NeighbourRule("NL002", "b", (Category,), check)\n'
    code, found = checked(tmp_path, capsys, rules, **many)
    assert (code, codes(found)) == (1, ["TK099", "TK099"])
    assert all("ValueError: c101" in one["message"] for one in found)
    assert all(one["message"].endswith("; so it does on 501 more") for one in found), (
        "499 that are numbered higher, and `one`, `three` and `two`"
    )


UNUSABLE = [
    ("3 / 0", "cannot be loaded: ZeroDivisionError"),
    ("def", "cannot be loaded: SyntaxError"),
    ("import nowhere_at_all", "cannot be loaded: ModuleNotFoundError"),
    ("raise SystemExit", "cannot be loaded: SystemExit"),
    ("", "offers no rule"),
    ("RULES = 3", "cannot be loaded: TypeError"),
    ("RULES = [3]", "`int` is no EntityRule"),
    ('RULE = CatalogRule("TK999", "x", print)', "`TK999` is no code for it"),
    ('RULE = CatalogRule("TKX01", "x", print)', "`TKX01` is no code for it"),
    ('RULE = CatalogRule("nl001", "x", print)', "`nl001` is no code for it"),
    ('RULE = CatalogRule("NL1", "x", print)', "`NL1` is no code for it"),
    ("RULE = CatalogRule(3, 'x', print)", "`3` is no code for it"),
    ('RULE = CatalogRule("NL002", "", print)', "NL002 has no name"),
    ('RULE = CatalogRule("NL002", "x", 3)', "NL002 has no function"),
    ('RULE = CatalogRule("NL002", "x", print, "error")', "severity of NL002"),
    ('RULE = EntityRule("NL002", "x", (), print)', "which kinds"),
    ('RULE = EntityRule("NL002", "x", (Entity,), print)', "which kinds"),
    ('RULE = EntityRule("NL002", "x", Category, print)', "which kinds"),
    ("RULES = [*RULES, *RULES]", "two rules with the code NL001"),
]


@pytest.mark.parametrize(("text", "message"), UNUSABLE, ids=[text for text, _ in UNUSABLE])
def test_a_plugin_that_cannot_be_used(text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = PLAIN + text + "\n" if "*RULES" in text else HEAD + text + "\n"
    code, found = checked(tmp_path, capsys, rules, "--ignore", "TK099")
    faults = [one for one in found if one["code"] == "TK099"]
    assert code == 1
    assert len(faults) == 1, "nobody leaves it out"
    assert message in faults[0]["message"]
    assert "house.py" in faults[0]["message"]
    assert not (tmp_path / "__pycache__").exists()


def package(folder: Path, name: str, rules: str) -> None:
    """An installed package that offers rules."""
    information = folder / f"{name}-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text(f"[tmfkit.rules]\nhouse = {name}_rules\n", encoding="utf-8")
    (folder / f"{name}_rules.py").write_text(rules, encoding="utf-8")


def test_installed_packages(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    package(tmp_path / "site", "acme", PLAIN + 'print("I am here")\n')
    package(tmp_path / "site", "bolt", PLAIN)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    project = str(written(tmp_path, FILES))
    assert run(["validate", "-p", project, "--format", "json"]) == 1
    shown = capsys.readouterr()
    found = json.loads(shown.out)["diagnostics"]
    assert sorted(codes(found)) == ["NL001"] * 3 + ["TK099"]
    assert any("bolt (`house`) and acme (`house`) both have a rule with the code NL001" in one["message"] for one in found)
    assert "I am here" in shown.err
    assert run(["explain", "-p", project, "NL001"]) == 0
    assert capsys.readouterr().out == "NL001: there\n\nA page.\n\nA rule of acme (`house`).\n"
    assert run(["explain", "-p", project, "NL001", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"code": "NL001", "meaning": "there", "page": "A page."}
    assert run(["explain", "-p", project, "NL002"]) == 2


def test_what_lies_in_the_project_is_no_installed_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = written(tmp_path, FILES)
    package(tmp_path, "trap", 'raise ValueError("this must not run")')
    (tmp_path / "rules.py").write_text('raise ValueError("this must not run")', encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(project)
    assert run(["validate"]) == 0
    assert "entities" in capsys.readouterr().out


def test_builds_and_editors_know_installed_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    package(tmp_path / "site", "north", PLAIN.replace("WARNING", "ERROR"))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    project = written(tmp_path, FILES)
    assert run(["build", "-p", str(project)]) == 1
    assert "error[NL001]: one is there" in capsys.readouterr().out
    assert [one.code for one in Checker(project).check({}).diagnostics] == ["NL001"] * 3


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_strange_characters_of_a_rule_do_no_harm(form: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    project = written(tmp_path, FILES)
    strange = HEAD + 'RULE = CatalogRule("NL001", "a", lambda _: [Finding((), "\\ud800\\x1b[31m\\n\\0", key=Key("Category", "one"))])\n'
    (tmp_path / "house.py").write_text(strange, encoding="utf-8")
    assert run(["validate", "-p", str(project), "--rules", str(tmp_path / "house.py"), "--format", form]) == 1
    shown = capsysbinary.readouterr().out
    assert b"NL001" in shown
    assert b"\x1b[31m" not in shown


@pytest.mark.parametrize(
    ("code", "expected"), [("NL001", True), ("ACMERULES001", False), ("TK001", False), ("TKA001", False), ("N001", False)]
)
def test_what_codes_look_like(code: str, expected: bool) -> None:
    assert is_foreign(code) is expected
    assert not (is_foreign(code) and why_not(code))


def test_the_rule_of_the_page_is_short() -> None:
    (page,) = (path for path in PAGES if path.stem == "own-rule")
    first = next(block for block in blocks_of(page.name, page.read_text(encoding="utf-8")) if block.language == "sh")
    lines = first.text.strip().splitlines()[1:-1]
    assert len(lines) <= 30
    assert [line for line in lines if "tmfkit" in line and "import" in line] == [
        line for line in lines if line.startswith("from tmfkit.api")
    ]
