"""What every entity of a catalog has: an identity, a name, a life, and references to other entities."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, Generic, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from tmfkit.model.names import named
from tmfkit.model.problems import NotUnderstood, as_text, read_by, validated
from tmfkit.model.values import Boolean, Localized, LocalizedText, Moment, Text
from tmfkit.source.document import Data, Path

T = TypeVar("T")


class Key(NamedTuple):
    """The only name of an entity: its kind in the language, and its id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@cache
def spelling(name: str) -> str:
    """How a key is written: `valid_for` as `validFor`, `from_` (a word that Python keeps for itself) as `from`."""
    return to_camel(name.rstrip("_"))


class Part(BaseModel):
    """A part of an entity: frozen, its keys in camelCase as TM Forum writes them, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=spelling, arbitrary_types_allowed=True, validate_by_name=True)


class External(Part):
    """Something that lives outside this repository, named by the id that it has there."""

    external: Text
    name: Localized | None = None
    type: Text | None = None
    version: Text | None = None
    href: Text | None = None


def _reference(raw: Any) -> "str | External":
    if isinstance(raw, dict):
        return validated(External, raw)
    return as_text(raw, "the id of another entity")


_EXTERNAL = {
    "type": "object",
    "required": ["external"],
    "properties": {key: {"type": ["string", "object", "number"]} for key in ("external", "name", "type", "version", "href")},
    "additionalProperties": False,
}
Ref = Annotated[
    str | External,
    read_by(_reference),
    WithJsonSchema({"anyOf": [{"type": "string"}, _EXTERNAL], "description": "The id of another entity."}),
]
"""The id of another entity of this repository, or something outside it."""


class Reference(NamedTuple):
    """One reference of an entity: where it stands, which kinds it may name, and which id it names."""

    path: Path
    kinds: tuple[str, ...]
    id: str


class Lifecycle(StrEnum):
    """The states of TMF620's user guide; Active is validated, Launched is sold."""

    IN_STUDY = "In study"
    IN_DESIGN = "In design"
    IN_TEST = "In test"
    ACTIVE = "Active"
    LAUNCHED = "Launched"
    RETIRED = "Retired"
    OBSOLETE = "Obsolete"
    REJECTED = "Rejected"


class Validity(Part):
    """A half-open interval `[from, until)`; an end that is not written is open."""

    from_: Moment | None = None
    until: Moment | None = None

    def holds(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether `moment` (with a zone) lies in the interval."""
        after = self.from_ is None or instant(self.from_, zone) <= moment
        return after and (self.until is None or moment < instant(self.until, zone))


ALWAYS = Validity()


def instant(moment: datetime | date, zone: ZoneInfo) -> datetime:
    """A moment as a point in time; a date is midnight in the project's time zone."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone)


class Step(Part, Generic[T]):
    """One period of a dated value: what it is from one moment until another, and for which customers."""

    from_: Moment | None = None
    until: Moment | None = None
    is_: T
    applies_to: Literal["new", "existing", "all"] = "all"

    @property
    def validity(self) -> Validity:
        """When the value holds."""
        return Validity.model_construct(from_=self.from_, until=self.until)


def _steps(raw: Data) -> Data:
    dated = isinstance(raw, list) and raw and all(isinstance(item, dict) and "is" in item for item in raw)
    return raw if dated else [{"is": raw}]


def _short_mapping(raw: Data) -> Data:
    """`[ont, gpon-port]` is short for `{ont: {}, gpon-port: {}}`, and nothing for an entry without settings."""
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return {str(item): {} for item in raw}
    if isinstance(raw, dict):
        return {name: {} if value is None else value for name, value in raw.items()}
    return raw


def _one_or_many(raw: Data) -> Data:
    return raw if isinstance(raw, list) else [raw]


DATED = BeforeValidator(_steps)
"""Marks a value that may change over time; one that is written plainly is a single step that always holds."""

Keyed = Annotated[dict[str, T], BeforeValidator(_short_mapping)]
"""Named parts; a list of names is short for parts without settings."""

Named = Annotated[dict[str, T], BeforeValidator(_short_mapping), AfterValidator(named)]
"""As `Keyed`, for parts that get their names here: these are legal everywhere that they are used."""

Many = Annotated[tuple[T, ...], BeforeValidator(_one_or_many)]
"""One value, or a list of several."""


def _opaque(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, dict) or not all(isinstance(body, dict) for body in raw.values()):
        raise NotUnderstood("`extra` is a mapping from the name of a dialect to a mapping", code="TK013")
    return raw


Extra = Annotated[Mapping[str, Any], read_by(_opaque), WithJsonSchema({"type": "object", "additionalProperties": {"type": "object"}})]


class Described(Part):
    """A named part of an entity that may carry its own words."""

    name: Localized | None = None
    description: Localized | None = None
    code: Text | None = None


class Entity(Part):
    """One document of the catalog. `kind` is its own class; `extends`, `abstract` and `remove` are settled while linking."""

    KIND: ClassVar[str]

    kind: Text
    id: Text
    name: Localized | None = None
    description: Localized | None = None
    code: Text | None = None
    lifecycle: Lifecycle = Lifecycle.ACTIVE
    version: Text = "1.0"
    valid_for: Validity = ALWAYS
    extra: Extra = Field(default_factory=dict)
    extends: Text | None = None
    abstract: Boolean = False
    remove: Many[Text] = ()
    renamed_from: Text | None = None

    @property
    def key(self) -> Key:
        """The entity's identity."""
        return Key(self.KIND, self.id)

    @property
    def title(self) -> str:
        """The name in the first language that is written, else the id."""
        return self.name.default if self.name else self.id

    def references(self) -> Iterator[Reference]:
        """All that this entity refers to inside the repository."""
        yield from ()


def refer(path: Path, kinds: tuple[str, ...], target: str | External | None) -> Iterator[Reference]:
    """A reference to something inside the repository; nothing for what lies outside it."""
    if isinstance(target, str):
        yield Reference(path, kinds, target)


def localized(text: str) -> LocalizedText:
    """A text that is the same in every language."""
    return LocalizedText((("", text),))
