"""The language server itself: takes what an editor says, and answers."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer

from tmfkit import __version__
from tmfkit.diagnostics.model import Edit
from tmfkit.errors import TmfkitError
from tmfkit.lsp import wire
from tmfkit.lsp.desk import Desk
from tmfkit.lsp.look import Look, look
from tmfkit.lsp.text import EditorText, Encoding
from tmfkit.project import find

QUIET = 0.15
"""Seconds without a key stroke after which the catalog is checked."""

LONGEST_WAIT = 0.6
"""Seconds after which it is checked although somebody types on."""


class Server(LanguageServer):
    """Answers for every project of which a file or folder is open."""

    def __init__(self) -> None:
        super().__init__("tmfkit", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.desks: dict[Path, Desk] = {}
        self._waiting: dict[Path, tuple[float, asyncio.TimerHandle]] = {}
        self._locks: dict[Path, asyncio.Lock] = {}
        self._said: set[str] = set()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What goes wrong is written to the editor's log, unless it is the answer to a request; nobody who types is disturbed."""
        if source is not FeatureRequestError:
            self.log(f"{type(error).__name__}: {error}")

    def log(self, message: str) -> None:
        """A line in the editor's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Warning, message))

    def desk_at(self, address: str) -> tuple[Desk, str] | None:
        """The project that a file lies in and its name there; None for a file outside any project."""
        path = wire.path_of(address)
        root = root_of(path.parent) if path else None
        if path is None or root is None:
            return None
        desk = self.desk(root)
        file = desk.file_at(path)
        return (desk, file) if file else None

    def desk(self, root: Path) -> Desk:
        """The desk of a project."""
        if root not in self.desks:
            agreed = types.PositionEncodingKind(self.workspace.position_encoding or types.PositionEncodingKind.Utf16)
            self.desks[root] = Desk(root, Encoding(agreed.value))
        return self.desks[root]

    def changed(self, desk: Desk, *, at_once: bool = False) -> None:
        """Something has changed: checks the project as soon as nobody types, or after a while all the same."""
        desk.stale = True
        loop = asyncio.get_running_loop()
        first, timer = self._waiting.pop(desk.root, (loop.time(), None))
        if timer is not None:
            timer.cancel()
        wait = 0.0 if at_once else max(0.0, min(QUIET, first + LONGEST_WAIT - loop.time()))
        self._waiting[desk.root] = (first, loop.call_later(wait, self._start, desk))

    def _start(self, desk: Desk) -> None:
        self._waiting.pop(desk.root, None)
        self._check = asyncio.ensure_future(self.up_to_date(desk))

    async def up_to_date(self, desk: Desk) -> None:
        """Checks the project unless nothing has changed, and tells the editor what it does not know yet."""
        async with self._locks.setdefault(desk.root, asyncio.Lock()):
            while desk.stale:
                desk.stale = False
                try:
                    desk.checked = await asyncio.get_running_loop().run_in_executor(None, desk.checker.check, desk.buffers)
                except TmfkitError as error:
                    self._say_once(f"{error.message}; {error.hint}" if error.hint else error.message)
                except Exception as error:
                    self.log(f"this is a bug in tmfkit, not in your catalog: {type(error).__name__}: {error}")
            self._publish(desk)

    def _say_once(self, message: str) -> None:
        if message not in self._said:
            self._said.add(message)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"tmfkit: {message}"))

    def _publish(self, desk: Desk) -> None:
        for news in desk.news():
            found = [wire.diagnostic(one, desk.text, self.address(desk)) for one in news.findings]
            address = self.address(desk)(news.file)
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(address, found, version=news.version))

    def address(self, desk: Desk) -> Callable[[str], str]:
        """How the editor calls the files of a project."""
        return lambda file: desk.open[file].address if file in desk.open else wire.uri(desk.root / file)

    def edit(self, desk: Desk, edits: dict[str, list[Edit]]) -> types.WorkspaceEdit:
        """Edits of several files in the form that the editor understands; open files with the version that is meant."""
        address = self.address(desk)
        whole = {file: wire.text_edits(changes, desk.text(file)) for file, changes in edits.items()}
        workspace = self.client_capabilities.workspace
        if not (workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes):
            return types.WorkspaceEdit(changes={address(file): changes for file, changes in whole.items()})
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(address(file), desk.open[file].version if file in desk.open else None),
                    list(changes),
                )
                for file, changes in whole.items()
            ]
        )

    async def look(self, params: Any) -> tuple[Desk, str, EditorText, Look] | None:
        """The word at a place that the editor asks about, after everything typed so far was checked."""
        found = self.desk_at(params.text_document.uri)
        if found is None:
            return None
        desk, file = found
        await self.up_to_date(desk)
        if desk.checked is None or not desk.belongs(file):
            return None
        text = desk.text(file)
        word = look(text.text, text.index(params.position.line, params.position.character), desk.checked.catalog)
        return (desk, file, text, word) if word else None


def root_of(folder: Path) -> Path | None:
    """The project that a folder lies in, be the folder there already or not; None where there is none."""
    try:
        return find(next(one for one in (folder, *folder.parents) if one.is_dir()))
    except TmfkitError:
        return None
