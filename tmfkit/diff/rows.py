"""Reads the rows of the table of impacts."""

from itertools import product
from re import split
from types import MappingProxyType
from typing import NamedTuple

from tmfkit.diff.change import Impact, Reach
from tmfkit.diff.sorts import Sort
from tmfkit.model.kinds import KINDS

_SERVICES = ("CustomerFacingServiceSpecification", "ResourceFacingServiceSpecification")
_RESOURCES = ("PhysicalResourceSpecification", "LogicalResourceSpecification")

GROUPS = MappingProxyType(
    {
        "any": tuple(KINDS),
        "offering": ("ProductOffering",),
        "shared price": ("ProductOfferingPrice",),
        "price holder": ("ProductOffering", "ProductOfferingPrice"),
        "specification": ("ProductSpecification", *_SERVICES, *_RESOURCES),
        "product": ("ProductSpecification",),
        "product or CFS": ("ProductSpecification", _SERVICES[0]),
        "below product": (*_SERVICES, *_RESOURCES),
        "RFS": _SERVICES[1:],
        "RFS or software": (_SERVICES[1], _RESOURCES[1]),
        "resource": _RESOURCES,
        "grouping": ("Catalog", "Category", "ServiceCatalog", "ServiceCategory", "ResourceCatalog", "ResourceCategory"),
        "system": ("System",),
        "vocabulary": ("Vocabulary",),
    }
)
"""What the first column says. A price in an offering and one of its own have the same paths: `prices/<name>/...`."""

ITSELF = "(itself)"
"""The path of an entity as a whole."""


class Row(NamedTuple):
    """One row: a group of kinds, a path, the sorts of change (none: any), and what it says of them."""

    group: str
    path: str
    sorts: tuple[Sort, ...]
    impact: Impact
    reach: Reach
    reason: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of entities that the row speaks of."""
        return GROUPS[self.group]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths one by one, where `{a,b}` stands for several."""
        if self.path == ITSELF:
            return ("",)
        choices = [word.strip("{}").split(",") for word in split(r"/(?![^{]*})", self.path)]
        return tuple("/".join(words) for words in product(*choices))


def rows(text: str) -> tuple[Row, ...]:
    """The rows of a text: a line with the columns, the reason below it."""
    lines = text.strip("\n").splitlines()
    starts = [at for at, line in enumerate(lines) if not line.startswith(" ")]
    return tuple(_row(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True))


def _row(lines: list[str]) -> Row:
    group, path, sorts, impact, reach = lines[0].split(" | ")
    named = () if sorts == "any" else tuple(map(Sort, sorts.split(", ")))
    return Row(group, path, named, Impact(impact), Reach(reach), " ".join(line.strip() for line in lines[1:]))
