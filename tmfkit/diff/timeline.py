"""A value over time, for new and for existing customers, however many steps it was written in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.model.base import Step, instant
from tmfkit.semantics.pricing import at

T = TypeVar("T")

BEGINNING = datetime.min.replace(tzinfo=UTC)
"""Before everything that a catalog can say."""


class Piece(NamedTuple):
    """What a value is from one moment on, for each cohort; None where it is nothing."""

    since: datetime
    new: Any
    existing: Any


@dataclass(frozen=True, slots=True)
class Timeline:
    """The pieces of a value in their order; neighbours differ."""

    pieces: tuple[Piece, ...]
    zone: ZoneInfo

    @property
    def constant(self) -> Any:
        """The value where it is always the same for everybody, else None."""
        only = self.pieces[0]
        return only.new if len(self.pieces) == 1 and only.new == only.existing else None

    def piece(self, moment: datetime) -> Piece:
        """What holds at a moment."""
        return [one for one in self.pieces if one.since <= moment][-1]


class Shift(NamedTuple):
    """A stretch of time in which a value differs, for `all` or for one cohort; `label` names it, empty where it is always so."""

    label: str
    cohort: str
    before: Any
    after: Any


def timeline(steps: tuple[Step[T], ...], catalog: Catalog, say: Callable[[T], Any]) -> Timeline:
    """The pieces of a dated value; `say` writes one of its values as JSON."""
    found: list[Piece] = []
    for since in (BEGINNING, *moments(steps, catalog.zone)):
        new, existing = (at(steps, since, cohort, catalog) for cohort in ("new", "existing"))
        piece = Piece(since, None if new is None else say(new), None if existing is None else say(existing))
        if not found or found[-1][1:] != piece[1:]:
            found.append(piece)
    return Timeline(tuple(found), catalog.zone)


def moments(steps: Iterable[Step[Any]], zone: ZoneInfo) -> list[datetime]:
    """When the value changes, in order."""
    return sorted({instant(one, zone) for step in steps for one in (step.from_, step.until) if one is not None})


def shifts(before: Timeline, after: Timeline) -> Iterator[Shift]:
    """Where two values over time differ."""
    starts = sorted({piece.since for one in (before, after) for piece in one.pieces})
    rows: dict[str, list[tuple[datetime, datetime | None, Any, Any]]] = {"all": [], "new": [], "existing": []}
    for since, until in zip(starts, [*starts[1:], None], strict=True):
        old, new = before.piece(since), after.piece(since)
        pairs = {"new": (old.new, new.new), "existing": (old.existing, new.existing)}
        if pairs["new"] == pairs["existing"]:
            pairs = {"all": pairs["new"]}
        for cohort, (was, is_) in pairs.items():
            if was != is_:
                _extend(rows[cohort], since, until, was, is_)
    for cohort, stretches in rows.items():
        yield from (Shift(_label(since, until, cohort, after.zone), cohort, was, is_) for since, until, was, is_ in stretches)


def _extend(rows: list[tuple[datetime, datetime | None, Any, Any]], since: datetime, until: datetime | None, was: Any, is_: Any) -> None:
    """Adds a stretch, or makes the last one longer where it says the same and ends where this one begins."""
    if rows and rows[-1][1:] == (since, was, is_):
        rows[-1] = (rows[-1][0], until, was, is_)
    else:
        rows.append((since, until, was, is_))


def _label(since: datetime, until: datetime | None, cohort: str, zone: ZoneInfo) -> str:
    words = [] if since == BEGINNING else [f"from-{moment_text(since, zone)}"]
    words += [] if until is None else [f"until-{moment_text(until, zone)}"]
    return "-".join([*words, *([] if cohort == "all" else [cohort])])


def moment_text(moment: datetime | date, zone: ZoneInfo) -> str:
    """A moment as the language writes it: the day where it is midnight, else the time with its zone."""
    there = instant(moment, zone).astimezone(zone)
    return there.date().isoformat() if there.time() == datetime.min.time() else there.isoformat()


def spoken(line: Timeline) -> Any:
    """A value over time in the notation of the catalog: plain where it is always the same, else a list of steps."""
    if line.constant is not None:
        return line.constant
    ends = [*(piece.since for piece in line.pieces[1:]), None]
    return [step for piece, until in zip(line.pieces, ends, strict=True) for step in _steps(piece, until, line.zone)]


def _steps(piece: Piece, until: datetime | None, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    period = {} if piece.since == BEGINNING else {"from": moment_text(piece.since, zone)}
    period |= {} if until is None else {"until": moment_text(until, zone)}
    if piece.new == piece.existing:
        yield from ([{**period, "is": piece.new}] if piece.new is not None else [])
        return
    for cohort, value in (("new", piece.new), ("existing", piece.existing)):
        if value is not None:
            yield {**period, "is": value, "appliesTo": cohort}
