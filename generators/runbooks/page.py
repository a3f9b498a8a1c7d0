"""What stands on one runbook: the service, who orders it, what the order says, what to take and what to report back."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tmfkit.api import (
    Action,
    CustomerFacingServiceSpecification,
    External,
    Key,
    LogicalResourceSpecification,
    PhysicalResourceSpecification,
    ProductOffering,
    ProductSpecification,
    ResourceFacingServiceSpecification,
    ResourceUse,
    System,
    Validity,
    leading_to,
)

from .options import Options, Steps
from .reading import Reader

Service = ResourceFacingServiceSpecification
Resource = PhysicalResourceSpecification | LogicalResourceSpecification


class Input(NamedTuple):
    """A characteristic as a technician reads it: what it is called and means, and what it may be."""

    name: str
    label: str
    meaning: str
    values: str


class Taken(NamedTuple):
    """Something that the service runs on: what it is, who makes it, how many are needed and when."""

    name: str
    sort: str
    number: str
    vendor: str = ""
    model: str = ""
    part: str = ""
    is_equipment: bool = False

    @property
    def full(self) -> str:
        """All that tells one box on a shelf from another."""
        return ", ".join(filter(None, (self.name, f"{self.vendor} {self.model}".strip(), self.part)))


class Reported(NamedTuple):
    """Something that is found out while the work is done, and of what."""

    label: str
    name: str
    of: str = ""


class Checklist(NamedTuple):
    """What is done for an action, step by step."""

    title: str
    steps: tuple[str, ...]


class Page(NamedTuple):
    """Everything that stands on a page, in its language."""

    title: str
    id: str
    system: str
    code: str
    description: str
    valid: str
    leads: tuple[tuple[str, tuple[str, ...]], ...]
    needs: tuple[str, ...]
    inputs: tuple[Input, ...]
    together: tuple[str, ...]
    taken: tuple[Taken, ...]
    reported: tuple[Reported, ...]
    checklists: tuple[Checklist, ...]
    escalation: str
    resources: tuple[Resource, ...]
    mentions: tuple[Key, ...]


def page_of(service: Service, system: System, options: Options, reader: Reader) -> Page:
    """The page of a service in the language of a reader."""
    leading = leading_to(service.key, reader.catalog)
    resources = tuple(_resources(service, reader))
    needed = [found for id in service.requires if (found := reader.catalog.get(Service, id)) is not None]
    page = Page(
        title=reader.title(service),
        id=service.id,
        system=reader.title(system),
        code=service.code or "",
        description=reader.text(service.description),
        valid=_valid(service.valid_for, reader),
        leads=tuple(_leads(leading, reader)),
        needs=tuple(_needs(service, reader)),
        inputs=tuple(_inputs(service, reader)),
        together=tuple(_together(service, reader)),
        taken=tuple(_taken(service, reader)),
        reported=tuple(_reported(service, reader)),
        checklists=(),
        escalation=reader.text(options.escalation) or reader.words.escalate,
        resources=resources,
        mentions=(*leading, *(one.key for one in needed)),
    )
    own = options.steps.get(service.id, Steps())
    return page._replace(checklists=tuple(_checklist(action, page, own, reader) for action in Action))


def _valid(validity: Validity, reader: Reader) -> str:
    ends = ((reader.words.since, validity.from_), (reader.words.until, validity.until))
    return " ".join(f"{word} {moment.isoformat()}" for word, moment in ends if moment is not None)


def _leads(keys: Sequence[Key], reader: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The offerings, products and services through which it is ordered, by their names; other resource-facing ones are left out."""
    words = reader.words
    kinds = (
        (words.offerings, ProductOffering),
        (words.products, ProductSpecification),
        (words.services, CustomerFacingServiceSpecification),
    )
    for title, model in kinds:
        found = [entity for key in keys if key.kind == model.KIND and (entity := reader.catalog.entity(key)) is not None]
        if found:
            yield title, tuple(f"{reader.title(entity)} ({entity.id})" for entity in found)


def _needs(service: Service, reader: Reader) -> Iterator[str]:
    for target in service.requires:
        if isinstance(target, External):
            yield _elsewhere(target, reader)
            continue
        found = reader.catalog.get(Service, target)
        yield reader.title(found) if found is not None else target


