"""Real git repositories for tests, made anew in a folder, with the same commit ids every time."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

DAY = "2026-03-01T12:00:00 +0000"
IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "Ada", "EMAIL": "ada@example.com", "DATE": DAY}.items()
}
OWN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **IDENTITY}
"""Who commits and when, and no settings of whoever runs the tests."""

State = Mapping[str, str | bytes | None]
"""What a commit writes: the text of each file that changes, None for one that goes."""


def repository(folder: Path, history: Sequence[State], branch: str = "main") -> list[str]:
    """Makes a repository with a commit for each state, and returns their ids; the last one is checked out."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", f"--initial-branch={branch}")
    return [commit(folder, state, f"Change {number}") for number, state in enumerate(history, 1)]


def commit(folder: Path, state: State, message: str = "Change") -> str:
    """Writes files, commits all that is there, and returns the id of the commit."""
    write(folder, state)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", f"--message={message}")
    return git(folder, "rev-parse", "HEAD")


def write(folder: Path, state: State) -> None:
    """Writes and removes files without telling git."""
    for name, content in state.items():
        path = folder / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def git(folder: Path, *arguments: str) -> str:
    """Runs one command of git in a folder and returns what it prints."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | OWN
    command = ["git", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip()
