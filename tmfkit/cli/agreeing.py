"""Before anything is published: the plan is shown, compared with a saved one, and somebody says yes."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.cli.options import PlainFormat, coloured
from tmfkit.errors import TmfkitError
from tmfkit.views.formats import PlanFormat

if TYPE_CHECKING:
    from tmfkit.plan.steps import Plan

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; for scripts.")]


def somebody_can_be_asked(yes: bool) -> None:
    """Ends where an answer is needed and nobody sits there."""
    if not yes and not sys.stdin.isatty():
        raise typer.BadParameter("nobody is there to agree: say --yes", param_hint="--yes")


def show_plan(plan: "Plan", form: PlainFormat) -> None:
    """Writes what would be done."""
    from tmfkit.views.plan import shown

    print(shown(plan, PlanFormat(form), colour=coloured()))


def make_sure(plan: "Plan", saved: "Plan | None") -> None:
    """Ends where a plan is held back, or is not the saved one."""
    from tmfkit.plan.file import moved
    from tmfkit.publish.publish import reasons

    if why := "; ".join(moved(saved, plan)) if saved else "":
        raise TmfkitError(f"the saved plan is not carried out: {why}", f"make it again: `tmfkit plan {plan.target} --out FILE`")
    if plan.held:
        raise TmfkitError(f"nothing is published to {plan.target}: {reasons(plan)}")


def ask(plan: "Plan") -> None:
    """Ends where somebody does not mean it."""
    if plan.pending and not typer.confirm(f"Publish this to {plan.target}?"):
        print("nothing was published")
        raise typer.Exit(0)
