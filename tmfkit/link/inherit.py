"""`extends`: an entity takes over what another one says, and says the rest itself."""

import marshal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tmfkit.catalog import Summary
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.load.load import Heir
from tmfkit.load.parse import Fields, mapping
from tmfkit.model.base import Key
from tmfkit.model.kinds import KINDS
from tmfkit.model.problems import Problem
from tmfkit.source.document import Data, Document, Path

OWN = ("id", "extends", "abstract", "remove", "renamedFrom", "code")
"""What an entity never takes over: its identity."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """An entity's data with all that it takes over, the documents it comes from (its own first), and what went wrong."""

    fields: Fields
    origins: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()


class Heritage:
    """Settles every `extends` of a catalog, each base once."""

    def __init__(self, summaries: Mapping[Key, Summary], heirs: Mapping[Key, Heir], lost: frozenset[str]) -> None:
        """`summaries` are the entities that extend nothing, `heirs` those that do; nothing is said of bases that are `lost`."""
        self._summaries = summaries
        self._heirs = heirs
        self._lost = lost
        self._done: dict[Document, Inherited] = {}

    def of(self, heir: Heir) -> Inherited:
        """An heir's data with everything that it takes over; its bases are settled first, however many there are."""
        for one in reversed(self._line(heir)):
            self._done[one.document] = self._settle(one)
        return self._done[heir.document]

    def _line(self, heir: Heir) -> list[Heir]:
        """The heir and those above it that are not settled yet, nearest first; a circle ends where it closes."""
        line: dict[Document, Heir] = {}
        following: Heir | None = heir
        while following is not None and following.document not in line and following.document not in self._done:
            line[following.document] = following
            following = self._heirs.get(_base_of(following))
        return list(line.values())

    def _settle(self, heir: Heir) -> Inherited:
        base = heir.fields["extends"]
        if not isinstance(base, str):
            return _alone(heir, Problem("TK013", "`extends` is the id of another entity", "", ("extends",)))
        found = _base_of(heir)
        if found in self._heirs:
            inherited = self._done.get(self._heirs[found].document)
            return _merge(heir, inherited.fields, inherited.origins) if inherited else _alone(heir, self._circle(heir))
        if found not in self._summaries:
            return _alone(heir, *self._missing(heir.key.kind, base))
        summary = self._summaries[found]
        return _merge(heir, marshal.loads(summary.data), summary.origins)

    def _circle(self, heir: Heir) -> Problem:
        path = [heir.key, _base_of(heir)]
        while path[-1] != heir.key and path[-1] not in path[:-1]:
            path.append(_base_of(self._heirs[path[-1]]))
        steps = " → ".join(step.id for step in path)
        return Problem("TK103", f"these entities extend each other in a circle: {steps}", "take one `extends` out", ("extends",))

    def _missing(self, kind: str, base: str) -> Iterator[Problem]:
        elsewhere = next(
            (Key(other, base) for other in KINDS if Key(other, base) in self._summaries or Key(other, base) in self._heirs), None
        )
        if elsewhere:
            yield Problem("TK106", f"`{base}` is a {elsewhere.kind}; a {kind} extends another {kind}", "", ("extends",))
        elif base not in self._lost:
            known = [key.id for key in (*self._summaries, *self._heirs) if key.kind == kind]
            yield Problem("TK101", f"no {kind} is called `{base}`", did_you_mean(base, known), ("extends",))


def _base_of(heir: Heir) -> Key:
    return Key(heir.key.kind, str(heir.fields["extends"]))


def _alone(heir: Heir, *problems: Problem) -> Inherited:
    return Inherited(heir.fields, (heir.document,), problems)


def _merge(heir: Heir, base: Fields, origins: tuple[Document, ...]) -> Inherited:
    taken = {name: value for name, value in base.items() if name not in OWN}
    problems = tuple(_remove(taken, heir.fields.get("remove")))
    return Inherited(mapping(merged(taken, heir.fields)), (heir.document, *origins), problems)


def merged(base: Data, own: Data) -> Data:
    """`own` over `base`: mappings merge key by key, everything else is replaced."""
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    return {**base, **{name: merged(base[name], value) if name in base else value for name, value in own.items()}}


def _remove(fields: Fields, remove: Data) -> Iterator[Problem]:
    """Takes out of inherited `fields`, in place but never in the base itself, what `remove` names."""
    for index, item in enumerate(remove if isinstance(remove, list) else [remove] if remove else []):
        if isinstance(item, str) and not _cut(fields, tuple(item.split("/"))):
            yield Problem("TK105", f"the base has no `{item}` to remove", "", ("remove", index))


def _cut(fields: Fields, path: Path) -> bool:
    name = str(path[0])
    if name not in fields:
        return False
    if len(path) == 1:
        del fields[name]
        return True
    inner = fields[name]
    if isinstance(inner, list) and len(path) == 2 and path[1] in inner:
        fields[name] = [item for item in inner if item != path[1]]
        return True
    if not isinstance(inner, dict):
        return False
    fields[name] = copy = dict(inner)
    return _cut(copy, path[1:])