def _inputs(service: Service, reader: Reader) -> Iterator[Input]:
    for name, characteristic in service.characteristics.items():
        if characteristic.set_by != "network":
            meaning = reader.text(characteristic.description)
            yield Input(name, reader.label(name, characteristic), meaning, reader.values(characteristic))


def _together(service: Service, reader: Reader) -> Iterator[str]:
    words, known = reader.words, service.characteristics
    for constraint in service.constraints.values():
        yield f"{words.when} {reader.condition(constraint.when, known)}: {words.then} {reader.condition(constraint.then, known)}"


def _resources(service: Service, reader: Reader) -> Iterator[Resource]:
    for role, use in service.resources.items():
        found = _resource(role, use, reader)
        if found is not None:
            yield found


def _resource(role: str, use: ResourceUse, reader: Reader) -> Resource | None:
    target = use.target(role)
    return reader.catalog.get(PhysicalResourceSpecification, target) or reader.catalog.get(LogicalResourceSpecification, target)


def _taken(service: Service, reader: Reader) -> Iterator[Taken]:
    words, known = reader.words, service.characteristics
    for role, use in service.resources.items():
        found = _resource(role, use, reader)
        number = reader.label(use.count, known.get(use.count)) if use.count is not None else "1"
        only = f"{words.when} {reader.condition(use.when, known)}" if use.when else ""
        number = ", ".join(filter(None, (number, only)))
        target = use.target(role)
        if found is None:
            name = _elsewhere(target, reader) if isinstance(target, External) else str(target)
            yield Taken(name, words.outside, number)
            continue
        physical = isinstance(found, PhysicalResourceSpecification)
        name = reader.text(use.name) or reader.title(found)
        sort = words.equipment if physical else words.logical
        part = (found.part_number or found.sku or "") if isinstance(found, PhysicalResourceSpecification) else ""
        yield Taken(name, sort, number, found.vendor or "", found.model or "", part, physical)


def _elsewhere(target: External, reader: Reader) -> str:
    return f"{reader.text(target.name)} ({target.external})" if target.name is not None else target.external


def _reported(service: Service, reader: Reader) -> Iterator[Reported]:
    """What only the work itself finds out: about the service, and about each thing that it runs on."""
    for name, characteristic in service.characteristics.items():
        if characteristic.set_by == "network":
            yield Reported(reader.label(name, characteristic), name)
    for role, use in service.resources.items():
        found = _resource(role, use, reader)
        for name, characteristic in found.characteristics.items() if found is not None else ():
            if characteristic.set_by == "network" and name not in use.with_:
                assert found is not None
                yield Reported(reader.label(name, characteristic), f"{role}/{name}", reader.text(use.name) or reader.title(found))


def _checklist(action: Action, page: Page, own: Steps, reader: Reader) -> Checklist:
    words = reader.words
    return Checklist(getattr(words, action.value), (*_steps(action, page, own, reader), words.close))


def _steps(action: Action, page: Page, own: Steps, reader: Reader) -> Iterator[str]:
    words, equipment = reader.words, [one for one in page.taken if one.is_equipment]
    others = [one for one in page.taken if not one.is_equipment]
    asked = words.compare if action is Action.MODIFY else words.read
    if action is not Action.DELETE:
        yield from (f"{asked}: {one.label}" for one in page.inputs)
    match action:
        case Action.ADD:
            yield from (f"{words.check_first}: {name}" for name in page.needs)
            yield from (f"{words.fetch}: {one.full}" for one in equipment)
            yield from (f"{words.reserve}: {one.full}" for one in others)
        case Action.MODIFY:
            yield from (f"{words.replace}: {one.full}" for one in equipment)
        case Action.DELETE:
            yield from ()
    steps = [reader.text(step) for step in own.of(action)]
    yield from steps or [f"{words.do}: {page.description or page.title}"] if action is Action.ADD or steps else ()
    if action is Action.DELETE:
        yield from (f"{words.return_}: {one.full}" for one in equipment)
        yield from (f"{words.release}: {one.full}" for one in others)
        return
    yield from (f"{words.write}: {one.label}" + (f" {words.of} {one.of}" if one.of else "") for one in page.reported)
