"""Why a generator cannot be used, or what it returns cannot: one finding, at the system that names it."""

from tmfkit.rules.base import Finding
from tmfkit.source.document import Path

NO_GENERATOR, UNFIT, RAISES, OUTSIDE, TWICE, IMPURE, TEMPLATE, NO_ARTIFACT, ROLE = (f"TK80{number}" for number in range(1, 10))
UNUSABLE = "TK014"

INDEX = "index.json"
"""The file in the folder of a generator that tmfkit writes itself; a folder with one is known to be made."""


class Refused(Exception):
    """A generator cannot be used, or what it returns cannot."""

    def __init__(self, code: str, message: str, help: str = "", path: Path = ("generator",)) -> None:
        super().__init__(message)
        self.code, self.finding = code, Finding(path, message, help)
