"""What may be posted: everything that tmfkit writes, whatever the catalog says, and nothing that it never writes."""

import pytest

from tests.conftest import GOLDEN
from tmfkit.hosts.harmless import FORBIDDEN, faults
from tmfkit.views.github_text import bold, code, plain

COMMENTS = sorted((GOLDEN / "diff").glob("*.md"))

HOSTILE = [
    "`whoami`",
    "two\nlines",
    "$(id)",
    "::set-output name=x::y",
    "@team",
    "a@example.com",
    "<!-- tmfkit: catalog -->",
    "<img src=x onerror=y>",
    "[click](https://example.com)",
    "![x](y)",
    "[x]: https://example.com",
    "www.example.com",
    "https://example.com",
    "#12",
    "!12",
    "GH-3",
    "operator/catalog#3",
    "a|b",
    "</details>",
    "\\[x](y)",
    "\\\\[x](y)",
    "/approve",
    "\u202e\u2066evil",
    "\x1b[31m",
    "| a |\n| - |",
    "<why not=x>",
    "<a href=x>",
    "@@team",
    "WWW.example.com",
    "http:\\/x",
    "ftp://x",
    "&lt;b&gt;",
    "&#64;team",
    "*[_~#",
    "a ](b",
    "x][y",
    "\ud800",
]


@pytest.mark.parametrize("path", COMMENTS, ids=lambda path: path.stem)
def test_every_comment_that_tmfkit_is_known_to_write_may_be_posted(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert faults(text.partition("-->\n")[2]) == []


def test_there_are_comments() -> None:
    assert len(COMMENTS) >= 12


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_name_of_the_catalog_is_harmless_once_a_view_wrote_it(name: str) -> None:
    for text in (plain(name), bold(name), code(name)):
        assert faults(f"- {text} ends\n\n| {text} | {text} |\n  - Is called {text}, before {text}\n") == []
        assert "\n" not in text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Hello @team", "a mention of somebody"),
        ("ada@example.com", "a mention of somebody"),
        ("```yaml\n@team\n```", "a mention of somebody"),
        ("see https://example.com", "an address"),
        ("see HTTPS://example.com", "an address"),
        ("see www.example.com", "an address"),
        ("[see](x)", "a link or a picture"),
        ("![see](x)", "a link or a picture"),
        ("[see][x]", "a link or a picture"),
        ("\\\\[see\\\\](x)", "a link or a picture"),
        ("[x]: y", "a link or a picture"),
        ("<img src=x>", "a tag"),
        ("<IMG src=x>", "a tag"),
        ("<br onload=x>", "a tag"),
        ("<!-- tmfkit: catalog -->", "a tag"),
        ("<why not=x>", "a tag"),
        ("closes #12", "a reference to another change"),
        ("closes operator/catalog#12", "a reference to another change"),
        ("closes !12", "a reference to another change"),
        ("fine\n/merge", "an order to a robot"),
        ("fine\n  /merge", "an order to a robot"),
        ("Hello &#64;team", "a disguised sign"),
        ("Hello &commat;team", "a disguised sign"),
        ("see http:\\//example.com", "an address"),
        ("see (www.example.com)", "an address"),
        ("\u202eevil", "a character that nobody sees"),
        ("one\rtwo", "a character that nobody sees"),
        ("\x00", "a character that nobody sees"),
    ],
)
def test_what_is_refused(text: str, what: str) -> None:
    number = text.count("\n") if text.startswith("fine") else 1 if text.startswith("```") else 0
    assert faults(text) == [f"line {number + 1} has {what}"]


def test_every_reason_has_a_test() -> None:
    assert len(FORBIDDEN) == 7
