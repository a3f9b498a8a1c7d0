"""Brings bodies into the form that is compared, and knows one again that was brought into form before: that is far cheaper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson

from tmfkit import __version__
from tmfkit.plan.canonical import UNCOMPARED, Ours, canonical, same_ids
from tmfkit.plan.packed import Packed, formed, opened
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile

NOTHING_MOVED = 0
"""Every item has the same id in the catalog and on the server."""


@dataclass(frozen=True, slots=True)
class Forming:
    """One way to bring bodies into form. `moved` says which items have other ids on the server, None that nobody can tell.

    The form of a body follows from the body without what is never compared, the resource, whether the server takes unknown attributes, the
    ids that `ours` gives instead, and this version of tmfkit. All of that goes into the origin of a form: where it is the same, so is
    the form.
    """

    profiles: Mapping[Dialect, Profile]
    ours: Ours = same_ids
    moved: Callable[[], int | None] = lambda: NOTHING_MOVED

    def form(self, address: Address, body: Mapping[str, Any], *known: Mapping[str, Any]) -> Packed:
        """The canonical form of a body; one of those that are `known`, if it was made of such a body."""
        content = opened(body)
        origin = self.origin(address, content)
        for one in known:
            if origin and isinstance(one, Packed) and one.origin == origin:
                return one
        made = self.fresh(address, content)
        if origin != self.origin(address, content):
            origin = ""
        same = next((one for one in known if isinstance(one, Packed) and one.text == made.text), made)
        return Packed(same.text, origin)

    def fresh(self, address: Address, body: Mapping[str, Any]) -> Packed:
        """The form of a body, made whatever is known."""
        return formed(canonical(opened(body), address.dialect, address.resource, self.profiles[address.dialect], self.ours))

    def origin(self, address: Address, body: Mapping[str, Any]) -> str:
        """What stands for all that a form follows from; empty where that is not known, or cannot be written down."""
        moved = self.moved()
        if moved is None:
            return ""
        elsewhere = [moved, sorted(self.profiles)] if moved else []
        facts = [__version__, *address[:2], self.profiles[address.dialect].unknown, *elsewhere]
        content = {name: value for name, value in body.items() if name not in UNCOMPARED}
        try:
            text = orjson.dumps([facts, content], option=orjson.OPT_SORT_KEYS)
        except TypeError:
            return ""
        return blake2b(text, digest_size=12).hexdigest()


def moved(there: Address, id: str) -> int:
    """A number for an item that is called otherwise in the catalog than on the server; those of several are put together by `^`."""
    if there.id == id:
        return NOTHING_MOVED
    return int.from_bytes(blake2b(f"{there}\n{id}".encode(), digest_size=8).digest()) >> 1
