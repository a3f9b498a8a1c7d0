"""What YAML text means to the language, and how its faults are reported."""

import pytest

from tmfkit.load.read import decode, read
from tmfkit.source.document import locate

MEANING = [
    ("a: 1", {"a": "1"}),
    ("id: NO\nx: 012\ny: 1:30\nz: 49.90\nd: 2026-01-15", {"id": "NO", "x": "012", "y": "1:30", "z": "49.90", "d": "2026-01-15"}),
    ("a:\nb: ~\nc: null\nd: ''\ne: \"~\"", {"a": None, "b": None, "c": None, "d": "", "e": "~"}),
    ("a: [1, {b: c}, [d]]", {"a": ["1", {"b": "c"}, ["d"]]}),
    ("a: &x {b: c}\nd: *x", {"a": {"b": "c"}, "d": {"b": "c"}}),
    ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
    ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
    ("ключ: знач 🎉", {"ключ": "знач 🎉"}),
    ("a: 👩‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿 می‌خواهم", {"a": "👩‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿 می‌خواهم"}),
    ('a: "two\\nlines\\t\\u2713"', {"a": "two\nlines\t✓"}),
]


@pytest.mark.parametrize(("text", "data"), MEANING)
def test_scalars_stay_text_and_shapes_stay_shapes(text: str, data: object) -> None:
    documents, found = read("a.yaml", text)
    assert [value for _, value in documents] == [data]
    assert found == []


def test_several_documents_know_where_they_stand() -> None:
    text = "# first\na: 1\n---\n# second\nb: {c: 2}\n---\n---\nd: 3\n"
    documents, found = read("a.yaml", text)
    assert [value for _, value in documents] == [{"a": "1"}, {"b": {"c": "2"}}, {"d": "3"}]
    places = [str(locate(document, text, path)) for (document, _), path in zip(documents, (("a",), ("b", "c"), ("d",)), strict=True)]
    assert places == ["a.yaml:2:4", "a.yaml:5:8", "a.yaml:8:4"]
    assert found == []


FAULTS = [
    ("a: 1\nb: 2\na: 3\n", "TK006 a.yaml:3:1", "a.yaml:1:1"),
    ("x: {a: 1, b: {a: 2}, a: 3}\n", "TK006 a.yaml:1:22", "a.yaml:1:5"),
    ("a: 1\n\tb: 2\n", "TK004 a.yaml:2:1", None),
    ("a: b: c\n", "TK004 a.yaml:1:5", None),
    ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> branch\n", "TK004 a.yaml:2:1", None),
    ("a: [1\nb: 2\n", "TK004 a.yaml:2:2", None),
    ("a: !!python/object:os.system x\n", "TK007 a.yaml:1:4", None),
    ("a: &x {b: 1}\nc:\n  <<: *x\n", "TK007 a.yaml:3:3", None),
    ('a: "x\\0\\e[31m"\n', "TK003 a.yaml:1:4", None),
    ('a: 1\nb: ["\\u202e"]\n', "TK003 a.yaml:2:5", None),
    ('"\\u2066a": 1\n', "TK003 a.yaml:1:1", None),
    ("? [a]\n: b\n", "TK013 a.yaml:1:3", None),
    ("a: *nobody\n", "TK004 a.yaml:1:4", None),
    ("a: " + "[" * 120 + "]" * 120, "TK005 a.yaml:1:104", None),
]


@pytest.mark.parametrize(("text", "finding", "related"), FAULTS)
def test_faults_name_their_place(text: str, finding: str, related: str | None) -> None:
    _, found = read("a.yaml", text)
    assert [f"{one.code} {one.primary}" for one in found] == [finding]
    assert [str(place.span) for one in found for place in one.related] == ([related] if related else [])


def test_documents_before_a_syntax_error_are_still_read() -> None:
    documents, found = read("a.yaml", "a: 1\n---\nb: [\n")
    assert [value for _, value in documents] == [{"a": "1"}]
    assert [one.code for one in found] == ["TK004"]


def test_an_alias_bomb_ends_early() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 12)]
    _, found = read("a.yaml", "\n".join(lines))
    assert [one.code for one in found] == ["TK005"]


UNREADABLE = [
    (b"\xff\xfea", "TK002 a.yaml:1:1"),
    ("a: é\nb: ".encode() + b"\xe9\n", "TK002 a.yaml:2:4"),
    (b"a: 1\nb: \x00\n", "TK003 a.yaml:2:4"),
    (b"a: \x1b[31m\n", "TK003 a.yaml:1:4"),
    ("a: b\u202ec\n".encode(), "TK003 a.yaml:1:5"),
    ("a: \u009b31m\n".encode(), "TK003 a.yaml:1:4"),
    (b"x" * (33 * 1024 * 1024), "TK005 a.yaml:1:1"),
]


@pytest.mark.parametrize(("content", "finding"), UNREADABLE)
def test_bytes_that_are_no_text(content: bytes, finding: str) -> None:
    fault = decode("a.yaml", content).fault
    assert fault is not None
    assert f"{fault.code} {fault.primary}" == finding


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("a.yaml", b"\xef\xbb\xbfa: 1").text == "a: 1"
