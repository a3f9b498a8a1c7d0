"""Holds the agreement with a legacy system to the catalog: every name exists, every value has a code, nothing ends a command."""

import re
from collections.abc import Iterator, Mapping

from tmfkit.api import Action, Catalog, Context, Feature, Finding, ResourceFacingServiceSpecification

from .options import Options
from .parameters import Known, known
from .syntax import Fault, Signs, names, read, shown

Services = Mapping[str, ResourceFacingServiceSpecification]


def findings(context: Context[Options], services: Services, signs: Signs) -> Iterator[Finding]:
    """Everything that is wrong about the options, each at its line."""
    yield from _strange_services(context, services)
    yield from _signs(context, signs)
    yield from _inventory(context, signs)
    for service in services.values():
        names_known = known(service, context.options, context.catalog)
        yield from _commands(context, service, names_known, signs)
        yield from _codes(context, service, names_known, signs)
        yield from _answers(context, service, context.catalog)


def _strange_services(context: Context[Options], services: Services) -> Iterator[Finding]:
    options, names_ = context.options, ", ".join(f"`{id}`" for id in services)
    for field, said in (("commands", options.commands), ("codes", options.codes), ("answers", options.answers)):
        for id in said:
            if id not in services:
                help = f"its services are {names_}" if names_ else "no service in use names it as its controller"
                yield Finding(context.at(field, id), f"`{context.system.id}` controls no service `{id}`", help, at_key=True)
    for id in services:
        if id not in options.commands and Feature.SERVICE not in options.leaves:
            help = f"write `commands: {{{id}: {{add: …}}}}`, or `leaves: [service]` where another way leads there"
            yield Finding(context.at("commands"), f"there is no command for `{id}`: an order for it ends here", help, at_key=True)


def _signs(context: Context[Options], signs: Signs) -> Iterator[Finding]:
    for sign, stands in signs.escape.items():
        at = context.at("escape", sign)
        if len(sign) != 1:
            yield Finding(at, f"`{sign}` is not one sign", "say for each sign what stands for it", at_key=True)
        elif _ends_a_command(stands, signs):
            yield Finding(at, f"what stands for {shown(sign)} ends the command itself", "choose signs that are not forbidden")


def _ends_a_command(text: str, signs: Signs) -> bool:
    """Whether a text contains a sign that no value may bring into a command."""
    return bool(signs._replace(escape={}).offending(text))


def _inventory(context: Context[Options], signs: Signs) -> Iterator[Finding]:
    for name, one in context.options.inventory.items():
        at = context.at("inventory", name)
        if (sign := signs.offending(one.example)) != "":
            yield Finding((*at, "example"), f"{shown(sign)} of this example would end the command", _ESCAPE)
            continue
        if one.pattern is None:
            continue
        pattern = _compiled(one.pattern)
        if pattern is None:
            yield Finding((*at, "pattern"), f"`{one.pattern}` is not understood as a pattern", "write it as in `[0-9]{8}`")
        elif not pattern.fullmatch(one.example):
            yield Finding((*at, "example"), f"`{one.example}` is not like its own pattern `{one.pattern}`", "correct one of them")


_ESCAPE = "give the value a code, or say in `escape` what stands for the sign"


def _commands(
    context: Context[Options], service: ResourceFacingServiceSpecification, knows: Mapping[str, Known], signs: Signs
) -> Iterator[Finding]:
    said = context.options.commands.get(service.id)
    for action in Action if said is not None else ():
        assert said is not None
        commands = said.of(action)
        for number, command in enumerate(commands):
            at = context.at("commands", service.id, action, *((number,) if len(commands) > 1 else ()))
            pieces = read(command)
            if isinstance(pieces, Fault):
                yield Finding(at, pieces.words)
                continue
            for name in names(pieces):
                yield from _place(context, service, knows.get(name), name, at, signs)


def _place(
    context: Context[Options],
    service: ResourceFacingServiceSpecification,
    found: Known | None,
    name: str,
    at: tuple[str | int, ...],
    signs: Signs,
) -> Iterator[Finding]:
    if found is None:
        have = ", ".join(f"`{one}`" for one in known(service, context.options, context.catalog))
        help = f"there are {have}" if have else "declare it under `inventory`, with an example"
        yield Finding(at, f"`{{{name}}}` names nothing that `{service.id}`, its resources or the inventory have", help)
        return
    if found.origin != "inventory" and name in context.options.inventory:
        yield Finding(context.at("inventory", name), f"`{name}` is a characteristic of `{service.id}` already", _RENAME, at_key=True)
    for value in found.values:
        if value not in found.codes and (sign := signs.offending(value)) != "":
            yield Finding(at, f"the value `{value}` of `{name}` contains {shown(sign)} and would end the command", _ESCAPE)


_RENAME = "call what inventory owns otherwise"


def _codes(
    context: Context[Options], service: ResourceFacingServiceSpecification, knows: Mapping[str, Known], signs: Signs
) -> Iterator[Finding]:
    for name, table in context.options.codes.get(service.id, {}).items():
        at = context.at("codes", service.id, name)
        found = knows.get(name)
        if found is None or found.characteristic is None:
            yield Finding(at, f"`{service.id}` and its resources have no characteristic `{name}`", _listed(knows), at_key=True)
            continue
        for value, code in table.items():
            if found.values and value not in found.values:
                yield Finding((*at, value), f"`{name}` never is `{value}`", f"its values are {_list(found.values)}", at_key=True)
            if (sign := signs.offending(code)) != "":
                yield Finding((*at, value), f"{shown(sign)} of this code would end the command", "say in `escape` what stands for it")
        missing = [value for value in found.values if value not in table]
        if missing:
            yield Finding(
                at, f"the values {_list(missing)} of `{name}` have no code", "add them: the legacy system knows no other", at_key=True
            )


def _answers(context: Context[Options], service: ResourceFacingServiceSpecification, catalog: Catalog) -> Iterator[Finding]:
    for name, pattern in context.options.answers.get(service.id, {}).items():
        at = context.at("answers", service.id, name)
        found = service.characteristics.get(name)
        if found is None or found.set_by != "network":
            free = [one for one, characteristic in service.characteristics.items() if characteristic.set_by == "network"]
            help = f"it sets {_list(free)}" if free else "write `setBy: network` at the characteristic"
            yield Finding(at, f"`{name}` of `{service.id}` is nothing that the network sets", help, at_key=True)
        compiled = _compiled(pattern)
        if compiled is None or compiled.groups != 1:
            help = "write it as in `CIRCUIT=([A-Z0-9-]+)`"
            yield Finding(at, "a pattern of an answer has one group in parentheses: what the system says", help)


def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None


def _list(values: object) -> str:
    assert isinstance(values, list | tuple)
    return ", ".join(f"`{value}`" for value in values)


def _listed(knows: Mapping[str, Known]) -> str:
    free = [name for name, one in knows.items() if one.characteristic is not None]
    return f"there are {_list(free)}" if free else "it has none: take the table away"
