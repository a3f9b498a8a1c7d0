"""Whatever stands in keys, bands and values: every rule says what it thinks, and none breaks down."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogs import validated

NASTY = (
    "NaN", "Infinity", "-0", "1_000", "1e400", "..", "...", "1..", "..1", "5..1", "9" * 40, "9" * 40 + ".5", "true", "else", "not-sold",
    "500", "0.5 Gbit/s", "1 fortnight", "a/b", "/", "s", "speed", "term", "日本", "*x", "-",
)  # fmt: skip
WORD = st.sampled_from(NASTY).map(lambda text: f"'{text}'")
TYPES = st.sampled_from(["string", "boolean", "integer", "number", "quantity, unit: Mbit/s", "date"])

TEXT = """
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics: {{one: {{type: {type_two}, optional: true}}, two: {{values: [{a}], optional: true}}}}
---
kind: ProductSpecification
id: access
name: Access
characteristics: {{speed: {{type: {type_one}}}, size: {{values: [{b}, s]}}}}
constraints: {{c: {{when: {{speed: {c}}}, then: {{size: {d}}}}}}}
services:
  internet:
    when: {{speed: {d}}}
    with: {{one: {{from: speed, map: {{{a}: {b}, {c}: {d}}}}}, two: {{by: [size], table: {{{d}: {a}}}}}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
choices: {{speed: [{a}, {b}]}}
prices:
  one:
    type: oneTime
    by: [speed, {e}]
    table: {{{a}: {{{b}: 1 EUR}}, {c}: {{{d}: 2 EUR}}}}
    when: {{speed: [{b}, {e}]}}
    unless: {{size: {c}}}
  two: {{type: discount, reduces: [{e}], percent: 5}}
"""


@settings(max_examples=150)
@given(a=WORD, b=WORD, c=WORD, d=WORD, e=WORD, type_one=TYPES, type_two=TYPES)
def test_no_rule_breaks_down(a: str, b: str, c: str, d: str, e: str, type_one: str, type_two: str) -> None:
    text = TEXT.format(a=a, b=b, c=c, d=d, e=e, type_one=type_one, type_two=type_two)
    for found in validated(text).diagnostics:
        assert found.message
        assert found.primary.start.line > 0
