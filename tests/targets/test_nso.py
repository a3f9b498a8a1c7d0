"""Packages for NSO, held to the standard of YANG by pyang, with stand-ins for the vendor's own modules, and to their own models."""

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from yangson import DataModel

from tests.generators.nso.catalogs import HOSTILE, KINDS
from tests.generators.running import example_files, generated
from tests.targets.yang import data_model, pyang_faults, pyang_paths, yangson_fault

STUBS = Path(__file__).parent / "nso-stubs"
CATALOGS = {"hostile": HOSTILE, "kinds": KINDS, "example": ""}


def packages(name: str) -> dict[str, str]:
    return generated(CATALOGS[name], "nso", "nso") if CATALOGS[name] else example_files("nso", "nso")


def written(folder: Path, files: dict[str, str], ending: str) -> dict[str, Path]:
    """The models or templates of all packages on disk, by the names of the packages."""
    found = {}
    for path, text in files.items():
        if path.endswith(ending):
            file = folder / path
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
            found[path.split("/")[0]] = file
    return found


@pytest.mark.parametrize("module", ["tailf-common", "tailf-ncs"])
def test_the_stand_ins_are_right_themselves(module: str) -> None:
    assert pyang_faults(STUBS / f"{module}.yang") == []


@pytest.mark.parametrize("name", CATALOGS)
def test_every_model_is_right(name: str, tmp_path: Path) -> None:
    models = written(tmp_path, packages(name), ".yang")
    assert models
    assert {module: pyang_faults(file, STUBS) for module, file in models.items()} == {key: [] for key in models}


@pytest.mark.parametrize("name", CATALOGS)
def test_every_placeholder_names_a_place_of_its_model(name: str, tmp_path: Path) -> None:
    files = packages(name)
    for module, file in written(tmp_path, files, ".yang").items():
        template = files[f"{module}/templates/{module}.xml"]
        assert f'servicepoint="{module}"' in template
        places = re.findall(r"\{([^{}]*)\}", template)
        assert places
        assert set(places) <= pyang_paths(file, STUBS), module


@pytest.mark.parametrize("name", CATALOGS)
def test_templates_and_metadata_are_xml_and_agree_on_the_name(name: str) -> None:
    files = packages(name)
    for path, text in files.items():
        if path.endswith(".xml"):
            root = etree.fromstring(text.encode())
            assert root.get("servicepoint", root.findtext("{*}name")) == path.split("/")[0]
        if path.endswith("package-meta-data.xml"):
            assert re.fullmatch(r"[0-9.]+", etree.fromstring(text.encode()).findtext("{*}package-version") or "")


CHANGES = (
    ("a leaf twice", "      leaf lineProfile {", "      leaf upstreamRate {"),
    ("an unknown type", "type uint16 {", "type uint12 {"),
    ("a range that is none", 'range "2..4094"', 'range "4094..2"'),
    ("a pattern that is none", "([0-9A-F]{2}:)", "([0-9A-F]{2}:"),
    ("an extension that the vendor does not have", "ncs:servicepoint", "ncs:servicepiont"),
    ("a grouping that the vendor does not have", "ncs:service-data", "ncs:service-date"),
    ("another place", '"/ncs:services"', '"/ncs:service"'),
    ("another name", "module gpon-line", "module gpon"),
    ("a name of the vendor", "leaf circuitId", "leaf device-list"),
)


@pytest.mark.parametrize(("right", "wrong"), [change[1:] for change in CHANGES], ids=[change[0] for change in CHANGES])
def test_pyang_finds_every_slip(right: str, wrong: str, tmp_path: Path) -> None:
    text = packages("example")["gpon-line/src/yang/gpon-line.yang"]
    assert right in text
    file = tmp_path / "gpon-line.yang"
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert pyang_faults(file, STUBS) != []


GOOD = {
    "service-id": "s1",
    "device": ["pe1"],
    "text": "any",
    "shaped": "AX-123",
    "odd": "x",
    "flag": True,
    "count": 12,
    "sizes": 30,
    "deep": "7",
    "ratio": "1.5",
    "rate": "0.5",
    "speed": 1000,
    "day": "2026-11-23",
    "tags": ["a", "b"],
    "site": "north",
}
REFUSED = (
    *(("text", None), ("shaped", "AB-123"), ("shaped", "xAX-123"), ("flag", "yes"), ("always", "false"), ("count", 0), ("count", 301)),
    *(("sizes", 31), ("deep", "-6"), ("ratio", "half"), ("rate", "0.6"), ("speed", 100), ("day", "23.11.2026"), ("tags", ["d"])),
    *(("tags", []), ("tags", ["a", "b", "c"]), ("maybe", ["a", "b", "c", "d", "e"]), ("found", "x"), ("device", ["pe2"]), ("site", None)),
    *(("count", 21), ("flag", False), ("speel", 50)),
)
ACCEPTED = (("speed", 50), ("free", "x"), ("always", "true"), ("maybe", ["a"]), ("day", "2026-11-23T08:00:00+01:00"), ("deep", "-5"))


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> DataModel:
    models = written(tmp_path_factory.mktemp("nso"), packages("kinds"), ".yang")
    return data_model([models["line"].parent, STUBS], ["line", "tailf-ncs"])


def fault(model: DataModel, name: str = "", value: Any = None) -> str | None:
    """What yangson holds against a good instance of the service after one change; None takes the leaf away."""
    changed = {key: one for key, one in {**GOOD, **({name: value} if name else {})}.items() if one is not None}
    services = {"tailf-ncs:services": {"line:line": [changed]}, "tailf-ncs:devices": {"device": [{"name": "pe1"}]}}
    return yangson_fault(model, services)


def test_an_instance_of_the_service_is_accepted(line: DataModel) -> None:
    assert fault(line) is None


@pytest.mark.parametrize(("name", "value"), ACCEPTED)
def test_what_the_catalog_allows_the_model_allows(line: DataModel, name: str, value: Any) -> None:
    assert fault(line, name, value) is None


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_the_catalog_forbids_the_model_forbids(line: DataModel, name: str, value: Any) -> None:
    assert fault(line, name, value) is not None
