"""Copies of source files: every line has its place on a page that is not too heavy, and shows what is written there."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmfkit.site.source_parts import PART, lines_of, part_of, shown, starts

LINES = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), max_size=20), min_size=1, max_size=8)


@given(LINES, st.integers(1, 3))
def test_every_line_is_on_one_page_and_no_page_is_too_heavy(lines: list[str], times: int) -> None:
    many = [line * 400 for line in lines] * times
    first = starts(many)
    assert first[0] == 1
    assert list(first) == sorted(set(first))
    for part, (begin, end) in enumerate(zip(first, (*first[1:], len(many) + 1), strict=True), 1):
        assert {part_of(number, first) for number in range(begin, end)} == {part}
        weight = sum(len(shown(line).encode()) for line in many[begin - 1 : end - 1])
        assert weight <= PART or end - begin == 1


@pytest.mark.parametrize(
    "line",
    ["plain: text", "<script>alert(1)</script>", "```yaml", "~~~", "\ta tab", "&amp; & <b>", "*a* _b_ [c](d) {{ e }} --8<-- f", "é 漢 😀"],
)
def test_a_line_is_shown_as_it_is_written(line: str) -> None:
    assert html.unescape(shown(line)) == line
    assert re.search(r"[<>`~\t]", shown(line)) is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"", [""]), (b"a\nb", ["a", "b"]), (b"\xef\xbb\xbfa\r\nb\n", ["a\r", "b", ""]), ("a\u2028b\x0cc".encode(), ["a\u2028b\x0cc"])],
)
def test_lines_are_counted_as_editors_count_them(content: bytes, expected: list[str]) -> None:
    assert lines_of(content) == expected
