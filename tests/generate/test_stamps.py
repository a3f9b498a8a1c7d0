"""Every format says in its own form which release it belongs to, and stays a file of that format."""

import ast
import csv
import io
import json
import tomllib
import xml.dom.minidom
from collections.abc import Callable

import pytest
import yaml

from tmfkit.generate.stamps import STYLES, Stamp, has_place, metadata, stamped

STAMP = Stamp("2026.11", "cards", "desk", "ab12")
WORDS = "release 2026.11, made by tmfkit (cards for desk) from sha256:ab12; do not edit"
HOSTILE = Stamp('7"\n--> ]]> ---\n$(reboot) */', "cards", "desk", "ab12")

TEXTS: dict[str, tuple[str, str]] = {
    ".xml": ('<?xml version="1.0"?>\n<a/>\n', f'<?xml version="1.0"?>\n<!-- {WORDS} -->\n<a/>\n'),
    ".bpmn": ("<a/>\n", f"<!-- {WORDS} -->\n<a/>\n"),
    ".md": ("# A\n", f"<!-- {WORDS} -->\n# A\n"),
    ".yaml": ("a: 1\n", f"# {WORDS}\na: 1\n"),
    ".toml": ("a = 1\n", f"# {WORDS}\na = 1\n"),
    ".sh": ("#!/bin/sh\ntrue\n", f"#!/bin/sh\n# {WORDS}\ntrue\n"),
    ".py": ("a = 1\n", f"# {WORDS}\na = 1\n"),
    ".yang": ("module a {}\n", f"// {WORDS}\nmodule a {{}}\n"),
    ".sql": ("select 1;\n", f"-- {WORDS}\nselect 1;\n"),
    ".csv": ("a,b\n", "a,b\n"),
    ".jsonl": ("{}\n", "{}\n"),
}


@pytest.mark.parametrize(("ending", "texts"), TEXTS.items(), ids=TEXTS)
def test_a_stamp_stands_where_its_format_has_a_place(ending: str, texts: tuple[str, str]) -> None:
    before, after = texts
    assert stamped(f"a{ending}", before, STAMP) == after
    assert has_place(f"a{ending}", before) is (before != after)


JSON = [
    ("{}", '{"x-tmfkit": {"release": "2026.11", "generator": "cards", "system": "desk", "digest": "sha256:ab12"}}'),
    ('{"$schema": "s"}', f'{{"$comment": "{WORDS}","$schema": "s"}}'),
    ('{"$schema": "s", "$comment": "mine"}', None),
    ('{\n  "a": 1\n}\n', None),
    ('{"x-tmfkit": 1}', '{"x-tmfkit": 1}'),
    ("[1]", "[1]"),
    ("{broken", "{broken"),
]


@pytest.mark.parametrize(("before", "after"), JSON)
def test_json_stays_json(before: str, after: str | None) -> None:
    text = stamped("a.json", before, STAMP)
    assert after in (None, text)
    if before != "{broken":
        own = json.loads(before)
        found = json.loads(text, object_pairs_hook=unrepeated)
        assert found == own or {key: found[key] for key in own} == own


def unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len(pairs) == len(dict(pairs))
    return dict(pairs)


READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    ".xml": ("<a>1</a>", lambda text: xml.dom.minidom.parseString(text).documentElement.toxml()),
    ".json": ('{"a": 1}', lambda text: json.loads(text)["a"]),
    ".yaml": ("a: 1", yaml.safe_load),
    ".toml": ("a = 1", tomllib.loads),
    ".py": ("a = 1", lambda text: ast.dump(ast.parse(text))),
    ".md": ("# A", lambda text: text.partition("-->")[2].strip()),
    ".sh": ("true", lambda text: [line for line in text.splitlines() if not line.startswith("#")]),
    ".yang": ("module a {}", lambda text: [line for line in text.splitlines() if not line.startswith("//")]),
    ".sql": ("select 1;", lambda text: [line for line in text.splitlines() if not line.startswith("--")]),
}


@pytest.mark.parametrize("ending", READERS)
def test_no_name_of_a_release_leaves_the_stamp(ending: str) -> None:
    text, read = READERS[ending]
    found = stamped(f"a{ending}", text, HOSTILE)
    assert found != text
    assert read(found) == read(text if ending != ".md" else f"-->{text}")


def test_every_style_is_read_back_or_written_out_above() -> None:
    kinds = {id(STYLES[ending]) for ending in STYLES}
    assert kinds == {id(STYLES[ending]) for ending in (*TEXTS, *READERS) if ending in STYLES}


def test_a_table_has_its_metadata_beside_it() -> None:
    path, text = metadata("a/b.csv", STAMP) or ("", "")
    assert path == "a/b.csv-metadata.json"
    assert (json.loads(text)["url"], json.loads(text)["dc:description"]) == ("b.csv", WORDS)
    assert metadata("a.xml", STAMP) is None
    assert list(csv.reader(io.StringIO("a,b\n"))) == [["a", "b"]]
