"""`tmfkit diff`: what changes between two states of a catalog, in meaning."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.checking import day
from tmfkit.cli.comparing import Base, Head, TrustOption, states
from tmfkit.cli.options import ProjectOption, coloured

DIFFERS = 5


class Form(StrEnum):
    """The forms of a comparison; `markdown` is a comment on a pull request."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


FormOption = Annotated[Form, typer.Option("--format", help="How it is written; markdown is one comment for a pull request.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 5 when something changes.")]


def diff(
    base: Base = None,
    head: Head = None,
    project: ProjectOption = Path(),
    form: FormOption = Form.TEXT,
    exit_code: ExitCode = False,
    trust_project: TrustOption = False,
) -> None:
    """Show what changes for customers, orders and systems; comments, order and layout are no change.

    Example: tmfkit diff main --exit-code
    """
    from tmfkit.review.comment import comment
    from tmfkit.review.gate import ruling
    from tmfkit.views import changes_json, changes_text

    if trust_project and form is not Form.MARKDOWN:
        raise typer.BadParameter("--trust-project goes with --format markdown")
    history, found = states(project, base, head)
    parts = (found.changes, found.consequences, found.sales, found.prices)
    match form:
        case Form.TEXT:
            print(changes_text.as_text(*parts, colour=coloured()))
        case Form.JSON:
            print(changes_json.as_json(*parts))
        case Form.MARKDOWN:
            print(comment(history, found, ruling(history, found, day(None)), trusted=trust_project), end="")
    raise typer.Exit(DIFFERS if exit_code and found.changes else 0)
