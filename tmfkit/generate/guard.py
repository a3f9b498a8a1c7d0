"""Holds a generator to its word: while it runs, nothing is written, no program is started and nobody is called."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    "os.mkdir os.rename os.remove os.rmdir os.symlink os.link os.truncate os.chmod os.chown os.utime "
    "os.setxattr os.removexattr os.chdir shutil.rmtree shutil.move".split()
)
_PROGRAMS = frozenset(
    "subprocess.Popen os.system os.exec os.fork os.forkpty os.posix_spawn os.spawn os.startfile os.kill os.killpg".split()
)
_CALLS = frozenset(
    "socket.connect socket.bind socket.getaddrinfo socket.gethostbyname socket.gethostbyaddr socket.sendto socket.sendmsg".split()
)


class NotPure(BaseException):
    """What a generator did besides returning artifacts; no `except Exception` of its own hides it."""


_armed: list[list[str]] = []
_hooked: list[bool] = []


@contextmanager
def pure() -> Iterator[None]:
    """Refuses everything that would leave a trace; what is printed goes to the error output."""
    if not _hooked:
        sys.addaudithook(_listen)
        _hooked.append(True)
    caught: list[str] = []
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    _armed.append(caught)
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        _armed.remove(caught)
        sys.dont_write_bytecode = bytecode
    if caught:
        raise NotPure(caught[0])


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if not _armed:
        return
    what = _trace(event, arguments)
    if what:
        _armed[-1].append(what)
        raise NotPure(what)


def _trace(event: str, arguments: tuple[Any, ...]) -> str:
    if event == "open":
        path, _, flags = arguments
        writes = isinstance(flags, int) and flags & _WRITING
        named = isinstance(path, str | bytes | os.PathLike) and path != os.devnull
        return f"writes the file {os.fsdecode(path)}" if writes and named else ""
    if event in _CHANGES:
        return f"changes files ({event.removeprefix('os.').removeprefix('shutil.')} {arguments[0]})"
    if event == "sqlite3.connect" and arguments[0] != ":memory:":
        return f"opens the database {arguments[0]}"
    if event in ("os.putenv", "os.unsetenv"):
        return f"changes the environment variable {os.fsdecode(arguments[0])}"
    if event == "builtins.input":
        return "asks a question"
    if event in _PROGRAMS:
        return f"starts or ends something beside itself ({event})"
    return f"calls somebody over the network ({event})" if event in _CALLS else ""
