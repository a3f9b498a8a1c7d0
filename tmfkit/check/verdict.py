"""What counts of everything that was found: the project's severities, then its suppressions, then its baseline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tmfkit.catalog import Catalog
from tmfkit.check.baseline import Compared, compared
from tmfkit.check.policy import Policy, is_fixed
from tmfkit.check.suppress import Spoken, Suppressed, duties, settle, spoken
from tmfkit.diagnostics.model import Diagnostic, Outcome, in_order


@dataclass(frozen=True, slots=True)
class Verdict(Outcome[Catalog]):
    """A catalog and what counts of its findings; `suppressed` were accepted by somebody, `known` stand in the baseline."""

    suppressed: tuple[Suppressed, ...] = ()
    known: tuple[Diagnostic, ...] = ()


def judged(catalog: Catalog, found: Iterable[Diagnostic], commented: Sequence[str], policy: Policy, on: date | None) -> Verdict:
    """What counts of the findings of a whole catalog, suppressions and the baseline included.

    `commented` are the files that may hold suppressions; `on` is the day on which these are judged, None where no day matters.
    """
    everything = list(found)
    whole = not any(is_fixed(finding.code) for finding in everything)
    said = spoken(catalog.tree, commented) if commented else Spoken()
    suppressions = (*said.suppressions, *policy.entries)
    stay, accepted = settle(_graded(everything, policy), suppressions)
    beside = _beside(catalog, stay, policy, whole)
    owed = [*said.faults, *duties(policy, suppressions, accepted, on, whole), *beside.remarks]
    return Verdict(catalog, in_order((*beside.new, *_graded(owed, policy))), tuple(accepted), beside.known)


def _graded(found: Iterable[Diagnostic], policy: Policy) -> list[Diagnostic]:
    return [graded for finding in found if (graded := policy.graded(finding))]


def _beside(catalog: Catalog, found: Sequence[Diagnostic], policy: Policy, whole: bool) -> Compared:
    if policy.baseline is None:
        return Compared(tuple(found))
    entities = {f"{key.kind} {key.id}" for key in catalog.summaries}
    return compared(policy.baseline, found, catalog.tree, entities, policy, whole)
