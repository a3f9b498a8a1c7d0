"""Whatever a payload says comes back, and all files are written or none."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importer.trees import imported, messages, project
from tmfkit.errors import TmfkitError
from tmfkit.files import write_all

TEXT = st.text(max_size=8) | st.sampled_from(["5", "true", "null", '"x"', "1e400", " a ", "2026-01-01T00:00:00.0Z", "a\nb", "0.10"])
JSON = st.recursive(
    st.booleans() | st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=2).map(float) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "value", "x", "y z"]), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    "name version category price tax validFor prodSpecCharValueUse productSpecCharacteristic place vendorX parent".split()
)
TYPES = st.sampled_from(["ProductOffering", "ProductSpecification", "ProductOfferingPrice", "Category", "ServiceSpecification"])


@given(st.lists(st.tuples(TYPES, st.dictionaries(KEYS, JSON, max_size=5)), min_size=1, max_size=4))
@settings(max_examples=60)
def test_nothing_is_lost(found: list[tuple[str, dict[str, Any]]]) -> None:
    bodies = [{"name": f"n{number}", **body, "@type": type, "id": f"i{number}"} for number, (type, body) in enumerate(found)]
    with TemporaryDirectory() as folder:
        result = imported(Path(folder), {"all.json": bodies})
    assert not result.faults or "half of a character" in result.faults[0].message
    assert [message for message in messages(result, "left out") if "does not come back" in message] == []


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    target = project(tmp_path / "project").root
    (target / "a.yaml").write_text("before")
    (target / "z").mkdir()
    (target / "z" / "b.yaml").mkdir()
    (target / "z" / "b.yaml" / "c").write_text("in the way")
    before = sorted(path.relative_to(target) for path in target.rglob("*"))
    with pytest.raises(TmfkitError, match="cannot write"):
        write_all(target, {"a.yaml": "after", "new/d.yaml": "x", "z/b.yaml/c/e.yaml": "y"})
    assert (target / "a.yaml").read_text() == "before"
    assert sorted(path.relative_to(target) for path in target.rglob("*")) == before


def test_files_are_written_over_when_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("before")
    write_all(tmp_path, {"a.yaml": "after", "new/d.yaml": "x"})
    assert [(path.name, path.read_text()) for path in sorted(tmp_path.rglob("*.yaml"))] == [("a.yaml", "after"), ("d.yaml", "x")]
    assert not list(tmp_path.rglob(".*"))
