"""What a change may not do: the rules about history as a table, scopes of acceptances, and how the command ends."""

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from tests.diff.cases import BASE, base, edited, linked
from tests.repositories import commit, repository, write
from tmfkit.cli.app import run
from tmfkit.diff.compare import compare
from tmfkit.diff.gate.acceptances import missing
from tmfkit.diff.gate.passage import Passage
from tmfkit.diff.gate.proposal import OWNER, REASON, proposal
from tmfkit.diff.gate.rules import inspect
from tmfkit.diff.gate.scope import covers, scope_of
from tmfkit.diff.gate.steps import STEPS
from tmfkit.model.base import Lifecycle

Capture = pytest.CaptureFixture[str]
Edits = list[list[str]]
TODAY = date(2026, 6, 1)
MOBILE = "name: Mobile\n"
AMOUNT = "amount: 15.00 EUR"


def passage(edits: Edits, more: str = "", today: date = TODAY) -> Passage:
    """The way from the small catalog to an edited one, perhaps with further documents."""
    after = linked(edited(BASE, edits) + more)
    return Passage(base(), after, compare(base(), after), today)


def found(edits: Edits, more: str = "", today: date = TODAY) -> list[str]:
    """What the rules find, as `CODE severity file:line`."""
    return [f"{one.code} {one.severity}" for one in inspect(passage(edits, more, today))]


STEPPED = (
    "amount: [{until: 2027-01-01, is: 15.00 EUR}, {from: 2027-01-01, is: 17.00 EUR, appliesTo: new},"
    " {from: 2027-01-01, is: 15.00 EUR, appliesTo: existing}]"
)
NEW_MINOR = [MOBILE, 'name: Mobile\nversion: "1.1"\n']
NEW_MAJOR = [MOBILE, 'name: Mobile\nversion: "2.0"\n']
NEW_PATCH = [MOBILE, 'name: Mobile\nversion: "1.0.1"\n']
NO_CALLS = ["  calls: {type: allowance, usage: voice, quantity: 100 min, every: 1 month}\n", ""]
BROKEN = ["id: mobile\nname: Mobile\nproduct: line", "id: mobile\nname: Mobile\nproduct: access"]
BREAKS = [["max: 3}", "max: 2}"], ["name: Duo\n", 'name: Duo\nversion: "2.0"\n']]
ACCEPTED = "\n---\nkind: Acceptance\nid: {id}\nreason: Agreed.\nowner: Ada\nscope: [{scope}]\n{until}"

FIBRE_MAJOR = ["name: {en: Fibre, ", 'version: "2.0"\nname: {en: Fibre, ']
FIBRE_MINOR = ["name: {en: Fibre, ", 'version: "1.1"\nname: {en: Fibre, ']
SHARED = [["amount: 30.00 EUR", "amount: 35.00 EUR"], ["name: Activation\n", 'name: Activation\nversion: "1.1"\n']]
ON_SALE = "lifecycle: Launched\nprices:\n  monthly: {type: recurring"
TERMINAL = "kind: PhysicalResourceSpecification\nid: ont\nname: Terminal\nvendor: Acme\nmodel: ONT-4"
SOFTWARE = "kind: LogicalResourceSpecification\nid: ont\nname: Terminal"

