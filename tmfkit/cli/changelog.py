"""`tmfkit changelog`: release notes of the catalog in business words."""

from pathlib import Path
from typing import Annotated

import typer

from tmfkit.cli.comparing import states
from tmfkit.cli.diff import Form
from tmfkit.cli.options import ProjectOption

Before = Annotated[str, typer.Argument(metavar="FROM", help="The release before: a git revision or a project's folder.")]
After = Annotated[str | None, typer.Argument(metavar="[TO]", help="The release: a revision or folder; else the files as they are now.")]
FormOption = Annotated[Form, typer.Option("--format", help="How it is written.")]


def changelog(before: Before, after: After = None, project: ProjectOption = Path(), form: FormOption = Form.MARKDOWN) -> None:
    """Write release notes: what is new, what changes and what goes, grouped by category.

    Example: tmfkit changelog v2026.10 v2026.11
    """
    from tmfkit.review.changelog import changelog as notes_of
    from tmfkit.views import changelog_markdown as views
    from tmfkit.views.changes_markdown import MARKDOWN
    from tmfkit.views.changes_phrases import PLAIN

    history, found = states(project, before, after)
    notes = notes_of(history, found, MARKDOWN if form is Form.MARKDOWN else PLAIN)
    match form:
        case Form.TEXT:
            print(views.as_text(notes).rstrip())
        case Form.JSON:
            print(views.as_json(notes))
        case Form.MARKDOWN:
            print(views.as_markdown(notes), end="")
