"""Our nouns as the Language Server Protocol writes them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import MappingProxyType

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from tmfkit.diagnostics.model import Diagnostic, Edit, Severity
from tmfkit.lsp.actions import Action
from tmfkit.lsp.completion import Offer, Offers, Sort
from tmfkit.lsp.symbols import Symbol
from tmfkit.lsp.text import EditorText
from tmfkit.source.text import Span

SOURCE = "tmfkit"

TextOf = Callable[[str], EditorText]
"""The text of a file of the project."""

UriOf = Callable[[str], str]
"""The address of a file of the project."""

_SEVERITY = MappingProxyType(
    {
        Severity.ERROR: types.DiagnosticSeverity.Error,
        Severity.WARNING: types.DiagnosticSeverity.Warning,
        Severity.INFO: types.DiagnosticSeverity.Information,
    }
)
_SORTS = MappingProxyType(
    {
        Sort.KEY: types.CompletionItemKind.Property,
        Sort.ENTITY: types.CompletionItemKind.Reference,
        Sort.NAME: types.CompletionItemKind.Field,
        Sort.WORD: types.CompletionItemKind.EnumMember,
    }
)


def uri(path: Path) -> str:
    """The address of a file on disk."""
    return from_fs_path(str(path)) or path.as_uri()


def path_of(address: str) -> Path | None:
    """The file on disk that an address means; None for what is not on disk."""
    found = to_fs_path(address) if address.startswith("file:") else None
    return Path(found) if found else None


def range_of(span: Span, text: EditorText) -> types.Range:
    """A span of the source; one without a length covers the word at its place."""
    start, end = text.range(span)
    if start == end:
        at = text.places.index(span.start)
        stop = at
        while stop < len(text.text) and not text.text[stop].isspace() and text.text[stop] not in ",[]{}:":
            stop += 1
        end = text.point(stop)
    return types.Range(types.Position(*start), types.Position(*end))


def characters(start: int, end: int, text: EditorText) -> types.Range:
    """Two characters of a text as a range."""
    return types.Range(types.Position(*text.point(start)), types.Position(*text.point(end)))


def diagnostic(found: Diagnostic, text_of: TextOf, uri_of: UriOf) -> types.Diagnostic:
    """A finding, with its way out behind the fact."""
    message = "\n".join(filter(None, (found.message, f"help: {found.help}" if found.help else "")))
    related = [types.DiagnosticRelatedInformation(location(one.span, text_of, uri_of), one.message or "see here") for one in found.related]
    return types.Diagnostic(
        range_of(found.primary, text_of(found.primary.file)),
        message,
        severity=_SEVERITY[found.severity],
        code=found.code,
        source=SOURCE,
        related_information=related or None,
    )


def location(span: Span, text_of: TextOf, uri_of: UriOf) -> types.Location:
    """A place in a file of the project."""
    return types.Location(uri_of(span.file), range_of(span, text_of(span.file)))


def text_edits(edits: Iterable[Edit], text: EditorText) -> list[types.TextEdit]:
    """Edits of one file."""
    found = []
    for edit in edits:
        start, end = text.range(edit.span)
        found.append(types.TextEdit(types.Range(types.Position(*start), types.Position(*end)), edit.text))
    return found


def completion(found: Offers, text: EditorText) -> types.CompletionList:
    """What may be written; keys come before names."""
    place = characters(found.start, found.end, text)
    items = [_item(offer, number, place) for number, offer in enumerate(found.offers)]
    return types.CompletionList(is_incomplete=not found.complete, items=items)


def _item(offer: Offer, number: int, place: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        offer.label,
        kind=_SORTS[offer.sort],
        detail=offer.says or None,
        text_edit=types.TextEdit(place, offer.text),
        filter_text=offer.label,
        sort_text=f"{number:05}",
    )


def symbol(found: Symbol, text: EditorText) -> types.DocumentSymbol:
    """A part of an outline."""
    return types.DocumentSymbol(
        found.name,
        types.SymbolKind.Class if found.is_entity else types.SymbolKind.Field,
        characters(min(found.start, found.name_start), max(found.end, found.name_end), text),
        characters(found.name_start, found.name_end, text),
        detail=found.detail or None,
        children=[symbol(part, text) for part in found.parts],
    )


def action(found: Action, edit: types.WorkspaceEdit, text_of: TextOf, uri_of: UriOf) -> types.CodeAction:
    """Something to do about a finding."""
    return types.CodeAction(
        found.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(found.finding, text_of, uri_of)],
        is_preferred=found.preferred,
        edit=edit,
    )
