"""Which findings are shown, and which of them make a check fail."""

import pytest

from tmfkit.check.selection import FailOn, fails, narrowed, unknown
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.source.text import whole_file


def finding(code: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(code, severity, "x", whole_file("a.yaml"))


ALL = [finding(code) for code in ("TK004", "TK019", "TK101", "TK201", "TK210", "TK301")]

CHOSEN = [
    ([], [], ["TK004", "TK019", "TK101", "TK201", "TK210", "TK301"]),
    (["TK2"], [], ["TK004", "TK201", "TK210"]),
    (["TK2", "TK301"], [], ["TK004", "TK201", "TK210", "TK301"]),
    (["TK2"], ["TK21"], ["TK004", "TK201"]),
    ([], ["TK2", "TK1"], ["TK004", "TK019", "TK301"]),
    (["TK201"], ["TK201"], ["TK004"]),
    ([], ["TK0"], ["TK004", "TK101", "TK201", "TK210", "TK301"]),
    (["TK"], [], ["TK004", "TK019", "TK101", "TK201", "TK210", "TK301"]),
]


@pytest.mark.parametrize(("select", "ignore", "expected"), CHOSEN)
def test_what_could_not_be_read_stays_in_every_selection(select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert [one.code for one in narrowed(ALL, select, ignore)] == expected


@pytest.mark.parametrize(
    ("prefixes", "expected"), [([], None), (["TK2", "TK301"], None), (["T"], None), (["TK2", "TK999"], "TK999"), (["tk2"], "tk2")]
)
def test_beginnings_of_no_code(prefixes: list[str], expected: str | None) -> None:
    assert unknown(prefixes) == expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (FailOn.ERROR, [True, False, False, False]),
        (FailOn.WARNING, [True, True, False, False]),
        (FailOn.INFO, [True, True, True, False]),
        (FailOn.NEVER, [False, False, False, False]),
    ],
)
def test_what_fails(level: FailOn, expected: list[bool]) -> None:
    cases = [[finding("TK201", severity)] for severity in Severity] + [[]]
    assert [fails(case, level) for case in cases] == expected
