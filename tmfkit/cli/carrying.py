"""Carries a plan out for a person or a script: shows it, makes sure of it, asks, writes, reports."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tmfkit.cli.agreeing import ask, refusal, show_plan
from tmfkit.cli.options import PlainFormat
from tmfkit.cli.progress import progress
from tmfkit.cli.publishing import planning
from tmfkit.cli.reporting import ended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tmfkit.plan.states import Wanted
    from tmfkit.plan.steps import Brake, Plan
    from tmfkit.project import Project
    from tmfkit.publish.destination import Destination
    from tmfkit.tmf.addresses import Address


@dataclass(frozen=True, slots=True)
class Orders:
    """How somebody wants it done: which brakes are lifted, by which saved plan, and whether anything is asked or written at all."""

    brakes: "frozenset[Brake]"
    saved: "Plan | None" = None
    yes: bool = False
    dry_run: bool = False
    stop_on_error: bool = False
    form: PlainFormat = PlainFormat.TEXT


def carried_out(project: "Project", destination: "Destination", wanted: "Mapping[Address, Wanted]", orders: Orders) -> None:
    """Brings a target to what is wanted, and ends as `tmfkit publish` does; `project` names the release."""
    from tmfkit.publish.lease import held
    from tmfkit.publish.publish import Manner, carry

    if orders.dry_run:
        plan = planning(project, destination, wanted, orders.brakes).plan
        show_plan(plan, orders.form)
        if refused := refusal(plan, orders.saved):
            raise refused
        return
    with held(destination.folder) as lease:
        made = planning(project, destination, wanted, orders.brakes)
        refused = refusal(made.plan, orders.saved)
        if refused or (made.plan.pending and orders.form is PlainFormat.TEXT):
            show_plan(made.plan, orders.form)
        if refused:
            raise refused
        if not (orders.yes or orders.saved):
            ask(made.plan)
        with progress() as tell:
            report = carry(destination, made, lease, tell, Manner(orders.stop_on_error))
    ended(report, orders.form)
