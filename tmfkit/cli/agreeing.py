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


def somebody_can_be_asked(form: PlainFormat, *, yes: bool) -> None:
    """Ends where an answer is needed, and nobody sits there or is shown what it is about."""
    if yes:
        return
    if form is PlainFormat.JSON:
        raise typer.BadParameter("JSON is for programs, which cannot agree: say --yes", param_hint="--yes")
    if not sys.stdin.isatty():
        raise typer.BadParameter("nobody is there to agree: say --yes", param_hint="--yes")


def show_plan(plan: "Plan", form: PlainFormat) -> None:
    """Writes what would be done."""
    from tmfkit.views.plan import shown

    print(shown(plan, PlanFormat(form), colour=coloured()))


def refusal(plan: "Plan", saved: "Plan | None") -> TmfkitError | None:
    """Why a plan is not carried out: it is held back, or is not the saved one."""
    from tmfkit.plan.file import moved
    from tmfkit.views.plan_words import held_by

    if why := "; ".join(moved(saved, plan)) if saved else "":
        return TmfkitError(f"the saved plan is not carried out: {why}", f"make it again: `tmfkit plan {plan.target} --out FILE`")
    if not plan.held:
        return None
    named = " ".join(f"--allow {brake}" for brake in dict.fromkeys(stop.brake for stop in plan.stops if not stop.lifted))
    return TmfkitError(f"nothing is published to {plan.target}: {held_by(plan)}", f"if all of that is meant: `{named}`" if named else "")


def ask(plan: "Plan") -> None:
    """Ends where somebody does not mean it."""
    from tmfkit.views.plan_words import hosts, place

    if plan.pending and not typer.confirm(f"Publish this to {place(plan.target, hosts(plan))}?"):
        print("nothing was published")
        raise typer.Exit(0)
