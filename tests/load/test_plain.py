"""The quick way to read a file says exactly what the event builder says, or nothing: over tables, random documents and broken ones."""

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.synthetic import documents
from tmfkit.load.plain import read_plain
from tmfkit.load.read import read, read_events
from tmfkit.source.document import locate

ROOT = Path(__file__).resolve().parents[2]
CATALOG = sorted((ROOT / "catalog").rglob("*.yaml"))
SYNTHETIC = [document.text for document in documents(160)]


def agree(text: str) -> bool:
    """Whether the quick way took the text; where it did, it read what the event builder reads, in the same order, without a finding."""
    plain = read_plain("a.yaml", text)
    if plain is None:
        return False
    documents, found = read_events("a.yaml", text)
    assert found == []
    assert plain == documents
    assert repr(plain) == repr(documents)
    return True


PLAIN = [
    "",
    "# only a comment",
    "---\n---  # twice\n",
    "a: 1",
    "a: 1\r\nb:\r\n  c: 2\r\n\r\n---\r\nd: é 😀\r\n",
    "# first\n\n---\n\na: 1\n---\n# second\n  b:\n    c: d\n",
    "a:\nb: ~\nc: null\nd: ''\ne: \"\"\nf: 'null'\ng:   # nothing\n",
    "a: 12:30\nb: 2026-01-15\nc: NO\nd: 012\ne: http://x:80/y#z\nf: key:value\ng: -5\nh: it's [x] {y}, z\n",
    "a:   x   \nb: x # c\nc: x# y\nd: 'x'   # c\ne: \"x: # y\"  \n",
    "'a': 1\n\"b c\": 2\nd e: 3\n'<<': 4\n9: 5\nfibre/monthly: 6\n",
    "a: 'l''accès'\nb: ''''\nc: {d: 'l''eau', e: l'eau}\n",
    "a:\n- 1\n- 2\nb:\n  - 3\nc: 4\n",
    "- a: 1\n  b:\n  - x\n  - y: z\n    w:\n      v: 1\n-   c: 2\n    d: 3\n- e\n- [f, {g: h}]\n",
    "a: [1, b, {c: d}, [e, [f]], [], {}, 'g, h', \"i]\"]  # c\nb: {}\nc: []\nd: {a: null, b: ~, 'c': '~', e: http://x/y}\n",
    "a: [ x,y , z ]\nb: { c: d , e: { } }\nc: { a: { b: c } }\n",
]

