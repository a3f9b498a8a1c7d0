"""What was removed from a project before a commit: ids that somebody may take for free."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from tmfkit.vcs.plumbing import Plumbing

LOOKED_AT = 2_000
"""Commits that are looked at, the latest first: enough for years, and bounded."""

_COMMIT = re.compile(r"commit ([0-9a-f]{40,64})")


class Gone(NamedTuple):
    """An id that a file declared until a commit took it away; `text` is the file before that, `commit` names the state before that."""

    id: str
    file: str
    text: str
    commit: str


def removed(git: Plumbing, commit: str, prefix: str, folders: Collection[str], ids: Collection[str]) -> list[Gone]:
    """Those of the ids that were declared below the folders of a project some time before a commit; the latest removal of each.

    An id that leaves one file and comes to another in the same commit was moved. A clone whose history is cut off says less.
    """
    if not ids:
        return []
    below = [f":(top,literal){prefix}{folder}" for folder in folders]
    pattern = rf"^id: *[\"']?({'|'.join(id.replace('.', '[.]') for id in sorted(ids))})[\"']?[[:space:]]*(#.*)?$"
    oldest = git.ask("rev-list", f"--max-count={LOOKED_AT}", commit, "--", *below).text.rpartition("\n")[2]
    said = git.ask(
        "log", "--format=commit %H", "--unified=0", "--patch", "--no-color", "--no-ext-diff",
        "--no-textconv", "--no-renames", "--no-show-signature", "--src-prefix=a/", "--dst-prefix=b/", "--extended-regexp",
        "-G", pattern, commit, *(["--not", f"{oldest}^@"] if oldest else []), "--", *below,
    )  # fmt: skip
    if said.status:
        return []
    return list(_latest(_taken_away(git, said.text, prefix, {id.casefold() for id in ids})))


def _latest(found: Iterator[Gone]) -> Iterator[Gone]:
    seen: set[str] = set()
    for one in found:
        if one.id.casefold() not in seen:
            seen.add(one.id.casefold())
            yield one


def _taken_away(git: Plumbing, log: str, prefix: str, ids: Collection[str]) -> Iterator[Gone]:
    """The removals in a log of patches, the latest first."""
    for commit, patch in _commits(log):
        minus, plus = dict(_ids(patch, "-", ids)), dict(_ids(patch, "+", ids))
        for id, file in minus.items():
            content = git.content(f"{commit}^:{file}") if id.casefold() not in {one.casefold() for one in plus} else None
            if content is not None:
                yield Gone(id, file.removeprefix(prefix), content.decode("utf-8", "replace"), f"{commit}^")


def _commits(log: str) -> Iterator[tuple[str, list[str]]]:
    commit, lines = "", list[str]()
    for line in log.split("\n"):
        if found := _COMMIT.fullmatch(line):
            if commit:
                yield commit, lines
            commit, lines = found[1], []
        else:
            lines.append(line)
    if commit:
        yield commit, lines


def _ids(patch: list[str], sign: str, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """The ids that lines with a sign declare, each with its file."""
    file = ""
    for line in patch:
        if line.startswith("--- " if sign == "-" else "+++ ") and not line.endswith("/dev/null"):
            file = line[6:].rstrip("\t")
        elif (found := re.match(rf"{re.escape(sign)}id: *[\"']?([A-Za-z0-9._-]+)", line)) and found[1].casefold() in ids:
            yield found[1], file
