"""What may be the name of a part: of a characteristic, a price, a term or a role; and the names of languages."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from tmfkit.model.problems import Problem, refuse, short

T = TypeVar("T")

FACTS = ("term", "place", "segment", "channel", "agreement", "voucher", "customer", "action", "ordered")
"""What a condition may ask besides characteristics and roles."""

LONGEST_PART = 100
"""Characters of the name of a part."""

RESERVED = ("else", "not-sold")
"""Words that mean something else wherever such a name may stand."""

LANGUAGE_HELP = "write it as in `en`, `pt-BR` or `zh-Hant`"

_BAND = re.compile(r"-?[0-9.]*\.\.-?[0-9.]*")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)


@lru_cache(maxsize=8192)
def is_name(text: str) -> str | None:
    """Why a text cannot be the name of a part; None for one that can."""
    if not is_visible(text):
        return "it is empty"
    if len(text) > LONGEST_PART:
        return f"it has {len(text)} characters; {LONGEST_PART} are the limit"
    if text != text.strip():
        return "spaces stand before or behind it"
    if "/" in text:
        return "`/` stands between two names, as in `fibre-home/monthly`"
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text):
        return "it holds a line break or another control character"
    if text in RESERVED:
        return f"`{text}` has a meaning of its own in tables"
    return "it reads like a band of numbers" if _BAND.fullmatch(text) else None


def is_characteristic_name(text: str) -> str | None:
    """As `is_name`, for a characteristic: the facts that a condition asks about are taken."""
    return is_name(text) or (f"a condition on `{text}` asks about something else" if text in FACTS else None)


def is_visible(text: str) -> bool:
    """Whether a text shows anything at all: spaces and invisible characters alone do not."""
    return any(sign not in _BLANK and unicodedata.category(sign)[0] not in "CZ" for sign in text)


@lru_cache(maxsize=1024)
def is_language(tag: str) -> bool:
    """Whether a text is shaped as a language tag (BCP 47), such as `en` or `pt-BR`."""
    return _LANGUAGE.fullmatch(tag) is not None


def named(parts: Mapping[str, T]) -> Mapping[str, T]:
    """Refuses parts whose names cannot be names."""
    faults = [_fault(name, reason) for name in parts if (reason := is_name(name))]
    if faults:
        raise refuse(faults)
    return parts


def characteristics_named(parts: Mapping[str, T]) -> Mapping[str, T]:
    """Refuses characteristics whose names are taken by facts, or that differ in the size of their letters only."""
    faults = [_fault(name, reason) for name in parts if (reason := is_characteristic_name(name))]
    first: dict[str, str] = {}
    for name in parts:
        other = first.setdefault(name.casefold(), name)
        if other != name:
            faults.append(_fault(name, f"`{other}` differs from it in capitals only"))
    if faults:
        raise refuse(faults)
    return parts


def _fault(name: str, reason: str) -> Problem:
    return Problem("TK014", f"`{short(name)}` cannot be a name here: {reason}", "give it another name", (name,), at_key=True)


def language_faults(texts: Mapping[Any, Any]) -> list[Problem]:
    """The keys of a text in several languages that are no languages."""
    return [
        Problem("TK014", f"`{tag}` is no language tag (BCP 47)", LANGUAGE_HELP, (tag,), at_key=True)
        for tag in texts
        if not is_language(tag)
    ]
