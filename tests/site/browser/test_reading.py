"""What a reader meets in a real browser: pages without complaints, nothing from outside, drawings, search, languages, a phone, paper."""

from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.keys import Keys

from tests.site.browser.chrome import DESK, PHONE, Chrome
from tests.site.browser.conftest import SCREENSHOTS
from tests.site.browser.pages import SORTS
from tests.site.built import Site

pytestmark = pytest.mark.browser

QUERY, RESULT = "[data-md-component=search-query]", "a.md-search-result__link"
NAVIGATION = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-search, .md-skip, .md-top"
FOCUS = """
const one = document.activeElement;
const seen = one.matches("input.md-option") ? one.nextElementSibling : one;  // Material shows the label in place of a button of choice
const room = seen.getBoundingClientRect();
const rings = [seen, ...seen.querySelectorAll("rect")].map(part => getComputedStyle(part)).filter(style =>
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none" || parseFloat(style.strokeWidth) > 2);
return [one.tagName + "." + (one.getAttribute("class") || ""), rings.length > 0, room.width > 0 && room.height > 0];
"""
"""The element that has the focus, whether that shows, and whether it takes room."""


def outside(chrome: Chrome) -> list[str]:
    """The addresses that the pages asked for and that do not lie on this machine."""
    chrome.listen()
    return sorted(
        {address for address in chrome.asked if urlsplit(address).hostname not in ("127.0.0.1", None) or address.startswith("chrome")}
    )


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_asks_nobody_else_and_has_no_complaints(chrome: Chrome, site: Site, address: str, sort: str) -> None:
    chrome.open(f"{address}/{site.page(SORTS[sort])}")
    assert outside(chrome) == []
    assert any(asked.endswith(".css") for asked in chrome.asked), "the log of requests is empty: it proves nothing"
    assert chrome.complaints() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sort", SORTS)
def test_a_page_has_no_serious_barrier(chrome: Chrome, site: Site, address: str, sort: str, scheme: str) -> None:
    chrome.prefer(scheme)
    chrome.open(f"{address}/{site.page(SORTS[sort])}")
    assert chrome.run("return document.body.dataset.mdColorScheme") == {"light": "default", "dark": "slate"}[scheme]
    chrome.picture(SCREENSHOTS / f"{sort}-{scheme}.png")
    assert [barrier for barrier in chrome.barriers() if barrier.impact in ("serious", "critical")] == []


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_fits_a_phone(chrome: Chrome, site: Site, address: str, sort: str) -> None:
    chrome.size(PHONE, phone=True)
    chrome.open(f"{address}/{site.page(SORTS[sort])}")
    chrome.picture(SCREENSHOTS / f"{sort}-phone.png")
    assert chrome.run("return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth)") == PHONE[0]


@pytest.mark.parametrize("sort", ["offering", "bundle", "service"])
def test_a_drawing_is_there_without_any_network(chrome: Chrome, site: Site, address: str, sort: str) -> None:
    chrome.open(f"{address}/{site.page(SORTS[sort])}")
    drawn = chrome.run(
        "return [...document.querySelectorAll('article svg[role=img], article svg[aria-labelledby]')].map(one => "
        "[one.getBoundingClientRect().width, one.getBoundingClientRect().height, one.querySelectorAll('text').length])"
    )
    assert drawn, "no drawing on this page"
    assert [one for one in drawn if min(one) <= 0] == []
    assert outside(chrome) == []


@pytest.mark.parametrize("by", ["http", "file"])
def test_the_search_finds_an_offering_by_its_french_name(chrome: Chrome, site: Site, address: str, by: str) -> None:
    base = address if by == "http" else site.folder.as_uri()
    chrome.open(f"{base}/{site.page('catalog/fr/index')}")
    assert search(chrome, "Fibre Maison")[0] == f"{base}/{site.page('catalog/fr/offerings/fibre-home')}"
    assert chrome.complaints() == []
    assert outside(chrome) == []


