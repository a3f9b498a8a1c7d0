"""Patterns as YANG understands them: the regular expressions of XML Schema, which know no anchors, no flags and other classes."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<group>\(\?P?<[A-Za-z_]\w*>|\(\?:) | (?P<flags>\(\?) | (?P<open>\() | (?P<close>\)) | (?P<bar>\|)
    | (?P<repeat>[*+?]|\{[0-9]+(?:,[0-9]*)?\}) | (?P<anchor>[\^$]|\\[Az]) | (?P<class>\[)
    | (?P<escape>\\(?:u[0-9a-fA-F]{4}|x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|[pP].|.)) | (?P<dot>\.) | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_DIGIT, _WORD, _SPACE = "0-9", "A-Za-z0-9_", r" \t\n\r"
_SHORT = {"d": f"[{_DIGIT}]", "D": f"[^{_DIGIT}]", "w": f"[{_WORD}]", "W": f"[^{_WORD}]", "s": f"[{_SPACE}]", "S": f"[^{_SPACE}]"}
_INSIDE = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_POSIX = {
    "alnum": "A-Za-z0-9",
    "alpha": "A-Za-z",
    "digit": _DIGIT,
    "lower": "a-z",
    "upper": "A-Z",
    "word": _WORD,
    "xdigit": "0-9A-Fa-f",
    "space": _SPACE,
}
_CATEGORY = re.compile(r"L[ult mo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?".replace(" ", ""))
_SPECIAL = frozenset("\\|.?*+(){}-[]^")
_SPELLED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


class Untold(Exception):
    """XML Schema has no word for something in a pattern."""


def xsd_pattern(text: str) -> str | None:
    """The same pattern for YANG; None where YANG cannot say it. Patterns of the catalog hold for whole texts, as those of YANG do."""
    try:
        return "".join(_parts(text))
    except Untold:
        return None


def xsd_literal(text: str) -> str:
    """A pattern that only this text fits."""
    return "".join(map(_literal, text))


def is_xml(sign: str) -> bool:
    """Whether a document in XML, and so a text in YANG, may hold a character."""
    point = ord(sign)
    return sign in "\t\n\r" or (point >= 32 and not 0xD800 <= point < 0xE000 and not 0xFDD0 <= point < 0xFDF0 and point & 0xFFFF < 0xFFFE)


def _parts(text: str) -> Iterator[str]:
    at, depth, repeated = 0, 0, False
    while at < len(text):
        found = _TOKEN.match(text, at)
        assert found is not None
        kind, sign, at = found.lastgroup or "", found[0], found.end()
        if kind == "repeat" and repeated:
            if sign != "?":
                raise Untold
            repeated = False  # how eagerly it repeats changes nothing for whole texts
            continue
        repeated = kind == "repeat"
        depth += (kind in ("group", "open")) - (kind == "close")
        if kind == "anchor":
            _outermost(text, found, depth)
        elif kind == "class":
            part, at = _class(text, at)
            yield part
        else:
            yield _told(kind, sign)


def _told(kind: str, sign: str) -> str:
    match kind:
        case "group" | "open":
            return "("
        case "close" | "bar" | "repeat":
            return sign
        case "dot":
            return r"[^\n]"
        case "escape":
            return _escape(sign)
        case "sign":
            return _literal(sign)
        case _:
            raise Untold


def _outermost(text: str, found: re.Match[str], depth: int) -> None:
    """An anchor says nothing new at the ends of a pattern and of its alternatives, and something that YANG cannot say elsewhere."""
    begins = found[0] in ("^", r"\A") and (found.start() == 0 or text[found.start() - 1] == "|")
    ends = found[0] in ("$", r"\z") and text[found.end() : found.end() + 1] in ("", "|")
    if depth or not (begins or ends) or text[max(found.start() - 2, 0) : found.start()] == r"\|":
        raise Untold


def _escape(sign: str) -> str:
    return _SHORT[sign[1]] if sign[1] in _SHORT else _category(sign) or _literal(_character(sign))


def _category(sign: str) -> str:
    r"""`\pL` and `\p{^L}` as `\p{L}` and `\P{L}`; empty for what is no category."""
    if sign[1] not in "pP":
        return ""
    name = sign[2:].strip("{}")
    turned = name.startswith("^")
    if not _CATEGORY.fullmatch(name.removeprefix("^")):
        raise Untold
    return rf"\{'Pp'[(sign[1] == 'p') ^ turned]}{{{name.removeprefix('^')}}}"


def _character(sign: str) -> str:
    code = sign[2:].strip("{}")
    if sign[1] in "ux" and code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else "\0"
    if sign[1] in "ntr":
        return {"n": "\n", "t": "\t", "r": "\r"}[sign[1]]
    if sign[1].isalnum():
        raise Untold
    return sign[1]


def _literal(sign: str) -> str:
    if not is_xml(sign):
        raise Untold
    return _SPELLED.get(sign) or (f"\\{sign}" if sign in _SPECIAL - {"-"} else sign)


def _class(text: str, at: int) -> tuple[str, int]:
    """A class in brackets, from behind the first one, and where it ends."""
    parts = ["["]
    if text[at : at + 1] == "^":
        parts, at = ["[^"], at + 1
    first = at
    while at < len(text) and (text[at] != "]" or at == first):
        part, at, single = _member(text, at)
        if single and text[at : at + 1] == "-" and text[at + 1 : at + 2] not in ("]", ""):
            last, at, also = _member(text, at + 1)
            if not also:
                raise Untold
            part = f"{part}-{last}"
        parts.append(part)
    return "".join(parts) + "]", at + 1


def _member(text: str, at: int) -> tuple[str, int, bool]:
    """One member of a class, where the next one begins, and whether it is a single character."""
    named = re.compile(r"\[:(\^?)(\w+):\]").match(text, at)
    if named:
        if named[1] or named[2] not in _POSIX:
            raise Untold
        return _POSIX[named[2]], named.end(), False
    found = _TOKEN.match(text, at)
    assert found is not None
    if found.lastgroup == "escape" or (found.lastgroup == "anchor" and len(found[0]) > 1):
        sign = found[0]
        if sign[1] in _INSIDE:
            return _INSIDE[sign[1]], found.end(), False
        if sign[1] in _SHORT or sign[1] in "Az":
            raise Untold
        category = _category(sign)
        return category or _in_class(_character(sign)), found.end(), not category
    return _in_class(text[at]), at + 1, True


def _in_class(sign: str) -> str:
    return rf"\{sign}" if sign in "-^[]\\" else (_literal(sign) if sign not in _SPECIAL else sign)
