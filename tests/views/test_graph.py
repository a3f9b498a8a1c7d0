"""Graphs of the catalog: what is in them, and that the tools which draw them understand the text, whatever names hold."""

import re

import pydot
import pytest

from tests.catalogs import validated
from tests.conftest import ROOT
from tmfkit.catalog import Catalog
from tmfkit.cli.app import run
from tmfkit.model.base import Key
from tmfkit.semantics.directions import Direction
from tmfkit.semantics.graph import Graph, around, whole
from tmfkit.views.graph_dot import as_dot
from tmfkit.views.graph_mermaid import as_mermaid

TEXT = """
kind: Category
id: shelf
name: Shelf
---
kind: ProductOffering
id: pack
name: Pack
lifecycle: Active
bundle: {first: {offering: home}, second: {offering: home, min: 0}}
---
kind: ProductOffering
id: home
name: Home
product: access
lifecycle: Active
categories: [shelf]
replaces: [pack]
---
kind: ProductSpecification
id: access
name: Access
services: [internet]
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
services: {line: {}, spare: {service: line}}
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: nso
resources: {cable: {resource: fibre}}
---
kind: PhysicalResourceSpecification
id: fibre
name: Fibre
---
kind: System
id: nso
name: NSO
role: domain-controller
"""

NASTY = [
    '"quoted" \\ back',
    "a]b[c{d}e|f",
    "<b>&amp;</b>",
    "`code` **bold**",
    "end",
    "née 東京",
    "line\u2028break",
    "#35; %% note",
    "-->",
    "\\",
]


@pytest.mark.parametrize(
    ("id", "direction", "depth", "expected"),
    [
        ("Pack/pack", "down", None, "access fibre home internet line nso pack"),
        ("Pack/pack", "down", 1, "home pack"),
        ("Pack/pack", "down", 2, "access home pack"),
        ("Pack/pack", "up", None, "pack"),
        ("System/nso", "down", None, "nso"),
        ("System/nso", "up", None, "access home internet line nso pack"),
        ("System/nso", "up", 1, "line nso"),
        ("Category/shelf", "up", None, "home pack shelf"),
        ("Internet/internet", "both", 1, "access internet line"),
        ("Internet/internet", "both", None, "access fibre home internet line nso pack"),
    ],
)
def test_what_an_entity_reaches(id: str, direction: str, depth: int | None, expected: str) -> None:
    assert sorted(key.id for key in graph(id, direction, depth).nodes) == expected.split()


def test_roles_stand_at_the_lines() -> None:
    found = {(edge.user.id, edge.used.id): edge.roles for edge in graph("Pack/pack").edges}
    assert found == {
        ("pack", "home"): ("first", "second"),
        ("home", "access"): (),
        ("access", "internet"): (),
        ("internet", "line"): ("spare",),
        ("line", "nso"): (),
        ("line", "fibre"): ("cable",),
    }


def test_the_whole_catalog_is_everything_that_is_made_of_something() -> None:
    found = whole(catalog())
    assert sorted(key.id for key in found.nodes) == ["access", "fibre", "home", "internet", "line", "nso", "pack"]
    assert len(found.edges) == 6


def test_a_circle_ends() -> None:
    text = TEXT.replace("product: access", "bundle: [pack]")
    found = validated(text).value
    assert len(around(Key("ProductOffering", "pack"), found).edges) == 2


@pytest.mark.parametrize("name", ["plain", *NASTY])
def test_dot_is_read_by_a_parser_and_keeps_every_name(name: str) -> None:
    shown = as_dot(*named(name))
    (parsed,) = pydot.graph_from_dot_data(shown)
    boxes = {node.get_name().strip('"'): node.get("label") for part in parsed.get_subgraphs() for node in part.get_nodes()}
    assert set(boxes) == {"ProductOffering/home", "ProductSpecification/access"}
    label = boxes["ProductOffering/home"][1:-1].removesuffix("\\nhome")
    assert re.sub(r"\\(.)", r"\1", label) == "".join(sign if sign.isprintable() else " " for sign in name)
    assert [(edge.get_source().strip('"'), edge.get_destination().strip('"')) for edge in parsed.get_edges()] == [
        ("ProductOffering/home", "ProductSpecification/access")
    ]


LINE = re.compile(
    r"""flowchart\ TD
    |\ \ subgraph\ layer\d\["[^"\[\]{}|<>`\\]+"\]
    |\ \ \ \ n\d+\["(?P<label>[^"\[\]{}|<>`\\]+)(?:<br/>[^"\[\]{}|<>`\\]+)?"\]
    |\ \ end
    |\ \ n\d+\ (?:-->|-\.->)(?:\|"[^"\[\]{}|<>`\\]+"\|)?\ n\d+""",
    re.VERBOSE,
)


@pytest.mark.parametrize("name", ["plain", *NASTY])
def test_mermaid_has_its_structure_and_keeps_every_name(name: str) -> None:
    shown = as_mermaid(*named(name)).split("\n")
    assert [line for line in shown if not LINE.fullmatch(line)] == []
    labels = [found["label"] for line in shown if (found := LINE.fullmatch(line)) and found["label"]]
    plain = "".join(sign if sign.isprintable() else " " for sign in name)
    assert re.sub(r"#(\d+);", lambda code: chr(int(code[1])), labels[0]) == plain
    declared = re.findall(r"^    (n\d+)\[", "\n".join(shown), re.MULTILINE)
    used = re.findall(r"^  (n\d+) .* (n\d+)$", "\n".join(shown), re.MULTILINE)
    assert {name for pair in used for name in pair} <= set(declared)
    assert len(set(declared)) == len(declared)


def test_the_example_operator_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["graph", "-p", str(ROOT), "--format", "dot"]) == 0
    shown = capsys.readouterr().out
    (parsed,) = pydot.graph_from_dot_data(shown)
    assert [part.get("label").strip('"') for part in parsed.get_subgraphs()] == [
        "Offerings",
        "Products",
        "Customer-facing services",
        "Resource-facing services",
        "Resources",
        "Systems",
    ]
    assert run(["graph", "-p", str(ROOT)]) == 0
    mermaid = capsys.readouterr().out.rstrip("\n").split("\n")
    assert [line for line in mermaid if not LINE.fullmatch(line)] == []
    assert sum("-->" in line or "-.->" in line for line in mermaid) == len(parsed.get_edges())


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["graph", "fibre-home", "--depth", "1"], 0, "fibre-access"),
        (["graph", "nso", "--direction", "up"], 0, "fibre-home"),
        (["graph", "fibre-hom"], 2, "did you mean `fibre-home`?"),
        (["graph", "fibre-home", "--depth", "0"], 2, "depth"),
        (["graph", "fibre-home", "--direction", "left"], 2, "direction"),
    ],
)
def test_the_command(arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*arguments, "-p", str(ROOT)]) == code
    shown = capsys.readouterr()
    assert words in " ".join((shown.out + shown.err).split())


def graph(id: str, direction: str = "down", depth: int | None = None) -> Graph:
    found = catalog()
    key = next(key for key in found.summaries if key.id == id.partition("/")[2])
    return around(key, found, Direction(direction), depth)


def named(name: str) -> tuple[Graph, Catalog]:
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    product = "kind: ProductSpecification\nid: access\nname: access\n"
    text = f"{product}---\nkind: ProductOffering\nid: home\nname: {quoted}\nproduct: access\nlifecycle: Active\n"
    found = validated(text).value
    return whole(found), found


def catalog() -> Catalog:
    return validated(TEXT).value
