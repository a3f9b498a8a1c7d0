"""What the documents show is real: their YAML is read by tmfkit, their JSON is JSON, and their links lead somewhere.

A block of YAML is read as it stands. With more words behind `yaml`, more is asked of it: after `yaml catalog` it is a whole catalog
without findings; after `yaml ProductOffering` (or another kind) it is a part of such an entity, whose keys and values all count.
"""

import json
import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.catalogs import found
from tests.docs.blocks import Block, all_blocks, blocks_of, documents
from tmfkit.load.parse import declare
from tmfkit.load.read import read
from tmfkit.model.base import Key
from tmfkit.model.kinds import KINDS

YAML = all_blocks("yaml")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")
MANDATORY = {"name": "Sample", "lifecycle": "In study", "product": "sample", "role": "billing", "reason": "x", "owner": "x", "scope": "x"}


@pytest.mark.parametrize("block", YAML, ids=str)
def test_yaml_is_read(block: Block) -> None:
    documents, findings = read(block.file, block.text)
    assert [f"{finding.message}, line {finding.primary.start.line} of the block" for finding in findings] == []
    assert documents


@pytest.mark.parametrize("block", [block for block in YAML if block.marks == ("catalog",)], ids=str)
def test_a_whole_catalog_has_no_findings(block: Block) -> None:
    assert found(block.text) == []


@pytest.mark.parametrize("block", [block for block in YAML if block.marks and block.marks != ("catalog",)], ids=str)
def test_a_part_of_an_entity_is_understood(block: Block) -> None:
    (kind,) = block.marks
    model = KINDS[kind].model
    for document, data in read(block.file, block.text)[0]:
        assert isinstance(data, dict)
        needed = {name: MANDATORY[name] for name, field in model.model_fields.items() if field.is_required() and name in MANDATORY}
        sells = {} if "bundle" in data or kind != "ProductOffering" else {"product": MANDATORY["product"]}
        whole = {"kind": kind, "id": "sample", "name": MANDATORY["name"], **needed, **sells, **data}
        assert [problem.message for problem in declare(Key(kind, "sample"), whole, (document,)).problems] == []


@pytest.mark.parametrize("block", all_blocks("json"), ids=str)
def test_json_is_json(block: Block) -> None:
    assert json.loads(block.text)


def test_links_lead_somewhere() -> None:
    targets = [(path, *link) for path in documents() for link in LINK.findall(path.read_text(encoding="utf-8"))]
    broken = [
        f"{path.relative_to(ROOT)}: {target}{anchor}"
        for path, target, anchor in targets
        if not (path.parent / target).exists() or (anchor and anchor[1:] not in anchors(path if not target else path.parent / target))
    ]
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The names under which the headings of a document are linked to."""
    headings = re.findall(r"^#+ +(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_blocks_are_found_with_their_line_and_marks() -> None:
    text = "one\n\n```yaml catalog\nkind: System\n```\n\n- item\n  ```sh\n  make\n  ```\n"
    assert list(blocks_of("a.md", text)) == [
        Block("a.md", 3, "yaml", ("catalog",), "kind: System\n"),
        Block("a.md", 8, "sh", (), "make\n"),
    ]
