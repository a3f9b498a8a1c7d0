"""Names within an entity - of characteristics, terms, roles - as the language can have them, and texts without what nobody sees."""

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from tmfkit.model.names import LONGEST_PART, is_characteristic_name, is_name
from tmfkit.source.document import Data

_SPACES = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters, and those that turn the order of reading: the catalog's files cannot hold them (TK003)."""


def unseen_in(text: str) -> str:
    """The characters of a text that nobody sees, by their numbers in Unicode, each once; empty for none."""
    return ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in _UNSEEN.findall(text)))


def visible(text: str) -> str:
    """A text without characters that nobody sees: what separates becomes a space, the rest goes."""
    if not _UNSEEN.search(text):
        return text
    return _UNSEEN.sub(lambda found: " " if _SPACES.fullmatch(found[0]) else "", text).strip(" ")


def visible_data(value: Data) -> Data:
    """The same for every text of an entity."""
    match value:
        case dict():
            return {visible(key): visible_data(inner) for key, inner in value.items()}
        case list():
            return [visible_data(item) for item in value]
        case str():
            return visible(value)
        case _:
            return value


def part_name(name: str) -> str:
    """The name of a term, a price or a role, changed as little as the language asks for; always the same for the same name."""
    return _safe(name, is_name)


def characteristic_name(name: str) -> str:
    """The same for a characteristic, which cannot be called as a fact that conditions ask about."""
    return _safe(name, is_characteristic_name)


def _safe(name: str, why_not: Callable[[str], Any]) -> str:
    if not name.strip() or (not unseen_in(name) and why_not(name) is None):
        return name
    made = _SPACES.sub(" ", visible(name)).strip().replace("/", "-")
    if why_not(made) is None or len(made) > LONGEST_PART:
        return made if len(made) <= LONGEST_PART else marked(made, name)
    made = f"{re.sub(r'[.][.]+', '-', made).strip('-')}-value".strip("-")
    return made if why_not(made) is None else f"name-{_mark(name)}"


def marked(made: str, name: str) -> str:
    """A name with a sign behind it that only `name` has, short enough for the language."""
    return f"{made[: LONGEST_PART - 7].rstrip()}-{_mark(name)}"


def _mark(name: str) -> str:
    """What tells a name apart that was cut."""
    return blake2b(name.encode(), digest_size=3).hexdigest()