RULES: list[tuple[str, Edits, str, list[str]]] = [
    ("nothing", [], "", []),
    ("a text", [[MOBILE, "name: Mobil\n"]], "", []),
    ("a price without appliesTo", [[AMOUNT, "amount: 17.00 EUR"], NEW_MINOR], "", ["TK903 error"]),
    ("a price for all, said so", [[AMOUNT, "amount: [{is: 17.00 EUR, appliesTo: all}]"], NEW_MINOR], "", []),
    ("a price for new customers", [[AMOUNT, STEPPED], NEW_MINOR], "", []),
    ("a price of a draft", [["amount: 5.00 EUR, chargeCode: DRA", "amount: 6.00 EUR, chargeCode: DRA"]], "", []),
    ("a cell without appliesTo", [["no-term: 44.90 EUR", "no-term: 45.90 EUR"], FIBRE_MINOR], "", ["TK903 error"]),
    ("a row less", [["      500: {no-term: 44.90 EUR, 24-months: 39.90 EUR}\n", ""], FIBRE_MAJOR], "", ["TK906 error"]),
    ("a discount for new customers", [["percent: 50", "percent: 40"], FIBRE_MINOR], "", []),
    ("a shared price", SHARED, "", ["TK903 error"]),
    ("a price without a new version", [[AMOUNT, STEPPED]], "", ["TK904 error"]),
    ("a price with a patch", [[AMOUNT, STEPPED], NEW_PATCH], "", ["TK904 error"]),
    ("a price with a new major", [[AMOUNT, STEPPED], NEW_MAJOR], "", []),
    ("a version for a text", [[MOBILE, 'name: Mobil\nversion: "1.1"\n']], "", ["TK904 warning"]),
    ("a version for nothing", [NEW_MINOR], "", ["TK904 warning"]),
    ("a version of words", [[AMOUNT, STEPPED], [MOBILE, "name: Mobile\nversion: summer\n"]], "", []),
    ("retired", [[ON_SALE, ON_SALE.replace("Launched", "Retired")]], "", []),
    ("launched goes back", [[ON_SALE, ON_SALE.replace("Launched", "In test")]], "", ["TK901 error"]),
    ("breaking, nobody accepts", BREAKS, "", ["TK906 error"]),
    ("breaking without a new major", BREAKS[:1], "", ["TK904 error", "TK906 error"]),
    ("breaking, accepted", BREAKS, ACCEPTED.format(id="a", scope="duo/bundle/lines/max", until=""), []),
    ("accepted as an entity", BREAKS, ACCEPTED.format(id="a", scope="duo", until=""), []),
    ("accepted with its kind", BREAKS, ACCEPTED.format(id="a", scope="ProductOffering duo/bundle", until=""), []),
    ("accepted until later", BREAKS, ACCEPTED.format(id="a", scope="duo", until="until: 2026-07-01\n"), []),
    ("accepted until today", BREAKS, ACCEPTED.format(id="a", scope="duo", until="until: 2026-06-01\n"), ["TK906 error", "TK905 error"]),
    ("accepted elsewhere", BREAKS, ACCEPTED.format(id="a", scope="duo/prices", until=""), ["TK906 error", "TK905 warning"]),
    ("accepted for nothing", [], ACCEPTED.format(id="a", scope="duo", until=""), ["TK905 warning"]),
    ("one id, two kinds", [[TERMINAL, SOFTWARE]], "", ["TK902 error", "TK906 error"]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "edits", "more", "codes"), RULES, ids=[row[0] for row in RULES])
def test_a_rule(case: str, edits: Edits, more: str, codes: list[str]) -> None:
    assert sorted(found(edits, more)) == sorted(codes)


def test_a_version_that_stays_is_not_said_to_go_anywhere() -> None:
    (said,) = [one.message for one in inspect(passage([[AMOUNT, STEPPED]])) if one.code == "TK904"]
    assert said.endswith("a commercial change at `prices/monthly/amount/from-2027-01-01-new`, and keeps the version 1.0")


@pytest.mark.parametrize(("before", "after"), list(product(Lifecycle, Lifecycle)))
def test_every_step_of_the_lifecycle(before: Lifecycle, after: Lifecycle) -> None:
    rows = [linked(f"kind: ProductOffering\nid: a\nname: A\nproduct: {{external: x}}\nlifecycle: {state}\n") for state in (before, after)]
    codes = {one.code for one in inspect(Passage(*rows, compare(*rows), TODAY))}
    assert ("TK901" in codes) == (before is not after and after not in STEPS[before])


def test_what_was_sold_never_comes_back() -> None:
    drafts = {Lifecycle.IN_STUDY, Lifecycle.IN_DESIGN, Lifecycle.IN_TEST, Lifecycle.ACTIVE, Lifecycle.LAUNCHED}
    for state in (Lifecycle.LAUNCHED, Lifecycle.RETIRED, Lifecycle.OBSOLETE):
        assert not drafts & set(STEPS[state])


