"""A catalog that uses everything compiles into the bodies that were read in review, in every dialect, whatever the order of its files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.compile.catalogs import ROOT, SAMPLE, SETTINGS, by_id, catalog, faults, linked, summaries
from tmfkit.compile.bundle import Bundle, Found
from tmfkit.compile.compile import ROWS, compile_all, compile_catalog, compile_entity, dialects_of
from tmfkit.compile.pricing_file import pricing_json
from tmfkit.model.base import Key
from tmfkit.model.kinds import KINDS
from tmfkit.tmf.dialects import Dialect

WHOLE = catalog(SAMPLE)
ENTITIES = len(WHOLE.summaries)
PLAIN = SAMPLE.replace("rank: 3, label: '\"3\"', category: [{id: fibre, weight: 2.5}]", "").replace("extra: {tmf620-v5: {colour: red}}", "")


def said(bundle: Bundle) -> str:
    return json.dumps(by_id(bundle.payloads), indent=1, ensure_ascii=False) + "\n"


def lines(found: tuple[Found, ...]) -> str:
    return "".join(f"{one.code} {one.finding.key} {'/'.join(map(str, one.finding.path))}: {one.finding.message}\n" for one in found)


@pytest.mark.parametrize("dialect", Dialect)
def test_the_bodies_are_those_that_were_reviewed(dialect: Dialect, golden: Callable[[str, str], None]) -> None:
    bundle, found = compile_catalog(WHOLE, dialect, SETTINGS)
    golden(f"compile/{dialect}.json", said(bundle))
    golden(f"compile/{dialect}.txt", lines(found))


def test_the_pricing_file_is_the_one_that_was_reviewed(golden: Callable[[str, str], None]) -> None:
    golden("compile/pricing.json", json.dumps(pricing_json(WHOLE, SETTINGS), indent=1, ensure_ascii=False) + "\n")


@effort(max_examples=10)
@given(st.permutations(range(ENTITIES)))
def test_the_order_of_files_changes_no_byte(order: list[int]) -> None:
    shuffled = catalog(SAMPLE, order=order)
    for dialect in Dialect:
        assert said(compile_catalog(shuffled, dialect, SETTINGS)[0]) == said(compile_catalog(WHOLE, dialect, SETTINGS)[0])
    assert json.dumps(pricing_json(shuffled, SETTINGS)) == json.dumps(pricing_json(WHOLE, SETTINGS))


@pytest.mark.parametrize("dialect", Dialect)
def test_payloads_stand_in_the_order_of_resource_and_id(dialect: Dialect) -> None:
    places = [(payload.resource, payload.id) for payload in compile_catalog(WHOLE, dialect, SETTINGS)[0].payloads]
    assert places == sorted(set(places))


@pytest.mark.parametrize("dialect", Dialect)
def test_what_a_payload_requires_is_in_the_same_bundle(dialect: Dialect) -> None:
    bundle, _ = compile_catalog(WHOLE, dialect, SETTINGS)
    present = set(by_id(bundle.payloads))
    required = {target for payload in bundle.payloads for target in payload.requires}
    assert required
    assert required - present == set()


@pytest.mark.parametrize("dialect", Dialect)
def test_every_reference_to_the_bundle_is_required(dialect: Dialect) -> None:
    bundle, _ = compile_catalog(WHOLE, dialect, SETTINGS)
    present = set(by_id(bundle.payloads))
    for payload in bundle.payloads:
        referred = {"/".join(href.split("/")[-2:]) for href in hrefs(payload.body)} & present
        assert referred - set(payload.requires) == set(), payload.id


def hrefs(value: object) -> list[str]:
    match value:
        case dict():
            own = [value["href"]] if isinstance(value.get("href"), str) else []
            return own + [href for key, item in value.items() if key != "x-tmfkit" for href in hrefs(item)]
        case list():
            return [href for item in value for href in hrefs(item)]
        case _:
            return []


@pytest.mark.parametrize("dialect", Dialect)
def test_the_official_file_finds_nothing(dialect: Dialect, reference: Path) -> None:
    bundle, _ = compile_catalog(catalog(PLAIN), dialect, SETTINGS)
    assert [fault for payload in bundle.payloads for fault in faults(reference, dialect, payload)] == []


@pytest.mark.parametrize("dialect", Dialect)
def test_the_official_file_finds_nothing_in_the_example_catalog(dialect: Dialect, reference: Path) -> None:
    folder = ROOT / "catalog"
    files = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}
    example = linked(files)
    bundle, found = compile_catalog(example, dialect, SETTINGS)
    assert bundle.payloads
    assert [one for one in found if one.code != "TK701"] == []
    assert [fault for payload in bundle.payloads for fault in faults(reference, dialect, payload)] == []


def test_one_entity_at_a_time_makes_the_same_payloads() -> None:
    for dialect in Dialect:
        together = set(by_id(compile_catalog(WHOLE, dialect, SETTINGS)[0].payloads))
        single = [payload for key in WHOLE.summaries for payload in compile_entity(key, WHOLE, dialect, SETTINGS).payloads]
        assert set(by_id(single)) == together
        assert len(single) == len(together)


def test_several_dialects_at_once_say_the_same_as_one_by_one() -> None:
    for key in WHOLE.summaries:
        at_once = compile_all(key, WHOLE, tuple(Dialect), SETTINGS)
        assert set(at_once) <= set(dialects_of(key.kind))
        for dialect in at_once:
            assert at_once[dialect].payloads == compile_entity(key, WHOLE, dialect, SETTINGS).payloads


def test_what_several_dialects_cannot_say_is_found_once() -> None:
    key = Key("ProductSpecification", "fibre-access")
    at_once = compile_all(key, WHOLE, tuple(Dialect), SETTINGS)
    messages = {dialect: [one.finding.message for one in compiled.found] for dialect, compiled in at_once.items()}
    assert any("TMF620 v4.1 and v5.0 have no place for `setBy` of `installed`" in message for message in messages[Dialect.TMF620_V4])
    assert any("TMF620 v4.1 has no place for `code`" in message for message in messages[Dialect.TMF620_V4])
    assert messages[Dialect.TMF620_V5] == []


def test_bases_and_the_operators_own_affairs_are_not_published() -> None:
    assert set(KINDS) - set(ROWS) == {"Vocabulary", "System", "Scenario", "Acceptance"}
    for key in (Key("ProductOffering", "base"), Key("System", "nso"), Key("Vocabulary", "vocabulary"), Key("ProductOffering", "nobody")):
        assert all(compile_entity(key, WHOLE, dialect, SETTINGS).payloads == () for dialect in Dialect)


def test_the_sample_uses_every_published_kind() -> None:
    assert {summary.key.kind for summary in summaries({"a.yaml": SAMPLE})} >= set(ROWS)
