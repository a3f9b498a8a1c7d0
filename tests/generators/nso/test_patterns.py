"""A pattern means the same in YANG as in the catalog, or it is said that YANG has no words for it."""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from xml.sax.saxutils import quoteattr

import pytest
from lxml import etree

from tests.architecture.sources import ROOT
from tmfkit.semantics.patterns import pattern


def part(name: str) -> ModuleType:
    """One file of the generator, which stands alone."""
    spec = importlib.util.spec_from_file_location(f"nso_{name}", Path(ROOT, "generators", "nso", f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


XSD = part("xsd")
SAMPLES = (
    *("", "a", "b", "ab", "abc", "ABC", "abcabc", "aXb", "a-b", "a]b", "a\\b", "a.b", "A-123", "AX-123", "AP-1234", "xAX-123"),
    *("^a", "a$", "1", "12", "123", "+123456789", "00:1B:44:11:3A:B7", "é", "É", "٣", "{2}", "a{2}", "aa", "a b", "a\tb", "a\nb", " ", "/"),
    *("|", "a|b", "(", ")", "[a]", "-", "#", "x_y", "Z9", "10.0.0.1", "a@b.ch", "€", "\\", '"', "'", "<&>", "$5"),
)
TOLD = (
    *("A[XP]-[0-9]{3}", "^A[XP]-\\d{3}$", "([0-9A-F]{2}:){5}[0-9A-F]{2}", "[1-9][0-9]{6,14}", "a|b", "^a|b$", "^(a|b)+$", "(?:ab)*c?"),
    *(
        "(?P<one>a)(b)?",
        "a+?b*?",
        "\\w+",
        "\\W",
        "\\s",
        "\\S+",
        "\\D",
        "[\\d.]+",
        "[\\w-]+",
        "[^a-c]",
        "[]a]",
        "[^]a]+",
        "[a-]",
        "[-a]",
        ".",
    ),
    *("a.b", "\\.", "a\\|b", "\\(", "\\[a\\]", "[\\[\\]a]+", "\\$5", "\\^a", "[$^]a", "[a^]", "\\{2\\}", "a{2}", "{x}", "a{2,}", "a{,2}"),
    *(
        "\\p{L}",
        "\\pL+",
        "\\P{L}",
        "\\p{^Lu}",
        "[\\p{Lu}0-9]+",
        "[[:alpha:]]+",
        "[[:digit:]a]",
        "\\u00e9",
        "\\x41",
        "\\x{e9}",
        "\\/",
        "\\-",
    ),
    *("", "\\\\", "[\\\\]", '\\"', "\\Aa\\z", "a\\tb", "[\\t ]", "'", "#", "-", "\\@", "(a|)b?", "[0-9a-fA-F]{2,4}", "[+-]?[0-9]+"),
)
UNTOLD = ("(?i)abc", "a(^b|c)", "\\bword\\b", "[\\D]", "[[:^alpha:]]", "\\p{Greek}", "(a$)b", "(?s).", "a\\|^b", "\\x00", "\\f")


def fits(xsd: str, texts: Sequence[str]) -> list[bool]:
    """What XML Schema itself says about texts; those that no document may hold are not asked about."""
    written = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="t"><xs:simpleType>
      <xs:restriction base="xs:string"><xs:pattern value={quoteattr(xsd)}/></xs:restriction></xs:simpleType></xs:element></xs:schema>"""
    made = etree.XMLSchema(etree.fromstring(written))
    found = []
    for text in texts:
        document = etree.Element("t")
        document.text = text
        found.append(bool(made.validate(document)))
    return found


@pytest.mark.parametrize("text", TOLD)
def test_a_pattern_fits_the_same_texts_in_both(text: str) -> None:
    ours, theirs = pattern(text), XSD.xsd_pattern(text)
    assert not isinstance(ours, str), ours
    assert theirs is not None
    assert fits(theirs, SAMPLES) == [bool(ours.fullmatch(sample)) for sample in SAMPLES], theirs


@pytest.mark.parametrize("text", UNTOLD)
def test_what_has_no_words_in_xml_schema_is_not_guessed(text: str) -> None:
    assert not isinstance(pattern(text), str)
    assert XSD.xsd_pattern(text) is None


@pytest.mark.parametrize("text", [sample for sample in SAMPLES if sample])
def test_a_literal_fits_itself_alone(text: str) -> None:
    assert fits(XSD.xsd_literal(text), SAMPLES) == [sample == text for sample in SAMPLES]
