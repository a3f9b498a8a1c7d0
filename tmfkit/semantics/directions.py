"""The directions in which a graph of the catalog leads from an entity."""

from enum import StrEnum


class Direction(StrEnum):
    """To what an entity is made of, to what is made of it, or both."""

    DOWN = "down"
    UP = "up"
    BOTH = "both"
