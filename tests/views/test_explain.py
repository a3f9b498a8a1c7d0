"""The page of an entity and the answer about an order, as people and programs read them."""

import json
from pathlib import Path

import pytest

from tests.catalogs import written
from tests.conftest import ROOT
from tmfkit.cli.app import run

SMALL = {
    "bases.yaml": """kind: ProductOffering
id: base
abstract: true
lifecycle: In study
channels: [webshop]
""",
    "home.yaml": """kind: ProductOffering
id: home
extends: base
name: Home
lifecycle: In test
product: access
prices:
  monthly: {type: recurring, every: 1 month, by: [speed], table: {100: 20 EUR, 500: not-sold}}
---
kind: ProductSpecification
id: access
name: Access
characteristics: {speed: {type: quantity, unit: Mbit/s, values: [100, 500]}}
services: {line: {with: {speed: {from: speed}}}}
---
kind: CustomerFacingServiceSpecification
id: line
name: Line
characteristics: {speed: {type: quantity, unit: Mbit/s, values: [100, 500]}}
---
kind: Vocabulary
channels: [webshop, retail]
""",
}

PAGE = """home  Home
ProductOffering, In test, version 1.0
catalog/home.yaml:2:1

Values, and the line of each
  catalog/home.yaml
      3  extends         base
      4  name            Home
      5  lifecycle       In test
      6  product         access
      8  prices/monthly  {type: recurring, every: 1 month, by: [speed], table: {100: 20 EUR, 500:
                         not-sold}}
  catalog/bases.yaml, from base
      5  channels  [webshop]

Made of
  └─ access, product
     └─ line, customer-facing service
           with speed from speed

Prices on 2026-12-01
  monthly  recurring, every 1 month, in advance  100  20 EUR
                                                 500  not sold
"""

REFUSED = """home cannot be ordered on 2026-12-01, channel retail
  - it is In test, not Launched
    catalog/home.yaml:5:12
  - it is not offered in the channel `retail`, only in `webshop`
    catalog/bases.yaml:5:11
"""

ACCEPTED = """home can be ordered on 2026-12-01, channel webshop

Open to the customer
  speed     100
  not sold  speed 500

Prices on 2026-12-01, channel webshop
  monthly  recurring, every 1 month, in advance  100  20 EUR
                                                 500  not sold
"""


def test_the_page_of_an_entity(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(tmp_path, capsys, "home") == (0, PAGE)


def test_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(tmp_path, capsys, "home", "--orderable", "--channel", "retail") == (0, REFUSED)
    assert explained(tmp_path, capsys, "home", "--orderable", "--channel", "retail", "--exit-code") == (5, REFUSED)


def test_what_is_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sold = {name: text.replace("In test", "Launched") for name, text in SMALL.items()}
    assert explained(tmp_path, capsys, "home", "--orderable", "--channel", "webshop", "--exit-code", files=sold) == (0, ACCEPTED)


def test_an_entity_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = json.loads(explained(tmp_path, capsys, "home", "--format", "json")[1])
    assert (body["kind"], body["id"], body["lifecycle"], body["file"], body["line"]) == (
        "ProductOffering",
        "home",
        "In test",
        "catalog/home.yaml",
        2,
    )
    assert {"path": ["channels"], "value": ["webshop"], "file": "catalog/bases.yaml", "line": 5, "column": 1, "from": "base"} in body[
        "values"
    ]
    assert body["madeOf"][0]["madeOf"][0]["terms"] == "with speed from speed"
    assert body["prices"][0]["table"] == [{"keys": ["100"], "amount": "20 EUR"}, {"keys": ["500"], "amount": None}]
    access = json.loads(explained(tmp_path, capsys, "access", "--format", "json")[1])
    assert access["usedBy"] == [{"kind": "ProductOffering", "id": "home", "field": "product"}]
    assert "prices" not in access
    assert json.loads(explained(tmp_path, capsys, "base", "--format", "json")[1])["extendedBy"] == ["home"]


def test_an_answer_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = json.loads(explained(tmp_path, capsys, "home", "--orderable", "--channel", "retail", "--format", "json")[1])
    assert (body["orderable"], body["on"], body["known"]) == (False, "2026-12-01", {"channel": "retail"})
    assert [(reason["file"], reason["line"]) for reason in body["reasons"]] == [("catalog/home.yaml", 5), ("catalog/bases.yaml", 5)]
    sold = {name: text.replace("In test", "Launched") for name, text in SMALL.items()}
    body = json.loads(explained(tmp_path, capsys, "home", "--orderable", "--format", "json", files=sold)[1])
    assert (body["orderable"], body["open"], body["notSold"]) == (True, {"speed": {"values": ["100"]}}, [{"speed": "500"}])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["hom"], "nothing in the catalog is called `hom`; did you mean `home`?"),
        (["xyz"], "nothing in the catalog is called `xyz`"),
        (["home", "--channel", "webshp"], "the vocabulary knows no channel `webshp`; did you mean `webshop`?"),
        (["home", "--choose", "speed"], "`speed` is no choice; write it as in `--choose downstream=1000`"),
        (["access", "--orderable"], "`access` is a ProductSpecification; only a ProductOffering can be ordered"),
        (["home", "--on", "tomorrow"], "tomorrow"),
    ],
)
def test_what_cannot_be_asked(arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, SMALL)
    assert run(["explain", *arguments, "-p", str(project)]) == 2
    assert words in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_an_id_of_two_kinds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {**SMALL, "more.yaml": "kind: Category\nid: home\nname: At home\n"}
    project = written(tmp_path, files)
    assert run(["explain", "home", "-p", str(project)]) == 2
    assert "Category/home or ProductOffering/home" in " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert explained(tmp_path, capsys, "Category/home", files=files)[1].startswith("home  At home\nCategory, Active")
    assert explained(tmp_path, capsys, "home", "--orderable", "--channel", "retail", files=files) == (0, REFUSED)


def test_a_catalog_with_errors_is_explained_as_far_as_it_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {**SMALL, "broken.yaml": "kind: Category\nid: lost\nnam: Lost\n"})
    assert run(["explain", "lost", "-p", str(project), "--on", "2026-12-01"]) == 0
    shown = capsys.readouterr()
    assert "broken: `tmfkit validate` says why" in shown.out
    assert "the catalog has errors" in shown.err


def test_no_page_of_the_example_operator_is_wider_than_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (
        "fibre-home",
        "fibre-business",
        "triple-play",
        "internet-access",
        "home-router",
        "nso",
        "broadband",
        "activation",
        "vocabulary",
    ):
        assert run(["explain", name, "-p", str(ROOT), "--on", "2026-12-01"]) == 0
        shown = capsys.readouterr().out
        assert [line for line in shown.splitlines() if len(line) > 100] == []
        assert "\x1b" not in shown


def explained(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str, files: dict[str, str] = SMALL) -> tuple[int, str]:
    project = written(folder, files)
    code = run(["explain", *arguments, "-p", str(project), "--on", "2026-12-01"])
    return code, capsys.readouterr().out
