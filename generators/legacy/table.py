"""The table from standard orders to legacy commands, with examples: what stands in the files."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tmfkit.api import Action, Catalog, Feature, Key, Note, ResourceFacingServiceSpecification, Status

from .options import Options
from .parameters import Known, known, resources
from .syntax import Fault, Piece, Signs, names, read

MOST_EXAMPLES = 40
"""Examples of one action: a service with more values than that shows the first ones."""


class Step(NamedTuple):
    """One command of an action, as it is written and as pieces."""

    action: Action
    number: int
    command: str
    pieces: tuple[Piece, ...]


class Example(NamedTuple):
    """An order and the commands that it becomes: the values as the order says them, by name."""

    action: Action
    values: Mapping[str, str | list[str]]
    commands: tuple[str, ...]


class Row(NamedTuple):
    """Everything about one service."""

    service: ResourceFacingServiceSpecification
    steps: tuple[Step, ...]
    parameters: tuple[Known, ...]
    answers: Mapping[str, str]
    examples: tuple[Example, ...]
    resources: tuple[Key, ...]

    def of(self, action: Action) -> tuple[Step, ...]:
        """The commands of an action."""
        return tuple(step for step in self.steps if step.action == action)

    def first(self, step: Step, signs: Signs) -> str:
        """A command as the first example of its action has it."""
        found = next((one for one in self.examples if one.action == step.action), None)
        return found.commands[step.number - 1] if found is not None else ""


def row_of(service: ResourceFacingServiceSpecification, options: Options, catalog: Catalog, signs: Signs) -> Row:
    """The commands of a service and what they need."""
    knows = known(service, options, catalog)
    steps = tuple(_steps(service, options))
    used = [knows[name] for name in dict.fromkeys(name for step in steps for name in names(step.pieces))]
    examples = tuple(example for action in Action for example in _examples(action, steps, knows, signs))
    named = tuple(resource.key for _, resource in resources(service, catalog))
    return Row(service, steps, tuple(used), options.answers.get(service.id, {}), examples, named)


def parameter(one: Known) -> dict[str, Any]:
    """What an adapter must know about a value before it puts it into a command."""
    said: dict[str, Any] = {"name": one.name, "from": one.origin, "required": not one.is_optional, "many": one.is_many}
    if one.values:
        said["values"] = list(one.values)
    if one.codes:
        said["codes"] = dict(one.codes)
    if one.pattern is not None:
        said["pattern"] = one.pattern
    return said


def notes(service: ResourceFacingServiceSpecification, row: Row | None, options: Options) -> Iterator[Note]:
    """What becomes of each action and characteristic of a service."""
    if row is None:
        yield Note(Status.DROPPED, service.key, ("controller",), Feature.SERVICE, "there is no command for it")
        return
    said = options.commands[service.id]
    for action in Action:
        if not row.of(action):
            why = said.without[action].default if action in said.without else "there is no command for it"
            yield Note(Status.DROPPED, service.key, ("controller",), Feature.SERVICE, f"{action}: {why}")
    spoken = {action: {name for step in row.of(action) for name in names(step.pieces)} for action in Action}
    for name, characteristic in service.characteristics.items():
        path = ("characteristics", name)
        if name in row.answers:
            yield Note(Status.MAPPED, service.key, path, Feature.CHARACTERISTIC, "read from the answer of the legacy system")
        elif name not in spoken[Action.ADD] and characteristic.set_by != "network":
            yield Note(Status.DROPPED, service.key, path, Feature.CHARACTERISTIC, "no command of `add` says it")
        elif name not in set().union(*spoken.values()):
            yield Note(Status.DROPPED, service.key, path, Feature.CHARACTERISTIC, "no answer of the legacy system is read for it")
        elif options.codes.get(service.id, {}).get(name):
            yield Note(Status.MAPPED, service.key, path, Feature.CHARACTERISTIC, "as a code of the legacy system")


def _steps(service: ResourceFacingServiceSpecification, options: Options) -> Iterator[Step]:
    said = options.commands[service.id]
    for action in Action:
        for number, command in enumerate(said.of(action), 1):
            pieces = read(command)
            assert not isinstance(pieces, Fault)
            yield Step(action, number, command, pieces)


def _examples(action: Action, steps: tuple[Step, ...], knows: Mapping[str, Known], signs: Signs) -> Iterator[Example]:
    """The commands with the first value of everything, and then with each other value of each, one at a time."""
    commands = [step for step in steps if step.action == action]
    used = [knows[name] for name in dict.fromkeys(name for step in commands for name in names(step.pieces))]
    plain = {one.name: one.examples[0] for one in used}
    chosen = [plain, *({**plain, one.name: value} for one in used for value in one.examples[1:])] if commands else []
    for values in chosen[:MOST_EXAMPLES]:
        coded = {name: (knows[name].code(value),) for name, value in values.items()}
        filled = tuple(signs.filled(step.pieces, coded) for step in commands)
        yield Example(action, {name: [value] if knows[name].is_many else value for name, value in values.items()}, filled)
