"""Names for other formats: legal ones stay, others get one of their own, whatever the order; words of selling are noticed."""

import random
import re

import pytest

from tmfkit.generate.naming import legal_names
from tmfkit.generate.selling import commercial_word


def dashed(name: str) -> str:
    return re.sub(r"[^a-zA-Z0-9-]", "-", name)


@pytest.mark.parametrize(
    ("names", "taken", "expected"),
    [
        ((), (), {}),
        (("a", "b"), (), {"a": "a", "b": "b"}),
        (("a.b", "a-b"), (), {"a.b": "a-b-2", "a-b": "a-b"}),
        (("a.b", "a b", "a-b-2"), (), {"a.b": "a-b-3", "a b": "a-b", "a-b-2": "a-b-2"}),
        (("Key", "key"), (), {"Key": "Key", "key": "key-2"}),
        (("key", "other"), ("KEY",), {"key": "key-2", "other": "other"}),
        (("a", "a"), (), {"a": "a"}),
    ],
)
def test_what_is_legal_keeps_its_name_and_what_collides_gets_a_number(
    names: tuple[str, ...], taken: tuple[str, ...], expected: dict[str, str]
) -> None:
    assert legal_names(names, dashed, taken) == expected
    assert list(legal_names(names, dashed, taken)) == list(dict.fromkeys(names))


def test_the_order_given_makes_no_difference() -> None:
    names = [f"{first}{sign}{second}" for first in "aAb" for second in "bB" for sign in "-._ +"]
    expected = legal_names(names, dashed)
    assert len({name.casefold() for name in expected.values()}) == len(names)
    for seed in range(20):
        assert legal_names(random.Random(seed).sample(names, len(names)), dashed) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("priceTier", "price"),
        ("gold-tier", "tier"),
        ("Firewall Offering", "offering"),
        ("rateProfile", None),
        ("determined", None),
        ("", None),
    ],
)
def test_a_word_of_selling_is_noticed(text: str, word: str | None) -> None:
    assert commercial_word(text) == word
