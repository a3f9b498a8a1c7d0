"""What is written reads back as the same data, and reads as people write."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.importer.names import unseen_in
from tmfkit.importer.yaml import WIDEST, as_yaml, scalar
from tmfkit.load.read import decode, read

SIGNS = st.characters(exclude_categories=["Cs"]).filter(lambda sign: not unseen_in(sign))
TEXT = st.text(SIGNS, max_size=30) | st.sampled_from(
    ["null", "~", "", " a", "a ", "a: b", "a #b", "- a", "? a", "a?b", "<<", "[a]", "{a}", "'", '"', "\\", "a\nb", "\t", "%a", "@a", "&a",
     "*a", "!a", "|", ">", "---", "...", "2026-01-01T00:00:00Z", "https://x/y?z=1", '"5"', "it's", 'say "x"', "\x85", "\u2028", "\ufeff",
     "x" * 200]
)  # fmt: skip
KEYS = TEXT | st.sampled_from(["version", "id", "x" * 130, "y" * 1100])
DATA = st.recursive(TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=8), max_leaves=20)


def read_back(text: str) -> list[Any]:
    decoded = decode("x.yaml", text.encode())
    assert decoded.fault is None
    documents, found = read("x.yaml", decoded.text)
    assert found == []
    return [data for _, data in documents]


@given(st.lists(st.dictionaries(KEYS, DATA, min_size=1, max_size=5), min_size=1, max_size=3))
def test_everything_reads_back(documents: list[dict[str, Any]]) -> None:
    assert read_back(as_yaml(documents)) == documents


def test_what_the_import_takes_out_is_what_the_reader_refuses() -> None:
    for sign in map(chr, (*range(0xD800), *range(0xE000, 0x10000))):
        _, found = read("x.yaml", f'a: "\\u{ord(sign):04x}"\n')
        assert bool(found) == bool(unseen_in(sign)), f"U+{ord(sign):04X}"


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("Fibre Home", "name", "Fibre Home"),
        ("2.1", "version", '"2.1"'),
        ("2.1", "value", "2.1"),
        ("49.90 EUR", "amount", "49.90 EUR"),
        ("2026-01-15", "from", "2026-01-15"),
        ("https://x/y?z=1", "href", "https://x/y?z=1"),
        ("Mehr: Daten", "name", '"Mehr: Daten"'),
        ("Café – groß", "name", "Café – groß"),
        ('"5"', "id", "'\"5\"'"),
        ("null", "name", '"null"'),
        ("", "name", '""'),
    ],
)
def test_quotes_stand_where_they_are_needed(text: str, key: str, expected: str) -> None:
    assert scalar(text, key) == expected


def test_short_things_stand_on_one_line() -> None:
    entity: dict[str, Any] = {
        "kind": "ProductOffering",
        "choices": {"speed": ["500", "1000"]},
        "prices": {"monthly": {"use": "home.monthly"}},
        "long": {"description": "x" * WIDEST, "b": "c"},
        "items": [{"a": "b"}, {"c": {"d": [{"e": "f"}]}}],
    }
    assert as_yaml([entity]) == (
        "kind: ProductOffering\n"
        "choices: {speed: [500, 1000]}\n"
        "prices: {monthly: {use: home.monthly}}\n"
        "long:\n"
        f"  description: {'x' * WIDEST}\n"
        "  b: c\n"
        "items:\n"
        "  - {a: b}\n"
        "  - c:\n"
        "      d:\n"
        "        - {e: f}\n"
    )
