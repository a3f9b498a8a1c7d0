"""What counts of everything that was found: the project's severities, then its suppressions, then its baseline."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tmfkit.catalog import Catalog
from tmfkit.check.baseline import ABOUT_BASELINES, Compared, can_be_known, compared
from tmfkit.check.plugins import settled
from tmfkit.check.policy import Policy, Suppression, is_fixed
from tmfkit.check.suppress import Spoken, Suppressed, duties, settle, spoken
from tmfkit.diagnostics.codes import is_foreign
from tmfkit.diagnostics.model import Diagnostic, Outcome, Severity, in_order
from tmfkit.source.text import Span, whole_file


@dataclass(frozen=True, slots=True)
class Verdict(Outcome[Catalog]):
    """A catalog and what counts of its findings; `suppressed` were accepted by somebody, `known` stand in the baseline.

    Where it is not `whole`, something could not be read or linked, and not everything was checked.
    """

    suppressed: tuple[Suppressed, ...] = ()
    known: tuple[Diagnostic, ...] = ()
    whole: bool = True


def judged(catalog: Catalog, found: Iterable[Diagnostic], commented: Sequence[str], policy: Policy, on: date | None) -> Verdict:
    """What counts of the findings of a whole catalog, suppressions and the baseline included.

    `commented` are the files that may hold suppressions; `on` is the day on which these are judged, None where no day matters.
    """
    everything = [*settled(catalog, found), *policy.plugins.faults]
    whole = not any(is_fixed(finding.code) for finding in everything)
    said = spoken(catalog.tree, commented) if commented else Spoken()
    suppressions = (*said.suppressions, *policy.entries)
    stay, accepted = settle(_graded(everything, policy), suppressions)
    beside = _beside(catalog, stay, policy, whole)
    owed = [*said.faults, *duties(policy, suppressions, accepted, on, whole), *beside.remarks]
    unknown = _without_rules(policy, suppressions)
    return Verdict(catalog, in_order((*beside.new, *_graded(owed, policy), *unknown)), tuple(accepted), beside.known, whole)


def all_known(verdict: Verdict) -> Verdict:
    """The verdict as it is once everything that was found stands in the baseline."""
    known = in_order(finding for finding in (*verdict.diagnostics, *verdict.known) if can_be_known(finding))
    rest = tuple(finding for finding in verdict.diagnostics if not can_be_known(finding) and finding.code not in ABOUT_BASELINES)
    return replace(verdict, diagnostics=rest, known=known)


def _without_rules(policy: Policy, suppressions: Sequence[Suppression]) -> Iterator[Diagnostic]:
    """Codes of other people's rules that are named here and not loaded: a warning in every set, as other commands may load them."""
    named = [(code, whole_file("tmfkit.yaml")) for code in policy.levels]
    named += [(code, suppression.span) for suppression in suppressions for code in suppression.codes]
    for code, span in named:
        if is_foreign(code) and code not in policy.plugins.sets:
            yield _unknown(code, span)


def _unknown(code: str, span: Span) -> Diagnostic:
    help = "install the package that brings the rule, or name its file with `tmfkit validate --rules`"
    return Diagnostic("TK027", Severity.WARNING, f"no rule that is loaded here has the code `{code}`", span, help=help)


def _graded(found: Iterable[Diagnostic], policy: Policy) -> list[Diagnostic]:
    return [graded for finding in found if (graded := policy.graded(finding))]


def _beside(catalog: Catalog, found: Sequence[Diagnostic], policy: Policy, whole: bool) -> Compared:
    if policy.baseline is None:
        return Compared(tuple(found))
    entities = {f"{key.kind} {key.id}" for key in catalog.summaries}
    return compared(policy.baseline, found, catalog.tree, entities, policy, whole)
