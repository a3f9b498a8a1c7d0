"""Asks git about a repository; nothing that it is asked changes a file, runs a hook or reaches a network."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

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

ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_PREFIX")
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
        self._readers: dict[int, Git] = {}

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
        """The content of an object by its id; None where the clone lacks it."""
        reader = self._reader()
        try:
            with _at_home(), _installed():
                return reader.get_object_data(object)[3]
        except ValueError:
            return None

    def _reader(self) -> "Git":
        """The reader of this process: forked ones share its pipes, and must not answer each other's questions.

        Readers of other processes are kept, for letting go of one would end it there.
        """
        process = os.getpid()
        if process not in self._readers:
            self._readers[process] = _git(self.folder)
        return self._readers[process]


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
