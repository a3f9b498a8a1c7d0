"""A situation in which somebody orders: the moment, and what is known of the choices; the rest stays open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tmfkit.catalog import Catalog
from tmfkit.model.base import Validity
from tmfkit.model.conditions import Condition
from tmfkit.model.problems import NotUnderstood
from tmfkit.model.products import ProductOffering
from tmfkit.semantics.conditions import verdict
from tmfkit.semantics.configuration import Variable, variables
from tmfkit.semantics.pricing import Cohort


@dataclass(frozen=True, slots=True)
class Situation:
    """When somebody orders, and what is known: `channel`, `segment`, `place`, `term`, or characteristics, each with its value."""

    moment: datetime
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def cohort(self) -> Cohort:
        """Whose prices count: those of a new customer unless it is known that this is an existing one."""
        return "existing" if self.known.get("customer") == "existing" else "new"


def left(
    names: Iterable[str], offering: ProductOffering, catalog: Catalog, situation: Situation, usage: str | None = None
) -> dict[str, Variable]:
    """The variables of these names with the values that a situation leaves open; none where what is known is not offered."""
    found = variables(names, offering, catalog, usage)
    known = situation.known
    return {name: one.narrowed((known[name],)) if name in known else one for name, one in found.items()}


def asks(condition: Condition, asked: Mapping[str, Variable], situation: Situation, catalog: Catalog) -> bool | None:
    """As `verdict`, with the moment of the situation as that of the order: True, False, or None where it depends on what is open."""
    dates = [wanted for _, wanted in condition.clauses if isinstance(wanted, Validity)]
    if not all(wanted.holds(situation.moment, catalog.zone) for wanted in dates):
        return False
    rest = Condition(tuple(clause for clause in condition.clauses if not isinstance(clause[1], Validity)))
    return verdict(rest, asked)


def spelling_of(name: str, asked: Mapping[str, Variable], situation: Situation) -> str | None:
    """What is known of a name, in the one spelling of its values; None where nothing is known."""
    text = situation.known.get(name)
    if text is None or name not in asked:
        return text
    try:
        return asked[name].read(text)
    except NotUnderstood:
        return text
