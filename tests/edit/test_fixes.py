"""Fixes: which finding has one, what it writes, and that it touches nothing but its span."""

import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogs import validated
from tmfkit.diagnostics.model import Diagnostic, Edit, Fix, Severity
from tmfkit.diagnostics.suggest import Suggestion, did_you_mean
from tmfkit.edit.apply import fixed, fixed_files
from tmfkit.edit.fixes import with_fixes
from tmfkit.load.read import read
from tmfkit.model.spellings import UNIT_SPELLINGS
from tmfkit.model.units import UNITS
from tmfkit.source.text import Position, Span
from tmfkit.source.tree import MemoryTree

BASE = """
kind: Vocabulary
channels: {webshop: {}, retail: {}}
usage: {data: {unit: GB}}
---
kind: Category
id: broadband
name: Broadband
---
kind: ProductSpecification
id: fibre
name: Fibre
characteristics: {downstream: {type: quantity, unit: Mbit/s, values: [100, 500]}}
---
"""

OFFERING = "kind: ProductOffering\nid: a\nname: A\nproduct: fibre\nlifecycle: Active\n"


def repaired(text: str) -> str:
    """The text after one round of fixes."""
    tree = MemoryTree({"catalog.yaml": text})
    found = with_fixes(validated(text).diagnostics, tree)
    return next((one.after.decode() for one in fixed_files(found, tree)), text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("channls: [webshop]", "channels: [webshop]"),
        ('"channls": [webshop]  # c', '"channels": [webshop]  # c'),
        ("channels: [webshp, retail]  # c", "channels: [webshop, retail]  # c"),
        ("channels: [ 'webshp' ]", "channels: [ 'webshop' ]"),
        ("categories: brodband", "categories: broadband"),
        ("categories:\n- Broadband # one", "categories:\n- broadband # one"),
        ("prices: {x: {type: onetime, amount: 1 EUR}}", "prices: {x: {type: oneTime, amount: 1 EUR}}"),
        ("prices: {x: {type: oneTime, amount: '39,90 EUR'}}", "prices: {x: {type: oneTime, amount: '39.90 EUR'}}"),
        ("prices: {x: {type: oneTime, amount: 39,90 EUR}}", "prices: {x: {type: oneTime, amount: 39.90 EUR}}"),
        ("prices: {x: {type: oneTime, amount: 39,90 EUR, tax: v}}", "prices: {x: {type: oneTime, amount: 39.90 EUR, tax: v}}"),
        ("prices:\n  x:\n    type: oneTime\n    amount: 39,90 EUR  # c", "prices:\n  x:\n    type: oneTime\n    amount: 39.90 EUR  # c"),
        ("prices: {x: {type: oneTime, amount: EUR 39.90}}", "prices: {x: {type: oneTime, amount: 39.90 EUR}}"),
        ("prices: {x: {type: oneTime, amount: 39.90 €}}", "prices: {x: {type: oneTime, amount: 39.90 EUR}}"),
        ("prices: {x: {type: oneTime, amount: 39.90 eur}}", "prices: {x: {type: oneTime, amount: 39.90 EUR}}"),
        ("prices: {x: {type: usage, usage: dat, per: 1 GB, amount: 1 EUR}}", None),
        ("prices: {x: {type: usage, usage: data, per: 1 gb, amount: 1 EUR}}",
         "prices: {x: {type: usage, usage: data, per: 1 GB, amount: 1 EUR}}"),
        ("prices: {x: {type: usage, usage: data, per: 1 Gb, amount: 1 EUR}}", None),
        ("prices: {x: {type: oneTime, amount: '1,500 EUR'}}", None),
        ("prices: {x: {type: oneTime, amount: '1.234,50 EUR'}}", None),
        ("prices: {x: {type: oneTime, amount: 39.90 $}}", None),
        ("prices: {x: {type: oneTime, amount: 39.90 EUT}}", None),
        ("prices: {x: {type: discount, percent: '12,5 %', reduces: [y]}, y: {type: oneTime, amount: 1 EUR}}",
         "prices: {x: {type: discount, percent: '12.5 %', reduces: [y]}, y: {type: oneTime, amount: 1 EUR}}"),
        ("choices: {downstrem: [100]}", "choices: {downstream: [100]}"),
        ("choices: {downstream: [5000]}", None),
        ("channels: [web]", None),
    ],
)  # fmt: skip
def test_what_is_repaired(before: str, after: str | None) -> None:
    text = f"{BASE}{OFFERING}{before}\n"
    assert repaired(text) == (text if after is None else f"{BASE}{OFFERING}{after}\n")


def test_a_fix_in_a_file_of_another_system_keeps_its_line_ends() -> None:
    text = f"\ufeff{BASE}{OFFERING}channls: [webshop]\n".replace("\n", "\r\n")
    tree = MemoryTree({"catalog.yaml": text})
    (done,) = fixed_files(with_fixes(validated(text).diagnostics, tree), tree)
    assert done.after == text.replace("channls", "channels").encode()


def test_nothing_is_suggested_for_a_table_in_another_file() -> None:
    files = {
        "catalog.yaml": f"{BASE}{OFFERING}prices: {{x: {{type: oneTime, by: [downstream], table: rows.csv}}}}\n",
        "rows.csv": 'downstream,amount\n100,"39,90 EUR"\n500,2 EUR\n',
    }
    tree = MemoryTree(files)
    found = with_fixes(validated(files).diagnostics, tree)
    assert [one.fix for one in found if one.code == "TK014"] == [None]


