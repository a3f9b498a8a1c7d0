"""Finds out by experiment how a catalog server behaves, and which row of the table of servers fits."""

from dataclasses import dataclass, fields

from tmfkit.errors import TmfkitError
from tmfkit.remote.experiments import EXPERIMENTS, LARGE, Trait
from tmfkit.remote.http import HttpApi
from tmfkit.remote.profiles import ROWS
from tmfkit.remote.specimens import Specimens
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile

NEEDED = frozenset({"ids", "unknown", "checks_references", "patch", "arrays", "nulls"})
"""The columns without which no row is said to fit."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A row of the table of servers, and the traits in which the server differs from it."""

    profile: Profile
    differs: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class Probed:
    """What was found out about one API. `fits` has every row, the nearest first; `leftovers` name what could not be removed again."""

    dialect: Dialect
    title: str
    configured: Profile
    traits: tuple[Trait, ...]
    fits: tuple[Fit, ...]
    leftovers: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    """Why some experiments did not come to an end."""

    @property
    def enough(self) -> bool:
        """Whether all was seen that can do harm where a row is wrong about it."""
        return not NEEDED & set(self.unseen)

    @property
    def fitting(self) -> tuple[Profile, ...]:
        """The rows that differ in nothing that was seen; none where too little was seen."""
        return tuple(fit.profile for fit in self.fits if not fit.differs) if self.enough else ()

    @property
    def unseen(self) -> tuple[str, ...]:
        """The columns of the table that nothing was found out about."""
        seen = {"name", "title", *(trait.name for trait in self.traits)}
        return tuple(column.name for column in fields(Profile) if column.name not in seen)

    @property
    def expected(self) -> Fit:
        """The row that the target names."""
        return next(fit for fit in self.fits if fit.profile.name == self.configured.name)


def probe(api: HttpApi, token: str) -> Probed:
    """Tries out one API on items that it makes and removes; `token` tells them from those of every other probe.

    Raises a `TmfkitError` when not even the first item can be made.
    """
    there = Specimens(api, token)
    try:
        traits, broken = _tried(there)
    except (TmfkitError, KeyboardInterrupt) as error:
        leftovers = there.clean()
        if not leftovers:
            raise
        message = error.message if isinstance(error, TmfkitError) else f"{api.title}: the probe was interrupted"
        raise TmfkitError(message, f"this is left there, remove it by hand: {', '.join(leftovers)}") from None
    return Probed(api.dialect, api.title, api.profile, traits, fits(traits), there.clean(), broken)


def fits(traits: tuple[Trait, ...]) -> tuple[Fit, ...]:
    """Every row with what it says otherwise than these traits, the nearest row first."""
    found = [Fit(row, tuple(trait for trait in traits if not _agrees(row, trait))) for row in ROWS]
    return tuple(sorted(found, key=lambda fit: len(fit.differs)))


def _agrees(row: Profile, trait: Trait) -> bool:
    """Whether a row says the same. Larger pages do no harm, and a limit beyond the largest body that is tried shows in none."""
    said = getattr(row, trait.name)
    match trait.name:
        case "page":
            return bool(trait.value >= said)
        case "body_limit" if trait.value is None:
            return said is None or said > LARGE
        case _:
            return bool(trait.value == said)


def _tried(there: Specimens) -> tuple[tuple[Trait, ...], tuple[str, ...]]:
    """What all experiments told, and why some did not come to an end: an answer that is lost costs one of them, not all."""
    first = there.first()
    traits: list[Trait] = []
    broken: list[str] = []
    for experiment in EXPERIMENTS:
        try:
            traits += experiment(there, first)
        except TmfkitError as error:
            broken.append(error.message)
    return tuple(traits), tuple(broken)
