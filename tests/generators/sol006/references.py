"""The cross-references of a network service descriptor, which its model leaves open: every id that is named is there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

Element = etree._Element
BELOW = ("vnf-profile", "virtual-link-profile", "scaling-aspect", "ns-instantiation-level")
NSD = {"n": "urn:etsi:nfv:yang:etsi-nfv-nsd"}


@dataclass(frozen=True)
class Vnfd:
    """A descriptor of a virtual function, as far as others refer to it."""

    id: str
    flavours: tuple[str, ...] = ("default",)
    points: tuple[str, ...] = ("ext",)
    levels: tuple[str, ...] = ("default",)


def texts(element: Element, path: str) -> list[str]:
    found = element.xpath("/".join(f"n:{step}" for step in path.split("/")) + "/text()", namespaces=NSD)
    assert isinstance(found, list)
    return [str(one) for one in found]


def parts(element: Element, path: str) -> list[Element]:
    found = element.xpath("/".join(f"n:{step}" for step in path.split("/")), namespaces=NSD)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def faults(text: str, vnfds: Mapping[str, Vnfd]) -> list[str]:
    """What is wrong with the references of a descriptor; `vnfds` are those that it may refer to."""
    (nsd,) = parts(etree.fromstring(text.encode()), "nsd")
    return [fault for check in CHECKS for fault in check(nsd, vnfds)]


def known(named: list[str], there: list[str] | tuple[str, ...], what: str) -> Iterator[str]:
    yield from (f"{what} {one} is not there" for one in named if one not in there)


def once(nsd: Element, vnfds: Mapping[str, Vnfd]) -> Iterator[str]:
    top = ((nsd, name) for name in ("sapd", "virtual-link-desc", "df"))
    below = ((df, name) for df in parts(nsd, "df") for name in BELOW)
    for element, name in (*top, *below):
        ids = texts(element, f"{name}/id")
        yield from (f"{name} {one} is there twice" for one in sorted(set(ids)) if ids.count(one) > 1)


def functions(nsd: Element, vnfds: Mapping[str, Vnfd]) -> Iterator[str]:
    listed = texts(nsd, "vnfd-id")
    yield from known(listed, tuple(vnfds), "VNFD")
    yield from known(texts(nsd, "df/vnf-profile/vnfd-id"), listed, "listed VNFD")
    yield from known(listed, texts(nsd, "df/vnf-profile/vnfd-id"), "profile of VNFD")


def flavours(nsd: Element, vnfds: Mapping[str, Vnfd]) -> Iterator[str]:
    for profile in parts(nsd, "df/vnf-profile"):
        vnfd = vnfds.get(texts(profile, "vnfd-id")[0], Vnfd(""))
        yield from known(texts(profile, "flavour-id"), vnfd.flavours, "flavour of the VNFD")
        yield from known(texts(profile, "instantiation-level"), vnfd.levels, "level of the VNFD")
        yield from known(texts(profile, "virtual-link-connectivity/constituent-cpd-id/constituent-cpd-id"), vnfd.points, "connection point")
        yield from known(
            texts(profile, "virtual-link-connectivity/constituent-cpd-id/constituent-base-element-id"), texts(profile, "id"), "own profile"
        )


def links(nsd: Element, vnfds: Mapping[str, Vnfd]) -> Iterator[str]:
    described = {texts(one, "id")[0]: texts(one, "df/id") for one in parts(nsd, "virtual-link-desc")}
    yield from known(texts(nsd, "sapd/virtual-link-desc"), tuple(described), "link of an access point")
    for df in parts(nsd, "df"):
        profiles = texts(df, "virtual-link-profile/id")
        yield from known(texts(df, "vnf-profile/virtual-link-connectivity/virtual-link-profile-id"), profiles, "profile of a link")
        for profile in parts(df, "virtual-link-profile"):
            (name,) = texts(profile, "virtual-link-desc-id")
            yield from known([name], tuple(described), "link")
            yield from known(texts(profile, "flavour-id"), described.get(name, []), "flavour of a link")


def levels(nsd: Element, vnfds: Mapping[str, Vnfd]) -> Iterator[str]:
    for df in parts(nsd, "df"):
        there = texts(df, "ns-instantiation-level/id")
        yield from known(texts(df, "scaling-aspect/scaling-level"), there, "level of an aspect")
        yield from known(texts(df, "default-instantiation-level"), there, "usual level")
        limits = {texts(one, "id")[0]: bounds(one) for one in parts(df, "vnf-profile")}
        for level in parts(df, "ns-instantiation-level"):
            yield from known(list(limits), texts(level, "vnf-to-level-mapping/vnf-profile-id"), "number at a level of")
            for mapping in parts(level, "vnf-to-level-mapping"):
                (name,), (number,) = texts(mapping, "vnf-profile-id"), texts(mapping, "number-of-instances")
                yield from known([name], tuple(limits), "function of a level")
                least, most = limits.get(name, (0, 0))
                if name in limits and not least <= int(number) <= most:
                    yield f"{number} of {name} is out of its limits"


def bounds(profile: Element) -> tuple[int, int]:
    (least,), (most,) = texts(profile, "min-number-of-instances"), texts(profile, "max-number-of-instances")
    return int(least), int(most)


CHECKS: tuple[Callable[[Element, Mapping[str, Vnfd]], Iterator[str]], ...] = (once, functions, flavours, links, levels)


def vnfd_xml(vnfd: Vnfd) -> str:
    """The least of a VNFD that the model of ETSI accepts."""
    points = "".join(f"<ext-cpd><id>{escape(one)}</id><layer-protocol>ethernet</layer-protocol></ext-cpd>" for one in vnfd.points)
    level = "".join(
        f"<instantiation-level><id>{escape(one)}</id><vdu-level><vdu-id>v</vdu-id><number-of-instances>1</number-of-instances></vdu-level>"
        "</instantiation-level>"
        for one in vnfd.levels
    )
    snapshot = "".join(
        f"<{name}-snapshot-vnf-op-config><parameter><key>x</key></parameter></{name}-snapshot-vnf-op-config>"
        for name in ("create", "revert-to")
    )
    maintenance = "<impact-notification-lead-time>0</impact-notification-lead-time>"
    flavour = "".join(
        f"<df><id>{escape(one)}</id><vdu-profile><id>v</id><nfvi-maintenance-info>{maintenance}</nfvi-maintenance-info></vdu-profile>{level}"
        f"<lcm-operations-configuration>{snapshot}</lcm-operations-configuration></df>"
        for one in vnfd.flavours
    )
    return (
        f'<nfv xmlns="urn:etsi:nfv:yang:etsi-nfv-descriptors"><vnfd><id>{escape(vnfd.id)}</id><provider>p</provider>'
        "<product-name>n</product-name><software-version>1</software-version><version>1</version><vnfm-info>m</vnfm-info>"
        "<vdu><id>v</id><name>v</name><int-cpd><id>i</id><layer-protocol>ethernet</layer-protocol></int-cpd></vdu>"
        f"{points}{flavour}</vnfd></nfv>"
    )
