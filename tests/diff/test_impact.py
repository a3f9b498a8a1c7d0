"""The table of impacts speaks of everything that the language can say."""

from collections.abc import Iterator

import pytest

from tests.diff.test_laws import example
from tmfkit.diff.bundles import COMPARED, in_one_form
from tmfkit.diff.impact import row_of
from tmfkit.diff.impact_table import ROWS, WORST
from tmfkit.diff.sorts import Sort, price_path
from tmfkit.diff.timeline import Timeline
from tmfkit.diff.tree import Branch, Items, Node, Words, tree

PLAIN = (Sort.ADDED, Sort.REMOVED, Sort.CHANGED)


NAMED = frozenset(
    "terms choices prices bundle characteristics constraints services resources requires excludes replaces taxes usage dimensions".split()
    + "with when unless then discounts channels segments places".split()
)
"""Mappings by name: what changes in them is told part by part, and part by part the rows speak of it."""


def paths(node: Node, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], tuple[Sort, ...]]]:
    """Every place in which an entity can change, and what can happen there."""
    if at[-1:] == ("optional",):
        yield at, (Sort.WIDENED, Sort.DEFAULTED, Sort.MANDATORY)
    elif isinstance(node, Timeline) and at[-1] != "percent" and "tiers" not in at:
        yield (
            at,
            (*PLAIN[:2], Sort.DEARER, Sort.CHEAPER, Sort.CURRENCY, *((Sort.OPENED, Sort.CLOSED, Sort.UNSOLD) if "table" in at else ())),
        )
    elif at and not (isinstance(node, Branch) and at[-1] in NAMED) and at != ("discounts",):
        yield at, PLAIN[:2] if isinstance(node, Branch) else PLAIN
    match node:
        case Branch():
            for name, inner in node.parts.items():
                yield from paths(inner, (*at, name))
        case Items():
            yield from (((*at, one), PLAIN[:2]) for one in node.values)
        case Words():
            yield from (((*at, language), PLAIN) for language in node.texts if language)


def test_no_part_of_the_example_is_unknown() -> None:
    _, catalog = example()
    reworded = in_one_form(catalog)
    unknown = set()
    for summary in catalog.of(*sorted(COMPARED)):
        entity = reworded.entity(summary.key)
        assert entity is not None
        for path, sorts in paths(tree(entity, reworded)):
            text = price_path("/".join(path), summary.key.kind)
            unknown |= {(summary.key.kind, text, sort.value) for sort in sorts if row_of(summary.key.kind, text, sort) is WORST}
    assert sorted(unknown) == []


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("ProductOffering", "nobody/knows"),
        ("System", "colour"),
        ("Vocabulary", "seasons/winter"),
        ("ProductSpecification", "characteristics/x/odd"),
    ],
)
def test_what_no_row_speaks_of_is_the_worst(kind: str, path: str) -> None:
    assert row_of(kind, path, Sort.CHANGED) is WORST


def test_every_row_has_a_reason_that_is_a_sentence() -> None:
    assert [row for row in (*ROWS, WORST) if not (row.reason[:1].isupper() and row.reason.endswith("."))] == []


def test_every_row_can_be_reached() -> None:
    """A row behind one that says at least as much would never count."""
    hidden = []
    for index, row in enumerate(ROWS):
        for path in row.paths:
            sample = path.replace("**", "some/thing").replace("*", "some")
            if not any(row_of(kind, sample, sort) is row for sort in row.sorts or tuple(Sort) for kind in row.kinds):
                hidden.append((index, row.group, path))
    assert hidden == []
