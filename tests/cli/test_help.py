"""The help of every command: it ends with an example that the command understands, and options are called the same everywhere."""

import os
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import typer

from tmfkit import __version__
from tmfkit.cli.app import app, run
from tmfkit.plan.steps import Brake

GROUP: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = GROUP.commands
EXAMPLE = re.compile(r"^Example: tmfkit (.+)$", re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_it_understands(name: str) -> None:
    examples = EXAMPLE.findall(COMMANDS[name].help)
    assert examples, f"`tmfkit {name} --help` shows no line `Example: tmfkit {name} ...`"
    for example in examples:
        called, *arguments = shlex.split(example)
        assert called == name
        COMMANDS[name].make_context(name, arguments)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_help_is_printed(name: str, asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, asked]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"Usage: tmfkit {name} ")
    assert f"Example: tmfkit {name}" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [parameter.name for parameter in COMMANDS[name].params if parameter.name != "help" and not parameter.help]
    assert silent == []


def test_an_option_has_one_short_name_and_a_short_name_one_option() -> None:
    short_of: dict[str, set[str]] = defaultdict(set)
    long_of: dict[str, set[str]] = defaultdict(set)
    for command in (GROUP, *COMMANDS.values()):
        for names in ([*parameter.opts] for parameter in command.params if parameter.opts[0].startswith("-")):
            long = next(name for name in names if name.startswith("--"))
            shorts = {name for name in names if not name.startswith("--")} or {"none"}
            short_of[long] |= shorts
            for short in shorts - {"none"}:
                long_of[short].add(long)
    assert {long: shorts for long, shorts in short_of.items() if len(shorts) > 1} == {}
    assert {short: longs for short, longs in long_of.items() if len(longs) > 1} == {}
    assert long_of["-p"] == {"--project"}


@pytest.mark.parametrize("name", [name for name in COMMANDS if any("--allow" in one.opts for one in COMMANDS[name].params)])
def test_every_brake_is_named_where_it_can_be_lifted(name: str) -> None:
    help = next(one.help for one in COMMANDS[name].params if "--allow" in one.opts)
    assert all(brake.value in help for brake in Brake)
    assert "may be repeated" in help


def test_what_reaches_servers_stands_together() -> None:
    together = ["plan", "publish", "drift", "adopt", "rollback", "retire", "confirm", "probe", "serve"]
    first = list(COMMANDS).index("plan")
    assert list(COMMANDS)[first : first + len(together)] == together


@pytest.mark.parametrize("asked", [["--version"], ["-V"], ["--version", "build"]])
def test_the_version(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(asked) == 0
    assert capsys.readouterr().out == f"tmfkit {__version__}\n"


def tmfkit(*arguments: str, **settings: str) -> str:
    """What the installed command prints."""
    command = [str(Path(sys.executable).parent / "tmfkit"), *arguments]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False, timeout=30).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_of_a_shell_is_shown(shell: str) -> None:
    script = tmfkit("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert f"_TMFKIT_COMPLETE=complete_{shell}" in script


COMPLETIONS = [
    ("tmfkit va", "1", {"validate"}),
    ("tmfkit validate --sh", "2", {"--show-suppressed"}),
    ("tmfkit validate --format s", "3", {"sarif"}),
    ("tmfkit init --e", "2", {"--empty"}),
]


@pytest.mark.parametrize(("typed", "position", "offered"), COMPLETIONS)
def test_a_shell_completes_what_is_typed(typed: str, position: str, offered: set[str]) -> None:
    shown = tmfkit(_TMFKIT_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD=position)
    assert set(shown.split()) == offered
