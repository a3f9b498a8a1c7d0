"""No link of the site is broken: not inside it, not to a line of the catalog's sources, and nothing is fetched from elsewhere."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site.built import Site
from tests.site.links import Link, broken, links

FETCHED = frozenset({"script", "img", "iframe", "use"})
LINE = re.compile(r"^(?P<file>catalog/\S+):(?P<line>\d+)$")


@pytest.fixture(params=["site", "by_zensical"])
def either(request: pytest.FixtureRequest) -> Site:
    """The site of the example operator, by each of the two builders."""
    found: Site = request.getfixturevalue(request.param)
    return found


def test_every_link_inside_the_site_leads_somewhere(either: Site) -> None:
    assert broken(either) == []


def test_nothing_is_fetched_from_elsewhere(either: Site) -> None:
    found = {
        f"{page}: {link.address}"
        for page in either.pages
        for link in links(either, page)
        if link.outside and (link.element in FETCHED or (link.element == "link" and "catalog" not in link.address))
    }
    assert sorted(found) == []


def test_no_style_sheet_names_another_host(either: Site) -> None:
    styles = [path for path in either.folder.rglob("*.css") if re.search(r"url\(\s*[\"']?(?:https?:)?//", path.read_text(encoding="utf-8"))]
    assert styles == []


def test_links_to_sources_name_lines_that_are_there(site: Site) -> None:
    named = [
        (link, match)
        for page in site.pages
        if page.startswith("catalog/")
        for link in links(site, page)
        if (match := LINE.match(link.says))
    ]
    assert len(named) > 100
    assert [link for link, match in named if int(match["line"]) > lines(ROOT / match["file"])] == []
    assert [link for link, match in named if not shows(site, link, match)] == []


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def shows(site: Site, link: Link, match: re.Match[str]) -> bool:
    """Whether the place that a link names is on the page of that file and is that line of it."""
    file, place = link.target
    page = site.read(file)
    found = page.get_element_by_id(place, None)
    return found is not None and place == f"L{match['line']}" and match["file"] in page.text_content()


@pytest.mark.parametrize(
    ("page", "address", "target"),
    [
        ("a/b.html", "c.html", ("a/c.html", "")),
        ("a/b.html", "../c.html#d", ("c.html", "d")),
        ("a/b.html", "#d", ("a/b.html", "d")),
        ("a/b.html", "", ("a/b.html", "")),
        ("a/b.html", "..", ("index.html", "")),
        ("a/b.html", "./", ("a/index.html", "")),
        ("a/b.html", "../c%20d/?e#f%20g", ("c d/index.html", "f g")),
        ("a/b.html", "/c.html", ("c.html", "")),
    ],
)
def test_an_address_is_followed_as_a_browser_does(page: str, address: str, target: tuple[str, str]) -> None:
    assert Link(page, "a", address, "").target == target


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<p id="x"><a href="b.html">1</a><a href="#y">2</a><a href="#x">3</a><a href="https://a.example">4</a></p>'
    )
    assert broken(Site(tmp_path)) == ["a.html: #y", "a.html: b.html"]
