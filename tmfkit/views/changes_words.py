"""What the parts of a catalog are called when people talk about a change: by their names, not by their ids."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.diff.change import Change, Kind
from tmfkit.model.base import Described, Entity, Key
from tmfkit.model.characteristics import Characteristic
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.configuration import characteristics_of

_PERIOD = re.compile(
    r"(?:from-(?P<since>\d{4}-\d\d-\d\d(?:T[0-9:.]+(?:Z|[+-]\d\d:\d\d)?)?))?-?(?:until-(?P<until>\d{4}-\d\d-\d\d(?:T[0-9:.]+(?:Z|[+-]\d\d:\d\d)?)?))?-?(?P<cohort>new|existing)?"
)
_NOWHERE = ("", "all")


@dataclass(frozen=True)
class Names:
    """Both states of a catalog, asked for names: the later one first."""

    before: Catalog
    after: Catalog

    def title(self, key: Key) -> str:
        """What an entity is called."""
        for catalog in (self.after, self.before):
            if key in catalog.summaries:
                return catalog.summaries[key].title
        return key.id

    def distinct(self, key: Key) -> str:
        """What an entity is called, with its id where another one of its kind has or had the same name."""
        title = self.title(key)
        return f"{title} ({key.id})" if (key.kind, title) in self._ambiguous else title

    @cached_property
    def _ambiguous(self) -> frozenset[tuple[str, str]]:
        """The names that several entities of a kind have or had; one that was renamed is the same one."""
        now = {(key.kind, summary.renamed_from): key.id for key, summary in self.after.summaries.items() if summary.renamed_from}
        ids: dict[tuple[str, str], set[str]] = {}
        for catalog in (self.before, self.after):
            for key, summary in catalog.summaries.items():
                if not summary.abstract:
                    ids.setdefault((key.kind, summary.title), set()).add(now.get((key.kind, key.id), key.id))
        return frozenset(name for name, found in ids.items() if len(found) > 1)

    def entity(self, key: Key) -> Entity | None:
        """An entity as it is, else as it was."""
        return self.after.entity(key) or self.before.entity(key)

    def called(self, id: object, *kinds: str) -> str:
        """The name of what an id stands for; the id where nothing has it."""
        for catalog in (self.after, self.before):
            found = catalog.find(kinds, str(id))
            if found is not None:
                return self.distinct(found)
        return str(id)

    def word(self, field: str, word: str) -> str:
        """The name of a channel, segment or place."""
        for catalog in (self.after, self.before):
            part = getattr(catalog.vocabulary, field, {}).get(word)
            if part is not None:
                return _named(part, word)
        return word

    def part(self, key: Key, field: str, name: str) -> str:
        """The name of a price, term, characteristic or role of an entity."""
        for catalog in (self.after, self.before):
            found = getattr(catalog.entity(key), field, {})
            if isinstance(found, Mapping) and name in found:
                return _shared(found[name], self) or _named(found[name], name)
        return name

    def choice(self, key: Key, name: str, value: str) -> str:
        """A value that somebody chooses, with its unit or its label: `500 Mbit/s`, `24 months`, `Web shop`."""
        if name == "term":
            return self.part(key, "terms", value)
        if name in ("channel", "segment", "place"):
            return self.word(f"{name}s", value)
        found = self._characteristic(key, name)
        if found is None:
            return f"{name} {value}"
        return self.value(key, name, value) if found.unit else f"{_named(found, name)}: {self.value(key, name, value)}"

    def value(self, key: Key, name: str, value: str) -> str:
        """A value of a characteristic, with its unit or by its label."""
        found = self._characteristic(key, name)
        label = (found.values or {}).get(value) if found else None
        return f"{value} {found.unit}" if found and found.unit else label.default if label else value

    def _characteristic(self, key: Key, name: str) -> Characteristic | None:
        for catalog in (self.after, self.before):
            entity = catalog.entity(key)
            known = characteristics_of(entity, catalog) if isinstance(entity, ProductOffering) else getattr(entity, "characteristics", {})
            if name in known:
                return known[name]
        return None


def _named(part: Any, name: str) -> str:
    return part.name.default if isinstance(part, Described) and part.name is not None else name


def _shared(part: Any, names: Names) -> str:
    """The name of the shared price that a price of an offering uses, where it has none of its own."""
    use = getattr(part, "use", None)
    return "" if use is None or part.name is not None else names.called(use, "ProductOfferingPrice")


@dataclass(frozen=True, slots=True)
class Period:
    """When and for whom a dated value holds, as the end of a path says it."""

    since: str = ""
    until: str = ""
    cohort: str = ""

    def __str__(self) -> str:
        dates = " ".join(f"{word} {date}" for word, date in (("from", self.since), ("until", self.until)) if date)
        whom = f"for {self.cohort} customers" if self.cohort else ""
        return ", ".join(filter(None, [dates, whom]))


def period_of(word: str) -> Period | None:
    """The period that the last word of a path stands for; None for another word."""
    found = _PERIOD.fullmatch(word)
    return Period(*(found[name] or "" for name in ("since", "until", "cohort"))) if found and word else None


def said(value: Any) -> str:
    """A value of the catalog in one line, as somebody would read it out."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case dict():
            return _dict(value)
        case list() | tuple():
            return _list(value)
        case "not-sold":
            return "not sold"
        case _:
            return str(value)


_SKIPPED = frozenset(("name", "description", "chargeCode", "glAccount", "tax", "code", "type", "charged"))
_VALUES = ("amount", "percent", "quantity")


def _dict(value: Mapping[str, Any]) -> str:
    if "is" in value:
        step = Period(
            str(value.get("from", "")), str(value.get("until", "")), "" if value.get("appliesTo", "all") == "all" else value["appliesTo"]
        )
        return " ".join(filter(None, [said(value["is"]), str(step)]))
    worth = [said(value[name]) for name in _VALUES if name in value]
    if "use" in value:
        worth = [f"the shared price {value['use']}"]
    if worth:
        return " ".join([*worth, *_rest(value)])
    return ", ".join(f"{name} {said(inner)}" for name, inner in value.items() if name not in _SKIPPED) or str(
        value.get("name") or "no settings"
    )


def _rest(value: Mapping[str, Any]) -> Iterator[str]:
    """How often, for how long and when a price is charged."""
    for name in ("every", "per", "for", "after"):
        if name in value:
            yield f"{name} {said(value[name]).removeprefix('1 ')}"
    for name, word in (("when", "if"), ("unless", "unless")):
        if value.get(name):
            yield f"{word} " + " and ".join(f"{subject} is {_any(wanted)}" for subject, wanted in value[name].items())


def _any(wanted: Any) -> str:
    values = [str(one) for one in wanted] if isinstance(wanted, list | tuple) else [said(wanted)]
    return " or ".join(values)


def _list(values: Any) -> str:
    return "; ".join(map(said, values)) if any(isinstance(one, dict) for one in values) else ", ".join(map(said, values))


def is_whole(change: Change) -> bool:
    """Whether a change is about an entity as such."""
    return not change.path or change.kind in (Kind.RENAMED, Kind.SUGGESTED)
