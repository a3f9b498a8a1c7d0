"""Where an item stands in the catalog APIs: which API, which resource, which id."""

from typing import NamedTuple

from tmfkit.tmf.dialects import Dialect


class Address(NamedTuple):
    """One item of one API by the id that the catalog gives it; servers may call it otherwise."""

    dialect: Dialect
    resource: str
    id: str

    def __str__(self) -> str:
        return f"{self.dialect}/{self.resource}/{self.id}"
