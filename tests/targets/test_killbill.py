"""The catalogs that are generated for Kill Bill, held to its own XML Schema and to the rules of its loader."""

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.generators.killbill import loader
from tests.generators.killbill.shop import WHOLE
from tests.generators.running import example_files, generated

OPERATORS = ("example", "shop")


@cache
def schema(folder: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(folder / "schemas" / "killbill" / "killbill-catalog-0.25.5.xsd"))


def catalogs(operator: str) -> list[str]:
    files = example_files("billing", "killbill") if operator == "example" else generated(WHOLE, "billing", "killbill")
    return [text for path, text in sorted(files.items()) if path.endswith(".xml")]


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_catalog_is_valid(reference: Path, operator: str) -> None:
    checked = schema(reference)
    for text in catalogs(operator):
        assert checked.validate(etree.fromstring(text.encode())), checked.error_log
    assert loader.refused(catalogs(operator)) == []


@pytest.mark.parametrize(("right", "wrong"), [("<category>BASE", "<category>MAIN"), ("<number>6</number>", "<number>x</number>")])
def test_the_schema_looks_at_something(reference: Path, right: str, wrong: str) -> None:
    text = catalogs("shop")[0]
    assert right in text
    assert not schema(reference).validate(etree.fromstring(text.replace(right, wrong, 1).encode()))
