"""What cannot be imported is said in one place with its file, never with a traceback, and nothing is written."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.importer.trees import imported, messages, payloads, project
from tmfkit.cli.app import run
from tmfkit.importer.read import DEEPEST

OFFERING = {"@type": "ProductOffering", "id": "home", "name": "Home", "productSpecification": {"id": "x"}, "lifecycleStatus": "Active"}

UNREADABLE = [
    ("truncated", '{"name": "Home", ', "TK020", "this is not JSON", (1, 18)),
    ("second line", '{"name": "Home",\n "x": }', "TK020", "this is not JSON: a value is due here", (2, 7)),
    ("empty", "", "TK020", "this is not JSON", (1, 1)),
    ("not UTF-8", b'{"name":\n "caf\xe9"}', "TK002", "this is not UTF-8 text", (2, 6)),
    ("a number", "12", "TK020", "a payload is a JSON object, or a list of such objects", (1, 1)),
    ("a list of texts", '["a"]', "TK020", "item 1 of the list is a text", (1, 2)),
    ("a list with a number", '[{"a": [1]},\n {}, 5, []]', "TK020", "item 3 of the list is a number, and 1 more is no object", (2, 6)),
    ("a list with a null", "[{}, null]", "TK020", "item 2 of the list is `null`", (1, 6)),
    ("not a number", '{"a": "NaN",\n "price": NaN}', "TK020", "`NaN` is no number", (2, 11)),
    ("endless", '[{"a": "Infinity"}, {"b": -Infinity}]', "TK020", "`-Infinity` is no number", (1, 27)),
    ("the same key twice", '{"name": "a", "x": {"name": 1},\n "name": "b"}', "TK020", "the key `name` stands twice", (2, 2)),
    ("the same key, escaped", '{"name": "a", "n\\u0061me": "b"}', "TK020", "`name` stands twice in one object, before", (1, 15)),
    ("half a character", '{"x": "\\ud83d\\ude00",\n "name": "a\\ud83d"}', "TK003", "half of a character", (2, 12)),
    ("the other half", '{"name": "\\ude00"}', "TK003", "half of a character", (1, 11)),
    ("half a key", '{"\\ud83d\\ud83d": 1}', "TK003", "half of a character", (1, 3)),
    ("deep", '{"a": ' * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1), "TK005", "levels deep", (1, 6 * DEEPEST + 1)),
    ("very deep", "[" * 100_000, "TK005", "levels deep", (1, DEEPEST + 1)),
    ("a line feed in a text", '{"name": "a\nb"}', "TK020", "a text holds a line feed, a tab or another control character", (1, 12)),
    ("no key", "{name: 1}", "TK020", "a key in double quotes is due here", (1, 2)),
    ("no colon", '{"name" 1}', "TK020", "a `:` is due here", (1, 9)),
    ("no comma", '{"a": 1 "b": 2}', "TK020", "a `,` or the end", (1, 9)),
    ("more behind", "{}{}", "TK020", "more follows after the end of the payload", (1, 3)),
    ("a foreign escape", '{"a": "\\x41"}', "TK020", "is no escape", (1, 8)),
    ("a short escape", '{"a": "\\u41"}', "TK020", "four hexadecimal digits", (1, 9)),
    ("an open text", '{"a": "b} ', "TK020", "the text that begins here has no closing quote", (1, 7)),
]


@pytest.mark.parametrize(("content", "code", "message", "place"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE])
def test_files_that_are_no_payloads(content: Any, code: str, message: str, place: tuple[int, int], tmp_path: Path) -> None:
    result = imported(tmp_path, {"bad.json": content, "good.json": OFFERING})
    (fault,) = result.faults
    assert (fault.code, fault.primary.file.endswith("bad.json"), tuple(fault.primary.start)) == (code, True, place)
    assert message in fault.message
    assert result.files == {}


def test_a_number_beyond_all_readers_is_said_as_it_stands(tmp_path: Path) -> None:
    price = '{"@type": "ProductOfferingPrice", "id": "p", "name": "P", "priceType": "oneTime", "price": {"unit": "EUR", "value": %s}}'
    for said, shown in (
        ("1e400", "1E+400"),
        ("1e9999999999999999999", "1e9999999999999999999"),
        ("12345678901234567.1", "12345678901234567.1"),
    ):
        (message,) = messages(imported(tmp_path / said, {"p.json": price % said}), "left out")
        assert f"`price` says `{shown}`" in message


def test_pipes_and_devices_are_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = payloads(tmp_path / "in", {"good.json": OFFERING})
    os.mkfifo(source / "pipe.json")
    (source / "zero.json").symlink_to("/dev/zero")
    target = project(tmp_path / "project")
    assert run(["import", str(source), "--project", str(target.root)]) == 1
    assert capsys.readouterr().out.count("this is not a regular file, and is not read") == 2
    assert not (target.root / "catalog").exists()


def test_a_project_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = project(tmp_path / "project")
    (target.root / "catalog").mkdir()
    broken = target.root / "catalog" / "broken.yaml"
    broken.write_text("kind: [\n")
    source = str(payloads(tmp_path / "in", {"a.json": OFFERING}))
    assert run(["import", source, "--project", str(target.root)]) == 1
    out = capsys.readouterr().out
    assert "error[TK004]" in out
    assert "catalog/broken.yaml:" in out
    assert "nothing was imported" in out
    assert list((target.root / "catalog").iterdir()) == [broken]


@pytest.mark.parametrize("link", ["catalog", "catalog/offerings"])
def test_a_link_that_leads_out_of_the_project(link: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = project(tmp_path / "project")
    (tmp_path / "outside").mkdir()
    (target.root / link).parent.mkdir(exist_ok=True)
    (target.root / link).symlink_to(tmp_path / "outside")
    source = str(payloads(tmp_path / "in", {"a.json": OFFERING}))
    assert run(["import", source, "--project", str(target.root), "--force"]) == 1
    assert "leads out of the project" in capsys.readouterr().out
    assert list((tmp_path / "outside").iterdir()) == []


def test_every_bad_file_is_named(tmp_path: Path) -> None:
    result = imported(tmp_path, {"one.json": "{", "two.json": "]", "three.json": OFFERING})
    assert sorted(Path(fault.primary.file).name for fault in result.faults) == ["one.json", "two.json"]


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (fault,) = imported(tmp_path, {}).faults
    assert "there is no payload in" in fault.message


def started(tmp_path: Path, files: dict[str, Any], *options: str) -> int:
    target = project(tmp_path / "project")
    return run(["import", str(payloads(tmp_path / "in", files)), "--project", str(target.root), *options])


def test_nothing_is_written_when_a_file_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert started(tmp_path, {"bad.json": "{", "good.json": OFFERING}) == 1
    assert [path.name for path in (tmp_path / "project").iterdir()] == ["tmfkit.yaml"]
    assert "error[TK020]: this is not JSON" in capsys.readouterr().out


def test_a_path_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = project(tmp_path / "project")
    assert run(["import", str(tmp_path / "nowhere"), "--project", str(target.root)]) == 4
    assert "there is no file or folder" in capsys.readouterr().err


def test_an_unknown_type_is_left_out_and_the_rest_gets_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert started(tmp_path, {"all.json": [OFFERING, {"@type": "Individual", "id": "1", "givenName": "Ada"}]}) == 1
    assert "`Individual` is no type of a catalog item\n    in all.json[1]" in capsys.readouterr().out
    assert (tmp_path / "project/catalog/offerings/home.yaml").is_file()


def test_what_is_there_already_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert started(tmp_path, {"a.json": OFFERING}) == 0
    file = tmp_path / "project/catalog/offerings/home.yaml"
    before = file.read_bytes()
    assert started(tmp_path, {"a.json": {**OFFERING, "name": "Other"}, "b.json": {**OFFERING, "id": "new"}}) == 1
    out = capsys.readouterr().out
    assert "error[TK023]: this file is there already" in out
    assert "catalog/offerings/home.yaml" in out
    assert file.read_bytes() == before
    assert not (tmp_path / "project/catalog/offerings/new.yaml").exists()
    assert started(tmp_path, {"a.json": {**OFFERING, "name": "Other"}}, "--force") == 0
    assert "name: Other" in file.read_text()


def test_an_id_that_the_project_declares_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = project(tmp_path / "project")
    mine = target.root / "catalog" / "mine.yaml"
    mine.parent.mkdir()
    mine.write_text("kind: ProductOffering\nid: HOME\nname: Mine\nproduct: {external: x}\nlifecycle: Active\n")
    source = payloads(tmp_path / "in", {"a.json": OFFERING})
    assert run(["import", str(source), "--project", str(target.root), "--force"]) == 1
    assert "the project has a ProductOffering `HOME` already" in capsys.readouterr().out
    assert [path.name for path in mine.parent.iterdir()] == ["mine.yaml"]


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = project(tmp_path / "project")
    (target.root / "catalog").mkdir()
    (target.root / "catalog" / "prices").write_text("a file where a folder is due")
    files = {
        "a.json": OFFERING,
        "b.json": {"@type": "ProductOfferingPrice", "id": "p", "name": "P", "priceType": "oneTime", "price": MONEY},
    }
    assert run(["import", str(payloads(tmp_path / "in", files)), "--project", str(target.root)]) == 4
    assert "nothing was imported" in capsys.readouterr().err
    assert [path.name for path in (target.root / "catalog").iterdir()] == ["prices"]


MONEY = {"unit": "EUR", "value": 1}


def test_a_large_payload(tmp_path: Path) -> None:
    body = {**OFFERING, "attachment": [{"id": str(number), "description": "x" * 1000} for number in range(10_000)]}
    result = imported(tmp_path, {"large.json": body})
    assert result.is_whole
    assert len(result.files["catalog/offerings/home.yaml"]) > 10_000_000


def test_a_list_of_mixed_items(tmp_path: Path) -> None:
    mixed = [OFFERING, {"@type": "Category", "id": "c", "name": "C"}, {"@type": "ServiceCatalog", "id": "s", "name": "S"}]
    result = imported(tmp_path, {"export.json": mixed})
    assert {(origin.payload.rpartition("/")[2], origin.kind) for origin in result.origins} == {
        ("export.json[0]", "ProductOffering"),
        ("export.json[1]", "Category"),
        ("export.json[2]", "ServiceCatalog"),
    }


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"priceType": "recurring", "recurringChargePeriodType": "month"}, "`amount` is missing"),
        ({"priceType": "oneTime", "price": {"unit": "ZZZ", "value": 1}}, "`price` says `1` in `ZZZ`, which is no ISO 4217 currency"),
        ({"priceType": "oneTime", "price": {"unit": "EUR", "value": True}}, "`price` says `true` as its value"),
        ({"priceType": "oneTime", "price": {"unit": "EUR", "value": "39,900"}}, "`price` says `39,900` as its value"),
        ({"priceType": "oneTime", "price": {"unit": "EUR", "value": "39.90 USD"}}, "`price` says `39.90 USD` as its value"),
        ({"priceType": "oneTime", "price": {"unit": "EUR", "value": [1]}}, "`price` says a list or an object as its value"),
        ({"priceType": "oneTime", "price": {"value": 5}}, "`price` says `5` and no currency"),
        ({"priceType": "oneTime", "price": "39.90"}, "`price` is 39.90, where an object with `unit` and `value` is due"),
        ({"priceType": "oneTime", "price": {"unit": "EUR", "value": 1234567890.1234567}}, "which an amount of money does not keep exactly"),
        ({"priceType": "discount", "percentage": 10}, "`reduces` is missing"),
    ],
)
def test_a_price_that_the_language_cannot_hold_is_left_out(body: dict[str, Any], reason: str, tmp_path: Path) -> None:
    price = {"@type": "ProductOfferingPrice", "id": "p", "name": "P", **body}
    result = imported(tmp_path, {"p.json": price, "o.json": {**OFFERING, "productOfferingPrice": [{"id": "p", "name": "P"}]}})
    (message,) = messages(result, "left out")
    assert reason in message
    assert "external: p" in result.files["catalog/offerings/home.yaml"]


NOTHING: list[Any] = [None, [], {}, "", 0, True, "text", [[]], [None], {"id": None}, [{}], {"a": {"b": []}}]
KEYS = """
    id name description version lifecycleStatus validFor productSpecification category channel place marketSegment productOfferingTerm
    productOfferingPrice prodSpecCharValueUse bundledProductOffering isBundle productOfferingRelationship productSpecCharacteristic
    serviceSpecification price percentage tax priceType unitOfMeasure recurringChargePeriodType recurringChargePeriodLength popRelationship
    parentId parent specCharacteristic serviceSpecRelationship resourceSpecification resourceSpecRelationship vendor productNumber
    bundledGroupProductOffering externalIdentifier productOffering subCategory @baseType href lastUpdate x-tmfkit
""".split()
TYPES = ("ProductOffering", "ProductOfferingPrice", "ProductSpecification", "Category", "ServiceSpecification", "ResourceSpecification")


@pytest.mark.parametrize("value", NOTHING, ids=json.dumps)
def test_a_value_of_the_wrong_shape_never_breaks_the_import(value: Any, tmp_path: Path) -> None:
    bodies = [{"@type": type, "id": f"{type}-{key}", "name": "x", key: value} for type in TYPES for key in KEYS]
    result = imported(tmp_path, {"all.json": bodies})
    assert not result.faults
    assert [note.message for note in result.notes if "does not come back" in note.message] == []
