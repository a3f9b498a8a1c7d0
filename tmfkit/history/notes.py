"""Says what whoever reads a comparison has to know of it: what could not be read, and with what it is compared instead."""

from collections.abc import Iterator

from tmfkit.history.states import History, State, folder_words
from tmfkit.model.base import Key

EMPTY = "TK009"
NAMED = 5
"""How many of several are named in a note."""


def notes(history: History) -> tuple[str, ...]:
    """What whoever reads the comparison has to know of it, a line each; none where all is plain."""
    return (*_about(history.before, "new"), *_about(history.after, "removed"), *_leaving(history.left_out))


def _about(state: State, sort: str) -> Iterator[str]:
    for found in state.project.diagnostics[:1] if state.project.failed else ():
        yield f"{state.name} is read with the settings of the other state: {found.primary}: {found.message}"
    if state.moved:
        yield f"{state.name} has no catalog here: it is compared with the project that moved away from {folder_words(state.prefix)}"
    if any(found.code == EMPTY for found in state.catalog.diagnostics):
        yield f"{state.name} has no catalog: everything counts as {sort}"
    for found in state.unread[:NAMED]:
        yield f"{state.name} cannot be read as a whole: {found.primary}: {found.message}"
    if len(state.unread) > NAMED:
        yield f"{state.name} has further files that cannot be read: {len(state.unread) - NAMED:,}"
    broken = [f"{key.kind} {key.id}" for key in state.broken]
    if broken:
        yield f"{state.name} has declarations that cannot be understood: {_some(broken)}"


def _leaving(keys: tuple[Key, ...]) -> Iterator[str]:
    if keys:
        names = [key.id for key in keys]
        yield f"left out of the comparison, with all prices that depend on it, for one side cannot be understood: {_some(names)}"


def _some(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
