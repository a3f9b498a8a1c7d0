"""Makes the reference of the command line: the help of every command."""

from collections.abc import Iterator
from typing import Any

import typer

from tmfkit.cli.app import app

WIDTH = 110
HEAD = """# The command line

This page is made from the code: it is what `tmfkit --help` and `tmfkit COMMAND --help` say.

| exit code | meaning |
| --- | --- |
| 0 | all is well; warnings and hints may have been found |
| 1 | the catalog has errors, or a payload did not get in |
| 2 | the command was called in a way that it does not understand |
| 3 | a bug of tmfkit |
| 4 | the environment: a folder, a file, memory |
| 5 | with `--check` or `--exit-code`: something is pending, or differs |
| 6 | a breaking change is accepted by nobody |
"""


def commands_page() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    group = typer.main.get_command(app)
    whole = _context(group, "tmfkit")
    yield HEAD
    yield from _help("tmfkit", group, whole)
    for name, command in group.commands.items():
        yield from _help(f"tmfkit {name}", command, _context(command, name, whole))


def _context(command: Any, name: str, parent: Any = None) -> Any:
    """What a command knows when it is called, with a terminal that is as wide everywhere."""
    return command.context_class(command, parent, name, terminal_width=WIDTH, max_content_width=WIDTH)


def _help(title: str, command: Any, context: Any) -> Iterator[str]:
    text = "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())
    yield f"## {title}\n\n```text\n{text}\n```\n"
