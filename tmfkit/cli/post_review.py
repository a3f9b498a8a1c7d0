"""`tmfkit post-review`: brings what a check found to the pull request that it is about."""

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Host(StrEnum):
    """The code hosts that there are."""

    GITHUB = "github"
    GITLAB = "gitlab"


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?", text) or "--" in text:
        raise typer.BadParameter("a name consists of small letters, digits and single hyphens, 60 at most")
    return text


HostArgument = Annotated[Host, typer.Argument(help="The code host.")]
Folder = Annotated[Path, typer.Option("--folder", help="With gitlab: the folder that `tmfkit review` wrote.")]
Name = Annotated[str, typer.Option("--name", callback=_name, help="Tells the comments of several projects in one repository apart.")]
Author = Annotated[str, typer.Option("--author", help="With github: who writes with the token, if it is not that of the job.")]


def post_review(host: HostArgument, folder: Folder = Path("tmfkit-review"), name: Name = "catalog", author: Author = "") -> None:
    """Write one comment on a pull request, or update it; findings go to code scanning. To be run where the token is.

    Nothing of the change runs: its review is read as data, and refused if it holds what tmfkit never writes.

    Example: tmfkit post-review github
    """
    from tmfkit.hosts import github, gitlab

    match host:
        case Host.GITHUB:
            lines = github.post(os.environ, name, author)
        case Host.GITLAB:
            lines = gitlab.post(os.environ, folder, name)
    for line in lines:
        print(line)
