"""What stands in `extra` is JSON whose scalars are texts; reading and writing it are each other's inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compile.catalogs import SETTINGS, catalog
from tmfkit.compile.compile import compile_catalog
from tmfkit.compile.opaque import as_json, as_written
from tmfkit.tmf.dialects import Dialect

SCALARS = st.one_of(st.booleans(), st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8))
JSON = st.recursive(SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)))


@given(JSON)
def test_what_is_written_is_read_again(value: object) -> None:
    assert repr(as_json(as_written(value))) == repr(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("5.50", 5.5),
        ("-0.5e3", -500.0),
        ("true", True),
        ("false", False),
        ('"5"', "5"),
        ('"true"', "true"),
        ("True", "True"),
        ("012", "012"),
        ("1.", "1."),
        ("1e999", "1e999"),
        ('"open', '"open'),
        ('"a"b"', '"a"b"'),
        ("", ""),
        ({"a": None, "b": [None, "1"]}, {"b": [1]}),
    ],
)
def test_texts_are_numbers_and_flags_where_json_says_so(written: object, value: object) -> None:
    assert repr(as_json(written)) == repr(value)


OFFERING = """
kind: ProductSpecification
id: line
name: Line
---
kind: ProductOffering
id: a
name: A
product: line
lifecycle: Active
extra: {tmf620-v4: {version: '"9"', statusReason: test, productSpecification: {targetProductSchema: {"@type": X}}}}
prices: {x: {type: oneTime, amount: 1 EUR, extra: {tmf620-v4: {policy: [{id: p}]}}}}
"""


def test_extra_is_laid_over_the_body_of_its_own_dialect() -> None:
    bundle, found = compile_catalog(catalog(OFFERING), Dialect.TMF620_V4, SETTINGS)
    bodies = {payload.id: payload.body for payload in bundle.payloads}
    assert bodies["a"]["version"] == "9"
    assert bodies["a"]["statusReason"] == "test"
    assert bodies["a"]["productSpecification"]["id"] == "line"
    assert bodies["a"]["productSpecification"]["targetProductSchema"] == {"@type": "X"}
    assert bodies["a.x"]["policy"] == [{"id": "p"}]
    assert found == ()


def test_other_dialects_say_that_they_get_nothing_of_it() -> None:
    bundle, found = compile_catalog(catalog(OFFERING), Dialect.TMF620_V5, SETTINGS)
    assert all("policy" not in payload.body and "statusReason" not in payload.body for payload in bundle.payloads)
    assert [(one.code, one.finding.path, one.finding.at_key) for one in found] == [
        ("TK701", ("extra",), True),
        ("TK701", ("prices", "x", "extra"), True),
    ]
