"""Characteristics and constraints as tables in words: of offerings, products, services and resources."""

from collections.abc import Iterator, Mapping

from tmfkit.model.characteristics import Cardinality, Characteristic, Constraint
from tmfkit.model.conditions import Condition
from tmfkit.site.edition import Edition
from tmfkit.site.markdown import bullets, code, joined, plain, table
from tmfkit.site.phrases import Naming, named, possible, sentence

MOST_VALUES = 60
"""How many values of a characteristic are told; the source has all of them."""


def characteristics(edition: Edition, parts: Mapping[str, Characteristic], fed: Mapping[str, str] | None = None) -> Iterator[str]:
    """A table of characteristics; with `fed`, a column says where each value comes from."""
    rows = [_row(edition, name, part, fed) for name, part in parts.items()]
    head = [edition.say(word) for word in ("characteristic", "values", "who-decides")]
    return table([*head, *([edition.say("comes-from")] if fed is not None else [])], rows)


def _row(edition: Edition, name: str, part: Characteristic, fed: Mapping[str, str] | None) -> list[str]:
    title = named(edition, name, part)
    shown = code(name) if title == plain(name) else f"{title}<br>{code(name)}"
    if part.description is not None:
        shown += f"<br>{edition.text(part.description)}"
    return [shown, "<br>".join(_values(edition, part)), _decides(edition, part), *([fed.get(name, "")] if fed is not None else [])]


def _values(edition: Edition, part: Characteristic) -> Iterator[str]:
    if part.values is not None and len(part.values) > MOST_VALUES:
        yield edition.say("many-values", count=len(part.values))
    else:
        yield possible(edition, part)
    if part.many is not None:
        yield _many(edition, part.many)


def _many(edition: Edition, many: Cardinality) -> str:
    return edition.say("several-up-to", low=many.min, high=many.max) if many.max is not None else edition.say("several", low=many.min)


def _decides(edition: Edition, part: Characteristic) -> str:
    said = edition.say(f"set-by-{part.set_by}")
    return f"{said}, {edition.say('optional')}" if part.optional else said


def constraints(edition: Edition, parts: Mapping[str, Constraint], naming: Naming) -> Iterator[str]:
    """The constraints of a specification, a sentence each."""
    yield joined([bullets(_sentence(edition, name, part, naming) for name, part in parts.items())])


def _sentence(edition: Edition, name: str, part: Constraint, naming: Naming) -> str:
    said = _implied(edition, part.when, part.then, naming)
    title = edition.raw(part.name) if part.name is not None else ""
    return edition.say("said-of", what=plain(title), said=said) if title else f"{sentence(said)} ({code(name)})"


def _implied(edition: Edition, when: Condition, then: Condition, naming: Naming) -> str:
    return edition.say("implies", when=naming.condition(when), then=naming.condition(then))
