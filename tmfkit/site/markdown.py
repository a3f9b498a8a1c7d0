"""Texts of the catalog as Markdown that shows them as they are: nothing in them becomes a tag, a link, a table or a heading."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#+\-.!|~^=:@$]")
_WORD = re.compile(r"[A-Za-z0-9]")


def plain(text: object) -> str:
    """A text of the catalog inside a paragraph, a heading or a table cell: on one line, every sign of Markdown shown as itself."""
    said = html.escape(" ".join(str(text).split()), quote=False)
    return _SPECIAL.sub(_escaped, said)


def _escaped(found: re.Match[str]) -> str:
    """Signs become character references, which no extension of Markdown looks at; a point or hyphen inside a word stays readable."""
    sign, text = found[0], found.string
    inside = 0 < found.start() < len(text) - 1 and _WORD.match(text[found.start() - 1]) and _WORD.match(text[found.start() + 1])
    return sign if sign in ".-" and inside else f"&#{ord(sign)};"


def code(text: object) -> str:
    """A text of the catalog in the type of code."""
    return f"<code>{plain(text)}</code>"


def link(text: str, target: str) -> str:
    """A link; `text` is Markdown already, `target` was made by `Edition`."""
    return f"[{text}]({target})" if target else text


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """The lines of a table whose cells are Markdown already; `right` are the columns of numbers. Nothing where there are no rows."""
    found = list(rows)
    if not found:
        return
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---:" if index in right else "---" for index in range(len(head))) + " |"
    yield from ("| " + " | ".join(cell or " " for cell in row) + " |" for row in found)
    yield ""


def bullets(items: Iterable[str]) -> Iterator[str]:
    """A list, with an empty line behind it."""
    found = [f"- {item}" for item in items]
    yield from found
    if found:
        yield ""


def joined(parts: Iterable[Iterable[str] | str]) -> str:
    """The lines of several parts as one text, an empty line between two parts and never more than one."""
    texts = (part if isinstance(part, str) else "\n".join(part) for part in parts)
    return "\n\n".join(text.strip("\n") for text in texts if text.strip()) + "\n"
