"""Texts of the catalog as Markdown that shows them as they are: nothing in them becomes a tag, a link, a table or a heading."""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

_SPECIAL = re.compile(
    "|".join(
        (
            r"[&<>\\`*{}\[\]|~^#$@]",  # wherever they stand; `#` also closes headings, `@` and `$` begin names and formulas
            r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])",  # unless between two letters
            r"(?<=[-+=!])[-+=!]|[-+=!](?=[-+=!])",  # of two or more: rules, keys, marks
            r":(?=[\w+\-/])|(?<=(?i:www))\.",  # emoji, the rest of an address
            r"^(?:[0-9]+|[A-Za-z]{1,6})[.)](?=\s|$)",  # the number of a list
            r"^[-+=:!?/]|[-+=:!]$",  # lists, definitions, boxes and blocks begin with these; at the end they may join with what follows
        )
    )
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


def plain(text: object) -> str:
    """A text of the catalog inside a paragraph, a heading, a list or a table cell: on one line, every sign shown as itself.

    Signs that Markdown would read become character references, which no extension looks at; all others stay readable. Characters
    that no page can show become the sign that says so.
    """
    return _SPECIAL.sub(_escaped, " ".join(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(text)).split()))


def _escaped(found: re.Match[str]) -> str:
    """Only the last sign of what was found is the one that Markdown would read."""
    before, sign = found[0][:-1], found[0][-1]
    return before + _BY_NAME.get(sign, f"&#{ord(sign)};")


_BY_NAME = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def code(text: object) -> str:
    """A text of the catalog in the type of code."""
    return f"<code>{plain(text)}</code>"


def link(text: str, target: str) -> str:
    """A link; `text` is Markdown already, `target` was made by `Edition`. Signs that would end the target are encoded."""
    return f"[{text}]({quote(target, safe=_IN_TARGETS)})" if target else text


_IN_TARGETS = "/#?&=:%@!$,;~+*'"
"""Signs that an address may hold as they are."""


def heading(level: int, text: str, anchor: str, *, searched: bool = True) -> str:
    """A heading; `text` is Markdown already, `anchor` the same in every language. What stands below it is searched or not."""
    return f"{'#' * level} {text} {{: #{anchor}{'' if searched else ' data-search-exclude'} }}"


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
