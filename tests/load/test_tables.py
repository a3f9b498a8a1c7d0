"""Table files: what is read from CSV, and on which line each fault is shown."""

import pytest

from tests.catalogs import validated

YAML = """kind: ProductOfferingPrice
id: line
name: Line
type: oneTime
by: [speed, term]
table: rows.csv
"""

GOOD = "speed,term,amount\n100,short,5.00 EUR\n100,long,not-sold\nelse,else,4.00 EUR\n"

FAULTS = [
    ("a good one", GOOD, []),
    ("spaces, a byte order mark, other line ends", "\ufeff" + GOOD.replace(",", " , ").replace("\n", "\r\n"), []),
    ("empty", "", ["TK017 rows.csv:1 is empty"]),
    ("other columns", GOOD.replace("term,", "place,"), ["TK017 rows.csv:1 it must read `speed,term,amount`"]),
    ("no column for the cells", "speed,term\n", ["TK017 rows.csv:1 reads `speed,term`; it must read `speed,term,amount`"]),
    ("semicolons", GOOD.replace(",", ";"), ["TK017 rows.csv:1 not semicolons"]),
    ("too few and too many columns", GOOD + "500,x\n500,y,1 EUR,z\n", ["TK017 rows.csv:5 2 columns", "TK017 rows.csv:6 4 columns"]),
    ("a decimal comma", GOOD + "500,x,3,50 EUR\n", ["TK017 rows.csv:5 write `3.50 EUR`"]),
    ("a row twice", GOOD + "100, short ,6.00 EUR\n", ["TK017 rows.csv:5 repeats line 2: 100, short"]),
    ("a key that is empty", GOOD + "500,,6.00 EUR\n", ["TK017 rows.csv:5 nothing under `term`"]),
    ("a line break in a key", GOOD + '500,"a\nb",6.00 EUR\n', ["TK017 rows.csv:6 a line break"]),
    ("cells", GOOD + "500,x,5\n500,y,\n", ["TK014 rows.csv:5 not an amount", "TK012 rows.csv:6 is missing"]),
    ("a control character", GOOD.replace("short", "sh\0rt"), ["TK003 rows.csv:2 U+0000"]),
    ("no text", "é".encode("latin-1"), ["TK002 rows.csv:1 UTF-8"]),
    ("a field without end", GOOD + '500,x,"' + "x" * 140_000, ["TK017 rows.csv:5 is not CSV"]),
]


@pytest.mark.parametrize(("case", "rows", "findings"), FAULTS, ids=[case for case, *_ in FAULTS])
def test_every_fault_of_a_file_at_its_line_and_no_echo(case: str, rows: str | bytes, findings: list[str]) -> None:
    shown = validated({"a.yaml": YAML, "rows.csv": rows}).diagnostics
    assert len(shown) == len(findings)
    for diagnostic, expected in zip(shown, findings, strict=True):
        code, place, says = expected.split(" ", 2)
        assert f"{diagnostic.code} {diagnostic.primary.file}:{diagnostic.primary.start.line}" == f"{code} {place}"
        assert says in f"{diagnostic.message} {diagnostic.help}"
        assert [str(related.span) for related in diagnostic.related] == ["a.yaml:6:8"]


NAMES = [
    ("rows.csv", "there is no such file"),
    ("../rows.csv", "lies outside the project"),
    ("/rows.csv", "lies outside the project"),
    ("rows.txt", "a table is a mapping"),
]


@pytest.mark.parametrize(("name", "says"), NAMES)
def test_a_file_that_is_not_there(name: str, says: str) -> None:
    (finding,) = validated({"a.yaml": YAML.replace("rows.csv", name)}).diagnostics
    assert says in finding.message
    assert str(finding.primary) == "a.yaml:6:8"


def test_files_of_dated_tables_and_of_feeds() -> None:
    price = YAML.replace("rows.csv", "[{until: 2027-01-01, is: rows.csv}, {from: 2027-01-01, is: new.csv}]")
    shown = validated({"a.yaml": price, "rows.csv": GOOD, "new.csv": GOOD.replace("5.00 EUR", "5,00 EUR")}).diagnostics
    assert [(one.code, one.primary.file, one.primary.start.line) for one in shown] == [("TK017", "new.csv", 2)]
