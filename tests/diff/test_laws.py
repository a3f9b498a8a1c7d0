"""What must not matter, for the whole example operator: order, files, layout, and how one says the same."""

import random
from collections.abc import Callable
from functools import cache

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.sources import ROOT
from tests.diff.cases import BASE, base, cases, linked
from tmfkit.catalog import Catalog
from tmfkit.diff.bundles import canonical_bundle
from tmfkit.diff.compare import compare
from tmfkit.edit.fmt import formatted


@cache
def example() -> tuple[dict[str, str], Catalog]:
    """The files of the example operator, and its catalog."""
    files = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "catalog").rglob("*"))
        if path.suffix in (".yaml", ".csv")
    }
    return files, linked(files)


def each_document_alone(files: dict[str, str]) -> dict[str, str]:
    """One file a document, beside the tables that it names."""
    split: dict[str, str] = {}
    for file, text in files.items():
        parts = text.split("\n---\n") if file.endswith(".yaml") else [text]
        names = [file] if len(parts) == 1 else [f"{file.removesuffix('.yaml')}-{index}.yaml" for index in range(len(parts))]
        split |= dict(zip(names, parts, strict=True))
    return split


def one_file_a_folder(files: dict[str, str]) -> dict[str, str]:
    """All documents of a folder in one file, the last ones first."""
    joined: dict[str, str] = {}
    for file, text in reversed(files.items()):
        name = f"{file.rpartition('/')[0]}/all.yaml" if file.endswith(".yaml") else file
        joined[name] = f"{joined[name]}\n---\n{text}" if name in joined else text
    return joined


def formatted_files(files: dict[str, str]) -> dict[str, str]:
    """As `tmfkit fmt` writes them."""
    return {file: formatted(file, text.encode()).content.decode() if file.endswith(".yaml") else text for file, text in files.items()}


def without_comments(files: dict[str, str]) -> dict[str, str]:
    """Written anew from the data alone: no comment, no flow style, every scalar as a quoted text."""
    return {
        file: yaml.safe_dump_all(yaml.load_all(text, yaml.BaseLoader), sort_keys=False, allow_unicode=True)
        if file.endswith(".yaml")
        else text
        for file, text in files.items()
    }


@pytest.mark.parametrize("rework", [each_document_alone, one_file_a_folder, formatted_files, without_comments])
def test_layout_changes_nothing(rework: Callable[[dict[str, str]], dict[str, str]]) -> None:
    files, before = example()
    assert compare(before, linked(rework(files))) == ()


def test_the_example_is_like_itself_and_unlike_nothing() -> None:
    _, catalog = example()
    assert compare(catalog, catalog) == ()
    assert len(compare(catalog, base())) > 100


def shuffled(data: object, chance: random.Random, path: tuple[str, ...] = ()) -> object:
    """The same data in another order, where order says nothing: discounts, levels of tables, steps, options and languages stay."""
    if isinstance(data, dict):
        items = [(key, shuffled(value, chance, (*path, key))) for key, value in data.items()]
        if path[-1:] not in (("prices",), ("name",), ("description",)):
            chance.shuffle(items)
        return dict(items)
    if isinstance(data, list):
        parts = [shuffled(one, chance, path) for one in data]
        if path[-1:] not in (("by",), ("columns",), ("tiers",), ("amount",), ("vat",)):
            chance.shuffle(parts)
        return parts
    return data


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_any_shuffle_changes_nothing(chance: random.Random) -> None:
    documents = list(yaml.load_all(BASE, yaml.BaseLoader))
    chance.shuffle(documents)
    again = [shuffled(one, chance) for one in documents]
    assert compare(base(), linked(yaml.safe_dump_all(again, sort_keys=False, allow_unicode=True))) == ()


@given(st.lists(st.sampled_from([case for case in cases() if case.changes]), min_size=2, max_size=2))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_two_states_differ_exactly_where_they_compile_differently(pair: list) -> None:  # type: ignore[type-arg]
    first, second = (linked(case.after) for case in pair)
    assert (compare(first, second) == ()) is (canonical_bundle(first) == canonical_bundle(second))
