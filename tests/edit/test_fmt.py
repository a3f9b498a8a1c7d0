"""`fmt` puts keys and lines in order, moves comments with what they are about, and changes nothing that the catalog says."""

import json
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.catalogs import UTC
from tests.conftest import ROOT
from tests.edit.odd import OddWriter
from tmfkit.compile.bundle import Settings
from tmfkit.compile.compile import compile_catalog
from tmfkit.edit.fmt import format_text, formatted
from tmfkit.link.link import link
from tmfkit.load.load import load
from tmfkit.load.read import read
from tmfkit.model.values import parse_moment
from tmfkit.source.comments import comments as comments_to_tmfkit
from tmfkit.source.document import Data
from tmfkit.source.tree import MemoryTree
from tmfkit.tmf.versions import Dialect

EXAMPLE = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted((ROOT / "catalog").rglob("*")) if path.is_file()}
FILES = {file: text.decode() for file, text in EXAMPLE.items() if file.endswith(".yaml")}
DOCUMENTS = {file: [data for _, data in read(file, text)[0]] for file, text in FILES.items()}
ROUNDS = -(-1000 // sum(map(len, DOCUMENTS.values())))
"""How often the example has to be written anew for a thousand documents."""

HEAD = "kind: ProductOffering\nid: a\n"

TABLE = [
    ("id: a\nkind: Category\n", "kind: Category\nid: a\n"),
    ("kind: Category\nid: a", "kind: Category\nid: a\n"),
    ("kind: Category\n\n\n\nid: a   \n\n\n", "kind: Category\n\nid: a\n"),
    ("\n\nkind: Category\nid:   a\n", "kind: Category\nid: a\n"),
    ("# top\n\nkind: Category\nid: a\n", "# top\n\nkind: Category\nid: a\n"),
    ("# top\nid: a\nkind: Category\n", "# top\nkind: Category\nid: a\n"),
    ("# top\n# tmfkit: ignore[TK104]: known\nid: a\nkind: Category\n", "# top\nkind: Category\n# tmfkit: ignore[TK104]: known\nid: a\n"),
    ("kind: Category\n# of b\nparent: b # here\n# of a\nid: a\n", "kind: Category\n# of a\nid: a\n# of b\nparent: b # here\n"),
    ("kind: Category\nid: a\n# at the end\n", "kind: Category\nid: a\n# at the end\n"),
    ("kind: Category\nid: a\n\n---\n\nkind: Category\nid: b\n", "kind: Category\nid: a\n---\nkind: Category\nid: b\n"),
    ("---   # one\nkind: Category\nid: a\n", "---   # one\nkind: Category\nid: a\n"),
    ("kind: Category\nid: a\nname:\n      en: A\n      fr: B\n", "kind: Category\nid: a\nname:\n  en: A\n  fr: B\n"),
    ("kind: Category\nid: a\nname: { en: A,fr: B }\n", "kind: Category\nid: a\nname: {en: A, fr: B}\n"),
    ("kind: Category\nid: a\nname: { fr: A , en: B }\n", "kind: Category\nid: a\nname: {fr: A, en: B}\n"),
    ("kind: Category\nid: 'a'\nname: \"A\"\n", "kind: Category\nid: 'a'\nname: \"A\"\n"),
    ("{id: a,   kind: Category} # one line\n", "{kind: Category, id: a} # one line\n"),
    (
        "kind: Catalog\nid: a\ncategories:\n- x\n-   y # two\n# end\n",
        "kind: Catalog\nid: a\ncategories:\n  - x\n  - y # two\n# end\n",
    ),
    ("kind: Catalog\nid: a\ncategories:\n  - x\n  # last\n\nname: A\n", "kind: Catalog\nid: a\n\nname: A\ncategories:\n  - x\n  # last\n"),
    (
        HEAD + "prices:\n    b: {amount: 1 EUR, type: oneTime}\n    a: {type: oneTime, amount: 2 EUR}\n",
        HEAD + "prices:\n  b: {type: oneTime, amount: 1 EUR}\n  a: {type: oneTime, amount: 2 EUR}\n",
    ),
    (
        HEAD + "prices:\n  a:\n    # how much\n    amount: 1 EUR   # cheap\n    type: oneTime\n    # the end of a\n  b: {use: c}\n",
        HEAD + "prices:\n  a:\n    type: oneTime\n    # how much\n    amount: 1 EUR   # cheap\n    # the end of a\n  b: {use: c}\n",
    ),
    (
        HEAD + "prices:\n  a: {\n   amount: 1 EUR, # cheap\n   # what\n   type: oneTime }\n",
        HEAD + "prices:\n  a: {\n    # what\n    type: oneTime,\n    amount: 1 EUR  # cheap\n  }\n",
    ),
    (HEAD + "choices: {b: [2,\n 1], a: [3]}\n", HEAD + "choices: {b: [2,\n  1], a: [3]}\n"),
    (
        HEAD + "prices:\n  a:\n    amount:\n    - is: 1 EUR\n      # since then\n      from: 2026-01-01\n",
        HEAD + "prices:\n  a:\n    amount:\n      -\n        # since then\n        from: 2026-01-01\n        is: 1 EUR\n",
    ),
    (
        HEAD + "description: |\n       one\n         two\n\nname: A\n",
        HEAD + "\nname: A\ndescription: |\n  one\n    two\n",
    ),
    (HEAD + "description: one\n      two\nname: A\n", HEAD + "name: A\ndescription: one\n  two\n"),
    (HEAD + "description:\n      one\n      two  # said\nname: A\n", HEAD + "name: A\ndescription:\n  one\n  two  # said\n"),
    (HEAD + "name: A      # x\nproduct: bcd  # y\n", HEAD + "name: A      # x\nproduct: bcd  # y\n"),
    (HEAD + "unknown: 1\nname: A\n", HEAD + "unknown: 1\nname: A\n"),
    ("kind: Nothing\nname: A\nid:    a\n", "kind: Nothing\nname: A\nid: a\n"),
    (
        "kind: Category\nid: a\nextra: {tmf620-v4: &x {b: 1, a: 2}}\nname: A\n",
        "kind: Category\nid: a\nextra: {tmf620-v4: &x {b: 1, a: 2}}\nname: A\n",
    ),
    ("kind: Category\nname: &n A\nid:   a\ndescription: *n\n", "kind: Category\nname: &n A\nid: a\ndescription: *n\n"),
    (
        "kind: Category\ndescription: |+\n    a\n\n\n---\nkind: Category\nname:   b\n",
        "kind: Category\ndescription: |+\n  a\n\n\n---\nkind: Category\nname: b\n",
    ),
    ("kind: Category\ndescription: |2\n    a\n   b\nid:   c\n", "kind: Category\nid: c\ndescription: |2\n    a\n   b\n"),
    ("# one\n\n---\nkind:   Category\n", "# one\n---\nkind: Category\n"),
    ("", ""),
    ("# nothing yet\n", "# nothing yet\n"),
]


@pytest.mark.parametrize(("before", "after"), TABLE)
def test_layout(before: str, after: str) -> None:
    made = format_text("a.yaml", before)
    assert made.text == after
    assert format_text("a.yaml", after).text == after


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("%YAML 1.1\n---\nkind: Category\nid:   a\n", "line 1 has something that is not formatted: directives"),
        ("kind: Category\nid:   a\n...\n", "line 3 has something that is not formatted: the end of a document"),
        ("kind: Category\n? id\n:  a\n", "line 2 has something that is not formatted"),
        ("kind: Category\nid:   a\n---\n", "an empty document"),
        ("kind: Category\nid:   a\nname: &x\n  en: A\n", "an anchor or a tag before a block"),
        ("kind: Category\nid:   a\nname: A\u2028B\n", "the unusual line break U+2028"),
    ],
)
def test_unusual_yaml_is_left_as_it_is(text: str, reason: str) -> None:
    made = format_text("a.yaml", text)
    assert made.text == text
    assert reason in made.reason
    assert not made.faulty


