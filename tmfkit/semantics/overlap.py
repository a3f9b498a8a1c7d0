"""Whether two prices of an offering can be charged to one customer at one moment."""

from collections.abc import Iterable
from datetime import datetime

from tmfkit.catalog import Catalog
from tmfkit.model.base import ALWAYS, Validity, instant
from tmfkit.model.prices import Price
from tmfkit.model.products import ProductOffering
from tmfkit.model.values import Duration
from tmfkit.semantics.conditions import narrowed_by, verdict
from tmfkit.semantics.configuration import variables


def meet(first: Price, second: Price, offering: ProductOffering, catalog: Catalog) -> bool:
    """Whether some configuration pays both prices at some time of its contract; what nobody can know here may be so."""
    both = (first, second)
    subjects = (subject for price in both for subject in (*price.when.subjects, *price.unless.subjects))
    known = variables(subjects, offering, catalog, first.usage)
    for price in both:
        known = narrowed_by(price.when, price.unless, known)
    if not all(one.domain for one in known.values()):
        return False
    if any(price.unless and verdict(price.unless, known) is True for price in both):
        return False
    return overlap((interval for price in both for interval in _intervals(price)), catalog) and _live_together(first, second)


def overlap(intervals: Iterable[Validity], catalog: Catalog) -> bool:
    """Whether there is a moment in all of the intervals."""
    found = list(intervals)
    begins: list[datetime] = [instant(one.from_, catalog.zone) for one in found if one.from_ is not None]
    ends: list[datetime] = [instant(one.until, catalog.zone) for one in found if one.until is not None]
    return not (begins and ends) or max(begins) < min(ends)


def _intervals(price: Price) -> tuple[Validity, ...]:
    ordered = (wanted for subject, wanted in price.when.clauses if subject == "ordered" and isinstance(wanted, Validity))
    return (price.valid_for or ALWAYS, *ordered)


def _live_together(first: Price, second: Price) -> bool:
    """Whether the lives that `after` and `for` give two prices of one contract overlap."""
    return _begin(first) < _end(second) and _begin(second) < _end(first)


def _begin(price: Price) -> float:
    return _hours(price.after) if price.after is not None else 0


def _end(price: Price) -> float:
    return _begin(price) + _hours(price.for_) if price.for_ is not None else float("inf")


def _hours(duration: Duration) -> float:
    return float(duration.hours)
