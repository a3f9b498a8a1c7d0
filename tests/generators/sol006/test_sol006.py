"""Network service descriptors: flavours, levels, parameters, links; nothing of selling in them; every reference leads somewhere."""

from collections.abc import Callable, Mapping

import pytest
from lxml import etree

from tests.generators.running import example_files, example_ran, generated, projected
from tests.generators.sol006.catalogs import EXAMPLE, GIVEN, SHAPES
from tests.generators.sol006.references import Vnfd, faults, parts, texts
from tmfkit.generate.artifact import Status
from tmfkit.generate.selling import commercial_word

SHAPE_VNFDS = {one.id: one for one in GIVEN}
EXAMPLE_VNFDS = {one.id: one for one in EXAMPLE}


def descriptors() -> dict[str, str]:
    return generated(SHAPES, "nfvo", "sol006")


def nsd(service: str) -> etree._Element:
    return parts(etree.fromstring(descriptors()[f"{service}.xml"].encode()), "nsd")[0]


def test_there_is_a_descriptor_for_each_service_but_those_that_are_given() -> None:
    assert set(descriptors()) == {"chain.xml", "many.xml"}
    assert (texts(nsd("chain"), "id"), texts(nsd("chain"), "invariant-id")) == (["nsd-chain"], ["chain"])


def test_every_combination_of_flavours_is_a_deployment_flavour() -> None:
    chain = nsd("chain")
    assert texts(chain, "df/id") == ["small.s", "small.l", "large.s", "large.l"]
    assert [texts(df, "vnf-profile/flavour-id") for df in parts(chain, "df")] == [
        ["small", "s", "default"],
        ["small", "l", "default"],
        ["large", "s", "default"],
        ["large", "l", "default"],
    ]


def test_limits_of_counts_are_those_of_instances_and_levels() -> None:
    (df, *_) = parts(nsd("chain"), "df")
    assert texts(df, "vnf-profile/min-number-of-instances") == ["2", "0", "1"]
    assert texts(df, "vnf-profile/max-number-of-instances") == ["4", "8", "1"]
    found = [texts(level, "vnf-to-level-mapping/number-of-instances") for level in parts(df, "ns-instantiation-level")]
    assert found == [[str(routers), str(caches), "1"] for routers in (2, 3, 4) for caches in (0, 1, 2, 8)]
    assert texts(df, "default-instantiation-level") == ["routers-3.cache-1"]
    assert texts(df, "scaling-aspect/scaling-level") == ["routers-4.cache-8", "routers-4.cache-8"]


def test_a_range_with_too_many_numbers_has_its_ends_as_levels() -> None:
    (df,) = parts(nsd("many"), "df")
    assert texts(df, "ns-instantiation-level/id") == [
        *("users-1.cells-1", "users-1.cells-65535", "users-65535.cells-1", "users-65535.cells-65535"),
    ]


def test_what_is_left_is_a_parameter_of_the_instantiation() -> None:
    (df, *_) = parts(nsd("chain"), "df")
    assert texts(df, "ns-lcm-additional-params/instantiate/params/key") == ["caching", "zone", "mode"]
    assert texts(df, "ns-lcm-additional-params/instantiate/params/value") == ["false", "a"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (("characteristics", "size"), Status.MAPPED, "the deployment flavour"),
        (("characteristics", "routers"), Status.MAPPED, "the number of instances"),
        (("characteristics", "users"), Status.MAPPED, "only some numbers are levels"),
        (("characteristics", "zone"), Status.MAPPED, "a parameter of the instantiation"),
        (("characteristics", "address"), Status.DROPPED, "the NFVO reports it"),
        (("resources", "router"), Status.MAPPED, "a VNF profile"),
        (("resources", "block"), Status.DROPPED, "no `descriptor`"),
        (("descriptor",), Status.CARRIED, ""),
    ],
)
def test_the_loss_report_says_what_became_of_each(path: tuple[str, ...], status: Status, words: str) -> None:
    found = [loss for loss in projected(SHAPES).value.losses if loss.path == path]
    assert {loss.status for loss in found} == {status}
    assert words in found[0].words


def test_nothing_is_claimed_of_what_a_descriptor_only_names() -> None:
    assert {loss.key.kind for loss in example_ran("nfvo", "sol006").losses} == {"ResourceFacingServiceSpecification"}


@pytest.mark.parametrize("service", ["chain.xml", "many.xml"])
def test_every_reference_leads_somewhere(service: str) -> None:
    assert faults(descriptors()[service], SHAPE_VNFDS) == []


def test_every_reference_of_the_example_operator_leads_somewhere() -> None:
    assert {path: faults(text, EXAMPLE_VNFDS) for path, text in example_files("nfvo", "sol006").items()} == {"virtual-firewall.xml": []}


