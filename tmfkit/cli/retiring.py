"""What `tmfkit retire` asks before it writes: whether the catalog still holds with the change, and which systems learn of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from tmfkit.cli.naming import entity_called

if TYPE_CHECKING:
    from tmfkit.check.verdict import Verdict
    from tmfkit.diagnostics.model import Diagnostic
    from tmfkit.generate.receivers import Receiver
    from tmfkit.model.base import Key
    from tmfkit.plan.retirement import Retirement
    from tmfkit.project import Project


def retirement_of(offering: str, on: str, successor: str | None, project: "Project", verdict: "Verdict") -> "Retirement":
    """The last sale that is asked for; ends where a name or the date means nothing."""
    from tmfkit.model.base import instant
    from tmfkit.model.problems import NotUnderstood
    from tmfkit.model.products import ProductOffering
    from tmfkit.model.values import parse_moment
    from tmfkit.plan.retirement import Retirement

    try:
        moment = parse_moment(on)
    except NotUnderstood as error:
        raise typer.BadParameter(str(error), param_hint="--on") from None
    found: list[ProductOffering] = []
    for name in (offering, *((successor,) if successor else ())):
        entity = verdict.value.entity(entity_called(name, verdict.value, ProductOffering.KIND))
        if not isinstance(entity, ProductOffering):
            raise typer.BadParameter(f"`{name}` is no offering: only offerings are sold, and retired")
        found.append(entity)
    if len({one.id for one in found}) < len(found):
        raise typer.BadParameter(f"`{offering}` cannot take its own place", param_hint="--replaced-by")
    return Retirement(found[0], instant(moment, project.configuration.timezone), str(moment), *found[1:])


def new_errors(before: "Verdict", after: "Verdict") -> "Sequence[Diagnostic]":
    """What the checks find because of the change."""
    from tmfkit.diagnostics.model import Severity

    known = {(one.code, one.message) for one in before.diagnostics}
    return [one for one in after.diagnostics if one.severity is Severity.ERROR and (one.code, one.message) not in known]


def told(before: "tuple[Project, Verdict]", after: "tuple[Project, Verdict]", key: "Key", *, kept: bool) -> "tuple[Receiver, ...]":
    """The files of systems that are made from the offering, by running the generators on both states; with `kept`, those of the first."""
    from tmfkit.cli.progress import progress
    from tmfkit.generate.receivers import receivers
    from tmfkit.release.make import projected

    with progress() as tell:
        old, new = (projected(project, verdict.value, tell) for project, verdict in (before, after))
    return receivers(old.value, new.value, key, kept=kept)
