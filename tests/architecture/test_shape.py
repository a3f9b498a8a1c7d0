"""The house keeps its shape: short files and functions, a first line that says what a file is for, a pipeline on one screen."""

import ast
import re

from tests.architecture.sources import docstring_node, functions, python_sources, tool_sources

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
LONGEST_COMMAND = 60
LONGEST_PIPELINE = 79
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|Not" + r"ImplementedError|pytest\.(?:mark\.)?(?:skip|xfail)")


def test_no_file_is_longer_than_its_reader_can_hold() -> None:
    long = [f"{source.path}: {source.lines} lines" for source in python_sources() if source.lines > LONGEST_FILE]
    assert long == []


def test_functions_fit_the_eye() -> None:
    long = [
        source.at(function, f"{function.name} has {length} lines")
        for source in python_sources()
        for function in functions(source.tree)
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_every_file_begins_with_what_it_is_for() -> None:
    silent = [str(source.path) for source in python_sources() if not begins_with_docstring(source.tree)]
    assert silent == []


def begins_with_docstring(tree: ast.Module) -> bool:
    text = docstring_node(tree)
    return text is not None and text.lineno <= 2 and bool(str(text.value).strip().splitlines()[:1])


def test_the_pipeline_fits_on_one_screen() -> None:
    lengths = [source.lines for source in tool_sources() if str(source.path) == "tmfkit/pipeline.py"]
    assert [length for length in lengths if length > LONGEST_PIPELINE] == []


def test_a_command_is_a_short_file() -> None:
    commands = [source for source in tool_sources() if source.within("tmfkit/cli") and source.path.name != "app.py"]
    long = [f"{source.path}: {source.lines} lines" for source in commands if source.lines > LONGEST_COMMAND]
    assert long == []


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{source.path}:{number}: {line.strip()}"
        for source in python_sources()
        for number, line in enumerate(source.text.splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_the_rules_above_look_at_something() -> None:
    assert {"tmfkit/__init__.py", "tests/conftest.py"} <= {str(source.path) for source in python_sources()}
