"""The versions of the catalog APIs that tmfkit speaks, by name."""

from enum import StrEnum


class Dialect(StrEnum):
    """One version of one catalog API; the value is also the name of its folder in the build."""

    TMF620_V4 = "tmf620-v4"
    TMF620_V5 = "tmf620-v5"
    TMF633_V4 = "tmf633-v4"
    TMF634_V4 = "tmf634-v4"
    TMF634_V5 = "tmf634-v5"
