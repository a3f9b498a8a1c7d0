"""Whatever a catalog says is shown as it is written: Markdown and the extensions of the site make nothing of it."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from tmfkit.site.markdown import bullets, code, heading, joined, link, plain, table

EXTENSIONS = [
    *"abbr admonition attr_list def_list footnotes md_in_html meta sane_lists tables".split(),
    *"pymdownx.arithmatex pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.details pymdownx.blocks.tab".split(),
    *"pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji pymdownx.fancylists pymdownx.highlight".split(),
    *"pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.progressbar pymdownx.saneheaders".split(),
    *"pymdownx.snippets pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde".split(),
]
CONFIGS = {"pymdownx.snippets": {"check_paths": False}, "pymdownx.tabbed": {"alternate_style": True}}

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</code></td></table><h1>x</h1>",
    "<!-- gone",
    "&lt;b&gt; &amp; &copy; &#60;b&#62;",
    "a | b || c",
    "`code` ``more``",
    "*em* **strong** ***both*** * list",
    "_em_ __strong__ snake_case_name __init__ _",
    "[x](javascript:alert(1))",
    "![x](http://example.com/x.png)",
    "[x]: http://example.com 'title'",
    "[^1]: note [^1]",
    "*[HTML]: abbreviation",
    "[[wiki]] [TOC] [=50% done]",
    "http://example.com/a?b=c https://x.org www.example.com WWW.EXAMPLE.COM ftp://x.org",
    "<http://example.com> me@example.com @user #12 mailto:me@example.com",
    "user/repo#1 user/repo@abcdef0 !12",
    "{{ config.site_name }} {% raw %} {: .red #id onclick=x } { .red }",
    "{++added++} {--gone--} {~~a~>b~~} {==mark==} {>>note<<}",
    "==mark== ++ctrl+alt+del++ ^sup^ ^^ins^^ ~sub~ ~~del~~",
    ":smile: a:smile:b :100: 10:100: :",
    "--8<-- 'README.md'",
    "-8<- x",
    ";--8<-- 'README.md'",
    "# heading",
    "heading # not ##",
    "C# and F#",
    "---",
    "- - - list",
    "+ list",
    "* list",
    "1. first",
    "2026. year",
    "1) first",
    "(1) first",
    "a. first",
    "iv) fourth",
    "#. any",
    "> quote",
    ": definition",
    ":   definition",
    "!!! note 'Title'",
    "???+ note",
    '=== "Tab"',
    "=====",
    "/// details | x",
    "~~~ python",
    "``` python",
    "$x$ $$y$$ \\(z\\) \\[w\\]",
    "\\*back\\\\slash\\",
    "- [ ] task - [x] done",
    "line\nbreak\r\n# heading\n\n    code\n\n- list",
    "    indented",
    "name: value",
    "title: x",
    "a -- b --- c -> d --> e",
    "5 - 3 + 2 = 4 != 5, 100 %, 24/7, 1/2, +49 30, −5 €",  # noqa: RUF001 - a minus sign is one of the signs
    "« Fibre Maison » – d'été, 500 Mbit/s (24 months); “quoted” 'single' \"double\"",
    "עברית العربية 🙂 \u202eRTL",
    "klzzwxh:0000 wzxhzdk:0",
    "x" * 400,
    "a  b\tc",
    "1.",
    *"[](){}<>!?=+-_*`~^|\\:#&/.$@",
]

READABLE = [
    "Fibre Home",
    "500 Mbit/s (24 months)",
    "Triple Play: fibre, TV & phone",
    "snake_case",
    "lp-1g",
    "catalog/a-b.yaml",
    "39.90 EUR",
    "1 + 1",
]


class Seen(HTMLParser):
    """The text of a page and its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")


@cache
def renderer() -> Markdown:
    return Markdown(extensions=EXTENSIONS, extension_configs=CONFIGS)


def seen(text: str) -> Seen:
    return Seen(renderer().reset().convert(text))


def said(text: str) -> str:
    return " ".join(text.split())


PLACES = {
    "a paragraph": ("Above.\n\n{}", ["p", "p"]),
    "behind a word": ("word {} word", ["p"]),
    "behind markup": ("<code>x</code> {}", ["p", "code"]),
    "a heading": ("## {} {{: #here }}", ["h2"]),
    "a list": ("- {}", ["ul", "li"]),
    "emphasis": ("**{}**", ["p", "strong"]),
    "a link": ("[{}](x.md)", ["p", "a"]),
    "a cell": ("| a | b |\n| --- | --- |\n| {} | c |", ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_as_it_is_written_and_makes_no_element(text: str, place: str) -> None:
    template, elements = PLACES[place]
    found = seen(template.format(plain(text)))
    expected = seen(template.format("OWNTEXT"))
    assert expected.tags == elements
    assert (found.tags, said(found.text)) == (elements, said(expected.text).replace("OWNTEXT", said(text)))


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab1 \n`*_{}[]()#+-.!|~^=:@$<>&\\/?'\"%;8")), min_size=1, max_size=12).filter(str.strip))
def test_any_text_is_shown_as_it_is_written(place: str, text: str) -> None:
    template, elements = PLACES[place]
    found = seen(template.format(plain(text)))
    assert (found.tags, said(found.text)) == (elements, said(seen(template.format("OWNTEXT")).text.replace("OWNTEXT", said(text))))


@pytest.mark.parametrize("text", READABLE)
def test_what_is_no_markdown_stays_readable(text: str) -> None:
    assert plain(text) == text.replace("&", "&amp;")


def test_what_no_page_can_show_is_said_to_be_there() -> None:
    assert plain("a\x02klzzwxh:1\x03b\x00") == "a\N{REPLACEMENT CHARACTER}klzzwxh&#58;1\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("text", HOSTILE)
def test_code_is_shown_as_it_is_written(text: str) -> None:
    found = seen(f"- {code(text)} and {code(text)}")
    assert (found.tags, said(found.text)) == (["ul", "li", "code", "code"], said(f"{text} and {text}"))


@pytest.mark.parametrize(
    "target", ["a.md", "../a b/c(d).md", "x]y.md#l-1", "a\"b'.md", "https://host.example/f?x=1&y=2#L3", "<a>.md", "a*b_c.md"]
)
def test_a_link_leads_where_it_should(target: str) -> None:
    html = Markdown(extensions=["attr_list"]).convert(link("text", target))
    assert Seen(html).tags == ["p", "a"]
    assert re.search(r'href="[^" <>]+"', html)


def test_a_table_has_as_many_cells_as_its_head_and_nothing_where_there_are_no_rows() -> None:
    assert list(table(["a"], [])) == []
    text = joined([table(["a", "b"], [[plain("x|y"), ""]], frozenset({1})), bullets(["one", "two"])])
    assert text == "| a | b |\n| --- | ---: |\n| x&#124;y |   |\n\n- one\n- two\n"


def test_a_heading_has_the_same_anchor_in_every_language_and_can_be_left_out_of_the_search() -> None:
    html = Markdown(extensions=["attr_list", "toc"]).convert(heading(2, "Prix", "prices", searched=False))
    assert html == '<h2 data-search-exclude id="prices">Prix</h2>'