LEFT_TO_THE_EVENT_BUILDER = [
    "a: 1\na: 2\n",
    "a: {b: 1, b: 2}\n",
    "a: 1\n'a': 2\n",
    "a:\n  b: 1\n c: 2\n",
    "a: 1\n  b: 2\n",
    "a: b\n  c\n",
    "a:\n  b\n",
    "a: b: c\n",
    "a: b:\n",
    "a: |\n  b\n",
    "a: >\n  b\n",
    "a: &x b\n",
    "a: *x\n",
    "a: !x b\n",
    "<<: {a: b}\n",
    "a: {<<: {b: c}}\n",
    "? a\n",
    "a: 1\n...\n",
    "%YAML 1.1\n---\na: 1\n",
    "a:\tb\n",
    "\ta: b\n",
    "a: 'b\n",
    'a: "b\\n"\n',
    "a: 'b' c\n",
    "a: 'b'# c\n",
    "a: [b\n",
    "a: [b}\n",
    "a: [b, c: d]\n",
    "a: {b, c: d}\n",
    "a: {b: c} d\n",
    "a: {b:c}\n",
    'a: {"b":c}\n',
    "a: [b,, c]\n",
    "a:\n- b\nc: d\n- e\n",
    "- - a\n",
    "-\n",
    "a: - b\n",
    "a: @b\n",
    "a: `b`\n",
    "--- a\n",
    "---a: b\n",
    "a: \u2028b\n",
    "a: \ufeffb\n",
    "a: 1\rb: 2\n",
    "a\n",
    "{a: b}\n",
    "a: " + "[" * 50 + "]" * 50,
    "a" * 1100 + ": b\n",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_plain_is_read_quickly_and_right(text: str) -> None:
    assert agree(text)


@pytest.mark.parametrize("text", LEFT_TO_THE_EVENT_BUILDER)
def test_what_is_not_plain_is_left_to_the_event_builder(text: str) -> None:
    assert read_plain("a.yaml", text) is None
    assert read("a.yaml", text) == read_events("a.yaml", text)


def test_the_catalog_is_plain() -> None:
    taken = [agree(path.read_text(encoding="utf-8")) for path in CATALOG]
    assert len(taken) > 20
    assert sum(taken) > 0.95 * len(taken)


def test_a_synthetic_catalog_is_plain_one_entity_a_file_or_all_in_one() -> None:
    assert all(agree(text) for text in SYNTHETIC)
    assert agree("\n---\n".join(SYNTHETIC))


def test_a_narrow_no_break_space_in_a_french_text_is_plain() -> None:
    assert agree("a: 39,90\u202f€\nb: {c: 5\xa0GB}\n")


@pytest.mark.parametrize(("value", "way"), [("[x]", ()), ("{x: y}", ()), ("{b: [x]}", ("b",)), ("[{b: [x]}]", (0, "b"))])
def test_two_equal_lines_do_not_share_their_lists(value: str, way: tuple[str | int, ...]) -> None:
    text = f"a: {value}\n---\na: {value}\n"
    plain: Any = read_plain("a.yaml", text)
    part = plain[0][1]["a"]
    for step in way:
        part = part[step]
    part.clear()
    assert plain[1] == read_events("a.yaml", text)[0][1]


def test_a_document_still_knows_where_its_parts_stand() -> None:
    text = "# first\na: 1\n---\n# second\nb: {c: 2}\n"
    read_quickly = read_plain("a.yaml", text) or []
    assert [str(locate(document, text, path)) for (document, _), path in zip(read_quickly, (("a",), ("b", "c")), strict=True)] == [
        "a.yaml:2:4",
        "a.yaml:5:8",
    ]


# Random documents, each written in a random style.

WORDS = "name fr monthly 500 24-months 49.90 fibre-home/monthly 12:30 -5 x#y http://a/b l'eau é😀 NO null ~".split()
KEYS = "id name fr prices 500 24-months fibre-home/monthly é".split()
FILLING = ("", "", "\n", "# c\n", "  # c: d\n", "   \n")
TRAIL = ("", "", "", "  ", " # c", "  # it's: [x]")


def scalar(chance: Random) -> str:
    text = " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))
    quoted = text.replace("'", "''")
    return chance.choice((text, text, f"'{quoted}'", f'"{text}: # {{,"'))


def flow(chance: Random, depth: int = 2) -> str:
    comma = chance.choice((", ", ",", " , "))
    parts = [scalar(chance) if depth == 0 or chance.random() < 0.5 else flow(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    if chance.random() < 0.5:
        return "[" + comma.join(parts) + "]"
    return "{ " + comma.join(f"{key}: {part}" for key, part in zip(chance.sample(KEYS, 3), parts, strict=False)) + " }"


def mapping(chance: Random, indent: int, depth: int) -> list[str]:
    lines: list[str] = []
    for key in chance.sample(KEYS, chance.randint(1, 4)):
        head = " " * indent + chance.choice((key, key, f"'{key}'", f'"{key}"')) + ":"
        style = chance.randint(0, 5 if depth else 3)
        value = " " + scalar(chance) if style < 2 else " " + flow(chance) if style == 2 else ""
        lines.append(head + value + chance.choice(TRAIL) + "\n" + chance.choice(FILLING))
        if style > 3:
            lines += block(chance, indent, depth - 1)
    return lines


def block(chance: Random, parent: int, depth: int) -> list[str]:
    """What stands below a key at the column `parent`."""
    if chance.random() < 0.5:
        return mapping(chance, parent + chance.randint(1, 4), depth)
    indent = parent + chance.randint(0, 3)
    lines: list[str] = []
    for _ in range(chance.randint(1, 3)):
        dash = "-" + " " * chance.randint(1, 3)
        if chance.random() < 0.5:
            lines.append(" " * indent + dash + chance.choice((scalar, flow))(chance) + chance.choice(TRAIL) + "\n")
            continue
        first, *others = mapping(chance, indent + len(dash), depth)
        lines += [" " * indent + dash + first.lstrip(" "), *others]
    return lines


def file_text(chance: Random) -> str:
    parts = ["".join(mapping(chance, 0, 3)) for _ in range(chance.randint(1, 3))]
    text = chance.choice(FILLING) + chance.choice(("---\n", "--- # c\n\n")).join(parts)
    return text.replace("\n", "\r\n") if chance.random() < 0.5 else text


@given(st.randoms(use_true_random=True))
@settings(max_examples=1500)
def test_random_documents_in_random_styles_are_read_quickly_and_right(chance: Random) -> None:
    text = file_text(chance)
    assert agree(text), text
    for document, data in read_plain("a.yaml", text) or []:
        assert [alone for _, alone in read_events("a.yaml", document.slice(text))[0]] == [data]


# Realistic text, broken at random.

SNIPPETS = [
    "\n".join(lines[start : start + 10])
    for text in (*SYNTHETIC[::8], *(path.read_text(encoding="utf-8") for path in CATALOG))
    for lines in [text.split("\n")]
    for start in range(0, len(lines), 20)
]
PIECES = [
    *" \n:-,[]{}#'\"|>&*!%@`?~\\<.\t\r0é\x85\u2028\xa0\ufeff\x00",
    ": ",
    " #",
    "- ",
    "''",
    '""',
    "null",
    "<<",
    "\n---\n",
    "\n...\n",
    "\n  ",
]
LINES = "a:|- a|- b: c|-|- - a|? a|a: >|a: b: c|a: 'b|a: [b|...|---|--- a|# c|b: {c: d}|  a: 1|    a: 1|<<: {a: b}|\tb".split("|")
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.one_of(
            st.tuples(st.just("put"), st.sampled_from(PIECES)),
            st.tuples(st.just("over"), st.sampled_from(PIECES)),
            st.tuples(st.just("cut"), st.sampled_from(("x", "xx", "xxxxxx"))),
            st.tuples(st.just("line"), st.sampled_from(LINES)),
            st.tuples(st.just("indent"), st.sampled_from((" ", "  ", "    ", "- "))),
            st.tuples(st.just("outdent"), st.sampled_from((" ", "  ", "    "))),
        ),
    ),
    min_size=1,
    max_size=4,
)


def edited(text: str, where: float, how: str, what: str) -> str:
    at = int(where * (len(text) + 1))
    line = text.rfind("\n", 0, at) + 1
    match how:
        case "put":
            return text[:at] + what + text[at:]
        case "over":
            return text[:at] + what + text[at + 1 :]
        case "cut":
            return text[:at] + text[at + len(what) :]
        case "line":
            return text[:line] + what + "\n" + text[line:]
        case "indent":
            return text[:line] + what + text[line:]
        case _:
            return text[:line] + re.sub(f"^ {{0,{len(what)}}}", "", text[line:])


@given(st.sampled_from(SNIPPETS), EDITS, st.booleans())
@settings(max_examples=4000)
def test_a_broken_text_is_read_as_the_event_builder_reads_it_or_left_to_it(
    text: str, edits: list[tuple[float, tuple[str, str]]], windows: bool
) -> None:
    for where, (how, what) in edits:
        text = edited(text, where, how, what)
    agree(text.replace("\n", "\r\n") if windows else text)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(LINES)), max_size=8))
@settings(max_examples=2000)
def test_lines_in_any_order_and_depth_are_read_as_the_event_builder_reads_them_or_left_to_it(lines: list[tuple[int, str]]) -> None:
    agree("\n".join("  " * depth + line for depth, line in lines))
