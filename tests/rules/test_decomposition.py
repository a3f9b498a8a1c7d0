"""Rules about characteristics and feeds: what they see, and what they leave alone."""

import pytest

from tests.rules.pointing import helps, messages, pointed

TARGET = """
kind: System
id: nso
name: NSO
role: domain-controller
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s, min: 10, max: 1000, default: 10}
  profile: {values: [slow, fast], default: slow}
  users: {type: integer, default: 1}
  note: {optional: true}
  serial: {optional: true, pattern: "[A-Z]+"}
  found: {setBy: qualification}
  enabled: {type: boolean, default: false}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Gbit/s, values: [0.1, 0.5]}
  wide: {type: quantity, unit: Mbit/s, min: 1, max: 500}
  size: {values: [s, m, l]}
  seats: {type: integer, min: 1}
  flag: {type: boolean}
services:
"""


def fed(feed: str, characteristic: str = "profile") -> str:
    return f"{TARGET}  internet: {{with: {{{characteristic}: {feed}}}}}\n"


@pytest.mark.parametrize(
    ("characteristic", "feed", "expected"),
    [
        ("profile", "fast", []),
        ("profile", "fats", ["TK308 fats"]),
        ("profile", "{from: size, map: {s: slow, m: fast, l: fast}}", []),
        ("profile", "{from: size, map: {s: slow, m: fast}}", ["TK306 map"]),
        ("profile", "{from: size, map: {s: slow}, else: fast}", []),
        ("profile", "{from: size, map: {s: slow}, else: fats}", ["TK308 fats"]),
        ("profile", "{from: size, map: {s: slow, m: fast, l: quick}}", ["TK308 quick"]),
        ("profile", "{from: size}", ["TK308 size"]),
        ("profile", "{from: speed}", ["TK307 speed"]),
        ("profile", "{from: flag, map: {true: fast, false: slow}}", []),
        ("profile", "{from: flag, map: {yes: fast, true: slow, false: slow}}", ["TK307 yes"]),
        ("profile", "{from: speed, map: {100 Mbit/s: slow, 0.5: fast}}", []),
        ("profile", "{from: wide, map: {100: slow}}", ["TK306 map"]),
        ("profile", "{from: wide, map: {..100: slow, 100..: fast}}", []),
        ("profile", "{from: wide, map: {..100: slow, 90..: fast}}", ["TK306 map"]),
        ("profile", "{from: speed, map: {0.1: slow, 0.5: fast, 500 Mbit/s: slow}}", ["TK306 map"]),
        ("profile", "{by: [size, flag], table: {s: {else: slow}, else: {true: fast, false: slow}}}", []),
        ("profile", "{by: [size, flag], table: {s: {else: slow}, else: {true: fast}}}", ["TK306 table"]),
        ("profile", "{by: wide, table: {1..100: slow, 100..500: fast}}", []),
        ("profile", "{by: wide, table: {1..100: slow, 101..500: fast}}", ["TK306 table"]),
        ("profile", "{by: [size, flag], table: {s: slow, else: {else: fast}}}", ["TK212 s"]),
        ("profile", "{by: [sise], table: {s: slow, else: fast}}", ["TK304 sise"]),
        ("profile", "{from: sise, map: {s: slow}}", ["TK304 sise"]),
        ("profile", "{from: other/circuit}", ["TK304 other/circuit"]),
        ("profile", "{from: internet/note}", ["TK304 internet/note"]),
        ("profil", "{from: sise}", ["TK303 profil", "TK304 sise"]),
        ("bandwidth", "{from: speed}", []),
        ("bandwidth", "{from: wide}", ["TK308 wide"]),
        ("bandwidth", "{from: seats}", ["TK307 seats"]),
        ("bandwidth", "500", []),
        ("bandwidth", "0.5 Gbit/s", []),
        ("bandwidth", "2 Gbit/s", ["TK308 2 Gbit/s"]),
        ("bandwidth", "fast", ["TK307 fast"]),
        ("users", "{from: seats, per: 10}", []),
        ("users", "{from: size, per: 10}", ["TK307 size"]),
        ("profile", "{from: seats, per: 10}", ["TK307 10"]),
        ("enabled", "{from: flag}", []),
        ("enabled", "{from: size}", ["TK307 size"]),
        ("note", "{from: size}", []),
        ("serial", "AB", []),
        ("serial", "ab", ["TK308 ab"]),
        ("serial", "{from: size}", ["TK308 size"]),
        ("serial", "{from: size, map: {s: S, m: M, l: 1}}", ["TK308 1"]),
        ("profile", "{from: size, map: {s: slow, m: fast, l: fast, xl: fast}}", ["TK309 xl"]),
        ("profile", "{from: wide, map: {300: slow, 900: fast, ..200: slow}, else: fast}", ["TK309 900"]),
        ("profile", "{by: [size, flag], table: {s: {else: slow}, xs: {else: slow}, else: {else: fast}}}", ["TK309 xs"]),
        ("found", "{from: size}", []),
    ],
)
def test_feeds(characteristic: str, feed: str, expected: list[str]) -> None:
    assert pointed(fed(feed, characteristic)) == expected


