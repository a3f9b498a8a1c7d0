"""Repairs that need no thought: what a finding suggests becomes an edit of exactly the word concerned."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from tmfkit.diagnostics.model import Diagnostic, Edit, Fix
from tmfkit.diagnostics.suggest import Suggestion
from tmfkit.edit.positions import Positions
from tmfkit.load.read import decode
from tmfkit.model.units import CURRENCIES
from tmfkit.source.text import Span
from tmfkit.source.tree import FileTree, Unreadable

_PLAIN = re.compile(r"[A-Za-z0-9][\w./%+ -]*")
_SPLIT = re.compile(r"([+-]?\d+)(,\d{1,2}) +([A-Z]{3})(?=\s*[,}\]])")
_NOT_UNDERSTOOD = "TK014"
_NOT_TEXTS = frozenset(("null", "Null", "NULL", "~"))


def with_fixes(diagnostics: Iterable[Diagnostic], tree: FileTree) -> tuple[Diagnostic, ...]:
    """Findings, each with its fix where it suggests something that fits the text at its place."""
    texts: dict[str, Positions | None] = {}
    return tuple(_with_fix(found, tree, texts) for found in diagnostics)


def _with_fix(found: Diagnostic, tree: FileTree, texts: dict[str, Positions | None]) -> Diagnostic:
    suggestion, file = found.help, found.primary.file
    if not isinstance(suggestion, Suggestion) and found.code != _NOT_UNDERSTOOD:
        return found
    if file not in texts:
        texts[file] = _read(tree, file)
    text = texts[file]
    if text is None:
        return found
    if not isinstance(suggestion, Suggestion):
        return replace(found, fix=_split_amount(found.primary, text))
    edit = _edit(found.primary, text, suggestion)
    return replace(found, help=str(suggestion), fix=_fix(suggestion.written, suggestion.meant, edit) if edit else None)


def _fix(written: str, meant: str, edit: Edit) -> Fix:
    return Fix(f"write `{meant}` instead of `{written}`", (edit,))


def _split_amount(span: Span, text: Positions) -> Fix | None:
    """In brackets `39,90 EUR` is two things, of which the first is no amount: the whole of it is meant."""
    start = text.index(span.start)
    found = _SPLIT.match(text.text, start)
    if not found or found.start(2) != text.index(span.end) or found[3] not in CURRENCIES:
        return None
    meant = f"{found[1]}.{found[2][1:]} {found[3]}"
    return _fix(found[0], meant, _at(span, text, (0, len(found[0])), meant))


def _read(tree: FileTree, file: str) -> Positions | None:
    try:
        text = decode(file, tree.read(file))
    except Unreadable:
        return None
    return None if text.fault else Positions(text.text)


def _edit(span: Span, text: Positions, suggestion: Suggestion) -> Edit | None:
    """An edit of the word concerned, or of all the text where that needs quotes then; None if the place says something else."""
    source = text.slice(span)
    if "\n" in source or not source:
        return None
    quote = source[0] if source[0] in "\"'" and source[-1:] == source[0] and len(source) > 1 else ""
    word = re.compile(rf"(?<![\w.,-]){re.escape(suggestion.written)}(?![\w,-]|\.\w)")
    places = list(word.finditer(source))
    if len(places) != 1 or any(sign in suggestion.written for sign in "\\\"'"):
        return None
    inner = source[len(quote) : len(source) - len(quote)]
    whole = word.sub(lambda _: suggestion.meant, inner)
    if quote and not any(sign in suggestion.meant for sign in "\\\"'"):
        return _at(span, text, places[0].span(), suggestion.meant)
    if not quote and _is_plain(whole):
        return _at(span, text, places[0].span(), suggestion.meant)
    return Edit(span, json.dumps(whole, ensure_ascii=False)) if "\\" not in inner and quote != "'" else None


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and text not in _NOT_TEXTS and not text.endswith(" ")


def _at(span: Span, text: Positions, part: tuple[int, int], new: str) -> Edit:
    start = text.index(span.start)
    return Edit(Span(span.file, text.position(start + part[0]), text.position(start + part[1])), new)