SCOPES = [
    ("duo", True),
    ("duo/bundle", True),
    ("duo/bundle/lines/max", True),
    ("duo/bundle/*/max", True),
    ("d?o/bundle/**", True),
    ("*/bundle", True),
    ("ProductOffering duo", True),
    ("ProductOffering  duo/bundle", True),
    ("ProductSpecification duo", False),
    ("du", False),
    ("duo/bund", False),
    ("duo/bundle/lines/max/more", False),
    ("duo/prices/**", False),
    ("Duo", False),
]


@pytest.mark.parametrize(("scope", "fits"), SCOPES)
def test_a_scope(scope: str, fits: bool) -> None:
    (change,) = [one for one in passage(BREAKS).changes if one.path == "bundle/lines/max"]
    assert covers(scope, change) is fits


def test_who_accepts_a_new_id_accepts_nothing_else() -> None:
    renamed = [["id: access\n", "id: line-access\nrenamedFrom: access\n"], ["product: access", "product: line-access"]]
    edits = [*renamed, ['"[a-z]*"', '"[a-z]+"']]
    open_ones = passage(edits)
    lines = [scope_of(change, open_ones.breaking) for change in open_ones.breaking]
    assert lines == ["line-access/renamedFrom", "line-access/characteristics/note/pattern"]
    assert [[covers(line, change) for change in open_ones.breaking] for line in lines] == [[True, False], [False, True]]
    assert all(covers("line-access", change) for change in open_ones.breaking)


def test_the_proposed_acceptance_accepts_everything() -> None:
    edits = [*BREAKS, ["[gpon, lte]", "[gpon]"], ["controller: nso", "controller: billing"], ['"[a-z]*"', '"[a-z]+"']]
    open_ones = passage(edits)
    assert len(missing(open_ones)) == 4
    text = proposal(missing(open_ones), open_ones.breaking, ["DUO"], "changes")
    assert len(missing(passage(edits, f"\n---\n{text}"))) == 4
    assert not missing(passage(edits, f"\n---\n{text.replace(REASON, 'Agreed.').replace(OWNER, 'Ada')}"))


def test_an_acceptance_counts_once() -> None:
    """What stands in the base spoke of older changes: it accepts nothing new, and nobody is told to delete it."""
    standing = ACCEPTED.format(id="a", scope="duo", until="")
    before, after = linked(BASE + standing), linked(edited(BASE, BREAKS) + standing)
    assert [one.code for one in inspect(Passage(before, after, compare(before, after), TODAY))] == ["TK906"]


OFFERING = """kind: ProductOffering
id: {id}
name: {id}
product: {{external: x}}
lifecycle: {life}
version: "{version}"
terms: {{a: {{}}, b: {{}}}}
"""


def offering(id: str = "home", life: str = "Launched", version: str = "1.0") -> str:
    return OFFERING.format(id=id, life=life, version=version)


def test_the_exit_code_and_the_acceptance_to_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    repository(tmp_path, [{"tmfkit.yaml": "", "catalog/a.yaml": offering()}])
    monkeypatch.chdir(tmp_path)
    assert run(["check-changes"]) == 0
    write(tmp_path, {"catalog/a.yaml": offering(version="2.0").replace("b: {}", "c: {}")})
    capsys.readouterr()
    assert run(["check-changes"]) == 6
    head, _, text = capsys.readouterr().out.partition("filled in:\n\n")
    assert "error[TK906]: nobody accepted the breaking change of `home/terms/b`." in head
    assert text.startswith("# changes/home.yaml\nkind: Acceptance\nid: home\n")
    write(tmp_path, {"changes/home.yaml": text})
    assert run(["check-changes"]) == 6
    assert "error[TK905]: the acceptance `home` is not filled in: its reason" in capsys.readouterr().out
    text = text.replace(REASON, "Nobody has it.").replace(OWNER, "Ada")
    write(tmp_path, {"changes/home.yaml": text})
    assert run(["check-changes"]) == 0
    assert run(["validate", "--ignore", "TK4,TK6"]) == 0
    commit(tmp_path, {})
    assert run(["check-changes", "HEAD~1", "HEAD"]) == 0
    assert run(["diff", "HEAD~1", "HEAD", "--format", "markdown"]) == 0
    assert "*Accepted.*" in capsys.readouterr().out
    write(tmp_path, {"changes/home.yaml": text.replace("owner", "boss")})
    assert run(["validate"]) == 1
    assert "changes/home.yaml" in capsys.readouterr().out


