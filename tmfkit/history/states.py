"""A state of a project and its catalog as far as it can be read, and two of them with what can be compared of neither."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tmfkit.catalog import Catalog, Summary
from tmfkit.diagnostics.model import Diagnostic, Outcome, Severity
from tmfkit.model.base import Key
from tmfkit.project import Project
from tmfkit.source.document import Document
from tmfkit.source.text import Span

UNREAD = frozenset(("TK001", "TK002", "TK003", "TK004", "TK005"))
"""Findings after which nobody knows what a file declares."""

TABLE = "TK017"


@dataclass(frozen=True)
class State:
    """A project at one time: how people call that time, its settings, and its catalog as far as it can be read.

    `commit` is empty for files at hand and for folders. `prefix` is the way to the project from the top of the repository, as that commit
    has it; `moved` says that it is not the one of the later state.
    """

    name: str
    project: Outcome[Project]
    catalog: Outcome[Catalog]
    commit: str = ""
    prefix: str = ""
    moved: bool = False

    @cached_property
    def unread(self) -> tuple[Diagnostic, ...]:
        """Why some of its files cannot be read, a finding each."""
        return tuple({found.primary.file: found for found in reversed(self.catalog.diagnostics) if _hides(found)}.values())[::-1]

    @cached_property
    def broken(self) -> tuple[Key, ...]:
        """The entities that it declares and nobody can make sense of, or not of a table file that they name."""
        places = [place for found in self.catalog.diagnostics if (place := _names_table(found))]
        rows = self.catalog.value.summaries.items()
        starts = {_start(place, [one for _, summary in rows for one in summary.origins]) for place in places}
        return tuple(key for key, summary in rows if summary.broken or starts.intersection((one.file, one.line) for one in summary.origins))

    def hides(self, summary: Summary) -> bool:
        """Whether an entity that it seems to lack may stand in a part that cannot be read."""
        file = summary.origins[0].file
        return summary.key.id in self.catalog.value.lost or any(
            file == found.primary.file or file.startswith(f"{found.primary.file}/") for found in self.unread
        )


@dataclass(frozen=True)
class History:
    """Two states of a catalog. An entity that cannot be understood in one of them is `left_out`: it is neither there nor gone."""

    before: State
    after: State

    @cached_property
    def left_out(self) -> tuple[Key, ...]:
        """The entities that are not compared, sorted."""
        return tuple(
            sorted({*self.before.broken, *self.after.broken, *_hidden(self.before, self.after), *_hidden(self.after, self.before)})
        )


def folder_words(prefix: str) -> str:
    """How people call the folder of a project, by the way to it from the top of the repository."""
    return f"`{prefix}`" if prefix else "the top of the repository"


def _hides(found: Diagnostic) -> bool:
    return found.severity is Severity.ERROR and found.code in UNREAD


def _names_table(found: Diagnostic) -> Span | None:
    """Where a table file is named that cannot be used."""
    if found.severity is not Severity.ERROR or not (found.code == TABLE or found.primary.file.endswith(".csv")):
        return None
    return found.related[0].span if found.related else found.primary


def _start(place: Span, documents: list[Document]) -> tuple[str, int]:
    """The file and first line of the document in which a place lies."""
    return place.file, max((one.line for one in documents if one.file == place.file and one.line <= place.start.line), default=0)


def _hidden(state: State, other: State) -> Iterator[Key]:
    """What another state has, and this one may have in a part that cannot be read."""
    own = state.catalog.value.summaries
    return (key for key, summary in other.catalog.value.summaries.items() if key not in own and state.hides(summary))