OFFERING = "---\nkind: ProductOffering\nid: home\nname: Home\nproduct: access\nlifecycle: Active\nchoices: {size: [s, m]}\n"


def test_only_what_is_on_sale_can_arrive() -> None:
    text = fed("{from: size, map: {s: slow, m: fast}}")
    assert pointed(text + OFFERING) == []
    assert messages(text + OFFERING.replace("[s, m]", "[s, l]")) == ["size `l` can arrive here and has no row"]
    assert pointed(text + OFFERING.replace("Active", "Retired")) == ["TK306 map"]


def test_a_role_that_is_not_needed_gets_nothing() -> None:
    when = "{when: {size: [s, m]}, with: {profile: {from: size, map: {s: slow, m: fast}}}}"
    assert pointed(f"{TARGET}  internet: {when}\n") == []
    assert pointed(f"{TARGET}  internet: {when.replace('when: {size: [s, m]}', 'unless: {size: l}')}\n") == []
    assert pointed(f"{TARGET}  internet: {when.replace('[s, m]', '[s, l]')}\n") == ["TK306 map"]


@pytest.mark.parametrize(
    ("characteristic", "expected"),
    [
        ("{}", ["TK305 internet"]),
        ("{optional: true}", []),
        ("{default: a}", []),
        ("{setBy: network}", []),
        ("{setBy: qualification}", []),
        ("{values: [a, b]}", ["TK305 internet"]),
    ],
)
def test_what_must_be_fed(characteristic: str, expected: list[str]) -> None:
    assert pointed(TARGET.replace("  note: {optional: true}", f"  note: {characteristic}") + "  internet: {with: {users: 2}}\n") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("internet: {count: seats}", []),
        ("internet: {count: seat}", ["TK304 seat"]),
        ("internet: {when: {size: s}}", []),
        ("internet: {when: {size: xl}}", ["TK209 xl"]),
        ("internet: {when: {sise: s}}", ["TK208 sise"]),
        ("internet: {when: {place: north}}", []),
        ("internt: {when: {size: s}}", ["TK101 internt"]),
        ("main: {service: {external: X}, with: {anything: 1}}", []),
    ],
)
def test_roles(written: str, expected: list[str]) -> None:
    assert pointed(f"{TARGET}  {written}\n") == expected


@pytest.mark.parametrize(
    ("characteristic", "expected"),
    [
        ("{values: [a, b], default: c}", ["TK301 c"]),
        ("{type: integer, min: 1, max: 5, default: 6}", ["TK301 6"]),
        ("{type: integer, min: 1, max: 5, default: 5}", []),
        ("{type: quantity, unit: Mbit/s, values: [100, 1000], default: 1 Gbit/s}", []),
        ("{pattern: '[A-Z]+', default: abc}", ["TK301 abc"]),
        ("{pattern: '[A-Z]+', default: ABC}", []),
        ("{many: {min: 3, max: 2}}", ["TK501 2"]),
        ("{many: {min: 0, max: 2}}", []),
    ],
)
def test_characteristics(characteristic: str, expected: list[str]) -> None:
    assert pointed(f"kind: ProductSpecification\nid: a\nname: A\ncharacteristics: {{one: {characteristic}}}\n") == expected


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ("{size: [s, l]}", []),
        ("{size: xl}", ["TK302 xl"]),
        ("{sise: s}", ["TK302 sise"]),
        ("{speed: 100 Mbit/s}", []),
        ("{speed: fast}", ["TK302 fast"]),
        ("{wide: 10..100}", []),
        ("{wide: 600}", ["TK302 600"]),
        ("{seats: 0}", ["TK302 0"]),
    ],
)
def test_choices(choices: str, expected: list[str]) -> None:
    assert pointed(fed("fast") + OFFERING.replace("{size: [s, m]}", choices)) == expected


@pytest.mark.parametrize(
    ("feed", "help"),
    [
        ("fats", "did you mean `fast`?"),
        ("{from: sise, map: {s: slow}}", "did you mean `size`?"),
        ("{from: size, map: {s: slow, m: fast}}", "add the row, or cover the rest with `else`"),
    ],
)
def test_the_way_out(feed: str, help: str) -> None:
    assert helps(fed(feed)) == [help]


CIRCLE = """
kind: System
id: nso
name: NSO
role: domain-controller
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: nso
characteristics: {one: {optional: true}, two: {setBy: network}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
services:
  a: {service: line, with: {one: {from: b/two}}}
  b: {service: line, with: {one: {from: c/two}}}
  c: {service: line, with: {one: {from: a/two}}}
  d: {service: line, with: {one: {from: a/two}}}
"""


def test_roles_that_wait_for_each_other() -> None:
    assert messages(CIRCLE) == ["`a` waits for `b`, which waits for `c`, which waits for `a`: none of them can be made first"]
    assert messages(CIRCLE.replace("{one: {from: c/two}}", "{}")) == []
