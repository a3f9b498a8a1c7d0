"""The synthetic catalog of the benchmark: the same bytes for the same seed, every kind in it, and nothing wrong with it."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.synthetic import SMALLEST, Layout, documents, write

ENTITIES = 300
EVERY_KIND = """Vocabulary Catalog Category ProductOffering ProductSpecification ProductOfferingPrice ServiceCatalog ServiceCategory
    CustomerFacingServiceSpecification ResourceFacingServiceSpecification ResourceCatalog ResourceCategory PhysicalResourceSpecification
    LogicalResourceSpecification System Scenario Acceptance""".split()


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write(tmp_path / folder, ENTITIES)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_the_bytes_are_the_same_in_another_process(tmp_path: Path) -> None:
    write(tmp_path / "here", ENTITIES)
    code = f"from pathlib import Path; from bench.synthetic import write; write(Path({str(tmp_path / 'there')!r}), {ENTITIES})"
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root, env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(root)})
    assert content(tmp_path / "here") == content(tmp_path / "there")


def test_another_seed_gives_another_catalog() -> None:
    assert list(documents(ENTITIES, seed=1)) != list(documents(ENTITIES, seed=2))


@pytest.mark.parametrize("entities", [SMALLEST, SMALLEST + 19, ENTITIES, 1_000])
def test_it_has_as_many_entities_as_asked_for_and_no_key_twice(entities: int) -> None:
    keys = [(document.kind, document.id) for document in documents(entities)]
    assert len(keys) == len(set(keys)) == entities


def test_less_than_a_family_is_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        documents(SMALLEST - 1)


def test_every_kind_is_there_and_the_vocabulary_once() -> None:
    count = Counter(document.kind for document in documents(ENTITIES))
    assert set(count) == set(EVERY_KIND)
    assert count["Vocabulary"] == 1


@pytest.mark.parametrize(("layout", "files"), [("file", ENTITIES), ("fifty", ENTITIES // 50)])
def test_an_entity_is_about_as_large_as_in_a_real_catalog(tmp_path: Path, layout: Layout, files: int) -> None:
    written = write(tmp_path, ENTITIES, layout)
    assert (written.entities, written.files) == (ENTITIES, files)
    assert 38 < written.lines / written.entities < 48
    assert 1_000 < written.size / written.entities < 1_400


@pytest.mark.parametrize("layout", ["file", "fifty"])
def test_nothing_is_wrong_with_it(tmp_path: Path, layout: Layout) -> None:
    write(tmp_path / "catalog", ENTITIES, layout)
    (tmp_path / "tmfkit.yaml").write_text("catalog: catalog\n", encoding="utf-8")
    done = subprocess.run([Path(sys.executable).parent / "tmfkit", "validate"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line for line in done.stdout.splitlines() if line.startswith(("error", "warning", "info"))] == []
    assert f"{ENTITIES} entities" in done.stdout