@pytest.mark.parametrize(
    "text", ["kind: Category\nid:   a\nid: b\n", "kind: [\n", "a: *b\nid:   c\n", "kind: !x Category\nid:   a\n", "a: " + "[" * 9000]
)
def test_what_is_read_with_findings_is_left_as_it_is(text: str) -> None:
    made = format_text("a.yaml", text)
    assert made.text == text
    assert made.faulty
    assert made.reason == read("a.yaml", text)[1][0].message


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("kind: Category\nid: b # c\n", "formatting would change what it says"),
        ("id: a # c\nkind:  Category\n", "formatting would change what it says"),
        ("kind: Category\nid: a # c\n---\nkind: Category\nid: b\n", "formatting would change what it says"),
        ("kind: Category\nid: a\nid: a # c\n", "formatting would change what it says"),
        ("kind: Category\nid: a\n", "formatting would change its comments"),
        ("kind: Category\nid: a # d\n", "formatting would change its comments"),
        ("kind: Category\nid: a # c # c\n", "formatting would change its comments"),
        ("kind: Category\nid:    a # c\n", "formatting it does not come to an end"),
        ("kind: [", "it is YAML that is not formatted"),
    ],
)
def test_whatever_is_not_proven_is_not_written(made: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = iter([made, "other"])
    monkeypatch.setattr("tmfkit.edit.fmt.laid_out", lambda _: next(texts))
    text = "id: a # c\nkind: Category\n"
    left = format_text("a.yaml", text)
    assert (left.text, left.reason) == (text, reason)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"id: a\r\nkind: Category\r\n", b"kind: Category\r\nid: a\r\n"),
        (b"\xef\xbb\xbfid: a\nkind: Category\n", b"\xef\xbb\xbfkind: Category\nid: a\n"),
        (
            b"\xef\xbb\xbfid: a\r\nkind: Category\r\nname: 'a\r\n\r\n  b'\r\n",
            b"\xef\xbb\xbfkind: Category\r\nid: a\r\nname: 'a\r\n\r\n  b'\r\n",
        ),
        (b"kind: Category\r\nid: a\r\nname: A\n", b"kind: Category\r\nid: a\r\nname: A\r\n"),
        (b"kind: Category\nid: a\nname: A\r\n", b"kind: Category\nid: a\nname: A\n"),
        (b"id: a\nkind: Category\nname: \xff\n", b"id: a\nkind: Category\nname: \xff\n"),
    ],
)
def test_line_ends_and_byte_order_mark_stay(before: bytes, after: bytes) -> None:
    assert formatted("a.yaml", before).content == after


