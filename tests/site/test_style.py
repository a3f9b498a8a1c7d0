"""The colours of pictures can be told apart by everyone: contrast as WCAG 2.2 AA asks for it, in light and in dark."""

import re
from itertools import product

import pytest

from tests.conftest import ROOT

STYLE = (ROOT / "tmfkit" / "site" / "style.css").read_text(encoding="utf-8")
GROUND = {"light": "#ffffff", "dark": "#1e212a"}
FILLS = ("offering", "product", "service", "network", "resource", "system", "faint", "lane")


def tokens(scheme: str) -> dict[str, str]:
    blocks = re.findall(r'(:root|\[data-md-color-scheme="slate"\]) \{(.*?)\}', STYLE, re.DOTALL)
    return dict(re.findall(r"--tk-([\w-]+): (#[0-9a-f]{6})", blocks[0 if scheme == "light" else 1][1]))


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_both_schemes_have_the_same_tokens() -> None:
    assert tokens("light").keys() == tokens("dark").keys()
    assert set(re.findall(r"var\(--tk-([\w-]+)\)", STYLE)) == tokens("light").keys()


@pytest.mark.parametrize(("scheme", "fill", "text"), list(product(GROUND, FILLS, ("text", "soft"))))
def test_letters_are_readable_on_every_box(scheme: str, fill: str, text: str) -> None:
    found = tokens(scheme)
    assert contrast(found[text], found[fill]) >= 4.5


@pytest.mark.parametrize(("scheme", "edge"), list(product(GROUND, (*(f"{fill}-edge" for fill in FILLS[:6]), "line", "focus", "now"))))
def test_lines_are_seen_on_the_ground(scheme: str, edge: str) -> None:
    assert contrast(tokens(scheme)[edge], GROUND[scheme]) >= 3


@pytest.mark.parametrize(("scheme", "text"), list(product(GROUND, ("text", "soft", "now"))))
def test_words_beside_boxes_are_readable(scheme: str, text: str) -> None:
    assert contrast(tokens(scheme)[text], GROUND[scheme]) >= 4.5


def test_paper_has_no_navigation() -> None:
    paper = STYLE.partition("@media print")[2]
    hidden = re.search(r"([^{}]*)\{ display: none !important; \}", paper)
    assert hidden is not None
    assert {".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".md-search"} <= set(re.split(r"[,{\s]+", hidden[1]))
    assert "http" not in STYLE
    assert "@import" not in STYLE
