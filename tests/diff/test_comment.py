"""The comment on a pull request: twelve changes as somebody reads them, hostile names, and a length that is never exceeded."""

import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from tests.catalogs import written
from tests.diff.cases import BASE, Case, base, cases, edited, linked
from tests.diff.twelve import Step, start, steps
from tests.repositories import repository
from tmfkit.cli.app import run
from tmfkit.diff.compare import compare
from tmfkit.diff.consequences import consequences
from tmfkit.diff.prices import price_changes
from tmfkit.diff.sellable import sale_changes
from tmfkit.views.changes_markdown import Told, as_markdown
from tmfkit.views.github_text import MOST, Block, fitted, plain

GITHUB = 65_536
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The scripted repository, and its commits."""
    folder = tmp_path_factory.mktemp("operator")
    return folder, repository(folder, [start(), *(step.files for step in steps())])


@pytest.mark.parametrize("step", steps(), ids=str)
def test_the_comment(step: Step, history: tuple[Path, list[str]], golden: Callable[[str, str], None], capsys: Capture) -> None:
    folder, commits = history
    assert run(["diff", *commits[step.number - 1 : step.number + 1], "--project", str(folder), "--format", "markdown"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    golden(f"diff/{step}.md", f"<!-- {step.title} -->\n\n{shown.out}")


def test_there_are_twelve_changes() -> None:
    assert len(steps()) == 12


def test_every_state_is_sound(history: tuple[Path, list[str]], capsys: Capture) -> None:
    folder, _ = history
    assert run(["validate", "--project", str(folder)]) == 0
    assert " error" not in capsys.readouterr().out


def test_files_for_systems_are_compared_where_the_project_is_trusted(
    history: tuple[Path, list[str]], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, commits = history
    monkeypatch.setenv("DEPLOY_TOKEN", "s3cret")
    assert run(["diff", commits[0], commits[1], "-p", str(folder), "--format", "markdown", "--trust-project"]) == 0
    shown = capsys.readouterr().out
    assert "| Billing | `price-list/billing/prices.txt` | +8 -0 |" in shown
    assert "Order management |  " not in shown


def test_generators_run_without_secrets_and_their_failure_is_told(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    spy = 'import os\nfrom tmfkit.api import Capabilities\nROLES = ("crm",)\n' + (
        'names = " ".join(sorted(os.environ))\n'
        "def capabilities(options): return Capabilities()\n"
        'def generate(context): context.refuse(f"sees {names}")\n'
    )
    catalog = "kind: System\nid: crm\nname: CRM\nrole: crm\ngenerator: spy\n"
    for name, title in (("before", "CRM"), ("after", "Desk")):
        project = written(tmp_path / name, {"a.yaml": catalog.replace("name: CRM", f"name: {title}")})
        (project / "generators").mkdir()
        (project / "generators" / "spy.py").write_text(spy, encoding="utf-8")
    monkeypatch.setenv("DEPLOY_TOKEN", "s3cret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    command = [
        "diff",
        str(tmp_path / "before"),
        str(tmp_path / "after"),
        "--format",
        "markdown",
        "--trust-project",
        "-p",
        str(tmp_path / "after"),
    ]
    assert run(command) == 0
    shown = capsys.readouterr().out
    assert "do not get through: error\\[" in shown
    assert "sees HOME" in shown
    assert "DEPLOY" not in shown
    assert "PYTHON" not in shown


HOSTILE = "x | y <script>alert(1)</script> @team [a](javascript:b) ``` `c` <!-- end --> https://evil.example www.evil.example #1 $x$ **b**"


def test_names_of_the_catalog_stay_names() -> None:
    before = linked("kind: Category\nid: a\nname: A\n")
    after = linked(f'kind: Category\nid: a\nname: "{HOSTILE} \\n# Heading \\n| new | row |"\n')
    shown = comment(before, after)
    assert "\n# Heading" not in shown
    for sign in ("<script", "<!--", " @team", "https://evil", "www.evil", " #1", "$x$", "**b**", "```"):
        assert sign not in shown, sign
    assert re.search(r"(?<!\\)\]\(", shown) is None
    assert re.search(r"(?<!\\)\|", "\n".join(line for line in shown.splitlines() if "Heading" in line)) is None


SIGNS = [
    ("@team", "@\u200bteam"),
    ("a|b", "a\\|b"),
    ("<b>", "&lt;b&gt;"),
    ("two\nlines", "two lines"),
    ("`", "\\`"),
    ("GH-12", "GH-\u200b12"),
]


@pytest.mark.parametrize(("text", "shown"), SIGNS)
def test_a_sign(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_five_thousand_changes_fit() -> None:
    name = "|<@`" * 40
    offering = "kind: ProductOffering\nid: offering-{at}\nname: '{name} {at}'\nproduct: p\nlifecycle: Launched\n"
    prices = "prices: {{m: {{type: recurring, every: 1 month, amount: {at}.00 EUR, chargeCode: C}}}}"
    rows = "\n---\n".join((offering + prices).format(at=number, name=name) for number in range(1, 5_001))
    product = "\n---\nkind: ProductSpecification\nid: p\nname: P\n"
    before = linked(rows + product)
    after = linked(
        re.sub(r"amount: (\d+)", lambda found: f"amount: {int(found[1]) * 2}", rows).replace("chargeCode: C", "chargeCode: D") + product
    )
    shown = comment(before, after)
    assert len(shown.encode()) <= MOST < GITHUB
    assert "10,000 changes: 🔴 5,000 breaking, 🟠 5,000 commercial." in shown
    assert re.search(r"and [\d,]+ more", shown)


def test_nothing_is_longer_than_allowed_whatever_it_is_made_of() -> None:
    blocks = [Block(("h" * 10,), tuple("r" * 50 for _ in range(40))) for _ in range(400)]
    for most in (65_000, 20_000, 5_000, 300):
        assert len(fitted(blocks, most).encode()) <= most


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_sort_of_change_is_told_in_words(case: Case) -> None:
    for states in ((case.before, case.after), (case.after, case.before)):
        shown = comment(*map(linked, states))
        assert "{" not in shown
        assert "None" not in shown
        for line in shown.splitlines():
            assert not line.endswith((": ", " ")), line


def test_a_tier_is_told_by_where_it_ends() -> None:
    shown = comment(base(), linked(edited(BASE, [["{upTo: 50 GB, amount: 2.00 EUR}", "{upTo: 60 GB, amount: 1.50 EUR}"]])))
    assert "**data** no longer has the step up to 50 GB: before 2.00 EUR" in shown
    assert "**data** has one more step, up to 60 GB: 1.50 EUR" in shown
    shown = comment(base(), linked(edited(BASE, [["{amount: 1.00 EUR}]", "{amount: 0.90 EUR}]"]])))
    assert "**data** beyond all steps: 1.00 EUR → 0.90 EUR" in shown


def test_two_of_one_name_are_told_apart() -> None:
    """An id that became another one without saying so."""
    edits = [
        ["id: mobile\n", "id: cell\n"],
        ["[mobile]\n", "[cell]\n"],
        ["of: [mobile]", "of: [cell]"],
        ["offering: mobile", "offering: cell"],
    ]
    shown = comment(base(), linked(edited(BASE, edits)))
    assert "contains Mobile (cell) as **extra** instead of Mobile (mobile)" in shown
    assert "**Mobile (mobile)** can no longer be bought" in shown
    named = [["id: mobile\n", "id: cell\nrenamedFrom: mobile\n"], *edits[1:]]
    assert "Mobile (" not in comment(base(), linked(edited(BASE, named)))


def test_what_is_sold_no_more_ends_now() -> None:
    """Not on the day on which it was first sold."""
    shown = comment(base(), linked(edited(BASE, [["[webshop, retail]", "[webshop]"]])))
    assert "- **Fibre** can no longer be bought in the channel retail\n" in shown


def test_nothing_waits_for_what_generators_leave_behind(tmp_path: Path, capsys: Capture) -> None:
    """A process that left the group and still holds the output of its maker."""
    spawn = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(40)'], start_new_session=True)\n"
    catalog = "kind: System\nid: crm\nname: CRM\nrole: crm\ngenerator: slow\n"
    for name, title in (("before", "CRM"), ("after", "Desk")):
        project = written(tmp_path / name, {"a.yaml": catalog.replace("name: CRM", f"name: {title}")})
        (project / "generators").mkdir()
        (project / "generators" / "slow.py").write_text(f"{spawn}raise SystemExit('over')\n", encoding="utf-8")
    began = monotonic()
    states = [str(tmp_path / "before"), str(tmp_path / "after")]
    assert run(["diff", *states, "-p", states[1], "--format", "markdown", "--trust-project"]) == 0
    assert "do not get through" in capsys.readouterr().out
    assert monotonic() - began < 30


def comment(before: object, after: object) -> str:
    """The comment on what two catalogs differ in."""
    changes = compare(before, after)  # type: ignore[arg-type]
    states = (changes, before, after)
    return as_markdown(Told(changes, consequences(*states), sale_changes(*states), price_changes(*states), before, after))  # type: ignore[arg-type]


TABLET = """
---
kind: ProductOffering
id: tablet
name: Tablet
product: access
lifecycle: Launched
terms: {no-term: {}, 24-months: {}}
prices:
  monthly: {type: recurring, every: 1 month, by: [term], table: {no-term: 44.9 EUR, 24-months: 39.90 EUR}}
  care: {type: recurring, every: 1 year, name: "*Care*", amount: [{until: 2027-01-01, is: 5 EUR}, {from: 2027-01-01, is: 6 EUR}]}
  setup: {use: activation}
  deposit: {type: deposit, amount: 99.00 EUR}
  less: {type: discount, reduces: [monthly], percent: 10}
"""
COSTS = [
    "  - Is new",
    "  - A month: monthly 39.90 EUR to 44.90 EUR",
    r"  - Every year: \*Care\* 5.00 EUR to 6.00 EUR",
    "  - Once: Activation 30.00 EUR, deposit 99.00 EUR",
]


def test_a_new_offering_says_what_it_costs() -> None:
    after = linked(BASE + TABLET)
    shown = as_markdown(Told(compare(base(), after), (), (), (), base(), after))
    assert [line for line in shown.splitlines() if line.startswith("  - ")] == COSTS
    twins = linked(BASE + TABLET + TABLET.replace("tablet", "slate").replace("Tablet", "Slate").replace("99.00", "89.00"))
    shown = as_markdown(Told(compare(base(), twins), (), (), (), base(), twins))
    assert "  - Slate, once: Activation 30.00 EUR, deposit 89.00 EUR" in shown
    assert "  - Tablet, once: Activation 30.00 EUR, deposit 99.00 EUR" in shown
