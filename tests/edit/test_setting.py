"""One value written into a document: nothing else of the file changes, and where that cannot be proven nothing is written."""

import pytest

from tmfkit.edit.setting import Unsettable, with_value
from tmfkit.load.read import read

FILE = "catalog.yaml"
UNTIL = ("validFor", "until")
HEAD = "kind: ProductOffering\nid: fibre\nname: Fibre\nlifecycle: Launched # since spring\n"

TABLE = [
    # the entity as it is written, and what stands in it afterwards
    (HEAD + "product: access\n", HEAD + "validFor: {until: 2027-03-01}\nproduct: access\n"),
    (HEAD, HEAD + "validFor: {until: 2027-03-01}\n"),
    (HEAD.rstrip("\n"), HEAD + "validFor: {until: 2027-03-01}"),
    (HEAD + "validFor: {from: 2026-01-15}\n", HEAD + "validFor: {from: 2026-01-15, until: 2027-03-01}\n"),
    (HEAD + "validFor: {}\n", HEAD + "validFor: {until: 2027-03-01}\n"),
    (HEAD + "validFor: {until: 2026-01-01} # then\n", HEAD + "validFor: {until: 2027-03-01} # then\n"),
    (
        HEAD + "validFor:\n  # the launch\n  from: 2026-01-15\n",
        HEAD + "validFor:\n  # the launch\n  until: 2027-03-01\n  from: 2026-01-15\n",
    ),
    (HEAD.replace("\n", "\r\n"), HEAD.replace("\n", "\r\n") + "validFor: {until: 2027-03-01}\r\n"),
    ("{kind: ProductOffering, id: fibre}\n", "{kind: ProductOffering, id: fibre, validFor: {until: 2027-03-01}}\n"),
]


@pytest.mark.parametrize(("before", "after"), TABLE)
def test_a_value_is_written_where_it_belongs(before: str, after: str) -> None:
    assert with_value(before, read(FILE, before)[0][0][0], UNTIL, "2027-03-01") == after


def test_the_second_document_of_a_file_is_meant() -> None:
    text = HEAD + "---\n" + HEAD.replace("fibre", "cable")
    after = with_value(text, read(FILE, text)[0][1][0], UNTIL, "2027-03-01")
    assert [data.get("validFor") for _, data in read(FILE, after)[0] if isinstance(data, dict)] == [None, {"until": "2027-03-01"}]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "replaces: {dsl: {}}\n"),
        ("replaces: [cable]\nproduct: a\n", "replaces: [cable, dsl]\nproduct: a\n"),
        ("replaces: {cable: {}}\n", "replaces: {cable: {}, dsl: {}}\n"),
    ],
)
def test_a_part_without_settings_joins_a_mapping_or_a_list(before: str, after: str) -> None:
    assert with_value(HEAD + before, read(FILE, HEAD + before)[0][0][0], ("replaces", "dsl"), None) == HEAD + after


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "validFor: &period\n  from: 2026-01-15\nother: *period\n",
        HEAD + "validFor: soon\n",
        HEAD + "validFor: [2026-01-15]\n",
    ],
)
def test_what_cannot_be_proven_is_not_written(text: str) -> None:
    with pytest.raises(Unsettable):
        with_value(text, read(FILE, text)[0][0][0], UNTIL, "2027-03-01")
