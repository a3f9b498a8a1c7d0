"""Says in plain words what a change is, with the names that people know."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from tmfkit.diff.change import Change, Kind
from tmfkit.diff.sorts import price_path
from tmfkit.model.base import Key
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.prices import ProductOfferingPrice
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.pricing import resolved
from tmfkit.views.changes_sentences import SENTENCES
from tmfkit.views.changes_words import Names, period_of, said
from tmfkit.views.diagnostics_text import printable

REFERENCES = {
    "product": ("ProductSpecification",),
    "categories": ("Category", "ServiceCategory", "ResourceCategory"),
    "controller": ("System",),
    "use": ("ProductOfferingPrice",),
    "service": ("CustomerFacingServiceSpecification", "ResourceFacingServiceSpecification"),
    "resource": ("PhysicalResourceSpecification", "LogicalResourceSpecification"),
    "offering": ("ProductOffering",),
    "of": ("ProductOffering",),
    "requires": ("ProductOffering", "ResourceFacingServiceSpecification"),
    "excludes": ("ProductOffering",),
    "replaces": ("ProductOffering",),
    "parent": ("Category", "ServiceCategory", "ResourceCategory"),
}
"""Fields whose values are ids, and of which kinds."""

ROLES = {"services": REFERENCES["service"], "resources": REFERENCES["resource"]}
WORDS = ("channels", "segments", "places")


class Style(NamedTuple):
    """How a form writes: the name of a part, and a value."""

    name: Callable[[object], str]
    value: Callable[[object], str]


def _line(text: object) -> str:
    return " ".join(printable(str(text)).split())


PLAIN = Style(lambda text: f"«{_line(text)}»", _line)
"""For terminals and programs."""


class _Row(NamedTuple):
    paths: tuple[str, ...]
    kind: str
    sentence: str


def _rows(text: str) -> Iterator[_Row]:
    for line in text.strip().splitlines():
        paths, kind, sentence = line.split(" | ")
        yield _Row(tuple(_unfolded(paths)), kind, sentence)


def _unfolded(paths: str) -> Iterator[str]:
    head, brace, rest = paths.partition("{")
    if not brace:
        yield from paths.split(",")
        return
    inner, _, tail = rest.partition("}")
    yield from (head + one + tail for one in inner.split(","))


_SENTENCES = tuple(_rows(SENTENCES))


@dataclass(frozen=True)
class Teller:
    """Tells changes between two states in one style."""

    names: Names
    style: Style

    def told(self, change: Change) -> str:
        """What happened to the entity, without its own name at the beginning."""
        path = tuple(filter(None, change.path.split("/")))
        if change.kind is Kind.SUGGESTED:
            path = ()
        if change.key.kind == Vocabulary.KIND and path:
            path = ("vocabulary", *path)
        shared = path and price_path(change.path, change.key.kind) != change.path
        row = _row(("prices", "*", *path) if shared else path, change.kind)
        if row is None:
            return self._plainly(change)
        return row.sentence.format_map(self._parts(change, ("prices", "", *path) if shared else path))

    def _plainly(self, change: Change) -> str:
        return f"{self.style.name(change.path)}: {self.style.value(said(change.before))} → {self.style.value(said(change.after))}"

    def _parts(self, change: Change, path: tuple[str, ...]) -> dict[str, str]:
        period = period_of(path[-1]) if len(path) > 3 and path[0] in ("prices", "vocabulary") else None
        cell = path[3:-1] if period else path[3:]
        name, value = self.style
        table = path[2:3] == ("table",)
        field = path[0] if path else ""
        second = path[1] if len(path) > 1 else ""
        return {
            "reason": change.reason[:1].lower() + change.reason[1:].rstrip("."),
            "now": self._value(change, path, change.after),
            "was": self._value(change, path, change.before),
            "name": name(self.names.part(change.key, _home(field), second) if second else self.names.title(change.key)),
            "last": value(self._last(change, path)),
            "field": second,
            "tax": name(path[2]) if len(path) > 2 else "",
            "may": "may be left out" if change.after is True else "has to be given",
            "word": value(self.names.word(field, second)) if field in WORDS else "",
            "role": value(self._role(change, field, second)),
            "row": value(", ".join(self._keys(change, second, cell)) if table else _step(cell)),
            "cells": value(self._cells(change, second, cell, change.before if change.after is None else change.after)) if table else "",
            "when": f" {period}" if period else "",
        }

    def _value(self, change: Change, path: tuple[str, ...], content: object) -> str:
        field = path[-1] if path and path[-1] in REFERENCES else path[0] if path else ""
        if field in REFERENCES and isinstance(content, str):
            return self.style.value(self.names.called(content, *REFERENCES[field]))
        if field in WORDS and isinstance(content, list):
            return self.style.value(", ".join(self.names.word(field, str(one)) for one in content))
        if path[2:3] in (("when",), ("unless",)) and len(path) == 4 and isinstance(content, list):
            return self.style.value(" or ".join(self._answer(change.key, path[3], str(one)) for one in content))
        if path[:1] == ("bundle",) and len(path) == 2 and isinstance(content, dict):
            return self.style.value(self._member(path[1], content))
        if path[:1] == ("characteristics",) and len(path) == 2 and isinstance(content, dict):
            return self.style.value(_asked(content))
        return self.style.value(said(content))

    def _member(self, role: str, content: dict[str, object]) -> str:
        """What fills a role of a bundle, by its names."""
        of = content.get("of")
        ids = of if isinstance(of, list) else [content.get("offering", role)]
        words = " or ".join(self.names.called(id, *REFERENCES["offering"]) for id in ids)
        return f"{words}, if the customer wants it" if str(content.get("min")) == "0" else words

    def _answer(self, key: Key, subject: str, word: str) -> str:
        """What a condition wants of its subject, by its name."""
        return self.names.choice(key, subject, word) if subject in ("term", "channel", "segment", "place") else word

    def _last(self, change: Change, path: tuple[str, ...]) -> str:
        if not path:
            return ""
        field = path[-2] if len(path) > 1 else ""
        if field in REFERENCES:
            return self.names.called(path[-1], *REFERENCES[field])
        named = path[:1] == ("choices",) or path[:1] == ("characteristics",)
        return self.names.value(change.key, path[1], path[-1]) if named and len(path) > 2 else path[-1]

    def _role(self, change: Change, field: str, role: str) -> str:
        """What fills a role of a specification, by its name."""
        if field not in ROLES:
            return role
        for catalog in (self.names.after, self.names.before):
            use = getattr(catalog.entity(change.key), field, {}).get(role)
            if use is not None:
                target = getattr(use, "service", None) or getattr(use, "resource", None) or role
                return self.names.called(target, *ROLES[field]) if isinstance(target, str) else role
        return role

    def _cells(self, change: Change, price: str, keys: tuple[str, ...], content: object) -> str:
        """The amounts of one cell, or of all cells of a row."""
        if not isinstance(content, dict) or "is" in content:
            return said(content)
        rows = ((name, self._cells(change, price, (*keys, name), inner)) for name, inner in content.items())
        return ", ".join(f"{inner} for {list(self._keys(change, price, (*keys, name)))[-1]}" for name, inner in rows)

    def _keys(self, change: Change, price: str, keys: tuple[str, ...]) -> Iterator[str]:
        """The keys of a table as people say them."""
        for catalog in (self.names.after, self.names.before):
            entity = catalog.entity(change.key)
            written = entity.prices.get(price) if isinstance(entity, ProductOffering) else None
            found = resolved(written, catalog) if written else entity if isinstance(entity, ProductOfferingPrice) else None
            if found is not None:
                asked = (*found.by, *("" for _ in keys))
                yield from (self.names.choice(change.key, name, key) if name else key for name, key in zip(asked, keys, strict=False))
                return
        yield from keys


def _step(cell: tuple[str, ...]) -> str:
    """Where a tier ends, in words: `up to 10 GB`; the last one has no end."""
    words = " ".join(cell).replace("-", " ")
    return "beyond all steps" if words == "above" else words


def _home(field: str) -> str:
    return "characteristics" if field == "choices" else field


def _asked(content: dict[str, object]) -> str:
    """What a characteristic is in a few words."""
    values = content.get("values")
    if isinstance(values, dict | list):
        return f"one of {', '.join(map(str, values))}"
    return " ".join(str(content[name]) for name in ("type", "unit") if name in content) or "any text"


def _row(path: tuple[str, ...], kind: Kind) -> _Row | None:
    return next((row for row in _SENTENCES if row.kind in (kind.value, "any") and any(_fits(one, path) for one in row.paths)), None)


def _fits(pattern: str, path: tuple[str, ...]) -> bool:
    words = () if pattern == "(itself)" else tuple(pattern.split("/"))
    if words[-1:] == ("**",):
        words, path = words[:-1], path[: len(words) - 1]
    return len(words) == len(path) and all(fnmatchcase(name, one) for one, name in zip(words, path, strict=True))
