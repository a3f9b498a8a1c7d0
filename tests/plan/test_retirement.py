"""What stands in the way of a retirement: a table of what surrounds an offering, and the blockers that it makes."""

from datetime import date

import pytest

from tests.catalogs import UTC, validated
from tmfkit.model.base import instant
from tmfkit.model.products import ProductOffering
from tmfkit.plan.retirement import Retirement, remarks
from tmfkit.plan.retirement_edits import edits

OLD = """kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: old
name: Old
lifecycle: Launched
product: access
{old}prices: {{monthly: {{type: recurring, every: 1 month, amount: 10.00 EUR}}}}
---
kind: ProductOffering
id: new
name: New
lifecycle: {new}
product: access
---
kind: ProductOffering
id: other
name: Other
{other}
"""
DAY = date(2027, 3, 1)
SOLD = "lifecycle: Launched\nproduct: access\n"
BUNDLE = "lifecycle: Launched\nbundle: "

TABLE = [
    # the other offering, and the parts of it that stand in the way
    (SOLD, []),
    (SOLD + "requires: [old]", ["requires/old"]),
    (SOLD + "requires: {old: {until: 2027-03-01}}", []),
    (SOLD + "requires: {old: {until: 2027-03-02}}", ["requires/old"]),
    (SOLD + "requires: [old]\nvalidFor: {until: 2027-03-01}", []),
    (SOLD.replace("Launched", "Retired") + "requires: [old]", []),
    (SOLD.replace("Launched", "In design") + "requires: [old]", ["requires/old"]),
    (SOLD + "excludes: [old]", []),
    (SOLD + "replaces: [old]", []),
    (BUNDLE + "{old: {}, new: {}}", ["bundle/old"]),
    (BUNDLE + "{line: {offering: old}}", ["bundle/line"]),
    (BUNDLE + "{old: {min: 0, max: 1}, new: {}}", []),
    (BUNDLE + "{line: {of: [old, new]}}", []),
    (BUNDLE + "{line: {of: [old, new], min: 2, max: 2}}", ["bundle/line/of/0"]),
    (BUNDLE + "{old: {min: 0, max: 1}}\nprices: {mix: {type: discount, reduces: [old/monthly], percent: 10}}", ["prices/mix/reduces/0"]),
    (
        BUNDLE + "{old: {min: 0, max: 1}}\n"
        "prices: {mix: {type: discount, reduces: [old/monthly], percent: 10, validFor: {until: 2027-03-01}}}",
        [],
    ),
]


def blockers(other: str, *, old: str = "", new: str = "Launched", successor: bool = False) -> list[str]:
    catalog = validated(OLD.format(old=old, new=new, other=other)).value
    first, second = (catalog.get(ProductOffering, id) for id in ("old", "new"))
    assert first is not None
    retirement = Retirement(first, instant(DAY, UTC), DAY.isoformat(), second if successor else None)
    return ["/".join(map(str, one.path)) for one in remarks(retirement, catalog) if one.blocks]


@pytest.mark.parametrize(("other", "expected"), TABLE)
def test_what_is_sold_beyond_the_day_and_needs_the_offering_stands_in_the_way(other: str, expected: list[str]) -> None:
    assert blockers(other) == expected


def test_those_whom_it_replaced_need_another_way() -> None:
    assert blockers(SOLD, old="replaces: [other]\n") == ["replaces/other"]
    assert blockers(SOLD, old="replaces: {other: {until: 2027-03-01}}\n") == []


@pytest.mark.parametrize(("new", "expected"), [("Launched", []), ("Active", []), ("In design", []), ("Retired", ["lifecycle"])])
def test_a_successor_is_sold_itself(new: str, expected: list[str]) -> None:
    assert blockers(SOLD, new=new, successor=True) == expected


def test_both_lines_are_written_into_one_file() -> None:
    text = OLD.format(old="", new="Launched", other=SOLD)
    catalog = validated(text).value
    first, second = (catalog.get(ProductOffering, id) for id in ("old", "new"))
    assert first is not None
    changed = edits(Retirement(first, instant(DAY, UTC), DAY.isoformat(), second), catalog)
    after = validated(dict(changed)).value
    old, new = (after.get(ProductOffering, id) for id in ("old", "new"))
    assert old is not None
    assert new is not None
    assert old.valid_for.until == DAY
    assert [one.offering for one in new.replaces] == ["old"]
    assert not edits(Retirement(old, instant(DAY, UTC), DAY.isoformat(), new), after)
