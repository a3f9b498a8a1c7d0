"""What belongs in one room stays there: printing in the commands, the versions of the TM Forum APIs in `tmf`."""

import ast
import re

import pytest

from tests.architecture.sources import Source, strings, tool_sources

PRINTERS = {"print", "echo", "secho"}
API_VERSION = re.compile(r"(?<![A-Za-z0-9])v[45](?![A-Za-z0-9])")


def test_only_the_commands_print() -> None:
    prints = [found for source in tool_sources() if not source.within("tmfkit/cli") for found in printing(source)]
    assert prints == []


def printing(source: Source) -> list[str]:
    calls = (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    return [source.at(call, f"calls {name}") for call in calls if (name := called(call)) in PRINTERS]


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
        case _:
            return ""


def test_only_the_wire_formats_name_a_version() -> None:
    named = [
        source.at(text, f"{text.value!r}")
        for source in tool_sources()
        if not source.within("tmfkit/tmf")
        for text in strings(source.tree)
        if API_VERSION.search(str(text.value))
    ]
    assert named == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('x = "v4"', 1),
        ('x = f"tmf620-v5/{name}"', 1),
        ('x = "v4.1"', 1),
        ('"""About v4."""', 0),
        ('x = "ipv4"', 0),
        ('x = "v45"', 0),
        ("v4 = 1", 0),
    ],
)
def test_a_version_is_recognised(code: str, expected: int) -> None:
    assert sum(bool(API_VERSION.search(str(text.value))) for text in strings(ast.parse(code))) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("print(1)", "print"), ("typer.echo(1)", "echo"), ("write(1)", "write"), ("table[0](1)", "")]
)
def test_a_call_is_recognised(code: str, expected: str) -> None:
    statement = ast.parse(code).body[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Call)
    assert called(statement.value) == expected
