"""What the vocabulary says about a word, for the rules that ask it."""

from collections.abc import Collection

from tmfkit.catalog import Catalog

SETS = {"channel": "channels", "segment": "segments", "place": "places"}
"""The facts whose words the vocabulary declares, and in which of its sets."""


def words_of(fact: str, catalog: Catalog) -> Collection[str]:
    """The words that the vocabulary declares for a fact; none where it leaves the set open."""
    declared: Collection[str] = getattr(catalog.vocabulary, SETS[fact]) if fact in SETS else ()
    return declared


def declares(fact: str, word: str, catalog: Catalog) -> bool | None:
    """Whether the vocabulary knows a word of a fact; None where it declares no such words at all."""
    declared = words_of(fact, catalog)
    return word in declared if declared else None
