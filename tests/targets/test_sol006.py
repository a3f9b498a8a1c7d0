"""Network service descriptors, together with the VNFDs that vendors give, held to the model of ETSI by yanglint."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.generators.running import example_files, generated
from tests.generators.sol006.catalogs import EXAMPLE, GIVEN, SHAPES
from tests.generators.sol006.references import Vnfd, vnfd_xml

Yanglint = Callable[..., tuple[bool, str]]
CATALOGS = ("example", "shapes")


def descriptors(name: str) -> tuple[dict[str, str], Sequence[Vnfd]]:
    if name == "example":
        return example_files("nfvo", "sol006"), EXAMPLE
    return generated(SHAPES, "nfvo", "sol006"), GIVEN


def checked(yanglint: Yanglint, reference: Path, folder: Path, nsd: str, vnfds: Sequence[Vnfd]) -> tuple[bool, str]:
    """What yanglint says about a descriptor and those that it refers to, taken as one set of data."""
    files = [folder / "nsd.xml", *(folder / f"vnfd{number}.xml" for number in range(len(vnfds)))]
    for file, text in zip(files, (nsd, *map(vnfd_xml, vnfds)), strict=True):
        file.write_text(text, encoding="utf-8")
    models = reference / "schemas" / "sol006"
    return yanglint("--merge", "-t", "config", "-p", models, models / "etsi-nfv-nsd.yang", *files)


@pytest.mark.parametrize("name", CATALOGS)
def test_every_descriptor_is_right(yanglint: Yanglint, reference: Path, tmp_path: Path, name: str) -> None:
    files, vnfds = descriptors(name)
    assert files
    assert {path: checked(yanglint, reference, tmp_path, text, vnfds) for path, text in files.items()} == dict.fromkeys(files, (True, ""))


CHANGES = (
    ("an element that there is not", "<designer>", "<disigner>", "disigner"),
    ("no deployment flavour at all", "<df>\n      <id>vfw-small", "<xf>\n      <id>vfw-small", "xf"),
    ("more at least than at most", "<min-number-of-instances>1<", "<min-number-of-instances>11<", "min-number"),
    ("a number that is none", "<max-number-of-instances>10<", "<max-number-of-instances>ten<", "ten"),
    ("a level that there is not", "<default-instantiation-level>instances-1<", "<default-instantiation-level>instances-0<", "instances-0"),
    ("a function of a level that there is not", "<vnf-profile-id>firewall-vnf<", "<vnf-profile-id>firewall<", "firewall"),
    ("a VNFD that nobody gave", "<vnfd-id>vnfd-bastion-vfw-11<", "<vnfd-id>vnfd-bastion-vfw-12<", "vnfd-bastion-vfw-12"),
    ("a link that there is not", "<virtual-link-desc-id>inside<", "<virtual-link-desc-id>insight<", "insight"),
    ("a protocol that there is not", "nfv:ethernet", "nfv:ethernot", "ethernot"),
    ("a flow that there is not", "<flow-pattern>mesh<", "<flow-pattern>star<", "star"),
)


@pytest.mark.parametrize(("right", "wrong", "says"), [change[1:] for change in CHANGES], ids=[change[0] for change in CHANGES])
def test_yanglint_finds_every_slip(yanglint: Yanglint, reference: Path, tmp_path: Path, right: str, wrong: str, says: str) -> None:
    files, vnfds = descriptors("example")
    text = files["virtual-firewall.xml"]
    assert right in text
    changed = text.replace(right, wrong, 1)
    changed = changed.replace("</designer>", "</disigner>", 1) if "disigner" in wrong else changed
    changed = changed[::-1].replace(">fd/<", ">fx/<", 1)[::-1] if "<xf>" in wrong else changed
    accepted, complaints = checked(yanglint, reference, tmp_path, changed, vnfds)
    assert not accepted
    assert says in complaints