def search(chrome: Chrome, words: str) -> list[str]:
    """The addresses that the search offers, best first."""
    box = chrome.one(QUERY)
    chrome.run("document.querySelector('#__search')?.click()") if not box.is_displayed() else box.click()
    chrome.wait(box.is_displayed)
    box.send_keys(words)
    chrome.wait(lambda: chrome.all(RESULT))
    return [str(one.get_attribute("href")).partition("?")[0].partition("#")[0] for one in chrome.all(RESULT)]


@pytest.mark.parametrize("sort", ["home", "offering", "service"])
def test_the_switch_of_languages_leads_to_the_same_page(chrome: Chrome, site: Site, address: str, sort: str) -> None:
    chrome.open(f"{address}/{site.page(SORTS[sort])}")
    there = chrome.run("return document.querySelector('a[hreflang=fr]').href")
    chrome.open(there)
    assert there == f"{address}/{site.page(SORTS[sort].replace('/en/', '/fr/'))}"
    assert chrome.run("return document.querySelector('a[hreflang=en]').href") == f"{address}/{site.page(SORTS[sort])}"
    assert chrome.run("return document.documentElement.lang || document.querySelector('article [lang]').lang") in ("fr", "en")


def test_the_first_stop_of_the_keyboard_skips_the_navigation(chrome: Chrome, site: Site, address: str) -> None:
    chrome.open(f"{address}/{site.page(SORTS['offering'])}")
    skip = chrome.tab()
    assert "md-skip" in str(skip.get_attribute("class"))
    assert chrome.wait(lambda: skip.value_of_css_property("opacity") == "1")
    target = str(skip.get_attribute("href")).partition("#")[2]
    skip.send_keys(Keys.ENTER)
    assert chrome.run("return location.hash") == f"#{target}"
    assert chrome.run(
        "return document.querySelector('article').contains(document.getElementById(decodeURIComponent(arguments[0])))", target
    )


@pytest.mark.parametrize("sort", ["home", "offering", "bundle"])
def test_every_stop_of_the_keyboard_can_be_seen(chrome: Chrome, site: Site, address: str, sort: str) -> None:
    chrome.open(f"{address}/{site.page(SORTS[sort])}")
    stops = []
    for _ in range(40):
        chrome.tab()
        stops.append(chrome.run(FOCUS))
    assert len({tuple(stop) for stop in stops}) > 1
    assert [stop for stop in stops if not (stop[1] and stop[2]) and stop[0] != "BODY."] == []


def test_on_paper_the_price_list_has_no_navigation(chrome: Chrome, site: Site, address: str) -> None:
    chrome.open(f"{address}/{site.page('catalog/en/price-list')}")
    assert chrome.shown(NAVIGATION)
    chrome.prefer(media="print")
    assert not chrome.shown(NAVIGATION)
    assert chrome.shown("article table")
    chrome.picture(SCREENSHOTS / "price-list-print.png")


def test_an_old_address_leads_on(chrome: Chrome, site: Site, address: str) -> None:
    chrome.open(f"{address}/{site.page('catalog/en/offerings/mobile-smart')}")
    now = f"{address}/{site.page('catalog/en/offerings/mobile-flex')}"
    assert chrome.wait(lambda: chrome.driver.current_url == now)


def test_an_old_address_leads_on_from_a_file(chrome: Chrome, site: Site) -> None:
    chrome.open((site.folder / site.page("catalog/en/offerings/mobile-smart")).as_uri())
    now = (site.folder / site.page("catalog/en/offerings/mobile-flex")).as_uri()
    assert chrome.wait(lambda: chrome.driver.current_url == now)


def test_the_choice_of_daylight_stays(chrome: Chrome, site: Site, address: str) -> None:
    chrome.size(DESK)
    chrome.open(f"{address}/{site.page(SORTS['home'])}")
    before = chrome.run("return document.body.dataset.mdColorScheme")
    while chrome.run("return document.body.dataset.mdColorScheme") == before:
        chrome.one("[data-md-component=palette] label:not([hidden])").click()
    chosen = chrome.run("return document.body.dataset.mdColorScheme")
    chrome.open(f"{address}/{site.page(SORTS['offering'])}")
    assert chrome.run("return document.body.dataset.mdColorScheme") == chosen
