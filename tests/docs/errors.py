"""Makes the page of the ten worst mistakes: what each of them looks like when tmfkit finds it."""

from collections.abc import Iterator
from dataclasses import dataclass

HEAD = """# Ten mistakes, and what tmfkit says about them

This page is made by a test: each text is what `tmfkit validate` prints for a small catalog with one mistake in it. A finding names what
was looked for and where, and the way out; `tmfkit explain CODE` says more about its kind.
"""

SOUND = """\
kind: ProductSpecification
id: fibre
name: Fibre
characteristics:
  downstream: {type: quantity, unit: Mbit/s, values: [100, 500], default: 500}
services:
  internet: {with: {bandwidth: {from: downstream}}}
---
kind: CustomerFacingServiceSpecification
id: internet
name: Internet access
characteristics:
  bandwidth: {type: quantity, unit: Mbit/s, min: 50, max: 1000}
---
kind: ProductOffering
id: fibre-home
name: Fibre Home
product: fibre
lifecycle: Active
---
kind: ProductOffering
id: router
name: Router
product: fibre
lifecycle: Active
"""
"""What the mistakes are made beside; nothing is wrong with it."""

OFFERING = """\
kind: ProductOffering
id: fibre-student
name: Fibre Student
product: fibre
lifecycle: Active
"""


@dataclass(frozen=True)
class Mistake:
    """What somebody did wrong, in a title and a sentence, and the file that came of it."""

    title: str
    sentence: str
    code: str
    text: str


MISTAKES = (
    Mistake(
        "A decimal comma",
        "The amount comes from a spreadsheet that writes decimals as people do in half of Europe.",
        "TK014",
        f'{OFFERING}prices:\n  monthly: {{type: recurring, every: 1 month, amount: "39,90 EUR"}}\n',
    ),
    Mistake(
        "A misspelt reference",
        "Two letters changed places in the name of the product.",
        "TK101",
        OFFERING.replace("product: fibre", "product: fiber"),
    ),
    Mistake(
        "A key that does not exist",
        "What a customer is to read stands under a key that nobody reads.",
        "TK011",
        f"{OFFERING}descripton: Fibre for those who learn.\n",
    ),
    Mistake(
        "A tab",
        "The editor put a tab where YAML wants spaces, and both look the same on the screen.",
        "TK004",
        f"{OFFERING}prices:\n\tmonthly: {{type: recurring, every: 1 month, amount: 39.90 EUR}}\n",
    ),
    Mistake(
        "A gap in a price table",
        "The faster speed was never priced for customers who bind themselves.",
        "TK201",
        f"""{OFFERING}terms: {{no-term: {{}}, 24-months: {{commitment: 24 months}}}}
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [downstream, term]
    table:
      100: {{no-term: 30.00 EUR, 24-months: 25.00 EUR}}
      500: {{no-term: 40.00 EUR}}
""",
    ),
    Mistake(
        "A value that no row is for",
        "The network was prepared for one of two speeds, and the other is on sale.",
        "TK306",
        """\
kind: CustomerFacingServiceSpecification
id: backup
name: Backup line
characteristics:
  profile: {values: [slow, fast]}
---
kind: ProductSpecification
id: fibre-backup
name: Fibre with backup
characteristics:
  downstream: {type: quantity, unit: Mbit/s, values: [100, 500]}
services:
  backup:
    with:
      profile: {from: downstream, map: {500: fast}}
---
kind: ProductOffering
id: fibre-safe
name: Fibre Safe
product: fibre-backup
lifecycle: Active
""",
    ),
    Mistake(
        "A circle",
        "Each of two categories was moved below the other, by different people on one day.",
        "TK103",
        """\
kind: Category
id: broadband
name: Broadband
parent: at-home
---
kind: Category
id: at-home
name: At home
parent: broadband
""",
    ),
    Mistake(
        "A bundle with something that is gone",
        "The telephone was retired, and nobody thought of the bundle.",
        "TK403",
        """\
kind: ProductOffering
id: phone
name: Phone
product: fibre
lifecycle: Retired
---
kind: ProductOffering
id: fibre-and-phone
name: Fibre and Phone
lifecycle: Active
bundle:
  fibre-home: {}
  phone: {min: 0, max: 1}
""",
    ),
    Mistake(
        "A bundle that nobody can buy",
        "Four lines in three places, each of them reasonable, leave no way to order the bundle.",
        "TK503",
        """\
kind: ProductOffering
id: extender
name: Extender
product: fibre
lifecycle: Active
requires: [router]
---
kind: ProductOffering
id: old-box
name: Set-top box of last year
product: fibre
lifecycle: Active
excludes: [router]
---
kind: ProductOffering
id: big-home
name: Big Home
lifecycle: Active
bundle:
  extender: {}
  old-box: {}
""",
    ),
    Mistake(
        "A day that does not exist",
        "The offering is to end with February, and February has no 30th.",
        "TK014",
        f"{OFFERING}validFor: {{until: 2027-02-30}}\n",
    ),
)


def errors_page(printed: dict[str, str]) -> str:
    """The whole page, from what is printed for each mistake."""
    return "\n".join(_lines(printed))


def _lines(printed: dict[str, str]) -> Iterator[str]:
    yield HEAD
    for mistake in MISTAKES:
        yield f"## {mistake.title}\n"
        yield f"{mistake.sentence}\n"
        yield f"```text\n{printed[mistake.title]}```\n"
