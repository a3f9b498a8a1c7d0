"""A small editor: speaks the Language Server Protocol with `tmfkit lsp`, or another server, over standard input and output."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 20.0
"""Seconds after which an answer is not coming any more."""

COMMAND = (sys.executable, "-m", "tmfkit", "lsp", "--stdio")

CAPABILITIES: Mapping[str, Any] = {
    "workspace": {"workspaceEdit": {"documentChanges": True}, "didChangeWatchedFiles": {"dynamicRegistration": True}},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}}},
        "rename": {"prepareSupport": True},
    },
}


class Refusal(Exception):
    """The server answered with an error."""


class Editor:
    """An editor with a folder open; it keeps the last findings of every file and everything that the server said."""

    def __init__(self, folder: Path, capabilities: Mapping[str, Any] = CAPABILITIES, command: Sequence[str] = COMMAND) -> None:
        self.folder = folder
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.published: dict[str, dict[str, Any]] = {}
        self.said: list[dict[str, Any]] = []
        self.errors: list[str] = []
        self.settings: dict[str, Any] = {}
        self._arrived: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._answers: dict[int, dict[str, Any]] = {}
        self._number = 0
        self._versions: dict[str, int] = {}
        self._readers = [threading.Thread(target=self._read, daemon=True), threading.Thread(target=self._listen, daemon=True)]
        for reader in self._readers:
            reader.start()
        self.welcome = self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self.tell("initialized", {})

    def move(self, folder: Path) -> None:
        """Goes on in another folder, as if nothing had been before."""
        self.folder = folder
        self.published.clear()
        self.said.clear()
        self._versions.clear()

    def ask(self, method: str, params: Any) -> Any:
        """A request and its answer."""
        self._number += 1
        number = self._number
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        self._until(lambda: number in self._answers, f"an answer to {method}")
        answer = self._answers.pop(number)
        if "error" in answer:
            raise Refusal(answer["error"]["message"])
        return answer["result"]

    def tell(self, method: str, params: Any) -> None:
        """Something that needs no answer."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def open(self, file: str, text: str | None = None) -> None:
        content = (self.folder / file).read_bytes().decode() if text is None else text
        self._versions[file] = 1
        self.tell("textDocument/didOpen", {"textDocument": {"uri": self.uri(file), "languageId": "yaml", "version": 1, "text": content}})

    def change(self, file: str, *changes: str | dict[str, Any]) -> None:
        """A new version of a file, of whole texts or of parts."""
        self._versions[file] += 1
        self.tell(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self.uri(file), "version": self._versions[file]},
                "contentChanges": [{"text": change} if isinstance(change, str) else change for change in changes],
            },
        )

    def close(self, file: str) -> None:
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(file)}})

    def happened(self, file: str, kind: int) -> None:
        """Something happened to a file on disk: 1 it is new, 2 it has changed, 3 it is gone."""
        self.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": self.uri(file), "type": kind}]})

    def at(self, file: str, line: int, column: int) -> dict[str, Any]:
        """A place as requests name it, both from 0."""
        return {"textDocument": {"uri": self.uri(file)}, "position": {"line": line, "character": column}}

    def findings(self, file: str, wanted: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """The findings of a file, as soon as they are as wanted."""
        self._until(lambda: file in self.published and wanted(self.published[file]["diagnostics"]), f"findings of {file}")
        found: list[dict[str, Any]] = self.published[file]["diagnostics"]
        return found

    def version(self, file: str) -> int | None:
        return self._versions.get(file)

    def settled(self, file: str) -> list[dict[str, Any]]:
        """The findings of the last version of an open file."""
        self._until(lambda: self.published.get(file, {}).get("version") == self._versions[file], f"the last version of {file}")
        found: list[dict[str, Any]] = self.published[file]["diagnostics"]
        return found

    def uri(self, file: str) -> str:
        return (self.folder / file).as_uri()

    def end(self) -> int:
        """Says good-bye and waits for the server to go."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        code = self.server.wait(PATIENCE)
        for reader in self._readers:
            reader.join(PATIENCE)
        return code

    def kill(self) -> None:
        """Ends the server if it is still there, and hangs up."""
        self.server.kill()
        self.server.wait()
        for pipe in (self.server.stdin, self.server.stdout, self.server.stderr):
            assert pipe is not None
            pipe.close()

    def _until(self, is_so: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            try:
                message = self._arrived.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{what} did not come: {self.published}\n{self.said}\n{self.errors}") from None
            assert message is not None, f"the server ended while {what} was awaited: {''.join(self.errors)}"
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        match message:
            case {"method": "textDocument/publishDiagnostics", "params": params}:
                self.published[self._file(params["uri"])] = params
            case {"method": "workspace/configuration", "id": number, "params": {"items": items}}:
                self._send({"jsonrpc": "2.0", "id": number, "result": [self.settings.get(item["section"]) for item in items]})
            case {"method": _, "id": number}:
                self.said.append(message)
                self._send({"jsonrpc": "2.0", "id": number, "result": None})
            case {"method": _}:
                self.said.append(message)
            case {"id": number}:
                self._answers[number] = message

    def _file(self, address: str) -> str:
        return address.removeprefix(self.folder.as_uri() + "/")

    def _send(self, message: dict[str, Any]) -> None:
        assert self.server.stdin is not None
        body = json.dumps(message).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def _read(self) -> None:
        assert self.server.stdout is not None
        while header := self.server.stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = self.server.stdout.readline()
            self._arrived.put(json.loads(self.server.stdout.read(length)))
        self._arrived.put(None)

    def _listen(self) -> None:
        assert self.server.stderr is not None
        for line in self.server.stderr:
            self.errors.append(line.decode())


@contextmanager
def editing(folder: Path, **options: Any) -> Iterator[Editor]:
    """An editor in a folder; in the end the server goes in peace, without a word on its standard error."""
    editor = Editor(folder, **options)
    try:
        yield editor
        assert editor.end() == 0
        assert not editor.errors, "".join(editor.errors)
        assert not [said for said in editor.said if said["method"] == "window/logMessage"]
    finally:
        editor.kill()
