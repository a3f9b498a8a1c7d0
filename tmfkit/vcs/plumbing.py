"""Asks git about a repository; nothing that it is asked changes a file, runs a hook or reaches a network."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING, Any
from weakref import finalize

from tmfkit.errors import TmfkitError

if TYPE_CHECKING:
    from git import Git

FIXED = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
"""What git is told on top: a clone that lacks objects does not fetch them, and no lock is taken for a look."""

ELSEWHERE = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE",
)  # fmt: skip
"""What git tells the hooks that it runs: which repository they run for, which may not be the one of the project."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What git said: zero or why not, its output byte for byte, and its complaints in English."""

    status: int
    output: bytes
    complaint: str

    @property
    def text(self) -> str:
        """The output as text without the line break at its end; bytes that are no UTF-8 survive as in file names."""
        return os.fsdecode(self.output).removesuffix("\n")


class Plumbing:
    """The commands of git that only read, in one folder."""

    def __init__(self, folder: Path) -> None:
        """`folder` lies in the repository that is asked."""
        self.folder = folder
        self._readers: dict[int, Any] = {}
        finalize(self, _let_go, self._readers)

    def ask(self, *arguments: str) -> Answer:
        """Runs one command; raises only where git itself is missing."""
        git = _git(self.folder)
        with _at_home(), _installed():
            status, output, complaint = git.execute(
                ["git", *arguments],
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        return Answer(int(status), bytes(output), str(complaint))

    def content(self, object: str) -> bytes | None:
        """The content of an object by its id; None where the clone lacks it, at which some versions of git end."""
        reader = self._reader()
        try:
            reader.stdin.write(f"{object}\n".encode())
            reader.stdin.flush()
            head = reader.stdout.readline().split()
            content: bytes = reader.stdout.read(int(head[2]) + 1) if len(head) == 3 else b""
        except OSError:
            return None
        return content[:-1] if content else None

    def _reader(self) -> Any:
        """The reader of this process: forked ones share its pipes, and must not answer each other's questions."""
        process = os.getpid()
        if process not in self._readers:
            with _at_home(), _installed():
                self._readers[process] = _git(self.folder).execute(["git", "cat-file", "--batch"], istream=PIPE, as_process=True)
        return self._readers[process]


_OTHERS: list[object] = []
"""Readers that other processes still use: letting go of one would end it for them too."""


def _let_go(readers: dict[int, Any]) -> None:
    readers.pop(os.getpid(), None)
    if readers:
        _OTHERS.append(readers)


def _git(folder: Path) -> "Git":
    with _installed():
        from git import Git
    git = Git(folder)
    git.update_environment(**FIXED)
    return git


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ImportError:  # what GitPython says when it finds no git
        raise _missing() from None
    except Exception as error:
        if type(error).__name__ != "GitCommandNotFound":
            raise
        raise _missing() from None


def _missing() -> TmfkitError:
    return TmfkitError("git is not installed, or not where commands are looked for", "install it, or compare two folders")


@contextmanager
def _at_home() -> Iterator[None]:
    """The folder alone says which repository is meant, also in a hook of another one."""
    away = {name: os.environ.pop(name) for name in ELSEWHERE if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(away)
