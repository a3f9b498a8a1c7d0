"""What stands in the way of an order: one table row for each reason, beginning with an offering that can be ordered."""

from datetime import UTC, datetime

import pytest

from tests.catalogs import validated
from tmfkit.model.base import Key
from tmfkit.semantics.orderable import Answer, orderable
from tmfkit.semantics.situation import Situation
from tmfkit.semantics.standing import Obstacle

BASE = """
kind: Vocabulary
channels: [webshop, retail]
segments: [residential, business]
places: [north, south]
---
kind: System
id: nso
name: NSO
role: domain-controller
---
kind: PhysicalResourceSpecification
id: ont
name: ONT
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: nso
resources: [ont]
---
kind: ResourceFacingServiceSpecification
id: radio
name: Radio
controller: nso
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics: {technology: {values: [fibre, radio]}}
services:
  line: {when: {technology: fibre}}
  radio: {when: {technology: radio}}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500]}
  technology: {values: [fibre, radio]}
constraints: {fast: {when: {speed: 500}, then: {technology: fibre}}}
services: {internet: {with: {technology: {from: technology}}}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Launched
channels: [webshop]
segments: [residential]
places: [north]
validFor: {from: 2026-01-01, until: 2027-01-01}
terms: {none: {}, year: {commitment: 12 months, validFor: {until: 2026-07-01}}}
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [speed, term]
    table: {100: {none: 1 EUR, year: not-sold}, 500: {else: 2 EUR}}
  welcome: {type: discount, reduces: [monthly], percent: 10, when: {channel: webshop, customer: new}}
---
kind: ProductOffering
id: tv
name: TV
product: access
lifecycle: Active
sellable: false
channels: [retail]
places: [north]
---
kind: ProductOffering
id: music
name: Music
product: access
lifecycle: In test
---
kind: ProductOffering
id: pack
name: Pack
lifecycle: Launched
bundle:
  home: {}
  extra: {of: [tv, music]}
  more: {offering: music, min: 0, max: 1}
"""

NOTHING = "nothing is sold with {}: the constraints of its product and its price tables close every combination"
NOT_IN_USE = "not Active or Launched"
MAY = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "known", "expected"),
    [
        ("", "", {}, []),
        ("", "", {"channel": "webshop", "segment": "residential", "place": "north", "term": "none", "speed": "100"}, []),
        ("lifecycle: Launched\nchannels", "lifecycle: In test\nchannels", {}, ["it is In test, not Launched"]),
        ("lifecycle: Launched\nchannels", "lifecycle: Active\nchannels", {}, ["it is Active, not Launched"]),
        ("lifecycle: Launched\nchannels", "lifecycle: Launched\nabstract: true\nchannels", {}, ["it is abstract, a base for others"]),
        ("lifecycle: Launched\nchannels", "lifecycle: Gone\nchannels", {}, ["it is broken: `tmfkit validate` says why"]),
        ("channels: [webshop]", "sellable: false\nchannels: [webshop]", {}, ["it is not sold alone, only as a part of a bundle"]),
        ("from: 2026-01-01, until: 2027-01-01", "from: 2026-06-01", {}, ["it begins on 2026-06-01"]),
        ("from: 2026-01-01, until: 2027-01-01", "until: 2026-05-01", {}, ["it ended on 2026-05-01"]),
        ("", "", {"channel": "retail"}, ["it is not offered in the channel `retail`, only in `webshop`"]),
        ("", "", {"segment": "business"}, ["it is not offered in the segment `business`, only in `residential`"]),
        ("", "", {"place": "south"}, ["it is not offered in the place `south`, only in `north`"]),
        ("channels: [webshop]\nsegments", "segments", {"channel": "retail"}, []),
        ("", "", {"term": "decade"}, ["it has no term `decade`; its terms are `none`, `year`"]),
        ("until: 2026-07-01", "until: 2026-03-01", {"term": "year"}, ["on this day it is not sold with the term `year`"]),
        ("until: 2026-07-01", "until: 2026-03-01", {}, []),
        ("", "", {"voucher": "SPRING", "customer": "existing", "action": "add"}, []),
        ("", "", {"colour": "red"}, ["its product has no characteristic `colour`"]),
        ("", "", {"speed": "300"}, ["`speed` cannot be `300`; it can be `100`, `500`"]),
        ("", "", {"speed": "0.5 Gbit/s"}, []),
        ("", "", {"speed": "100", "term": "year"}, [NOTHING]),
        ("", "", {"speed": "500", "technology": "radio"}, [NOTHING]),
        ("product: access\nlifecycle: Launched", "product: acces\nlifecycle: Launched", {}, ["there is no product `acces`"]),
        ("product: access\nlifecycle: Launched", "product: {external: x}\nlifecycle: Launched", {}, []),
        ("name: Access", "name: Access\nlifecycle: Retired", {}, ["its product `access` is Retired, not Active or Launched"]),
        ("name: Access", "name: Access\nvalidFor: {from: 2026-06-01}", {}, ["its product `access` begins on 2026-06-01"]),
        ("name: Access", "nam: Access", {}, ["its product `access` is broken: `tmfkit validate` says why"]),
        ("name: Internet", "name: Internet\nlifecycle: In design", {}, ["the service `internet` is In design, not Active or Launched"]),
        ("name: Line", "name: Line\nlifecycle: Retired", {}, []),
        ("name: Line", "name: Line\nlifecycle: Retired", {"technology": "fibre"}, [f"the service `line` is Retired, {NOT_IN_USE}"]),
        ("name: Line", "name: Line\nlifecycle: Retired", {"technology": "radio", "speed": "100"}, []),
        ("name: ONT", "name: ONT\nlifecycle: Obsolete", {"technology": "fibre"}, [f"the resource `ont` is Obsolete, {NOT_IN_USE}"]),
        ("name: NSO", "name: NSO\nlifecycle: Retired", {"technology": "fibre"}, [f"the system `nso` is Retired, {NOT_IN_USE}"]),
        ("resources: [ont]", "resources: [onu]", {"technology": "fibre"}, ["there is no resource `onu`"]),
        ("name: Line\ncontroller: nso", "name: Line", {"technology": "fibre"}, ["no system controls the service `line`"]),
        ("resources: [ont]", "requires: [radio]", {"technology": "fibre"}, []),
        ("resources: [ont]", "requires: [radar]", {"technology": "fibre"}, ["there is no service `radar`"]),
        ("name: Radio", "name: Radio\nlifecycle: Retired", {"technology": "fibre"}, []),
    ],
)  # fmt: skip
def test_reasons(old: str, new: str, known: dict[str, str], expected: list[str]) -> None:
    chosen = ", ".join(f"{name} {value}" for name, value in known.items() if name in ("speed", "technology", "term"))
    assert messages(asked("home", old, new, known).obstacles) == [text.format(chosen) for text in expected]