def test_other_findings_end_with_1_and_machines_read_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    repository(tmp_path, [{"tmfkit.yaml": "", "catalog/a.yaml": offering(life="Retired")}])
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"catalog/a.yaml": offering()})
    for form in ("json", "sarif", "github", "gitlab", "junit"):
        assert run(["check-changes", "--format", form]) == 1
        assert "TK901" in capsys.readouterr().out
    write(tmp_path, {"tmfkit.yaml": "rules: {severity: {TK901: warning}}\n"})
    assert run(["check-changes"]) == 0
    assert run(["check-changes", "--fail-on", "warning"]) == 1


def test_what_cannot_be_read_does_not_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    repository(tmp_path, [{"tmfkit.yaml": "", "catalog/a.yaml": offering()}])
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"catalog/a.yaml": f"{offering()}<<<<<<< HEAD\n"})
    assert run(["check-changes"]) == 1
    assert "error[TK004]" in capsys.readouterr().out


PAST = [
    ("removed long ago", "Retired", {}, ["TK902"]),
    ("a draft that was dropped", "In design", {}, []),
    ("comes back as it was", "Launched", {}, []),
    ("moved in between", "Retired", {"catalog/deep/old.yaml": offering("old", "Retired"), "catalog/old.yaml": None}, ["TK902"]),
]


@pytest.mark.parametrize(("case", "life", "between", "codes"), PAST, ids=[row[0] for row in PAST])
def test_an_id_that_was_removed_before(
    case: str, life: str, between: dict[str, str | None], codes: list[str], tmp_path: Path, capsys: Capture
) -> None:
    project = tmp_path / "sub"
    first = {"sub/tmfkit.yaml": "", "sub/catalog/a.yaml": offering(), "sub/catalog/old.yaml": offering("old", life)}
    moved = {f"sub/{name}": text for name, text in between.items()}
    gone: dict[str, str | bytes | None] = {"sub/catalog/deep/old.yaml" if between else "sub/catalog/old.yaml": None}
    repository(tmp_path, [first, moved, gone])
    write(tmp_path, {"sub/catalog/b.yaml": offering("old")})
    run(["check-changes", "HEAD", "--project", str(project), "--format", "json"])
    shown = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [one["code"] for one in shown] == codes
    assert all("catalog/deep/old.yaml" in one["message"] for one in shown if between)


def test_an_id_that_only_moved_was_never_removed(tmp_path: Path) -> None:
    states = [{"tmfkit.yaml": "", "catalog/a.yaml": offering()}, {"catalog/a.yaml": None, "catalog/b.yaml": offering()}]
    repository(tmp_path, states)
    assert run(["check-changes", "HEAD~1", "HEAD", "--project", str(tmp_path)]) == 0


def test_moving_the_project_hides_nothing(tmp_path: Path, capsys: Capture) -> None:
    """What goes with the move still breaks, and an id that was removed where the project stood is still taken."""
    first = {"tmfkit.yaml": "", "catalog/a.yaml": offering(), "catalog/b.yaml": offering("other"), "catalog/old.yaml": offering("old")}
    repository(tmp_path, [first, {"catalog/old.yaml": None}])
    gone: dict[str, str | bytes | None] = {"tmfkit.yaml": None, "catalog/a.yaml": None, "catalog/b.yaml": None}
    write(tmp_path, gone | {"sub/tmfkit.yaml": "", "sub/catalog/a.yaml": offering()})
    assert run(["check-changes", "HEAD", "--project", str(tmp_path / "sub")]) == 6
    write(tmp_path, {"sub/catalog/b.yaml": offering("other")})
    assert run(["check-changes", "HEAD", "--project", str(tmp_path / "sub")]) == 0
    write(tmp_path, {"sub/catalog/old.yaml": offering("old", version="2.0")})
    capsys.readouterr()
    assert run(["check-changes", "HEAD", "--project", str(tmp_path / "sub")]) == 1
    assert "TK902" in capsys.readouterr().out
