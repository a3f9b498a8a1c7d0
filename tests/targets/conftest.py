"""What a test of a generated file may ask for: the checkers of its target system that are no part of Python."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TARGET_TOOLS, TRYTON_PYTHON

Yanglint = Callable[..., tuple[bool, str]]


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The npm packages of `make target-tools`; a test that takes them does not run where they are absent."""
    return TARGET_TOOLS


@pytest.fixture(scope="session")
def tryton_python() -> Path:
    """The Python of the ERP's own environment (`make tryton`); a test that takes it is slow and runs with `make test-all`."""
    return TRYTON_PYTHON


@pytest.fixture(scope="session")
def yanglint() -> Yanglint:
    """Run yanglint with arguments and get (accepted, its complaints); a test that takes it does not run where it is absent.

    It ends with 0 on some data that it refuses, so a word on its error output decides; its advice on schemas is silenced.
    """

    def run(*arguments: str | Path) -> tuple[bool, str]:
        command = ["yanglint", "--quiet", *(str(argument) for argument in arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode == 0 and not done.stderr, done.stderr

    return run