@pytest.mark.parametrize(
    ("old", "new", "known", "expected"),
    [
        ("", "", {}, []),
        ("", "", {"channel": "webshop"}, []),
        ("", "", {"place": "south"}, [("home", "home"), ("extra", "tv, music")]),
        ("product: access\nlifecycle: Launched", "product: access\nlifecycle: In test", {}, [("home", "home")]),
        ("lifecycle: Active\nsellable", "lifecycle: Retired\nsellable", {}, [("extra", "tv, music")]),
        ("of: [tv, music]", "of: [tv, {external: x}]", {"place": "south"}, [("home", "home")]),
        ("of: [tv, music]", "of: [pack]", {}, [("extra", "pack")]),
        ("of: [tv, music]", "of: [radio-news]", {}, [("extra", "radio-news")]),
    ],
)
def test_a_bundle_needs_its_members(old: str, new: str, known: dict[str, str], expected: list[tuple[str, str]]) -> None:
    found = asked("pack", old, new, known).obstacles
    assert [one.path for one in found] == [("bundle", role) for role, _ in expected]
    for one, (_, targets) in zip(found, expected, strict=True):
        assert one.causes
        assert all(f"`{target}`" in one.message for target in targets.split(", "))


def test_what_stands_in_the_way_of_some_configurations_only() -> None:
    found = asked("home", "name: Radio", "name: Radio\nlifecycle: Retired", {})
    assert found.can_be_ordered
    assert messages(found.limits) == ["the service `radio` is Retired, not Active or Launched"]
    assert messages(asked("pack", "", "", {}).limits) == ["`more` cannot be taken"]


def test_all_reasons_at_once_each_at_its_place() -> None:
    text = BASE.replace("lifecycle: Launched\nchannels", "lifecycle: In test\nchannels").replace(
        "name: Access", "name: Access\nlifecycle: Retired"
    )
    catalog = validated(text).value
    found = orderable(Key("ProductOffering", "home"), catalog, Situation(datetime(2025, 5, 1, tzinfo=UTC), {"channel": "retail"}))
    lines = text.splitlines()
    assert [lines[catalog.span(one.key, one.path).start.line - 1].strip() for one in found.obstacles] == [
        "lifecycle: In test",
        "validFor: {from: 2026-01-01, until: 2027-01-01}",
        "channels: [webshop]",
        "lifecycle: Retired",
    ]


def test_what_is_open_where_nothing_stands_in_the_way() -> None:
    found = asked("home", "", "", {"channel": "webshop"})
    assert {name: domain.values for name, domain in found.open} == {
        "speed": ("100", "500"), "technology": ("fibre", "radio"), "term": ("none", "year"),
    }  # fmt: skip
    assert found.closed == ({"speed": "500", "technology": "radio"}, {"speed": "100", "term": "year"})
    assert [quote.name for quote in found.prices] == ["monthly", "welcome"]
    narrowed = asked("home", "", "", {"speed": "500"})
    assert dict(narrowed.open)["technology"].values == ("fibre",)


def test_other_offerings_that_must_or_may_not_be_there() -> None:
    more = "sellable: false\nrequires: {home: {until: 2026-06-01}, music: {from: 2026-06-01}}\nexcludes: [pack]"
    found = asked("tv", "lifecycle: Active\nsellable: false", f"lifecycle: Launched\n{more}".replace("sellable: false\n", ""), {})
    assert (found.together, found.apart) == (("home",), ("pack",))


def asked(id: str, old: str, new: str, known: dict[str, str]) -> Answer:
    assert old in BASE
    catalog = validated(BASE.replace(old, new, 1) if old else BASE).value
    return orderable(Key("ProductOffering", id), catalog, Situation(MAY, known))


def messages(found: tuple[Obstacle, ...]) -> list[str]:
    return [one.message for one in found]
