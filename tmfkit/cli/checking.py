"""The options of `tmfkit validate`: which findings count, on which day, and which are accepted."""

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.check.selection import FailOn, unknown

if TYPE_CHECKING:
    from tmfkit.check.verdict import Verdict
    from tmfkit.project import Project


def _codes(prefixes: list[str]) -> list[str]:
    """The codes, or beginnings of codes, of one option; several may stand in one text."""
    codes = [code.strip() for text in prefixes for code in text.split(",") if code.strip()]
    if missing := unknown(codes):
        raise typer.BadParameter(f"no finding has a code that begins with {missing}")
    return codes


SelectOption = Annotated[list[str], typer.Option(callback=_codes, metavar="CODES", help="Only findings whose codes begin so: TK2,TK301.")]
IgnoreOption = Annotated[list[str], typer.Option(callback=_codes, metavar="CODES", help="No findings whose codes begin so.")]
FailOnOption = Annotated[FailOn, typer.Option(help="The mildest finding that ends the command with exit code 1.")]
OnOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which suppressions are judged; today, if none is given.")
]
SuppressedOption = Annotated[
    bool, typer.Option("--show-suppressed", help="List what was suppressed, or is known from the baseline, with the reasons.")
]
UngroupedOption = Annotated[bool, typer.Option("--ungrouped", help="Show each of many findings that say the same.")]
WriteBaselineOption = Annotated[
    bool,
    typer.Option("--write-baseline", help="Accept all that is found now, in tmfkit-baseline.json: only new findings fail from then on."),
]


def day(on: datetime | None) -> date:
    """The day that was asked for, else today: the only look at a clock that decides anything."""
    return on.date() if on else datetime.now().astimezone().date()


def write_baseline(project: "Project", verdict: "Verdict") -> "Verdict":
    """Writes the baseline of a project and returns what the verdict is with it; where something could not be checked, does neither."""
    from tmfkit.check.baseline import FILE, written
    from tmfkit.check.verdict import all_known
    from tmfkit.files import write_file

    if not verdict.whole:
        print(f"no {FILE} is written: what cannot be read or linked comes first", file=sys.stderr)
        return verdict
    accepted = all_known(verdict)
    write_file(project.root / FILE, written(accepted.known, project.tree).encode())
    print(f"wrote {FILE}: findings that are known from now on: {len(accepted.known):,}", file=sys.stderr)
    return accepted
