"""Reads and fills commands: `CRE-SUB:LINE={lineId};` has one place for a value, and no value may end the command."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Signs that end a line or command a terminal: no value and no command ever contains one, whatever the options say."""

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")


class Place(NamedTuple):
    """Where a value goes, by the name of what it is the value of."""

    name: str


class Fault(NamedTuple):
    """What is wrong about a command."""

    words: str


Piece = str | Place


def read(command: str) -> tuple[Piece, ...] | Fault:
    """A command as texts and places; a brace that is meant is written twice."""
    if not command.strip():
        return Fault("this command is empty")
    if CONTROL.search(command):
        return Fault("a command is one line: this one has a line end or another control character")
    pieces: list[Piece] = []
    for found in _PIECE.finditer(command):
        text, name = found[0], found[1]
        if name is not None:
            if not name.strip():
                return Fault("`{}` names nothing")
            pieces.append(Place(name.strip()))
        elif text in ("{", "}"):
            return Fault(f"a single `{text}` has no other half; write `{text}{text}` where the sign itself is meant")
        else:
            pieces.append(text.replace("{{", "{").replace("}}", "}"))
    return tuple(pieces)


def names(pieces: Iterable[Piece]) -> list[str]:
    """The names of what a command needs, each once, in its order."""
    return list(dict.fromkeys(piece.name for piece in pieces if isinstance(piece, Place)))


class Signs(NamedTuple):
    """How values get into a command: what may not, what stands for it, and what joins several values."""

    forbidden: str
    escape: Mapping[str, str]
    join: str

    def offending(self, value: str) -> str:
        """The first sign of a value that no command may contain and nothing stands for; empty where there is none."""
        found = CONTROL.search(value)
        if found is not None:
            return found[0]
        return next((sign for sign in value if sign in self.forbidden and sign not in self.escape), "")

    def escaped(self, value: str) -> str:
        """A value as it stands in a command."""
        return "".join(self.escape.get(sign, sign) for sign in value)

    def filled(self, pieces: Iterable[Piece], values: Mapping[str, tuple[str, ...]]) -> str:
        """A command with its values; nothing where there is none."""
        return "".join(piece if isinstance(piece, str) else self._joined(values.get(piece.name, ())) for piece in pieces)

    def _joined(self, values: Iterable[str]) -> str:
        return self.join.join(self.escaped(value) for value in values)


def shown(sign: str) -> str:
    """A sign as a message shows it."""
    return f"`{sign}`" if sign.isprintable() else "a line end or another control character"
