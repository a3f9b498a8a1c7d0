"""A catalog API as the publisher sees it: lists in pages, one item at a time, five things to do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile

Body: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list; `total` is what the server says the whole list has, if it does."""

    items: tuple[Body, ...]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An item as the server has it, and the tag of that state where the server gives one."""

    body: Body
    tag: str = ""


class CatalogApi(Protocol):
    """One API of one server. Every method raises the errors of `wire`, and what no server should answer is a `TmfkitError`."""

    @property
    def dialect(self) -> Dialect:
        """Which version of which API it speaks."""
        ...

    @property
    def profile(self) -> Profile:
        """How the server behaves."""
        ...

    @property
    def title(self) -> str:
        """How people call it in messages: host and API, such as `catalog.example: TMF620 v4.1`."""
        ...

    def page(self, resource: str, offset: int, limit: int, where: Mapping[str, str] = ...) -> Page:
        """The items of a resource from `offset` on; `where` are attributes that have to be equal."""
        ...

    def read(self, resource: str, id: str) -> Held | None:
        """The item of this id; None where there is none."""
        ...

    def create(self, resource: str, body: Body) -> Held:
        """Makes an item; its id is in the answer."""
        ...

    def change(self, resource: str, id: str, patch: Body, tag: str = "") -> Held | None:
        """Merges `patch` into an item, only in the state of `tag` if one is given; None where the answer has no body."""
        ...

    def remove(self, resource: str, id: str) -> bool:
        """Deletes an item; False where there was none."""
        ...