@given(st.integers(min_value=0), st.lists(st.sampled_from([data for part in DOCUMENTS.values() for data in part]), min_size=1, max_size=3))
@examples(max_examples=1000)
def test_twice_is_once_and_no_comment_is_lost(seed: int, documents: list[Data]) -> None:
    text = OddWriter(Random(seed)).documents(documents)
    once = format_text("a.yaml", text)
    assert once.reason == ""
    assert format_text("a.yaml", once.text).text == once.text
    assert [data for _, data in read("a.yaml", once.text)[0]] == [data for _, data in read("a.yaml", text)[0]]
    assert comments(once.text) == comments(text)


def comments(text: str) -> list[str]:
    """The comments that the writer of odd layouts put into a text: each ends in a number of its own."""
    return sorted(line[line.index("#") :].rstrip() for line in text.splitlines() if "#" in line)


def test_the_compiled_example_stays_the_same_to_the_byte() -> None:
    assert compiled(
        {file: formatted(file, content).content if file in FILES else content for file, content in EXAMPLE.items()}
    ) == compiled(EXAMPLE)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_thousand_odd_documents_compile_to_the_same_bytes(seed: int) -> None:
    writer = OddWriter(Random(seed))
    odd = {file: writer.documents(documents) for file, documents in DOCUMENTS.items()}
    made = {file: format_text(file, text) for file, text in odd.items()}
    assert [file for file, one in made.items() if one.reason or one.text == odd[file]] == []
    assert compiled({**EXAMPLE, **{file: one.text for file, one in made.items()}}) == compiled({**EXAMPLE, **odd})


def compiled(files: Mapping[str, str | bytes]) -> bytes:
    """Every payload of a catalog, in every dialect."""
    tree = MemoryTree(files)
    loaded = load(tree, lambda *_: [])
    linked = link(loaded, tree, UTC, lambda *_: [])
    assert [*loaded.diagnostics, *linked.diagnostics] == []
    settings = Settings("2026.3", parse_moment("2026-03-01"), UTC)
    bundles = (compile_catalog(linked.value, dialect, settings)[0] for dialect in Dialect)
    return json.dumps([payload.body for bundle in bundles for payload in bundle.payloads]).encode()


def test_the_odd_documents_differ_enough() -> None:
    text = "".join(OddWriter(Random(seed)).documents(DOCUMENTS["catalog/offerings/fibre.yaml"]) for seed in range(20))
    assert [sign for sign in ("|-", ">-", "# opens", "\n- ", "\n    - ", " , ", "{\n", "\n\n\n", "  \n") if sign not in text] == []


@pytest.mark.parametrize(
    "text",
    [
        "# tmfkit: ignore[TK601]: w\n\nid: pg\nname: P\nkind: ResourceFacingServiceSpecification\n",
        "# tmfkit: ignore[TK601]: w\n---\nid: pg\nname: P\nkind: ResourceFacingServiceSpecification\n",
        "{ kind: ResourceFacingServiceSpecification,\nname: P,\n id: pg } # tmfkit: ignore[TK601]: w\n",
    ],
)
def test_a_comment_to_tmfkit_stays_with_what_it_is_about(text: str) -> None:
    made = format_text("a.yaml", text)
    about = [line for comment in comments_to_tmfkit("a.yaml", made.text) for line in comment.lines]
    assert any("id:" in made.text.split("\n")[line - 1] for line in about)
