"""A body as JSON text: it takes a tenth of the memory that it takes opened, and is told from another one at a glance."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from hashlib import blake2b
from typing import Any

import orjson


class Packed(Mapping[str, Any]):
    """A body that is opened anew each time somebody looks into it; whoever looks for more than one thing uses `opened`.

    `origin` stands for the bodies that this is the canonical form of, and is empty where nobody noted it. It is no part of the body.
    """

    __slots__ = ("origin", "text")

    def __init__(self, text: bytes, origin: str = "") -> None:
        self.text = text
        self.origin = origin

    def __getitem__(self, name: str) -> Any:
        return orjson.loads(self.text)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(orjson.loads(self.text))

    def __len__(self) -> int:
        return len(orjson.loads(self.text))

    def items(self) -> ItemsView[str, Any]:
        """All attributes with their values, at the cost of one."""
        found: dict[str, Any] = orjson.loads(self.text)
        return found.items()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Packed) and self.text == other.text:
            return True
        return isinstance(other, Mapping) and opened(self) == opened(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Packed({self.text!r}, {self.origin!r})"


def packed(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """A body as it came; one with whole numbers that JSON text is not commonly read with stays open, so that they stay exact."""
    if isinstance(body, Packed):
        return body
    try:
        return Packed(kept(orjson.dumps(body)))
    except TypeError:
        return body


def formed(body: Mapping[str, Any], origin: str = "") -> Packed:
    """A body in canonical form, its names in one order: equal forms have equal texts."""
    return body if isinstance(body, Packed) else Packed(kept(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)), origin)


def opened(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body to look into."""
    if isinstance(body, Packed):
        found: dict[str, Any] = orjson.loads(body.text)
        return found
    return body if isinstance(body, dict) else dict(body)


def sealed(form: Mapping[str, Any]) -> str:
    """The origin of a form as it is kept in a file, where people may change the form; empty where it has none."""
    return f"{form.origin}-{_digest(form.text)}" if isinstance(form, Packed) and form.origin else ""


def unsealed(body: Mapping[str, Any], seal: str) -> Packed:
    """A form from a file; what somebody changed there has no origin any more."""
    form = formed(body)
    origin, _, digest = seal.partition("-")
    return Packed(form.text, origin if digest == _digest(form.text) else "")


def _digest(text: bytes) -> str:
    return blake2b(text, digest_size=6).hexdigest()


def written(value: Any) -> Any:
    """How a packed body is written into other JSON: as it stands."""
    if isinstance(value, Packed):
        return orjson.Fragment(value.text)
    raise TypeError(f"{type(value).__name__} is no JSON")


def kept(text: bytes) -> bytes:
    """The text in no more memory than it needs: what orjson gives lies in a buffer many times as large."""
    return bytes(memoryview(text))