CHANGES = (
    ("<vnfd-id>vnfd-router</vnfd-id>\n    <vnfd", "<vnfd-id>vnfd-ruoter</vnfd-id>\n    <vnfd", "VNFD vnfd-ruoter is not there"),
    ("<vnfd-id>vnfd-cache</vnfd-id>\n    <", "<", "listed VNFD vnfd-cache is not there"),
    ("<flavour-id>small</flavour-id>", "<flavour-id>tiny</flavour-id>", "flavour of the VNFD tiny is not there"),
    ("<instantiation-level>default<", "<instantiation-level>big<", "level of the VNFD big is not there"),
    ("<constituent-cpd-id>lan-ext<", "<constituent-cpd-id>LAN<", "connection point LAN is not there"),
    ("<constituent-base-element-id>router<", "<constituent-base-element-id>cache<", "own profile cache is not there"),
    ("<virtual-link-profile-id>wan<", "<virtual-link-profile-id>man<", "profile of a link man is not there"),
    ("<virtual-link-desc-id>lan<", "<virtual-link-desc-id>dmz<", "link dmz is not there"),
    ("<virtual-link-desc>lan<", "<virtual-link-desc>dmz<", "link of an access point dmz is not there"),
    (
        "<flavour-id>default</flavour-id>\n        <max",
        "<flavour-id>fast</flavour-id>\n        <max",
        "flavour of a link fast is not there",
    ),
    ("<default-instantiation-level>routers-3.", "<default-instantiation-level>routers-5.", "usual level routers-5.cache-1 is not there"),
    ("<scaling-level>routers-4.", "<scaling-level>routers-9.", "level of an aspect routers-9.cache-8 is not there"),
    ("<vnf-profile-id>router<", "<vnf-profile-id>rooter<", "function of a level rooter is not there"),
    ("<max-number-of-instances>4<", "<max-number-of-instances>3<", "4 of router is out of its limits"),
    ("<id>large.s</id>", "<id>small.s</id>", "df small.s is there twice"),
    ("<id>cache</id>\n        <vnfd", "<id>router</id>\n        <vnfd", "vnf-profile router is there twice"),
    ("<id>routers-2.cache-1</id>", "<id>routers-2.cache-0</id>", "ns-instantiation-level routers-2.cache-0 is there twice"),
)


@pytest.mark.parametrize(("right", "wrong", "says"), CHANGES, ids=[change[2] for change in CHANGES])
def test_a_reference_that_leads_nowhere_is_found(right: str, wrong: str, says: str) -> None:
    text = descriptors()["chain.xml"]
    assert right in text
    assert says in faults(text.replace(right, wrong, 1), SHAPE_VNFDS)


@pytest.mark.parametrize("files", [descriptors, lambda: example_files("nfvo", "sol006")])
def test_nothing_in_a_descriptor_speaks_of_selling(files: Callable[[], Mapping[str, str]]) -> None:
    for text in files().values():
        for element in etree.fromstring(text.encode()).iter(etree.Element):
            assert commercial_word(f"{etree.QName(element).localname} {element.text or ''}") is None, element.text


def test_a_name_that_speaks_of_selling_is_left_out() -> None:
    outcome = projected(SHAPES.replace("name: 'Chain -- \"one\" <&>'", "name: Gold offering"))
    (loss,) = [loss for loss in outcome.value.losses if loss.path == ("name",) and loss.key.id == "chain"]
    assert loss.status is Status.DROPPED
    text = generated(SHAPES.replace("name: 'Chain -- \"one\" <&>'", "name: Gold offering"), "nfvo", "sol006")["chain.xml"]
    assert "<name>chain</name>" in text


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("given: [from-outside]", "given: [from-inside]", "controls no service `from-inside`"),
        ("    chain:\n      lan", "    chian:\n      lan", "controls no service `chian`"),
        ("points: {router: lan-ext, cache", "points: {rooter: lan-ext, cache", "no virtual function in a role `rooter`"),
        ("points: {router: wan-ext}", "points: {block: wan-ext}", "no virtual function in a role `block`"),
        ("maxBitrate: 500", "maxBitrate: fast", "not the text `fast`"),
        ("maxBitrate: 500", "maxBitrate: -1", "not the text `-1`"),
        ("given: [from-outside]", "given: []", "`from-outside` has no virtual function"),
        ("descriptor: nsd-many", "descriptor: nsd-chain", "`chain` and `many` both have the descriptor `nsd-chain`"),
        ("descriptor: 'vnfd-<probe>'", "descriptor: vnfd-price-probe", "speaks of selling (`price`)"),
        ("values: [s, l]}\n  routers", "values: [s, l], default: s}\n  routers", ""),
    ],
)
def test_what_cannot_be_made_is_one_finding(right: str, wrong: str, says: str) -> None:
    assert right in SHAPES
    errors = [found for found in projected(SHAPES.replace(right, wrong, 1)).diagnostics if found.severity == "error"]
    if not says:
        assert errors == []
        return
    (found,) = errors
    assert says in found.message or any(says in part for part in (str(found.primary), found.help or ""))
    assert found.primary.file == "catalog.yaml"


def test_a_service_that_is_not_in_use_yet_may_be_given_and_linked() -> None:
    planned = SHAPES.replace("id: from-outside\n", "id: from-outside\nlifecycle: In design\n").replace(
        "id: chain\n", "id: chain\nlifecycle: In design\n"
    )
    assert set(generated(planned, "nfvo", "sol006")) == {"many.xml"}


def test_too_many_flavours_are_one_finding() -> None:
    fed = "{flavour: {from: size, map: {s: small, l: large}}}"
    roles = "".join(f"  r{number}: {{resource: vrouter, with: {fed}}}\n" for number in range(5))
    (found,) = projected(SHAPES.replace("  block: {resource: addresses}\n", roles)).diagnostics
    assert "more than 100 deployment flavours" in found.message


def test_the_descriptor_of_the_example_operator_is_as_reviewed(golden: Callable[[str, str], None]) -> None:
    assert not example_ran("nfvo", "sol006").found
    golden("generators/sol006/virtual-firewall.xml", example_files("nfvo", "sol006")["virtual-firewall.xml"])


def test_a_vnfd_without_its_flavour_is_noticed_for_the_example() -> None:
    (only,) = EXAMPLE
    lean = {only.id: Vnfd(only.id, ("vfw-small",), only.points)}
    assert "flavour of the VNFD vfw-large is not there" in faults(example_files("nfvo", "sol006")["virtual-firewall.xml"], lean)
