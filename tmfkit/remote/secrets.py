"""Tokens and passwords: read from where the project says they are, and shown to nobody."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tmfkit.errors import TmfkitError
from tmfkit.remote.identification import SecretPlace

HIDDEN = "***"

LONGEST = 100_000
"""Bytes of a file that holds a secret; a larger one is another file."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that appears in no output; `means` says where it comes from, in words that may be shown."""

    reveal: str
    means: str

    def __repr__(self) -> str:
        return HIDDEN

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return HIDDEN


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where secrets and files of a target are looked for: the project folder, and the variables of the environment."""

    root: Path
    environment: Mapping[str, str]

    @classmethod
    def here(cls, root: Path) -> "Surroundings":
        """Those of this process."""
        return cls(root, os.environ)

    def file(self, name: str) -> Path:
        """The path of a file that the settings name; it is relative to the project."""
        return self.root / Path(name).expanduser()

    def secret(self, place: SecretPlace, what: str) -> Secret:
        """The secret at a place; `what` is the word for it, such as `token`."""
        if place.env:
            return self._variable(place.env, what)
        return self._read(str(place.file), what)

    def text(self, place: SecretPlace | str, what: str) -> str:
        """What may be written in the settings or, if the house likes that better, stand where secrets stand."""
        return place if isinstance(place, str) else self.secret(place, what).reveal

    def _variable(self, name: str, what: str) -> Secret:
        means = f"the {what} in the environment variable {name}"
        found = self.environment.get(name, "").strip()
        if not found:
            state = "is empty" if name in self.environment else "is not set"
            raise TmfkitError(f"the environment variable {name} {state}", f"it holds the {what} of the target")
        return _sound(found, means)

    def _read(self, name: str, what: str) -> Secret:
        means = f"the {what} in the file {name}"
        try:
            with self.file(name).open("rb") as file:
                content = file.read(LONGEST + 1)
        except (OSError, RuntimeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "there is no such path"
            raise TmfkitError(f"{means} cannot be read: {reason.lower()}", "the path is relative to the project") from None
        found = content.decode("utf-8-sig", "replace").strip()
        if not found:
            raise TmfkitError(f"the file {name} is empty", f"it holds the {what} of the target")
        return _sound(found, means)


def _sound(text: str, means: str) -> Secret:
    """Secrets travel in headers: one line of visible characters."""
    if len(text) > LONGEST or not (text.isascii() and text.isprintable()):
        raise TmfkitError(f"{means} is not one line of plain letters, digits and signs", "look at what is written there")
    return Secret(text, means)
