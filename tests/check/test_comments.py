"""Comments to tmfkit: every one is found where it stands, and what only looks like one in a text of the catalog is none."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.source.comments import comments

SAID = [
    ("behind a value", "a: b # tmfkit: x\n", [("x", 1, 6, (1,))]),
    ("alone above", "# tmfkit: x\na: b\n", [("x", 1, 1, (1, 2))]),
    ("alone and indented", "a:\n  # tmfkit: x\n  b: c\n", [("x", 2, 3, (2, 3))]),
    ("alone, above other comments, blanks and a separator", "# tmfkit: x\n\n# note\n---\na: b\n", [("x", 1, 1, (1, 5))]),
    ("alone at the end", "a: b\n# tmfkit: x", [("x", 2, 1, (2,))]),
    ("only a comment", "# tmfkit: x\n", [("x", 1, 1, (1,))]),
    ("behind a key", "a: # tmfkit: x\n  b: c\n", [("x", 1, 4, (1,))]),
    ("behind the head of a block of text", "a: |- # tmfkit: x\n  t\n", [("x", 1, 7, (1,))]),
    ("behind the head of a folded one", "a: >2 # tmfkit: x\n   t\n", [("x", 1, 7, (1,))]),
    ("in a block of text", "a: |\n  # tmfkit: x\n  b # tmfkit: x\n", []),
    ("less indented than the block of text above it", "a: |\n   t\n # tmfkit: x\nb: c\n", [("x", 3, 2, (3, 4))]),
    ("in double quotes", 'a: "b # tmfkit: x"\n', []),
    ("in double quotes with an escape", 'a: "b \\" # tmfkit: x"\n', []),
    ("behind double quotes", 'a: "b # no" # tmfkit: x\n', [("x", 1, 13, (1,))]),
    ("in single quotes over two lines", "a: 'b\n  # tmfkit: x\n  it''s # tmfkit: x'\n", []),
    ("without a blank before it", "a: b#tmfkit:x\n", []),
    ("in a list on one line", "a: [b, c] # tmfkit: x\n", [("x", 1, 11, (1,))]),
    ("in a list over two lines", "a: [b, # tmfkit: x\n  c]\n", [("x", 1, 8, (1,))]),
    ("behind another comment", "a: b # note # tmfkit: x\n", [("x", 1, 13, (1,))]),
    ("two in one comment", "a: b # tmfkit: x # tmfkit: y\n", [("x", 1, 6, (1,)), ("y", 1, 18, (1,))]),
    ("that mentions tmfkit", "a: b # see tmfkit: it helps\n", []),
    ("narrowly written", "a: b #tmfkit:x\n", [("x", 1, 6, (1,))]),
    ("with Windows line ends", "a: b\r\nc: d # tmfkit: x\r\n# tmfkit: y\r\ne: f\r\n", [("x", 2, 6, (2,)), ("y", 3, 1, (3, 4))]),
    ("behind wide characters", "a: 🏠é # tmfkit: x\n", [("x", 1, 7, (1,))]),
    ("behind a document's start and end", "--- # tmfkit: x\na: b\n... # tmfkit: y\n", [("x", 1, 5, (1,)), ("y", 3, 5, (3,))]),
    ("behind a directive", "%YAML 1.1 # tmfkit: x\n---\na: b\n", [("x", 1, 11, (1,))]),
    ("before a fault", "a: b # tmfkit: x\nc: 'd\n", [("x", 1, 6, (1,))]),
    ("nowhere", "a: b\n", []),
]


@pytest.mark.parametrize(("case", "text", "expected"), SAID, ids=[case for case, *_ in SAID])
def test_comments_and_what_they_are_about(case: str, text: str, expected: list[object]) -> None:
    assert [(one.text, *one.span.start, one.lines) for one in comments("a.yaml", text)] == expected


def test_the_place_of_a_comment_ends_where_it_ends() -> None:
    (only,) = comments("a.yaml", "a: b # tmfkit: x  \n")
    assert only.span.end == (1, 17)


TEXTS = st.text(st.sampled_from("#: \n'\"|>-ab\\[]{}é🏠\t"), max_size=30).map(lambda text: f"{text} # tmfkit: x\n# tmfkit: y {text}")
STYLES = st.sampled_from((None, "'", '"', "|", ">"))


@given(st.dictionaries(st.sampled_from("abcdef"), st.one_of(TEXTS, st.lists(TEXTS, max_size=2)), min_size=1), STYLES, st.booleans())
def test_nothing_in_a_text_is_a_comment(data: object, style: str | None, flow: bool) -> None:
    text = yaml.safe_dump(data, default_style=style, default_flow_style=flow, allow_unicode=True, width=30)
    assert list(comments("a.yaml", text)) == []
    assert yaml.safe_load(text) == data


@given(st.dictionaries(st.sampled_from("abcdef"), TEXTS, min_size=1), STYLES)
def test_a_comment_beside_any_text_is_found(data: object, style: str | None) -> None:
    text = yaml.safe_dump(data, default_style=style, allow_unicode=True, width=30)
    found = list(comments("a.yaml", f"# tmfkit: first\n{text}# tmfkit: last\n"))
    assert [one.text for one in found] == ["first", "last"]
