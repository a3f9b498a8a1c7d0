"""Names of parts: which texts are taken, and that what is wrong is one finding with a way out."""

import pytest

from tests.catalogs import validated
from tmfkit.model.names import is_characteristic_name, is_language, is_name

NAMES = [
    ("Branch Locations", None),
    ("débit descendant", None),
    ("日本", None),
    ("👩‍🚀", None),
    ("5G", None),
    ("a.b", None),
    ("", "it is empty"),
    ("  ", "it is empty"),
    ("\u200b\u2060", "it is empty"),
    (" a", "spaces stand before or behind it"),
    ("a/b", "`/` stands between two names"),
    ("a\nb", "a line break"),
    ("else", "a meaning of its own"),
    ("not-sold", "a meaning of its own"),
    ("10..50", "a band of numbers"),
    ("..5", "a band of numbers"),
    ("x" * 100, None),
    ("x" * 101, "101 characters"),
]


@pytest.mark.parametrize(("text", "reason"), NAMES)
def test_names(text: str, reason: str | None) -> None:
    found = is_name(text)
    assert found is None if reason is None else found is not None and reason in found


def test_the_facts_are_taken_for_characteristics_only() -> None:
    assert is_name("term") is None
    assert is_characteristic_name("term") is not None
    assert is_characteristic_name("Branch Locations") is None


@pytest.mark.parametrize(
    ("tag", "legal"),
    [
        *((tag, True) for tag in ("en", "pt-BR", "zh-Hant-TW", "es-419", "de-CH-1996", "en-x-shop")),
        *((tag, False) for tag in ("", "english", "xx-yy-zz", "日本", "en_GB", "e")),
    ],
)
def test_languages(tag: str, legal: bool) -> None:
    assert is_language(tag) is legal


SPECIFICATION = "kind: ProductSpecification\nid: p\nname: P\n"
OFFERING = "kind: ProductOffering\nid: o\nname: O\nlifecycle: In design\nproduct: {external: p}\n"
DISCOUNT = OFFERING + "prices: {d: {type: discount, reduces: d, "

FINDINGS = [
    ("kind: Category\nid: c\nname: \"\\u200b\"\n", "TK014 this name is empty"),
    ("kind: Category\nid: c\nname: {english: C}\n", "TK014 `english` is no language tag"),
    ("kind: [Category]\nid: c\n", "TK013 `kind` is a plain text, not a list"),
    (SPECIFICATION + "characteristics: {speed: {}, Speed: {}}\n", "TK014 `speed` differs from it in capitals only"),
    (SPECIFICATION + "characteristics: {place: {}}\n", "TK014 `place` cannot be a name here"),
    (SPECIFICATION + "characteristics: {s: {type: integer, max: 99999999999999999999}}\n", "TK014 more than 15 digits"),
    (SPECIFICATION + "characteristics: {s: {type: quantity, unit: bit/s, values: [100000000 Tbit/s]}}\n", "TK014 15 digits in bit/s"),
    (SPECIFICATION + "characteristics: [{name: speed}]\n", "TK013 write it as in `characteristics: {downstream:"),
    (SPECIFICATION + "lifecycle: [Active]\n", "TK013 a list stands where a text is due"),
    (SPECIFICATION + "validFor: 2026-01-01\n", "TK013 write it as in `validFor: {from: 2026-01-15}`"),
    (OFFERING + "terms: {a/b: {}}\n", "TK014 `a/b` cannot be a name here"),
    (OFFERING + "terms: {long: {commitment: 0 months}}\n", "TK014 is no time at all"),
    (OFFERING + "prices: {x: {type: oneTime, amount: 39,90 EUR}}\n", "TK014 decimals follow a point: write `39.90 EUR`"),
    (OFFERING + "prices: [{type: oneTime}]\n", "TK013 write it as in `prices: {monthly: {type: recurring"),
    (OFFERING + "prices: {x: {type: oneTime, by: [term, term], table: {else: {else: 1 EUR}}}}\n", "TK014 `term` stands here twice"),
    (OFFERING + "prices: {x: {type: oneTime, amount: 1 EUR, when: {}}}\n", "TK014 this condition is empty"),
    (DISCOUNT + "percent: 33,5}}\n", "TK014 decimals follow a point"),
    (DISCOUNT + "amount: 20 %}}\n", "TK014 write `percent: 20`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), FINDINGS)
def test_one_finding_with_a_way_out(text: str, says: str) -> None:
    (finding,) = validated(text).diagnostics
    code, words = says.split(" ", 1)
    assert finding.code == code
    assert words in f"{finding.message}; {finding.help}"
