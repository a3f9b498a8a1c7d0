"""No rule can lose its body unnoticed."""

from tests.rules.mutate import survivors, without_body
from tests.rules.test_pages import findings
from tmfkit.rules import RULES


def test_every_rule_is_missed() -> None:
    assert survivors() == []


def test_the_engine_is_whole_afterwards() -> None:
    rule = RULES[0]
    with without_body(rule):
        pass
    assert findings("kind: ProductSpecification\nid: lost\nname: Lost\n", rule)[0].code == "TK108"
