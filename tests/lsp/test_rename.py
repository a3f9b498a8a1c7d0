"""Another id for an entity, everywhere at once: nothing that was right becomes wrong, and nothing else changes."""

import re
import shutil
from copy import copy
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.lsp.projects import SETTINGS, project
from tmfkit.lsp.checker import Checked, Checker
from tmfkit.lsp.references import Refused, applied, refuse_new_errors, renamed
from tmfkit.model.base import Key

ONE_IN = 11
"""Which share of the example's entities is renamed."""

ROLES = {
    "products.yaml": """\
kind: ProductSpecification
id: base
name: Base
characteristics: {speed: {values: [slow, fast]}}
services: {line: {with: {rate: {from: speed}}}, session: {with: {circuit: {from: line/circuit}, way: {from: speed}}}}
---
kind: ProductSpecification
id: heir
name: Heir
extends: base
remove: [services/line/with/rate]
services: {line: {with: {rate: slow}}}
---
kind: CustomerFacingServiceSpecification
id: line
name: Line
characteristics: {rate: {values: [slow, fast]}, circuit: {setBy: network}}
---
kind: CustomerFacingServiceSpecification
id: session
name: Session
characteristics: {circuit: {optional: true}, way: {optional: true}}
services: [wire]
---
kind: ResourceFacingServiceSpecification
id: wire   # as in: wire
name: wire
""",
    "offerings.yaml": """\
kind: ProductOffering
id: a
name: A
product: base
lifecycle: Active
prices: {p: {type: oneTime, amount: 1.00 EUR}}
---
kind: ProductOffering
id: b
name: B
lifecycle: Active
bundle:
  a: {}
  "other": {offering: &x a, max: 2}
prices: {d: {type: discount, reduces: [a/p], percent: 1, when: {a: 1, other: 1}}, e: {type: discount, reduces: [other/p], percent: 2}}
requires: [a]
""",
}


def rename(state: Checked, kind: str, old: str, new: str) -> dict[str, str]:
    """The files as they are after a rename."""
    return {file: content.decode() for file, content in applied(renamed(Key(kind, old), new, state), state).items()}


def test_the_example_stays_as_right_as_it_was(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    shutil.copy(ROOT / "tmfkit.yaml", tmp_path)
    checker = Checker(tmp_path.resolve())
    before = checker.check({})
    keys = [key for key in before.catalog.summaries if key.kind != "Vocabulary"]
    for key in keys[::ONE_IN]:
        files = applied(renamed(key, f"new-{key.id}", before), before)
        after = copy(checker).check(files)
        refuse_new_errors(before, after)
        renewed = Key(key.kind, f"new-{key.id}")
        assert {*after.catalog.summaries} == {*before.catalog.summaries} - {key} | {renewed}
        assert len(after.catalog.referrers(renewed)) == len(before.catalog.referrers(key))
        for file, content in files.items():
            assert re.sub(f"new-{re.escape(key.id)}", key.id, content.decode()) == before.snapshot.read(file).decode()


def test_a_role_goes_with_its_service(tmp_path: Path) -> None:
    after = rename(Checker(project(tmp_path, ROLES)).check({}), "CustomerFacingServiceSpecification", "line", "access")
    text = after["catalog/products.yaml"]
    assert "services: {access: {with: {rate: {from: speed}}}, session: {with: {circuit: {from: access/circuit}" in text
    assert "remove: [services/access/with/rate]\nservices: {access: {with: {rate: slow}}}" in text
    assert "id: access\nname: Line\n" in text
    assert "line" not in text.replace("name: Line", "")


def test_only_the_id_is_renamed_where_the_same_word_stands_elsewhere(tmp_path: Path) -> None:
    after = rename(Checker(project(tmp_path, ROLES)).check({}), "ResourceFacingServiceSpecification", "wire", "copper")
    assert "services: [copper]\n" in after["catalog/products.yaml"]
    assert "id: copper   # as in: wire\nname: wire\n" in after["catalog/products.yaml"]


def test_an_offering_is_renamed_in_bundles_discounts_and_relations(tmp_path: Path) -> None:
    after = rename(Checker(project(tmp_path, ROLES)).check({}), "ProductOffering", "a", "alpha")
    text = after["catalog/offerings.yaml"]
    assert "id: alpha\nname: A\n" in text
    assert '  alpha: {}\n  "other": {offering: &x alpha, max: 2}\n' in text
    assert "reduces: [alpha/p], percent: 1, when: {alpha: 1, other: 1}" in text
    assert "reduces: [other/p]" in text
    assert "requires: [alpha]" in text


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("session", "is called `session` already"),
        ("LINE2", ""),
        ("Session", "is called `session` already"),
        ("-x", "is not an id"),
        ("", "is not an id"),
    ],
)
def test_an_id_that_cannot_be_is_refused(tmp_path: Path, new: str, why: str) -> None:
    state = Checker(project(tmp_path, ROLES)).check({})
    key = Key("CustomerFacingServiceSpecification", "line")
    if not why:
        assert renamed(key, new, state)
        return
    with pytest.raises(Refused, match=why):
        renamed(key, new, state)


def test_a_rename_after_which_something_would_be_wrong_is_refused(tmp_path: Path) -> None:
    files = {**ROLES, "other.yaml": "kind: Category\nid: c\nname: C\nparent: {\n"}
    checker = Checker(project(tmp_path, files, SETTINGS))
    before = checker.check({})
    after = copy(checker).check({"catalog/offerings.yaml": ROLES["offerings.yaml"].replace("id: a\n", "id: z\n").encode()})
    with pytest.raises(Refused, match=r"then something would be wrong at catalog/offerings\.yaml:"):
        refuse_new_errors(before, after)
    refuse_new_errors(before, before)


def test_line_ends_and_byte_order_marks_stay(tmp_path: Path) -> None:
    root = project(tmp_path, {"a.yaml": "kind: Category\nid: a\nname: A\n"})
    (root / "catalog" / "b.yaml").write_bytes(b"\xef\xbb\xbfkind: Category\r\nid: b\r\nname: B\r\nparent: a\r\n")
    state = Checker(root).check({})
    after = applied(renamed(Key("Category", "a"), "z", state), state)
    assert after["catalog/b.yaml"] == b"\xef\xbb\xbfkind: Category\r\nid: b\r\nname: B\r\nparent: z\r\n"
