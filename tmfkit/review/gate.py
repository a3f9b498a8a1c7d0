"""Whether a change may go in: the rules about history, and an acceptance for everything that breaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tmfkit.catalog import Catalog
from tmfkit.check.policy import Policy
from tmfkit.diagnostics.model import Diagnostic, Severity, has_errors, in_order
from tmfkit.diff.change import Change, Kind
from tmfkit.diff.compare import compare
from tmfkit.diff.gate.acceptances import OPEN, accepted, missing
from tmfkit.diff.gate.passage import LIVING, Passage
from tmfkit.diff.gate.proposal import proposal
from tmfkit.diff.gate.rules import inspect
from tmfkit.diff.sorts import DRAFTS
from tmfkit.history import Comparison, History
from tmfkit.load.parse import head
from tmfkit.load.read import read
from tmfkit.model.base import Key
from tmfkit.model.landscape import Acceptance
from tmfkit.pipeline import linked
from tmfkit.project import open_revision
from tmfkit.vcs.past import removed
from tmfkit.vcs.repository import Repository


@dataclass(frozen=True)
class Ruling:
    """What the gate says of a change: its findings, as severe as the project wants them."""

    passage: Passage
    diagnostics: tuple[Diagnostic, ...]
    folder: str

    @property
    def is_open(self) -> bool:
        """Whether a breaking change is left that nobody accepted."""
        return any(found.code == OPEN and found.severity is Severity.ERROR for found in self.diagnostics)

    @property
    def failed(self) -> bool:
        """Whether anything found keeps the change out."""
        return has_errors(self.diagnostics)

    @cached_property
    def accepted(self) -> frozenset[tuple[Key, str]]:
        """The breaking changes that are accepted, by entity and path."""
        return accepted(self.passage)

    @property
    def proposal(self) -> str:
        """The acceptance that is missing; empty where none is."""
        return proposal(missing(self.passage), self.passage.breaking, _taken(self.passage), self.folder)


def ruling(history: History, found: Comparison, today: date) -> Ruling:
    """The gate's word on what changes between two states. What cannot be read in the later one could hide anything, and is an error."""
    project = history.after.project.value
    before, after = history.before.catalog.value, history.after.catalog.value
    passage = Passage(before, after, found.changes, today, _removed(history, found.changes))
    unread = [one for one in history.after.catalog.diagnostics if one.severity is Severity.ERROR]
    settings = project.configuration
    policy = Policy(settings.timezone, settings.rules.set, settings.rules.severity)
    graded = [one for one in map(policy.graded, inspect(passage)) if one is not None]
    return Ruling(passage, in_order((*history.after.project.diagnostics, *unread, *graded)), settings.changes)


def _taken(passage: Passage) -> list[str]:
    return [id for catalog in (passage.before, passage.after) for id in catalog.ids((Acceptance.KIND,))]


def _removed(history: History, changes: tuple[Change, ...]) -> Mapping[Key, str]:
    """Of the ids that are new now, those that something else had which is gone since: what it was, and the file in which it stood.

    What comes back as it was is nothing else: whoever takes an accidental removal back gives no id to something new.
    """
    ids = {change.key.id for change in changes if change.kind is Kind.ADDED and not change.path and change.key.kind in LIVING}
    if not (history.before.commit and ids):
        return {}
    project, prefix = history.before.project.value, history.before.prefix
    repository = Repository.find(project.root)
    gone = removed(repository.git, history.before.commit, prefix, (project.configuration.catalog,), ids)
    found = [(key, one) for one in gone for key in _declared(one.text, one.file) if key.id == one.id]
    back = {commit: _back(history, repository, commit) for commit in {one.commit for _, one in found}}
    return {key: one.file for key, one in found if key not in back[one.commit]}


def _back(history: History, repository: Repository, commit: str) -> frozenset[Key]:
    """What a state long ago had and the later state has just as it was then."""
    opened = open_revision(history.before.project.value.root, repository.tree(commit, history.before.prefix))
    past, after = linked(opened.value).value, history.after.catalog.value
    changed = {change.key for change in compare(past, after)}
    return frozenset(key for key in _usable(past) & _usable(after) if key not in changed)


def _usable(catalog: Catalog) -> frozenset[Key]:
    return frozenset(key for key, summary in catalog.summaries.items() if summary.usable)


def _declared(text: str, file: str) -> list[Key]:
    """What a text declares that customers could have: drafts leave no trace."""
    documents, _ = read(file, text)
    rows = [(head(data)[0], data) for _, data in documents]
    return [
        key
        for key, data in rows
        if key is not None and key.kind in LIVING and isinstance(data, dict) and data.get("lifecycle") not in (*DRAFTS,)
    ]
