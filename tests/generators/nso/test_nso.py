"""Packages for NSO: what each characteristic becomes, names that collide, options that name nothing, templates that lead nowhere."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogs import validated
from tests.generators.nso.catalogs import HOSTILE, KINDS
from tests.generators.running import SETTINGS, example_files, generated, projected, texts
from tmfkit.diagnostics.model import Outcome
from tmfkit.generate.artifact import Status
from tmfkit.generate.discover import Sources
from tmfkit.generate.engine import Projections, generate


def yang(files: str) -> str:
    return generated(files, "nso", "nso")["line/src/yang/line.yang"]


def node(text: str, name: str) -> str:
    """One leaf of a model, its lines joined and without its words for people."""
    found = re.search(rf"\n      (leaf(?:-list)? {re.escape(name)} \{{.*?\n      \}})", text, re.DOTALL)
    assert found is not None, name
    plain = re.sub(r'(tailf:info|description) "(?:[^"\\]|\\.)*";', "", found[1])
    return " ".join(plain.split())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("text", "leaf text { type string; mandatory true; }"),
        ("free", "leaf free { type string; }"),
        ("shaped", 'leaf shaped { type string { pattern "A[XP]-[0-9]{3}"; } mandatory true; }'),
        ("odd", "leaf odd { type string; mandatory true; }"),
        ("flag", "leaf flag { type boolean; mandatory true; }"),
        ("always", 'leaf always { type enumeration { enum "true"; } default "true"; }'),
        ("count", 'leaf count { type uint16 { range "1..300"; } mandatory true; }'),
        ("sizes", 'leaf sizes { type uint8 { range "29 | 30 | 32"; } mandatory true; }'),
        ("deep", 'leaf deep { type int64 { range "-5..max"; } mandatory true; }'),
        ("ratio", "leaf ratio { type decimal64 { fraction-digits 3; } mandatory true; }"),
        ("rate", 'leaf rate { type decimal64 { fraction-digits 3; range "0.5 | 50 | 100"; } units "Mbit/s"; mandatory true; }'),
        ("speed", 'leaf speed { type uint16 { range "50 | 1000"; } units "Mbit/s"; mandatory true; }'),
        ("exact", "leaf exact { type decimal64 { fraction-digits 4; } }"),
        ("tags", 'leaf-list tags { type enumeration { enum "a"; enum "b"; enum "c"; } min-elements 1; max-elements 2; }'),
        ("maybe", "leaf-list maybe { type string; max-elements 4; }"),
        ("found", "leaf found { config false; tailf:cdb-oper { tailf:persistent true; } type string; }"),
        ("site", "leaf site { type string; mandatory true; }"),
    ],
)
def test_what_a_characteristic_becomes(name: str, expected: str) -> None:
    assert node(yang(KINDS), name) == expected


def test_a_constraint_is_a_must_and_what_nobody_configures_is_in_none() -> None:
    text = yang(KINDS)
    musts = re.findall(r'must "(.*?)" \{', text)
    assert musts == ["not(((speed = 1000) and (tags = 'a' or tags = 'b'))) or ((count >= 10 and count <= 20) and (flag = 'true'))"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (("characteristics", "odd"), Status.MAPPED, "without its pattern"),
        (("characteristics", "exact"), Status.MAPPED, "without limits"),
        (("characteristics", "day"), Status.MAPPED, "without its first and last date"),
        (("characteristics", "found"), Status.MAPPED, "reported by NSO"),
        (("characteristics", "text"), Status.CARRIED, ""),
        (("constraints", "fast"), Status.MAPPED, "a `must`"),
        (("constraints", "reported"), Status.DROPPED, "configured leaves"),
    ],
)
def test_the_loss_report_says_what_came_out_another_way(path: tuple[str, str], status: Status, words: str) -> None:
    (loss,) = [loss for loss in projected(KINDS).value.losses if loss.path == path]
    assert loss.status is status
    assert words in loss.words


def test_names_that_collide_are_told_apart() -> None:
    files = generated(HOSTILE, "nso", "nso")
    assert sorted({path.split("/")[0] for path in files}) == ["x-3play", "x-3play-2", "x-tailf-ncs"]
    model = files["x-3play-2/src/yang/x-3play-2.yang"]
    names = re.findall(r"^      (?:leaf|leaf-list|container|list) (\S+) \{", model, re.MULTILINE)
    assert names == [
        *("service-id", "device", "line-speed-3", "line-speed-2", "line-speed", "service-id-2", "device-2", "modified-2", "port-id"),
        *("boxes", "e", "device-3", "boxes-2"),
    ]


def test_what_is_written_into_a_template_is_no_placeholder() -> None:
    template = generated(HOSTILE, "nso", "nso")["x-3play-2/templates/x-3play-2.xml"]
    assert not {"{/nowhere}", "{/gone}", "{/evil}"} & set(re.findall(r"\{[^}]*\}", template))


@pytest.mark.parametrize("name", ["gpon-line/vlan", "gpon-line/lineProfile", "nothing"])
def test_an_input_that_the_network_does_not_set_is_one_finding_at_its_place(name: str) -> None:
    catalog = HOSTILE.replace('"3play./port id"', name)
    (found,) = projected(catalog).diagnostics
    assert (found.code, found.primary.start.line) == ("TK014", 7)
    assert "`3play./port id`" in (found.help or "")


def test_an_input_of_a_service_that_is_not_in_use_yet_is_no_fault() -> None:
    planned = "---\nkind: ResourceFacingServiceSpecification\nid: next\nlifecycle: In design\ncontroller: nso\nname: Next\n"
    catalog = HOSTILE.replace('"3play./port id"', "next/port") + planned + "characteristics: {port: {setBy: network}}\n"
    assert not projected(catalog).failed


BODY = '<line xmlns="urn:device"><speed>{/speed}</speed><tag>{/tags}</tag></line>\n'


def run_with(folder: Path, body: str) -> Outcome[Projections]:
    """A project that has the body of one service."""
    bodies = folder / "templates" / "nso" / "bodies"
    bodies.mkdir(parents=True)
    (bodies / "line.xml.j2").write_text(body, encoding="utf-8")
    return generate(validated(KINDS).value, SETTINGS, Sources(folder))


def test_an_operator_gives_the_body_of_a_template(tmp_path: Path) -> None:
    made = run_with(tmp_path, BODY)
    assert not made.failed
    assert BODY.strip() in texts(made.value, "nso", "nso")["line/templates/line.xml"]


def test_a_placeholder_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (found,) = run_with(tmp_path, BODY.replace("/speed}", "/spede}")).diagnostics
    assert "{/spede}" in found.message
    assert "{/speed}" in (found.help or "")
    assert found.primary.file == "catalog.yaml"


def test_the_package_of_the_example_operator_is_as_reviewed(golden: Callable[[str, str], None]) -> None:
    files = example_files("nso", "nso")
    for path in ("gpon-line/src/yang/gpon-line.yang", "gpon-line/templates/gpon-line.xml", "gpon-line/package-meta-data.xml"):
        golden(f"generators/nso/{path}", files[path])
