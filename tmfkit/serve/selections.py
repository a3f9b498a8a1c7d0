"""JSON patches that select elements of a list by their attributes, as in `/place?id=2807`, turned into plain JSON patches."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import parse_qsl

from tmfkit.serve.errors import Fault, bad
from tmfkit.serve.exchange import Body

_CODE = "invalidPatch"


class _Element(NamedTuple):
    """An element of a list on the way to a place: the attributes that lead to the list, and what the element is."""

    way: tuple[str, ...]
    value: Any


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in an item: the pointer that leads to it, the attributes passed, the elements of lists on the way, and what stands there."""

    pointer: tuple[str, ...]
    way: tuple[str, ...]
    elements: tuple[_Element, ...]
    value: Any


_Known: TypeAlias = dict[tuple[int, tuple[str, ...], str], bool]
"""What was found out about elements that stay as they are meanwhile: many places may ask the same of one."""


class Selected(NamedTuple):
    """Operations of a plain JSON patch, and how many elements of lists were looked at to find their places."""

    operations: list[Body]
    passed: int


def plain(operation: Body, item: Body, most: int) -> Selected:
    """The operations of a plain JSON patch that one with a selection stands for, in an order in which each still finds its place.

    Without a `?`, a path is an ordinary one, except that to `add` something to a list puts it at the end of the list. At most `most`
    elements of lists are looked at.
    """
    path = operation.get("path")
    if not isinstance(path, str):
        raise bad(_CODE, "every operation of a patch has a `path` that is a text")
    way, asked, query = path.partition("?")
    segments = [segment.replace("~1", "/").replace("~0", "~") for segment in way.strip("/").split("/")] if way.strip("/") else []
    if not asked:
        return Selected([_appending(operation, segments, item)], 0)
    terms = _terms(query, segments)
    spots, passed = _spots(item, segments, most)
    known: _Known = {}
    chosen = [spot for spot in spots if all(_holds(spot, item, *term, known) for term in terms)]
    if not chosen:
        raise bad(_CODE, f"`{path}` selects nothing")
    return Selected([{**operation, "path": _pointer(spot.pointer)} for spot in reversed(chosen)], passed)


def too_much() -> Fault:
    """A patch that is short to write and long to carry out."""
    return Fault(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "tooLarge", "the patch does too much at once: send it in parts")


def _appending(operation: Body, segments: Sequence[str], item: Body) -> Body:
    pointer = _pointer(segments)
    ends_a_list = operation.get("op") == "add" and not isinstance(operation.get("value"), list) and isinstance(_at(item, segments), list)
    return {**operation, "path": f"{pointer}/-" if ends_a_list else pointer}


def _at(value: Any, segments: Sequence[str]) -> Any:
    for segment in segments:
        match value:
            case dict():
                value = value.get(segment)
            case list() if segment.isdecimal() and int(segment) < len(value):
                value = value[int(segment)]
            case _:
                return None
    return value


def _terms(query: str, segments: Sequence[str]) -> list[tuple[tuple[str, ...], str]]:
    """The conditions of a selection; the official examples repeat the whole path before some values, which says nothing more."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True, max_num_fields=20)
    except ValueError:
        raise bad(_CODE, f"the selection `?{query}` is not understood: write it as in `/place?id=2807`") from None
    return [(tuple(name.split(".")), _bare(value, segments)) for name, value in pairs]


def _bare(value: str, segments: Sequence[str]) -> str:
    for length in range(len(segments), 0, -1):
        value = value.removeprefix("/" + "/".join(segments[:length]) + "/")
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _spots(item: Body, segments: Sequence[str], most: int) -> tuple[list[_Spot], int]:
    """Every place that a path may mean when it passes through lists, and their number; for a list at its end, each element."""
    spots, left = [_Spot((), (), (), item)], most
    for segment in segments:
        spots, left = _passed(spots, left)
        spots = [found for spot in spots for found in _below(spot, segment)]
    ends = [spot for spot in spots if not isinstance(spot.value, list) or not spot.value]
    inside, left = _passed([spot for spot in spots if isinstance(spot.value, list) and spot.value], left)
    return ends + inside, most - left


def _passed(spots: Sequence[_Spot], left: int) -> tuple[list[_Spot], int]:
    """The elements of the lists among some places, and the places that are none; refuses more than are left to look at."""
    left -= sum(len(spot.value) for spot in spots if isinstance(spot.value, list))
    if left < 0:
        raise too_much()
    return [inner for spot in spots for inner in _elements(spot)], left


def _elements(spot: _Spot) -> list[_Spot]:
    if not isinstance(spot.value, list):
        return [spot]
    return [
        _Spot((*spot.pointer, str(number)), spot.way, (*spot.elements, _Element(spot.way, value)), value)
        for number, value in enumerate(spot.value)
    ]


def _below(spot: _Spot, segment: str) -> list[_Spot]:
    if not isinstance(spot.value, dict):
        return []
    return [_Spot((*spot.pointer, segment), (*spot.way, segment), spot.elements, spot.value.get(segment))]


def _holds(spot: _Spot, item: Body, name: tuple[str, ...], wanted: str, known: _Known) -> bool:
    """A name may begin with the way to a list that was passed; without, it is about the last element passed, or the item itself."""
    about, rest = spot.elements[-1].value if spot.elements else item, name
    for element in reversed(spot.elements):
        if name[: len(element.way)] == element.way and len(name) > len(element.way):
            about, rest = element.value, name[len(element.way) :]
            break
    key = (id(about), rest, wanted)
    if key not in known:
        known[key] = _has(about, rest, wanted)
    return known[key]


def _has(value: Any, name: Sequence[str], wanted: str) -> bool:
    match value:
        case list():
            return any(_has(inner, name, wanted) for inner in value)
        case dict():
            return bool(name) and name[0] in value and _has(value[name[0]], name[1:], wanted)
        case bool():
            return not name and str(value).lower() == wanted.lower()
        case None:
            return False
        case _:
            return not name and str(value) == wanted


def _pointer(segments: Sequence[str]) -> str:
    return "".join("/" + segment.replace("~", "~0").replace("/", "~1") for segment in segments)
