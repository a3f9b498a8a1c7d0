"""A call of the server and its answer, as the operations see them: no network, no framework."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeAlias

from tmfkit.tmf.dialects import Dialect

Body: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody asks: `resource` is the path of a resource, `id` what follows it in the address, decoded.

    `parameters` are those of the query in the order in which they stand there; names of `headers` are in small letters.
    `dialect` is None outside the APIs.
    """

    method: str
    dialect: Dialect | None = None
    resource: str = ""
    id: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def api(self) -> Dialect:
        """The dialect of a call that is certain to be one of an API."""
        assert self.dialect is not None
        return self.dialect


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says: a body that becomes JSON, or none."""

    status: HTTPStatus = HTTPStatus.OK
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
