"""Places in a text are the same for the editor and for us, whatever is in the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.lsp.text import EditorText, Encoding, editor_text
from tmfkit.source.text import Position, Span

TEXTS = st.text(st.sampled_from("aé🏠\n\r\u2028\x85: "), max_size=40)


@given(TEXTS, st.sampled_from(Encoding), st.booleans())
def test_there_and_back_again(text: str, encoding: Encoding, marked: bool) -> None:
    whole = EditorText(text, encoding, marked)
    for index in range(len(text) + 1):
        if text[index - 1 : index + 1] != "\r\n":
            assert whole.index(*whole.point(index)) == index


@given(TEXTS, st.integers(-2, 50), st.integers(-2, 60))
def test_no_place_is_outside(text: str, line: int, column: int) -> None:
    assert 0 <= EditorText(text).index(line, column) <= len(text)


@given(TEXTS, TEXTS)
def test_a_line_of_the_editor_has_as_many_units_as_its_encoding(before: str, text: str) -> None:
    line = before.replace("\n", "").replace("\r", "")
    for encoding, width in ((Encoding.UTF_8, 1), (Encoding.UTF_16, 2), (Encoding.UTF_32, 4)):
        units = len(line.encode(f"{encoding}-le" if width > 1 else encoding)) // width
        assert EditorText(f"{line}\n{text}", encoding).point(len(line)) == (0, units)


@pytest.mark.parametrize(
    ("text", "span", "start", "end"),
    [
        ("name: 🏠 x", (1, 7, 1, 8), (0, 6), (0, 8)),
        ("name: 🏠 x", (1, 9, 1, 10), (0, 9), (0, 10)),
        ("a\u2028b: c", (2, 1, 2, 2), (0, 2), (0, 3)),
        ("a: 1\r\nb: 2", (2, 4, 2, 5), (1, 3), (1, 4)),
        ("a: 1", (9, 9, 9, 9), (0, 4), (0, 4)),
    ],
)
def test_our_places_are_told_in_the_units_of_the_editor(
    text: str, span: tuple[int, int, int, int], start: tuple[int, int], end: tuple[int, int]
) -> None:
    where = Span("f", Position(span[0], span[1]), Position(span[2], span[3]))
    assert EditorText(text).range(where) == (start, end)


def test_an_editor_counts_the_byte_order_mark_that_it_sends() -> None:
    assert editor_text(b"\xef\xbb\xbfa: b", Encoding.UTF_16, is_open=True).point(0) == (0, 1)
    assert editor_text(b"\xef\xbb\xbfa: b", Encoding.UTF_16).point(0) == (0, 0)
