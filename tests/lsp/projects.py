"""A small project for tests of the language server, and how places in it are pointed at."""

from collections.abc import Mapping
from pathlib import Path

from tests.catalogs import written
from tmfkit.lsp.checker import Checked, Checker
from tmfkit.rules.sets import SETS

CURSOR = "‸"
"""Stands where the cursor is."""

FILES: Mapping[str, str] = {
    "vocabulary.yaml": """\
kind: Vocabulary
languages: [en, fr]
channels: {webshop: {name: {en: Web shop, fr: Boutique}}, retail: {}}
segments: {residential: {}}
taxes: {vat: 20 %}
usage: {data: {unit: GB, dimensions: {zone: [national, eu]}}}
""",
    "offerings.yaml": """\
kind: ProductOffering
id: home
name: Home 🏠 fibre
product: access
lifecycle: Active
categories: [broadband]
channels: [webshop]
terms: {no-term: {}, 24-months: {commitment: 24 months}}
choices: {speed: [100, 500]}
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [speed]
    table: {100: 29.90 EUR, 500: 39.90 EUR}
    tax: vat
  welcome: {type: discount, reduces: [monthly], percent: 50, for: 6 months, when: {term: 24-months, customer: new}}
---
kind: ProductOffering
id: duo
name: Duo
lifecycle: Active
categories: [broadband]
bundle:
  home: {}
  second: {offering: home, min: 0, max: 1}
prices:
  mix: {type: discount, reduces: [home/monthly], percent: 10, when: {home: 1, second: 1}}
""",
    "products.yaml": """\
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, values: [100, 500], default: 100}
  static: {type: boolean, default: false}
services:
  internet:
    with:
      rate: {from: speed}
      ip: {from: static, map: {true: fixed, false: dynamic}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet
characteristics:
  rate: {type: quantity, unit: Mbit/s, min: 10, max: 1000}
  ip: {values: [dynamic, fixed], default: dynamic}
---
kind: Category
id: broadband
name: Broadband
""",
}


SPEAKING = ("TK201", "TK203", "TK204", "TK302", "TK308")
SETTINGS = "rules:\n  severity:\n" + "".join(f"    {code}: off\n" for code in SETS if code not in SPEAKING)
"""Few rules speak, so that these tests know what is found whatever rules there are."""


def project(folder: Path, files: Mapping[str, str] = FILES, settings: str = SETTINGS) -> Path:
    """The project on disk."""
    return written(folder, files, settings).resolve()


def checked(folder: Path, files: Mapping[str, str] = FILES) -> Checked:
    """The project, checked."""
    return Checker(project(folder, files)).check({})


def pointed(text: str) -> tuple[str, int]:
    """A text without its cursor, and where that was."""
    before, _, after = text.partition(CURSOR)
    return before + after, len(before)


def at_word(text: str, word: str, *, behind: str = "", inside: int = 1) -> int:
    """Where a word stands, the first one behind some other text."""
    return text.index(word, text.index(behind) if behind else 0) + inside