def finding(line: int, column: int, length: int, text: str) -> Diagnostic:
    span = Span("a.yaml", Position(line, column), Position(line, column + length))
    return Diagnostic("TK014", Severity.ERROR, "x", span, fix=Fix("t", (Edit(span, text),)))


@pytest.mark.parametrize(
    ("text", "findings", "after", "made", "waiting", "refused"),
    [
        ("a: bcd\n", [finding(1, 4, 3, "x")], "a: x\n", 1, 0, 0),
        ("a: bcd\n", [finding(1, 4, 3, "x"), finding(1, 4, 3, "y")], "a: x\n", 1, 1, 0),
        ("a: bcd\n", [finding(1, 4, 3, "x"), finding(1, 4, 3, "x")], "a: x\n", 1, 0, 0),
        ("a: bcd\n", [finding(1, 4, 2, "x"), finding(1, 5, 2, "y")], "a: xd\n", 1, 1, 0),
        ("a: bcd\n", [finding(1, 4, 3, "x: y")], "a: bcd\n", 0, 0, 1),
        ("a: bcd\n", [finding(1, 4, 3, "[")], "a: bcd\n", 0, 0, 1),
        ("a: bcd\n", [finding(1, 4, 3, "[x]")], "a: bcd\n", 0, 0, 1),
        ("a: bcd\n", [finding(1, 4, 3, "x # y")], "a: x # y\n", 1, 0, 0),
        ("a: b\nc: d\n", [finding(1, 1, 1, "c")], "a: b\nc: d\n", 0, 0, 1),
        ("a: b\nc: d\n", [finding(1, 4, 1, "x\ne: f")], "a: b\nc: d\n", 0, 0, 1),
        ("a: b\nc: d\n", [finding(2, 4, 1, "y"), finding(1, 4, 1, "["), finding(1, 1, 1, "x")], "x: b\nc: y\n", 2, 0, 1),
        ("a: b\nc: [\n", [finding(1, 4, 1, "x")], "a: b\nc: [\n", 0, 0, 1),
        ("{a: 1,2, b: }\n", [finding(1, 5, 3, "1.2")], "{a: 1.2, b: }\n", 1, 0, 0),
        ("{a: 1,2, b: }\n", [finding(1, 5, 3, "1: 2")], "{a: 1,2, b: }\n", 0, 0, 1),
    ],
)  # fmt: skip
def test_what_is_made_waits_or_is_refused(
    text: str, findings: Sequence[Diagnostic], after: str, made: int, waiting: int, refused: int
) -> None:
    done = fixed("a.yaml", text.encode(), findings)
    assert done.after.decode() == after
    assert (len(done.made), len(done.waiting), len(done.refused)) == (made, waiting, refused)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.text("ab[]{}:,#-'\"\\ \n&*!|>%é", max_size=6)), max_size=4),
    st.sampled_from(["a{0}: v{0} # c{0}\n", "a{0}: 'v{0}'\n", "- v{0}\n", "- {{a: v{0}, b: }}\n", "- - v{0}  # c\n"]),
)
def test_a_fix_touches_only_its_span(wishes: list[tuple[int, str]], row: str) -> None:
    lines = [row.format(number) for number in range(10)]
    findings = [finding(line + 1, lines[line].index("v") + 1, 2, text) for line, text in wishes]
    before = "".join(lines)
    done = fixed("a.yaml", before.encode(), findings)
    changed = {found.primary.start.line - 1: found for found in done.made}
    expected = [lines[n].replace(f"v{n}", changed[n].fix.edits[0].text) if n in changed and changed[n].fix else lines[n] for n in range(10)]
    assert done.after.decode() == "".join(expected)
    documents, faults = read("a.yaml", done.after.decode())
    assert faults == []
    assert other_values(documents[0][1], changed) == other_values(read("a.yaml", before)[0][0][1], changed)


def other_values(data: object, changed: object) -> list[str]:
    """The values that nobody wanted to change, in order; each still holds the number of its line."""
    assert isinstance(changed, dict)
    items = list(data.values()) if isinstance(data, dict) else data
    assert isinstance(items, list)
    assert len(items) == 10
    return [repr(item) for number, item in enumerate(items) if number not in changed]


@pytest.mark.parametrize(
    ("word", "known", "certain"),
    [
        ("montly", ["monthly", "setup"], True),
        ("montly", ["monthly", "montly2"], False),
        ("launched", ["Launched", "Active"], True),
        ("lp-100", ["lp-1000"], False),
        ("fibre-10", ["fibre-10g"], True),
        ("premium", ["premium-plus"], False),
        ("vat", ["vax"], False),
        ("Eur", ["EUR", "EURO"], True),
        ("ab", ["AB", "aB"], False),
        ("internett", ["internet", "intranet"], True),
    ],
)
def test_what_is_certain(word: str, known: list[str], certain: bool) -> None:
    assert isinstance(did_you_mean(word, known), Suggestion) is certain


def test_a_suggestion_survives_the_way_between_processes() -> None:
    found = pickle.loads(pickle.dumps(Suggestion("did you mean `b`?", "a", "b")))
    assert (found, found.written, found.meant) == ("did you mean `b`?", "a", "b")


def test_spellings_of_units_are_no_units_and_mean_one() -> None:
    assert not set(UNIT_SPELLINGS) & set(UNITS)
    assert set(UNIT_SPELLINGS.values()) <= set(UNITS)
    assert "Mb" not in UNIT_SPELLINGS
