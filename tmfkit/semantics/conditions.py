"""What `when` and `unless` mean: whether a condition holds for a configuration, surely, perhaps or never."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from tmfkit.model.base import Validity
from tmfkit.model.conditions import Condition
from tmfkit.semantics.configuration import Configuration, Variable, readable
from tmfkit.semantics.domains import Domain, agrees


def holds(condition: Condition, configuration: Configuration, asked: Mapping[str, Variable], zone: ZoneInfo) -> bool:
    """Whether everything that a condition asks agrees with a configuration; what the configuration leaves out agrees with nothing."""
    return all(_agrees(subject, wanted, configuration, asked, zone) for subject, wanted in condition.clauses)


def applies(when: Condition, unless: Condition, configuration: Configuration, asked: Mapping[str, Variable], zone: ZoneInfo) -> bool:
    """Whether something with these conditions counts: `when` holds, and an `unless` that is written does not."""
    return holds(when, configuration, asked, zone) and not (unless and holds(unless, configuration, asked, zone))


def _agrees(
    subject: str, wanted: tuple[str, ...] | Validity, configuration: Configuration, asked: Mapping[str, Variable], zone: ZoneInfo
) -> bool:
    chosen = configuration.get(subject)
    if isinstance(wanted, Validity):
        return isinstance(chosen, datetime) and wanted.holds(chosen, zone)
    if chosen is None or isinstance(chosen, datetime):
        return False
    values = (chosen,) if isinstance(chosen, str) else chosen
    return any(agrees(value, text) for text in texts_of(subject, wanted, asked) for value in values)


def texts_of(subject: str, wanted: tuple[str, ...], asked: Mapping[str, Variable]) -> tuple[str, ...]:
    """The values of a clause in their one spelling; those that nobody can have are left out."""
    known = asked.get(subject)
    return wanted if known is None else tuple(readable(known, wanted))


def possible(condition: Condition, asked: Mapping[str, Variable]) -> bool:
    """Whether some choice of the variables makes a condition hold; what is not among them may be anything."""
    return verdict(condition, asked) is not False


def verdict(condition: Condition, asked: Mapping[str, Variable]) -> bool | None:
    """True where every choice of the variables makes the condition hold, False where none does, None where it depends."""
    sure = True
    for subject, wanted in condition.clauses:
        if isinstance(wanted, Validity):
            sure = False
            continue
        known = asked.get(subject)
        if known is None:
            sure = False
            continue
        kept = known.domain.only(readable(known, wanted))
        if not kept:
            return False
        sure = sure and _is_all(known.domain, kept)
    return True if sure else None


def narrowed_by(when: Condition, unless: Condition, asked: Mapping[str, Variable]) -> dict[str, Variable]:
    """The variables as far as a condition leaves them; an `unless` over several subjects narrows nothing."""
    found = dict(asked)
    for subject, wanted in when.clauses:
        if isinstance(wanted, tuple) and subject in found:
            found[subject] = found[subject].narrowed(wanted)
    if len(unless.clauses) == 1:
        subject, wanted = unless.clauses[0]
        if isinstance(wanted, tuple) and subject in found:
            one = found[subject]
            rest = one.domain.without(readable(one, wanted))
            found[subject] = Variable(one.name, one.subject, rest, one.characteristic)
    return found


def _is_all(whole: Domain, kept: Domain) -> bool:
    """Whether nothing was left out."""
    return not whole.absent and kept.covers(whole)
