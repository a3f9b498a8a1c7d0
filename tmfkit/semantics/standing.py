"""What an offering stands on, in a situation: whether it, its product, the services, resources and systems below are in use."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tmfkit.catalog import Catalog, Summary
from tmfkit.model.base import External, Key, Lifecycle, Ref
from tmfkit.model.products import ProductOffering, ProductSpecification
from tmfkit.model.services import RESOURCES, SERVICES, ResourceFacingServiceSpecification, ResourceUse
from tmfkit.semantics.conditions import narrowed_by, verdict
from tmfkit.semantics.configuration import Variable
from tmfkit.semantics.domains import Domain, domain_of
from tmfkit.semantics.feeds import Characterised, Use, field_of, is_characterised, is_feeding, target_of, uses_of, variable_of
from tmfkit.semantics.reach import fed_by
from tmfkit.semantics.situation import Situation, left
from tmfkit.source.document import Path

IN_USE = (Lifecycle.ACTIVE, Lifecycle.LAUNCHED)
"""The states of what something that is sold may stand on."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason why something cannot be ordered, and where it is written: always, or only in some configurations. `causes` are behind it."""

    message: str
    key: Key
    path: Path
    always: bool = True
    causes: tuple["Obstacle", ...] = ()


def standing(
    summary: Summary, catalog: Catalog, situation: Situation, states: tuple[Lifecycle, ...] = IN_USE, who: str = "it", always: bool = True
) -> Iterator[Obstacle]:
    """What speaks against an entity itself: its declaration, its state and its dates."""
    if summary.broken:
        yield Obstacle(f"{who} is broken: `tmfkit validate` says why", summary.key, ("id",), always)
        return
    if summary.abstract:
        yield Obstacle(f"{who} is abstract, a base for others", summary.key, ("abstract",), always)
        return
    if summary.lifecycle not in states:
        wanted = " or ".join(states)
        yield Obstacle(f"{who} is {summary.lifecycle}, not {wanted}", summary.key, ("lifecycle",), always)
    validity = summary.valid_for
    if not validity.holds(situation.moment, catalog.zone):
        begun = validity.model_copy(update={"until": None}).holds(situation.moment, catalog.zone)
        message = f"{who} ended on {_day(validity.until)}" if begun else f"{who} begins on {_day(validity.from_)}"
        yield Obstacle(message, summary.key, ("validFor", "until" if begun else "from"), always)


def foundation(offering: ProductOffering, catalog: Catalog, situation: Situation) -> Iterator[Obstacle]:
    """What speaks against the product of an offering, and against the services, resources and systems that it needs as it is sold here."""
    key = _found((ProductSpecification.KIND,), offering.product, catalog)
    if key is None:
        yield from _missing("product", offering.product, offering.key, ("product",), True)
        return
    yield from standing(catalog.summaries[key], catalog, situation, who=f"its product `{key.id}`")
    product = catalog.entity(key)
    if isinstance(product, ProductSpecification):
        asked = left(product.characteristics, offering, catalog, situation)
        yield from _below(product, {name: one.domain for name, one in asked.items()}, catalog, situation, True, {(key, True)})


def _below(
    entity: Characterised, way: Mapping[str, Domain], catalog: Catalog, situation: Situation, always: bool, seen: set[tuple[Key, bool]]
) -> Iterator[Obstacle]:
    asked = {name: variable_of(name, found, way.get(name, domain_of(found))) for name, found in entity.characteristics.items()}
    if isinstance(entity, ResourceFacingServiceSpecification):
        yield from _around(entity, catalog, situation, always)
    for role, use in uses_of(entity).items() if is_feeding(entity) else ():
        needed = _needed(use, asked)
        if needed is not False:
            yield from _filled(entity, role, use, asked, catalog, situation, always and needed is True, seen)


def _filled(
    user: Characterised,
    role: str,
    use: Use,
    asked: Mapping[str, Variable],
    catalog: Catalog,
    situation: Situation,
    always: bool,
    seen: set[tuple[Key, bool]],
) -> Iterator[Obstacle]:
    """What speaks against the one that fills a role, and against all below it; each is told once."""
    is_resource = isinstance(use, ResourceUse)
    target, what = target_of(role, use), "resource" if is_resource else "service"
    key = _found(RESOURCES if is_resource else SERVICES, target, catalog)
    if key is None:
        yield from _missing(what, target, user.key, (field_of(user), role), always)
        return
    if (key, True) in seen or (key, always) in seen:
        return
    seen.add((key, always))
    yield from standing(catalog.summaries[key], catalog, situation, who=f"the {what} `{key.id}`", always=always)
    entity = catalog.entity(key)
    if entity is not None and is_characterised(entity):
        narrowed = narrowed_by(use.when, use.unless, asked)
        yield from _below(entity, fed_by(user, use, entity, narrowed, catalog), catalog, situation, always, seen)


def _around(entity: ResourceFacingServiceSpecification, catalog: Catalog, situation: Situation, always: bool) -> Iterator[Obstacle]:
    """The system that controls a resource-facing service, and the services that must be there before it."""
    if entity.controller is None:
        yield Obstacle(f"no system controls the service `{entity.id}`", entity.key, ("id",), always)
    named: list[tuple[str, Ref | None, str, Path]] = [("system", entity.controller, "System", ("controller",))]
    named += [("service", target, entity.KIND, ("requires", index)) for index, target in enumerate(entity.requires)]
    for what, target, kind, path in named:
        key = _found((kind,), target, catalog)
        if key is None:
            yield from _missing(what, target, entity.key, path, always)
        else:
            yield from standing(catalog.summaries[key], catalog, situation, who=f"the {what} `{key.id}`", always=always)


def _needed(use: Use, asked: Mapping[str, Variable]) -> bool | None:
    """Whether a role is needed in all, none or some (None) of the configurations."""
    when = verdict(use.when, asked)
    unless = verdict(use.unless, asked) if use.unless else False
    if when is False or unless is True:
        return False
    return True if when is True and unless is False else None


def _found(kinds: tuple[str, ...], target: Ref | None, catalog: Catalog) -> Key | None:
    return catalog.find(kinds, target) if isinstance(target, str) else None


def _missing(what: str, target: Ref | None, user: Key, path: Path, always: bool) -> Iterator[Obstacle]:
    """What is not there stands in the way, unless it lives outside the repository."""
    if not isinstance(target, External) and target is not None:
        yield Obstacle(f"there is no {what} `{target}`", user, path, always)


def _day(moment: date | None) -> str:
    return moment.isoformat() if moment is not None else ""
