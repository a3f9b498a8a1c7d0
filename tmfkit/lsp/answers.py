"""What the language server answers: one function for each thing that an editor says or asks."""

import logging
import os
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tmfkit.diagnostics.model import Edit
from tmfkit.edit.fmt import formatted
from tmfkit.lsp import wire
from tmfkit.lsp.actions import actions, mended
from tmfkit.lsp.completion import offers
from tmfkit.lsp.desk import Desk, OpenFile
from tmfkit.lsp.hover import hover
from tmfkit.lsp.look import Look, meaning
from tmfkit.lsp.nodes import is_whole
from tmfkit.lsp.references import Refused, applied, definition, mentions, refuse_new_errors, renamed
from tmfkit.lsp.server import Server, root_of
from tmfkit.lsp.symbols import symbols
from tmfkit.lsp.text import EditorText

_REFUSED = -32803
"""`RequestFailed` of the protocol: the request was understood and cannot be done."""

_WATCHED = ("**/*.yaml", "**/*.yml", "**/*.csv", "**/tmfkit*")


def serve() -> None:
    """Answers an editor over standard input and output until it goes away."""
    if not os.environ.get("TMFKIT_DEBUG"):
        # A request that cannot be done is answered with the reason; pygls would write its own trace of it as well.
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
    made().start_io()


def made() -> Server:
    """A server with everything that it can do."""
    server = Server()
    for name, handler in _HANDLERS.items():
        server.feature(name, _OPTIONS.get(name))(handler)
    return server


async def _initialized(ls: Server, params: types.InitializedParams) -> None:
    folders = [wire.path_of(address) for address in ls.workspace.folders] or [wire.path_of(ls.workspace.root_uri or "")]
    for folder in folders:
        root = root_of(folder) if folder else None
        if root:
            ls.changed(ls.desk(root), at_once=True)
    await _watch(ls)


async def _watch(ls: Server) -> None:
    workspace = ls.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if not (watching and watching.dynamic_registration):
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(pattern) for pattern in _WATCHED])
    registration = types.Registration("tmfkit-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    await ls.client_register_capability_async(types.RegistrationParams([registration]))


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    if found := ls.desk_at(document.uri):
        desk, file = found
        desk.open[file] = OpenFile(document.uri, _content(document.text), document.version)
        ls.changed(desk, at_once=True)


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    found = ls.desk_at(params.text_document.uri)
    if not found or found[1] not in found[0].open:
        return
    desk, file = found
    for change in params.content_changes:
        content = _content(_after(desk.text(file), desk.open[file].content, change))
        desk.open[file] = OpenFile(params.text_document.uri, content, params.text_document.version)
    ls.changed(desk)


def _after(text: EditorText, content: bytes, change: types.TextDocumentContentChangeEvent) -> str:
    """The text after a change; the editor is asked for whole texts, and may send parts all the same."""
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return change.text
    start = text.index(change.range.start.line, change.range.start.character)
    end = text.index(change.range.end.line, change.range.end.character)
    mark = "\ufeff" if text.marked else ""
    return mark + text.text[:start] + change.text + text.text[max(start, end) :]


def _content(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    if found := ls.desk_at(params.text_document.uri):
        found[0].closed(found[1])
        ls.changed(found[0], at_once=True)


def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    if found := ls.desk_at(params.text_document.uri):
        ls.changed(found[0], at_once=True)


def _files_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    for desk in ls.desks.values():
        ls.changed(desk)


async def _completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    found = ls.desk_at(params.text_document.uri)
    if found is None:
        return None
    desk, file = found
    if desk.checked is None or file not in desk.open:
        await ls.up_to_date(desk)
    if desk.checked is None or not desk.belongs(file):
        return None
    text = desk.text(file)
    index = text.index(params.position.line, params.position.character)
    return wire.completion(offers(text.text, index, desk.checked.catalog), text)


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    found = await ls.look(params)
    if found is None:
        return None
    desk, _, text, word = found
    told = hover(word, desk.checked.catalog) if desk.checked else ""
    place = wire.characters(word.start, word.end, text)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told), place) if told else None


async def _definition(ls: Server, params: types.DefinitionParams) -> types.Location | None:
    found = await ls.look(params)
    if found is None or found[0].checked is None:
        return None
    desk, file, _, word = found
    span = definition(word, found[0].checked, file)
    return wire.location(span, desk.text, ls.address(desk)) if span else None


