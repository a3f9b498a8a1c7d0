"""What comparing does at the edges: broken and abstract entities, time zones, entities that nobody has to look at."""

from zoneinfo import ZoneInfo

from tests.diff.cases import BASE, base, edited, line, linked
from tmfkit.catalog import Catalog
from tmfkit.diff.compare import compare

TWO = "product: line\nchannels: [webshop, retail]"
PARIS = ZoneInfo("Europe/Paris")


def test_what_has_the_same_hash_is_never_unpacked() -> None:
    """Data that cannot be read would fail at once."""
    sealed = Catalog([summary._replace(data=b"?") for summary in base().summaries.values()], base().tree, base().zone)
    assert compare(sealed, sealed) == ()


def test_a_broken_entity_is_neither_changed_nor_gone() -> None:
    broken = linked(edited(BASE, [["amount: 15.00 EUR", "amount: much"]]))
    assert compare(base(), broken) == ()
    assert compare(broken, base()) == ()


def test_a_base_that_becomes_an_offering_is_new() -> None:
    text = BASE + "---\nkind: ProductOffering\nid: last\nname: Last\nabstract: true\nlifecycle: Launched\nproduct: line\n"
    before, after = linked(text), linked(text.replace("abstract: true\n", ""))
    assert [line(change) for change in compare(before, after)] == ["added | ProductOffering/last |  | additive | new customers"]
    assert [line(change) for change in compare(after, before)] == ["removed | ProductOffering/last |  | breaking | installed base"]


def test_a_change_in_a_base_is_one_of_each_heir_and_stands_in_the_base() -> None:
    heirs = "".join(f"---\nkind: ProductOffering\nid: heir-{n}\nname: Heir {n}\nextends: sold\nlifecycle: Launched\n" for n in (1, 2))
    text = f"{BASE}---\nkind: ProductOffering\nid: sold\nabstract: true\nlifecycle: In study\n{TWO}\n{heirs}"
    found = compare(linked(text), linked(text.replace(TWO, "product: line\nchannels: [webshop]")))
    assert [line(change) for change in found] == [
        f"removed | ProductOffering/heir-{n} | channels/retail | commercial | running orders" for n in (1, 2)
    ]
    at = text[: text.index(TWO)].count("\n") + 2
    assert {change.span.start.line for change in found} == {at}


def test_another_time_zone_is_a_change_of_the_project() -> None:
    there = Catalog(base().summaries.values(), base().tree, PARIS)
    (change,) = compare(base(), there)
    assert (change.path, change.before, change.after) == ("timezone", "UTC", "Europe/Paris")


def test_a_name_that_others_repeat_is_one_change() -> None:
    """Payloads of what refers to an entity hold its name; that is no change of theirs."""
    found = compare(base(), linked(edited(BASE, [["id: internet\nname: Internet", "id: internet\nname: Internet access"]])))
    assert [line(change) for change in found] == ["changed | CustomerFacingServiceSpecification/internet | name | cosmetic | new customers"]


def test_renamed_from_that_says_nothing_any_more() -> None:
    said = linked(edited(BASE, [["id: mobile\nname", "id: mobile\nrenamedFrom: cell\nname"]]))
    assert compare(base(), said) == ()
    assert compare(said, base()) == ()


def test_two_that_were_replaced_by_something_else_are_not_taken_for_one() -> None:
    other = "kind: System\nid: crm\nname: Customers and orders\nrole: crm\nmasters: [Customer, ProductOrder]\ngenerator: salesforce"
    system = (
        "kind: System\nid: billing\nname: Billing\nrole: billing\nmasters: [CustomerBill]\ngenerator: killbill\noptions: {columns: [a, b]}"
    )
    found = compare(base(), linked(edited(BASE, [[system, other]])))
    assert [change.kind.value for change in found] == ["removed", "added"]


def test_shared_discounts_apply_in_the_order_written_too() -> None:
    shared = "".join(
        f"---\nkind: ProductOfferingPrice\nid: {id}\nname: {id}\ntype: discount\nreduces: [monthly]\n{how}\nchargeCode: {id}\n"
        for id, how in (("half", "percent: 50"), ("five", "amount: 5.00 EUR"))
    )
    deposit = "  deposit: {type: deposit, amount: 20.00 EUR}\n"
    first, second = "  a: {use: half}\n", "  b: {use: five, when: {customer: new}}\n"
    before, after = (linked(edited(BASE, [[deposit, deposit + lines]]) + shared) for lines in (first + second, second + first))
    assert [line(change) for change in compare(before, after)] == [
        "changed | ProductOffering/mobile | prices | commercial | installed base"
    ]
    assert compare(before, before) == ()


def test_what_compiles_to_the_same_is_no_change() -> None:
    """An optional characteristic may have no value, whatever its least number says."""
    before = linked(edited(BASE, [["note: {optional: true", "note: {optional: true, many: {max: 3}"]]))
    after = linked(edited(BASE, [["note: {optional: true", "note: {optional: true, many: {min: 0, max: 3}"]]))
    assert compare(before, after) == ()


def test_conditions_and_feeds_follow_a_role_that_is_called_as_what_fills_it() -> None:
    roles = [["  extra: {offering: mobile, min: 0}", "  mobile: {min: 0}"], ["when: {extra: 1}", "when: {mobile: 1}"]]
    sibling = "  bng: {service: gpon-line, with: {profile: {from: gpon-line/circuit}}}\n---\nkind: ResourceFacingServiceSpecification"
    text = edited(BASE, [*roles, ["---\nkind: ResourceFacingServiceSpecification", sibling]])
    renamed = text.replace("gpon-line", "pon-line").replace("id: pon-line\n", "id: pon-line\nrenamedFrom: gpon-line\n")
    found = compare(linked(text), linked(renamed))
    assert [line(change) for change in found] == ["renamed | ResourceFacingServiceSpecification/pon-line |  | breaking | installed base"]
    offers = [
        ["id: mobile\n", "id: cell\nrenamedFrom: mobile\n"],
        ["excludes: [mobile]", "excludes: [cell]"],
        ["of: [mobile]", "of: [cell]"],
    ]
    again = edited(text, [*offers, ["  mobile: {min: 0}", "  cell: {min: 0}"], ["when: {mobile: 1}", "when: {cell: 1}"]])
    assert [line(change) for change in compare(linked(text), linked(again))] == [
        "renamed | ProductOffering/cell |  | breaking | installed base"
    ]


def test_a_discount_follows_an_offering_that_it_names_under_another_role() -> None:
    text = edited(BASE, [["  fibre: {}\n", "  line: {offering: fibre}\n"]])
    renames = [["id: fibre\n", "id: fibre-home\nrenamedFrom: fibre\n"], ["offering: fibre}", "offering: fibre-home}"]]
    again = edited(text, [*renames, ["fibre/monthly", "fibre-home/monthly"]])
    assert [line(change) for change in compare(linked(text), linked(again))] == [
        "renamed | ProductOffering/fibre-home |  | breaking | installed base"
    ]
