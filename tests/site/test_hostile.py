"""What a catalog says is shown as text, whatever it looks like: no page gets an element, a script or an address from it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.catalogs import written
from tests.site.built import Site, built, docs, once, small
from tests.site.hostile import TEXTS, files
from tests.site.links import broken, links

FOLDERS = {
    "offerings": "{}",
    "products": "{}",
    "services": "{}",
    "network-services": "net-{}",
    "equipment": "box-{}",
    "systems": "sys-{}",
    "categories": "cat-{}",
}


@pytest.fixture(scope="session", params=["mkdocs", "zensical"])
def builder(request: pytest.FixtureRequest) -> str:
    """Each of the programs that make the site."""
    return str(request.param)


@pytest.fixture(scope="session")
def hostile(shared: Path, builder: str) -> Site:
    """The site of the catalog whose every text tries to be something else."""
    return once(shared, f"hostile-{builder}", lambda folder: small(folder, files(), "", "--builder", builder))


@pytest.fixture(scope="session")
def meek(shared: Path, builder: str) -> Site:
    """The site of the same entities with harmless texts: what its pages contain, the site put there by itself."""
    harmless = {name: _meek(name, text) for name, text in files().items()}
    return once(shared, f"meek-{builder}", lambda folder: small(folder, harmless, "", "--builder", builder))


def _meek(name: str, text: str) -> str:
    plain = name.removesuffix(".yaml").title()
    return re.sub(r'"(?:[^"\\]|\\.)*"', lambda found: f'"{plain} net"' if found[0].endswith(' net"') else f'"{plain}"', text)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_name_is_shown_as_it_is_written(hostile: Site, folder: str, name: str) -> None:
    page = hostile.read(hostile.page(f"catalog/{language(hostile)}/{folder}/{FOLDERS[folder].format(name)}"))
    said = " ".join(f"{TEXTS[name]}{' net' if folder == 'network-services' else ''}".split())
    assert heading(page) == said
    assert " ".join(str(page.xpath("string(//title)")).split()).startswith(said)
    assert " ".join(TEXTS[name].split()) in shown(page.xpath("//article")[0])


def language(site: Site) -> str:
    """The one language of a catalog without a vocabulary."""
    (only,) = (path.parent.name for path in (site.folder / "catalog").glob("*/index.html"))
    return only


def heading(page: html.HtmlElement) -> str:
    """The first heading, without the sign that links to it."""
    (first, *_) = page.xpath("//article//h1")
    for sign in first.xpath(".//a[contains(@class, 'headerlink')]"):
        sign.drop_tree()
    return shown(first)


def shown(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_no_page_has_a_script_that_the_catalog_brought(hostile: Site, meek: Site) -> None:
    own = {script for page in meek.pages for script in scripts(meek, page)}
    brought = {f"{page}: {script[:80]}" for page in hostile.pages for script in scripts(hostile, page) if script not in own}
    assert own
    assert brought == set()


def scripts(site: Site, page: str) -> Iterator[str]:
    """The scripts of a page: their text, or the file that they are in; the settings of the theme differ by page and are data."""
    for script in site.read(page).iter("script"):
        if script.get("type") != "application/json":
            yield script.get("src", "").rpartition("../")[2] or script.text_content().replace("../", "")


def test_no_element_has_a_script_of_its_own(hostile: Site) -> None:
    handlers = {
        f"{page}: <{element.tag} {name}>"
        for page in hostile.pages
        for element in hostile.read(page).iter(html.etree.Element)
        for name in element.attrib
        if str(name).startswith("on")
    }
    assert handlers == set()


def test_no_link_goes_where_the_catalog_wants(hostile: Site) -> None:
    every = (link for page in hostile.pages for link in links(hostile, page))
    assert [link for link in every if re.search("^[^#]*(alert|host.example)|^javascript", link.address)] == []


def test_the_catalog_brings_no_sort_of_element(hostile: Site, meek: Site) -> None:
    def sorts(site: Site) -> set[tuple[str, str]]:
        return {(page.rpartition("/")[0], str(one.tag)) for page in site.pages for one in site.read(page).iter(html.etree.Element)}

    assert sorts(hostile) - sorts(meek) == set()


def test_no_link_of_it_is_broken(hostile: Site) -> None:
    assert broken(hostile) == []


def test_the_search_gets_names_without_elements(hostile: Site) -> None:
    (index,) = (path for path in hostile.folder.rglob("search*.json"))
    assert re.findall("<script|<img|<svg|<style", index.read_text(encoding="utf-8")) == []


CYCLE = """
kind: ProductSpecification
id: thing
name: Thing
---
kind: ProductOffering
id: one
name: One
product: thing
lifecycle: Launched
requires: [two]
excludes: [three]
---
kind: ProductOffering
id: two
name: Two
product: thing
lifecycle: Launched
requires: [one]
---
kind: ProductOffering
id: three
name: Three
product: thing
lifecycle: Launched
excludes: [one]
replaces: {one: {}}
"""

ALONE = """
kind: ProductSpecification
id: lonely
name: Lonely
---
kind: CustomerFacingServiceSpecification
id: nobody
name: Nobody
---
kind: System
id: idle
name: Idle
role: billing
"""


@pytest.mark.parametrize(("catalog", "page"), [(CYCLE, "offerings/one"), (ALONE, "products/lonely"), (ALONE, "systems/idle")])
def test_odd_catalogs_have_a_site(tmp_path: Path, catalog: str, page: str) -> None:
    site = small(tmp_path, {"all.yaml": catalog})
    assert site.page(f"catalog/{language(site)}/{page}")
    assert broken(site) == []


def test_a_catalog_of_nothing_has_no_site(tmp_path: Path) -> None:
    done = docs(written(tmp_path, {}))
    assert done.returncode == 1
    assert "has no YAML file" in done.stdout + done.stderr


def test_outside_of_a_project_the_way_out_is_named(tmp_path: Path) -> None:
    done = docs(tmp_path)
    assert done.returncode == 4
    assert "tmfkit.yaml" in done.stderr


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--audience", "sale"], (2, 4), "sales"),
        (["--audience", "<script>"], (2, 4), "<script>"),
        (["--release", "v1"], (4,), "no git repository"),
        (["--as-of", "yesterday"], (2,), "yesterday"),
        (["--builder", "hugo"], (2,), "hugo"),
    ],
)
def test_what_cannot_be_built_is_refused_in_one_line(tmp_path: Path, options: list[str], code: tuple[int, ...], says: str) -> None:
    done = docs(written(tmp_path, {"all.yaml": ALONE}), *options)
    assert done.returncode in code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_wrong_catalog_is_refused_with_its_findings(tmp_path: Path) -> None:
    done = docs(written(tmp_path, {"a.yaml": "kind: ProductOffering\nid: a\nname: A\nlifecycle: Launched\nproduct: nothing\n"}))
    assert done.returncode == 1
    assert "TK101" in done.stdout + done.stderr
    assert not (tmp_path / "site").exists()


def test_a_direction_is_not_turned_by_a_text(tmp_path: Path) -> None:
    done = docs(written(tmp_path, {"a.yaml": 'kind: Category\nid: a\nname: "a \u202e b"\n'}))
    assert done.returncode == 1
    assert "U+202E" in done.stdout + done.stderr


def test_what_was_built_is_built_again(tmp_path: Path) -> None:
    first = small(tmp_path, {"all.yaml": ALONE})
    before = {page: (first.folder / page).read_bytes() for page in first.pages}
    again = built(tmp_path)
    assert {page: (again.folder / page).read_bytes() for page in again.pages} == before
