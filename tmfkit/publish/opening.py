"""Opens a target of a project for publishing: its APIs, and the folder in which its state is kept."""

import re
from pathlib import Path

from tmfkit.project import Project
from tmfkit.publish.destination import Destination
from tmfkit.remote.connect import addresses, connect
from tmfkit.remote.http import Patience
from tmfkit.remote.settings import Target

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


def destination(
    project: Project,
    name: str,
    target: Target,
    url: str | None = None,
    state: Path | None = None,
    patience: Patience = Patience(),  # noqa: B008
) -> Destination:
    """A target by its name; nothing is sent yet.

    At a `url` of another server it has a state of its own, named after that server. `state` is another folder for all of them.
    """
    places = addresses(target, url)
    elsewhere = url is not None and places != addresses(target)
    folder = f"{name}@{_UNSAFE.sub('_', url.partition('://')[2].strip('/'))}" if elsewhere and url is not None else name
    apis = connect(target, project.root, url, patience=patience)
    return Destination(name, apis, places, (state or project.state) / folder, target.concurrency)
