"""What an import reports: everything that it repaired, doubted, kept beside the language, or left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from tmfkit.source.document import Path, text_of


class Weight(StrEnum):
    """How much a note matters, least first."""

    MAPPED = "mapped"
    REPAIRED = "repaired"
    KEPT = "kept"
    DOUBTED = "doubted"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to report about one payload. `path` is in the payload as it was read; `rule` names a row of `NORMALISATIONS`."""

    weight: Weight
    file: str
    path: Path
    message: str
    rule: str = ""

    @property
    def place(self) -> str:
        """Where it is, as people write it."""
        return f"{self.file} {text_of(self.path)}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list that the import keeps to: what happens, and why."""

    what: str
    reason: str


NORMALISATIONS: Mapping[str, Row] = MappingProxyType(
    {
        "null": Row("a key or an item without a value is left out", "no TM Forum API takes a null"),
        "zone": Row("a moment without a zone gets the project's `timezone`", "strict servers refuse such a moment"),
        "moment": Row("the same moment in another spelling", "the language keeps moments, not their spelling"),
        "text": Row("a number or flag written as text becomes one, an id written as number a text", "the official files want it so"),
        "amount": Row(
            "an amount with a decimal comma, or with its currency beside it, becomes a number", "the official files want a number there"
        ),
        "double": Row(
            "a number with more digits than JSON readers keep becomes the nearest that they have, one out of their reach a text",
            "they read it so in any case: a JSON number has 64 bits",
        ),
        "part-name": Row(
            "a characteristic, term or group gets a name that the language can have; its own stands beside it as `name`",
            "conditions and tables call parts by their names",
        ),
        "old-name": Row("a name of version 3 becomes the one of version 4", "no API in use takes both"),
        "value-object": Row("a value `{value: x, alias: y}` becomes `x`, and `y` stands beside it", "version 3 nested the value"),
        "list": Row("one object becomes a list of one, where a list is due", "the official files want a list there"),
        "object": Row("a list of one becomes that one, where an object is due", "the official files want an object there"),
        "inline": Row("a price or specification inside another payload becomes an entity of its own, referred to", "it then has one home"),
        "minted-id": Row("an item without an id gets one, made from its product number, its name or its file", "references need one"),
        "id-in-address": Row("the `id` of an item stands in its address, where bodies have none", "strict servers of version 4 refuse it"),
        "own-id": Row("an id that the language cannot have becomes a minted one", "ids are letters, digits, `.`, `_` and `-`"),
        "own-name": Row("a name that another of the same version has gets the id behind it", "name and version tell items apart"),
        "own-address": Row("the `href` of a payload is left out", "the catalog API that it is published to says where it is"),
        "last-update": Row("`lastUpdate` is left out", "payloads carry the date of the release"),
        "reference-id": Row("a reference by product number, or to a changed id, gets the id of its target", "references then resolve"),
        "reference-address": Row("the `href` of a reference that resolves is left out", "it is derived from the id of its target"),
        "candidate": Row(
            "a candidate joins its specification: its categories move there, its id is that of it",
            "candidates are derived when compiling",
        ),
    }
)
"""Everything by which a compiled payload may differ from the one that was imported; each case is reported with its path."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What a compiled payload may hold that the imported one does not: properties by the end of their path, and why."""

    paths: tuple[str, ...]
    reason: str


ADDITIONS: tuple[Addition, ...] = (
    Addition(("id", "href", "lastUpdate"), "every item has an identity, an address and the date of the release"),
    Addition(("version", "lifecycleStatus"), "an entity has both: `1.0` and `Active` where the payload says nothing"),
    Addition(("@type", "@baseType", "@referredType"), "items and references say what they are"),
    Addition(("isBundle", "isSellable", "isRoot"), "written out where the payload leaves them to be guessed"),
    Addition(("*/href", "*/name", "*/version", "*/@type", "*/@referredType"), "references carry them"),
    Addition(("*/configurable", "*/minCardinality", "*/maxCardinality", "*/valueType"), "characteristics say them always"),
    Addition(("*/isDefault",), "the default of a characteristic is marked where it stands"),
    Addition(("*/duration", "*/unitOfMeasure", "*/rangeInterval"), "quantities and ranges say what they are"),
    Addition(("recurringChargePeriodLength", "recurringChargePeriodType"), "a recurring price says how often"),
    Addition(("category", "subCategory", "productOffering", "serviceCandidate", "resourceCandidate"), "what refers here, seen from here"),
    Addition(("productSpecification",), "an offering sells something: `unknown` where the payload does not say what"),
    Addition(("x-tmfkit", "pricingLogicAlgorithm", "externalIdentifier"), "the documented extensions"),
)
"""Everything that a compiled payload may hold beyond the imported one; a row covers what lies below its paths too."""


@dataclass(slots=True)
class Notebook:
    """Collects the notes on one payload while it is read, repaired and mapped."""

    file: str
    notes: list[Note]

    def repair(self, rule: str, path: Path, message: str) -> None:
        """A change of the listed set."""
        assert rule in NORMALISATIONS
        self.notes.append(Note(Weight.REPAIRED, self.file, path, message, rule))

    def doubt(self, path: Path, message: str) -> None:
        """A guess that somebody should look at."""
        self.notes.append(Note(Weight.DOUBTED, self.file, path, message))

    def leave(self, message: str, path: Path = ()) -> None:
        """Something that did not get in."""
        self.notes.append(Note(Weight.LEFT_OUT, self.file, path, message))
