"""Where a cursor stands is made out in texts that are not YAML yet."""

import random

import pytest

from tests.lsp.projects import pointed
from tmfkit.lsp.sketch import Role, sketch

PLACES = [
    ("‸", "key", (), ""),
    ("pro‸", "key", (), "pro"),
    ("a: b\n---\n‸", "key", (), ""),
    ("a: b\n---\nki‸\n---\nc: d", "key", (), "ki"),
    ("kind: ‸", "value", ("kind",), ""),
    ("kind:‸", "value", ("kind",), ""),
    ("kind: Pro‸", "value", ("kind",), "Pro"),
    ("kind: Pro‸  # a word", "value", ("kind",), "Pro"),
    ("ki‸nd: Product", "key", (), "kind"),
    ("prices:\n  ‸", "either", ("prices",), ""),
    ("prices:\n  mo‸", "either", ("prices",), "mo"),
    ("prices:\n  monthly:\n    ty‸", "either", ("prices", "monthly"), "ty"),
    ("prices:\n  monthly:\n    type: recurring\n  ‸", "either", ("prices",), ""),
    ("prices:\n  monthly:\n    type: recurring\n    ‸", "either", ("prices", "monthly"), ""),
    ("prices:\n  monthly:\n    type: recurring\n‸", "key", (), ""),
    ("prices:\n  monthly: {‸", "key", ("prices", "monthly"), ""),
    ("prices:\n  monthly: {type: rec‸\nbundle: {}", "value", ("prices", "monthly", "type"), "rec"),
    ("prices:\n  monthly: {type: rec‸}", "value", ("prices", "monthly", "type"), "rec"),
    ("prices:\n  monthly: {type: recurring, ‸}", "key", ("prices", "monthly"), ""),
    ("prices: {monthly: {when: {te‸}}}", "key", ("prices", "monthly", "when"), "te"),
    ("prices: {monthly: {when: {term: ‸}}}", "value", ("prices", "monthly", "when", "term"), ""),
    ("prices: {monthly: {when: {term: [a, ‸]}}}", "value", ("prices", "monthly", "when", "term", 1), ""),
    ("categories: [a, b‸]", "value", ("categories", 1), "b"),
    ("categories: [a,\n  b‸]", "value", ("categories", 1), "b"),
    ("categories: [a,\nlifecycle: La‸", "value", ("lifecycle",), "La"),
    ("categories:\n  - a\n  - ‸", "either", ("categories", 1), ""),
    ("categories:\n- a\n- b‸\nname: x", "either", ("categories", 1), "b"),
    ("requires:\n  - offering: ho‸", "value", ("requires", 0, "offering"), "ho"),
    ("requires:\n  - offering: home\n    un‸", "either", ("requires", 0), "un"),
    ("name: \"Fi‸bre\"", "value", ("name",), "Fibre"),
    ("name: 'Fi‸", "value", ("name",), "Fi"),
    ("a:\r\n  b: c‸\r\nd: e\r\n", "value", ("a", "b"), "c"),
    ("name: x: ‸", "value", ("name",), "x: "),
]  # fmt: skip


@pytest.mark.parametrize(("text", "role", "path", "word"), PLACES, ids=range(len(PLACES)))
def test_a_cursor_is_placed(text: str, role: str, path: tuple[str | int, ...], word: str) -> None:
    whole, index = pointed(text)
    spot = sketch(whole, index).spot
    assert spot is not None
    assert (spot.role, spot.path) == (Role(role), path)
    assert whole[spot.start : spot.end] == word


@pytest.mark.parametrize("text", ["a: b # wo‸rd", "text: |\n  some ‸words\na: b", "# ‸"])
def test_nothing_is_written_into_comments_and_blocks_of_text(text: str) -> None:
    assert sketch(*pointed(text)).spot is None


def test_what_a_text_says_is_made_out() -> None:
    text = "a: {b: [1, {c: d}], e: f g}\nl:\n- x: 1\n  y: 'it''s'\n- z: {q: }\nbroken: [\nm: n"
    assert sketch(text, 0).data == {
        "a": {"b": {"0": "1", "1": {"c": "d"}}, "e": "f g"},
        "l": {"0": {"x": "1", "y": "it's"}, "1": {"z": {"q": None}}},
        "broken": None,
        "m": "n",
    }


def test_no_text_is_too_odd() -> None:
    chance = random.Random(7)
    signs = [*"ab:-,[]{}#|>\"'& \n\t\r\\?!*", "\r\n", "---", "\u2028", "🏠", ": ", "- ", "\n  "]
    for _ in range(2_000):
        text = "".join(chance.choices(signs, k=chance.randrange(60)))
        index = chance.randrange(len(text) + 1)
        spot = sketch(text, index).spot
        assert spot is None or 0 <= spot.start <= spot.end <= len(text)


def test_a_huge_text_takes_no_time() -> None:
    for text in ("a: " + "[" * 100_000, "{" * 4_000 + "\n" + "{ " * 2_000, "a:" + " " * 4_900 + "x", "x: [" + "a " * 2_000, "- " * 2_400):
        sketch(text, len(text))
