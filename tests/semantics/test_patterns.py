"""Patterns: which are understood, what they match, and that no text keeps them busy."""

import pytest

from tmfkit.semantics.patterns import pattern

MATCHES = [
    ("[A-Z]{2}-[0-9]{3}", "AX-128", True),
    ("[A-Z]{2}-[0-9]{3}", "AX-1280", False),
    (r"\d+", "٣", False),
    (r"\u0041+", "AA", True),
    (r"\\u0041", r"\u0041", True),
    (r"^a\/b$", "a/b", True),
    ("(a+)+$", "a" * 50_000 + "b", False),
    ("(a|aa)+$", "a" * 50_000 + "b", False),
]


@pytest.mark.parametrize(("text", "value", "matches"), MATCHES)
def test_matches(text: str, value: str, matches: bool) -> None:
    made = pattern(text)
    assert not isinstance(made, str)
    assert (made.fullmatch(value) is not None) is matches


REFUSED = [
    ("([", "missing"),
    ("a{1001}", "more than 1,000 times"),
    ("x{99999999999}", "more than 1,000 times"),
    ("(?=a)b", "looks ahead or behind"),
    (r"(a)\1", "refers back to a group"),
    ("(?P<n>a)(?P=n)", "refers back to a group"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refused(text: str, reason: str) -> None:
    made = pattern(text)
    assert isinstance(made, str)
    assert reason in made
