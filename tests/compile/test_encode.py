"""JSON bytes: fast for ordinary bodies, exact for all, and laid out alike."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.compile.encode import compact, encoded

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), WORDS, st.sampled_from([0.5, -1.25, 39.9, 1e-3, float("nan")])
)
BODIES = st.dictionaries(
    WORDS, st.recursive(SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)))
)


@given(BODIES)
def test_a_number_beyond_64_bits_changes_nothing_else(body: dict[str, object]) -> None:
    huge = {"aside": 2**80}
    plain = encoded([body]).decode()
    exact = encoded([body, huge]).decode()
    assert exact == plain.removesuffix("\n]\n") + f',\n  {{\n    "aside": {2**80}\n  }}\n]\n'
    assert compact([body, huge]) == compact([body])[:-1] + f',{{"aside":{2**80}}}]'.encode()


@pytest.mark.parametrize("number", [2**64, -(2**70), 99999999999999999999999])
def test_whole_numbers_stay_exact(number: int) -> None:
    assert json.loads(encoded({"n": number})) == {"n": number}
