"""The inputs of the decision tables: a legal name for each thing that the rules look at, and how an order gives it its value."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tmfkit.api import (
    Apart,
    Asked,
    Between,
    Catalog,
    CustomerFacingServiceSpecification,
    Decision,
    Divided,
    Fixed,
    Given,
    Is,
    Missing,
    Open,
    Passed,
    ProductSpecification,
    ResourceFacingServiceSpecification,
    Size,
    legal_names,
    subject,
)

Specification: TypeAlias = ProductSpecification | CustomerFacingServiceSpecification | ResourceFacingServiceSpecification
Test: TypeAlias = Is | Between | Apart | Given | Missing
Answer: TypeAlias = Fixed | Passed | Size | Divided | Open

VALUE, GIVEN, HAS, NUMBER = "value", "given", "has", "number"
"""What an input says: the value itself, whether there is one, whether one of several values is so, how many values there are."""

TAKEN = (
    "needed_role needed_service needed_count needed_shared told_role told_parameter told_value told_source services filled position "
    "values value more made range len isinstance list dmninputexpr "
    "False None True and as assert async await break class continue def del elif else except finally for from global if import in is "
    "lambda nonlocal not or pass raise return try while with yield match case type print exec eval "
    "every external false function instance null of satisfies some then true between item date time duration context"
).split()
"""Names that the process, Python or FEEL use themselves."""

_ILLEGAL = re.compile(r"[^A-Za-z0-9_]")
_INNER = "\0"


class Look(NamedTuple):
    """One thing that an input tells about a name; `element` is what `has` asks of one of several values."""

    name: str
    says: str
    element: Test | None = None

    @property
    def label(self) -> str:
        """What people read above a column."""
        match self.says:
            case "given":
                return f"{self.name} is given"
            case "has":
                return f"{self.name} has {_words(self.element)}"
            case "number":
                return f"number of {self.name}"
            case _:
                return self.name


class Input(NamedTuple):
    """An input: its legal name, what it tells, and of what type its values are: `string`, `number` or `list`."""

    name: str
    look: Look
    type: str
    kind: str

    @property
    def absent(self) -> object:
        """What stands for no value."""
        return {"number": 0, "list": []}.get(self.type, "")


def inputs_of(found: Sequence[Decision], entity: Specification, catalog: Catalog) -> dict[Look, Input]:
    """The inputs that the rules of a specification need, by what they tell."""
    looks = sorted(dict.fromkeys(look for one in found for look in _looks(one, entity, catalog)), key=lambda look: _place(look, entity))
    names = legal_names((_text(look) for look in looks), _legal, TAKEN, joint="_")
    return {look: _input(names[_text(look)], look, entity, catalog) for look in looks}


def may_be_missing(name: str, entity: Specification, catalog: Catalog) -> bool:
    """Whether an order may have no value for a name."""
    return subject(name, entity, catalog).variable.domain.absent


def _place(look: Look, entity: Specification) -> tuple[int, str, str, str]:
    names = list(entity.characteristics)
    index = names.index(look.name) if look.name in names else len(names)
    return index, look.name, look.says, _words(look.element)


def _input(name: str, look: Look, entity: Specification, catalog: Catalog) -> Input:
    known = subject(look.name, entity, catalog)
    plain = "list" if known.many else "number" if known.numeric else "string"
    of_type = {VALUE: plain, NUMBER: "number"}.get(look.says, "string")
    return Input(name, look, of_type, known.variable.subject.value)


def _looks(decision: Decision, entity: Specification, catalog: Catalog) -> Iterator[Look]:
    for rule in (*decision.needed, *(rule for told in decision.told.values() for rule in told.rules)):
        for asked, test in rule.conditions:
            yield from looks_of(asked, test, entity, catalog)
        match rule.answer:
            case Passed(name):
                yield Look(name, VALUE)
            case Size(name):
                yield Look(name, NUMBER)
            case Fixed() | Open() | Divided():
                pass


def looks_of(asked: Asked, test: Test, entity: Specification, catalog: Catalog) -> Iterator[Look]:
    """What has to be known for one condition of a rule."""
    if asked.element is not None:
        yield Look(asked.name, HAS, asked.element)
        return
    if isinstance(test, Given | Missing) or may_be_missing(asked.name, entity, catalog):
        yield Look(asked.name, GIVEN)
    if not isinstance(test, Given | Missing):
        yield Look(asked.name, VALUE)


def _text(look: Look) -> str:
    """Of each look another one, as no name holds what stands between."""
    return look.name if look.says == VALUE else _INNER.join((look.name, look.says, *([_words(look.element)] if look.element else [])))


def _words(test: Test | None) -> str:
    match test:
        case Is(text):
            return text
        case Between(low, high):
            least = "" if low is None else f"from {low}"
            return f"{least} up to {high}".strip() if high is not None else least
        case Apart():
            return "other"
        case _:
            return ""


def _legal(text: str) -> str:
    name = _ILLEGAL.sub("_", text)
    return f"c_{name}" if not name[0].isalpha() or name.casefold() in _TAKEN or name.startswith("made_") else name


_TAKEN = {name.casefold() for name in TAKEN}
