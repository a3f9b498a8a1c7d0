"""The options that lift brakes: by name, or by a plan that was saved when they were lifted."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tmfkit.plan.steps import Brake, Plan

AllowOption = Annotated[
    list[str],
    typer.Option("--allow", metavar="BRAKE", help="Lift a brake: shrink, removal, price-drop, unmanaged or conflict; may be repeated."),
]
SavedOption = Annotated[
    Path | None, typer.Option("--plan", metavar="FILE", help="Carry out exactly this plan, which `tmfkit plan --out` saved.")
]


def lifted(names: Sequence[str]) -> "frozenset[Brake]":
    """The brakes of these names; ends at one that is none."""
    from tmfkit.diagnostics.suggest import did_you_mean
    from tmfkit.plan.steps import Brake

    for name in names:
        if name not in tuple(Brake):
            help = did_you_mean(name, Brake) or f"they are {', '.join(Brake)}"
            raise typer.BadParameter(f"there is no brake `{name}`; {help}", param_hint="--allow")
    return frozenset(map(Brake, names))


def saved_as(plan: "Plan", file: Path, url: str | None, state: Path | None) -> str:
    """What to do with a plan that was saved."""
    if plan.held:
        return f"saved to {file}; `tmfkit publish` does not carry it out, because it is held back"
    options = ["--plan", str(file), *(["--url", url] if url else []), *(["--state", str(state)] if state else [])]
    return f"saved to {file}; `{shlex.join(['tmfkit', 'publish', plan.target, *options])}` carries it out"


def saved_plan(file: Path | None) -> "Plan | None":
    """A plan that somebody saved; ends where there is no such file."""
    from tmfkit.plan.file import from_file

    try:
        return None if file is None else from_file(file.read_bytes(), str(file))
    except OSError as error:
        raise typer.BadParameter(f"cannot read {file}: {(error.strerror or str(error)).lower()}", param_hint="--plan") from None