async def _references(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    found = await ls.look(params)
    if found is None or found[0].checked is None:
        return None
    desk, _, _, word = found
    name = meaning(word, found[0].checked.catalog)
    if name is None or name.key is None:
        return None
    every = mentions(name, found[0].checked, declaration=params.context.include_declaration)
    address = ls.address(desk)
    return [types.Location(address(one.file), wire.characters(one.start, one.end, desk.text(one.file))) for one in every]


async def _prepare_rename(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
    _, _, text, word = await _renamable(ls, params)
    return types.PrepareRenamePlaceholder(wire.characters(word.start, word.end, text), word.word)


async def _rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit:
    desk, _, _, word = await _renamable(ls, params)
    checked = desk.checked
    name = meaning(word, checked.catalog) if checked else None
    assert checked is not None
    assert name is not None
    assert name.key is not None
    try:
        edits = renamed(name.key, params.new_name.strip(), checked)
        refuse_new_errors(checked, desk.tried(applied(edits, checked)))
    except Refused as error:
        raise _refusal(str(error)) from None
    return ls.edit(desk, edits)


async def _renamable(ls: Server, params: Any) -> tuple[Desk, str, EditorText, Look]:
    found = await ls.look(params)
    name = meaning(found[3], found[0].checked.catalog) if found and found[0].checked else None
    if found is None or name is None or name.key is None or name.path:
        raise _refusal("only the id of an entity can be renamed: put the cursor on an id, or where one is named")
    return found


def _refusal(message: str) -> JsonRpcException:
    return JsonRpcException(message, _REFUSED)


async def _code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    found = ls.desk_at(params.text_document.uri)
    if found is None:
        return None
    desk, file = found
    await ls.up_to_date(desk)
    if desk.checked is None or not desk.belongs(file):
        return None
    text, address = desk.text(file), ls.address(desk)
    near = tuple(one for one in desk.checked.of(file) if _touch(wire.range_of(one.primary, text), params.range))
    made = [
        wire.action(one, ls.edit(desk, {file: list(one.edits)}), desk.text, address)
        for one in actions(desk.checked, file, near)
        if _wanted(types.CodeActionKind.QuickFix, params.context)
    ]
    after = mended(desk.checked, file) if _wanted(types.CodeActionKind.SourceFixAll, params.context) else None
    if after is not None:
        whole = Edit(text.span(file, 0, len(text.text)), after.decode("utf-8-sig"))
        edit = ls.edit(desk, {file: [whole]})
        made.append(types.CodeAction("fix everything that needs no thought", kind=types.CodeActionKind.SourceFixAll, edit=edit))
    return made


def _wanted(kind: types.CodeActionKind, context: types.CodeActionContext) -> bool:
    return not context.only or any(kind.value == str(one) or kind.value.startswith(f"{one}.") for one in map(_plain, context.only))


def _plain(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def _touch(one: types.Range, other: types.Range) -> bool:
    return one.start <= other.end and other.start <= one.end


async def _symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    found = ls.desk_at(params.text_document.uri)
    if found is None:
        return None
    desk, file = found
    if file not in desk.open:
        await ls.up_to_date(desk)
    text = desk.text(file)
    return [wire.symbol(one, text) for one in symbols(text.text)]


def _formatting(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    found = ls.desk_at(params.text_document.uri)
    if found is None or found[1] not in found[0].open:
        return None
    desk, file = found
    content = desk.open[file].content
    text = desk.text(file)
    if not is_whole(text.text):
        return []
    made = formatted(file, content).content
    return wire.text_edits([Edit(text.span(file, 0, len(text.text)), made.decode("utf-8-sig"))], text) if made != content else []


_HANDLERS: MappingProxyType[str, Callable[..., Any]] = MappingProxyType(
    {
        types.INITIALIZED: _initialized,
        types.TEXT_DOCUMENT_DID_OPEN: _opened,
        types.TEXT_DOCUMENT_DID_CHANGE: _changed,
        types.TEXT_DOCUMENT_DID_CLOSE: _closed,
        types.TEXT_DOCUMENT_DID_SAVE: _saved,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _files_changed,
        types.TEXT_DOCUMENT_COMPLETION: _completion,
        types.TEXT_DOCUMENT_HOVER: _hover,
        types.TEXT_DOCUMENT_DEFINITION: _definition,
        types.TEXT_DOCUMENT_REFERENCES: _references,
        types.TEXT_DOCUMENT_PREPARE_RENAME: _prepare_rename,
        types.TEXT_DOCUMENT_RENAME: _rename,
        types.TEXT_DOCUMENT_CODE_ACTION: _code_action,
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
        types.TEXT_DOCUMENT_FORMATTING: _formatting,
    }
)

_OPTIONS: MappingProxyType[str, Any] = MappingProxyType(
    {
        types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=[" ", ":", "{", "[", ",", "-", "/"]),
        types.TEXT_DOCUMENT_RENAME: types.RenameOptions(prepare_provider=True),
        types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions([types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]),
    }
)
