"""An entity while it is put together from a payload: the words that all kinds share, references, periods."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tmfkit.diagnostics.suggest import nearest
from tmfkit.importer.identify import Item, text_of
from tmfkit.importer.link import Links
from tmfkit.importer.names import visible
from tmfkit.importer.notes import Notebook
from tmfkit.model.base import Key, Lifecycle
from tmfkit.source.document import Data, Path

_STATES = {
    **{state.value.casefold(): state for state in Lifecycle},
    "draft": Lifecycle.IN_DESIGN,
    "design": Lifecycle.IN_DESIGN,
    "planned": Lifecycle.IN_STUDY,
    "study": Lifecycle.IN_STUDY,
    "test": Lifecycle.IN_TEST,
    "testing": Lifecycle.IN_TEST,
    "approved": Lifecycle.ACTIVE,
    "enabled": Lifecycle.ACTIVE,
    "published": Lifecycle.LAUNCHED,
    "released": Lifecycle.LAUNCHED,
    "onsale": Lifecycle.LAUNCHED,
    "inactive": Lifecycle.RETIRED,
    "disabled": Lifecycle.RETIRED,
    "suspended": Lifecycle.RETIRED,
    "withdrawn": Lifecycle.RETIRED,
    "deprecated": Lifecycle.RETIRED,
    "expired": Lifecycle.OBSOLETE,
    "terminated": Lifecycle.OBSOLETE,
    "archived": Lifecycle.OBSOLETE,
}
"""The states of the language under the names that they have in the field."""

NO_STATE = Lifecycle.ACTIVE
"""Validated but not sold: what an offering without a state is taken for."""


class Draft:
    """The fields of one entity, filled from the body of its payload."""

    def __init__(self, item: Item, links: Links, zone: ZoneInfo) -> None:
        self.key: Key = item.key
        self.body: dict[str, Any] = item.payload.body
        self.called = item.payload.called
        self.source: dict[str, Any] = item.payload.source.body
        self.notebook: Notebook = item.notebook
        self.links = links
        self.zone = zone
        self.unread: dict[str, str] = {}
        """For fields that could not be filled: what stands there instead."""
        self.data: dict[str, Data] = {"kind": item.key.kind, "id": item.key.id}

    def put(self, key: str, value: Data) -> None:
        """Writes a field, unless there is nothing to write."""
        if value is not None and value != "" and value != [] and value != {}:
            self.data[key] = value

    def display(self, name: str) -> str:
        """What a part was called before it got the name that the language has for it; empty where that is the same."""
        return visible(self.called.get(name, ""))

    def text(self, key: str) -> str:
        """The text of a scalar at the top of the body, without space around it."""
        return text_of(self.body.get(key)).strip()

    def objects(self, key: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The objects of a list at the top of the body, with their paths; anything else stays in `extra`."""
        yield from objects(self.body, key, ())

    def head(self) -> None:
        """The words that every kind has."""
        name = self.text("name")
        if not name:
            self.notebook.doubt(("name",), f"it has no name and is called `{self.key.id}`")
        self.put("name", name or self.key.id)
        self.put("description", self.text("description"))
        self.put("code", self._code("code"))
        self._lifecycle()
        self.put("version", version if (version := self.text("version")) != "1.0" else "")
        self.put("validFor", self.period(self.body.get("validFor"), ("validFor",)))

    def _lifecycle(self) -> None:
        said = self.text("lifecycleStatus")
        state = _STATES.get(said.casefold().replace("_", " ").replace("-", " ")) or _STATES.get(said.casefold().replace(" ", ""))
        if state is None and said:
            state = _STATES.get(nearest(said, _STATES) or "", NO_STATE)
        if said and said != state:
            self.notebook.doubt(("lifecycleStatus",), f"`{said}` is no state of the language; it is taken as {state}")
        if self.key.kind == "ProductOffering":
            if state is None:
                self.notebook.doubt(("lifecycleStatus",), f"it says no state; it is taken as {NO_STATE}")
            self.put("lifecycle", (state or NO_STATE).value)
        elif state is not None and state is not NO_STATE:
            self.put("lifecycle", state.value)

    def _code(self, type: str) -> str:
        found = [item for _, item in self.objects("externalIdentifier") if item.get("externalIdentifierType") == type]
        return text_of(found[0].get("id")) if len(found) == 1 else ""

    def outside_code(self, type: str) -> str:
        """The id of one type that an outside system has for it."""
        return self._code(type)

    def period(self, value: Any, path: Path) -> dict[str, Data]:
        """A time period; one that ends before it begins stays in `extra`."""
        if not isinstance(value, dict):
            return {}
        ends = {word: self._moment(value.get(key)) for word, key in (("from", "startDateTime"), ("until", "endDateTime"))}
        begin, end = ends["from"], ends["until"]
        if begin is not None and end is not None and begin >= end:
            self.notebook.doubt(path, "it ends before it begins; the language refuses such a period")
            return {}
        return {word: self._written(moment) for word, moment in ends.items() if moment is not None}

    def _moment(self, text: Any) -> datetime | None:
        try:
            moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        except ValueError:
            return None
        return moment if moment is not None and moment.tzinfo is not None else None

    def _written(self, moment: datetime) -> str:
        """A day where it is midnight in the project's time zone, else the moment with its own zone."""
        try:
            local = moment.astimezone(self.zone)
        except OverflowError:
            local = moment
        if local.time() == time() and local.utcoffset() == moment.utcoffset():
            return local.date().isoformat()
        return moment.isoformat().replace("+00:00", "Z")

    def reference(self, noun: str, value: Any, path: Path, kinds: tuple[str, ...] = ()) -> Data:
        """A reference to an entity, or to what lies outside; None for what is no reference or leads to another kind than is wanted."""
        if not isinstance(value, dict) or not (id := text_of(value.get("id"))):
            return None
        key = self.links.find(noun, id)
        if key is None:
            return self._outside(noun, id, value, path)
        if key == self.key:
            self.notebook.doubt(path, "it refers to itself; that is kept in `extra`")
            return None
        if kinds and key.kind not in kinds:
            self.notebook.doubt(path, f"`{key.id}` is a {key.kind}; the language has no place for it here")
            return None
        return key.id

    def _outside(self, noun: str, id: str, value: dict[str, Any], path: Path) -> Data:
        name, type = text_of(value.get("name")), text_of(value.get("@referredType"))
        twin = self.links.called(noun, name) if name else None
        hint = f"; {twin.kind} `{twin.id}` has the same name" if twin else ""
        self.notebook.doubt(path, f"the {noun} `{id}` is not there; the reference says that it lies outside{hint}")
        found = {
            "external": id,
            "name": name if name != id else "",
            "type": type if type != noun else "",
            "version": text_of(value.get("version")),
            "href": text_of(value.get("href")),
        }
        return {key: said for key, said in found.items() if said}

    def references(self, noun: str, key: str, kinds: tuple[str, ...] = ()) -> list[Data]:
        """All references of a list at the top of the body."""
        found = (self.reference(noun, value, path, kinds) for path, value in self.objects(key))
        return [one for one in found if one is not None]


def objects(body: dict[str, Any], key: str, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The objects of a list, with their paths."""
    values = body.get(key)
    for index, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, dict):
            yield (*path, key, index), value
