"""A small shop that uses everything that billing has to say, for tests of the projection to Kill Bill."""

VOCABULARY = """
kind: Vocabulary
languages: [en]
channels: {webshop: {}, retail: {}}
segments: {residential: {}}
places: {north: {}, south: {}}
taxes: {vat: [{until: 2027-01-01, is: 20 %}, {from: 2027-01-01, is: 21 %}]}
usage:
  data: {unit: GB}
  voice: {unit: min, dimensions: {zone: [national, eu, world]}}
---
kind: Category
id: all
name: All
"""

SYSTEM = """
kind: System
id: billing
name: Billing
role: billing
generator: killbill
"""

PRODUCT = """
kind: ProductSpecification
id: line
name: Line
characteristics:
  speed: {type: integer, values: [100, 500]}
  sim: {values: [plastic, none], default: none}
  seats: {type: integer, min: 1, max: 90, default: 1}
"""

LINE = """
kind: ProductOffering
id: line
name: 'Line "one" & <two>'
product: line
categories: [all]
lifecycle: Launched
channels: [webshop, retail]
terms: {free: {}, 24-months: {commitment: 24 months}}
prices:
  monthly:
    type: recurring
    every: 1 month
    by: [speed, term]
    table:
      - until: 2027-01-01
        is: {100: {free: 20.00 EUR, 24-months: 15.00 EUR}, 500: {free: 30.00 EUR, 24-months: 25.00 EUR}}
      - from: 2027-01-01
        is: {100: {free: 22.00 EUR, 24-months: 15.00 EUR}, 500: {free: 32.00 EUR, 24-months: 25.00 EUR}}
    chargeCode: REC
    tax: vat
    glAccount: "4000"
  setup: {type: oneTime, amount: 10.00 EUR, when: {term: free, action: add}}
  card: {type: oneTime, amount: 5.00 EUR, when: {sim: plastic}}
  extra: {type: recurring, every: 1 month, amount: 3.00 EUR}
  seats: {type: recurring, every: 1 month, count: seats, tierMode: volume, tiers: [{upTo: 10, amount: 4.00 EUR}, {amount: 2.00 EUR}]}
  calls: {type: usage, usage: voice, per: 1 min, by: [zone], table: {national: 0.05 EUR, else: 0.20 EUR}}
  minutes: {type: allowance, usage: voice, quantity: 100 min, every: 1 month, when: {zone: national}}
  data: {type: usage, usage: data, per: 1 GB, increment: 1 MB, tiers: [{upTo: 2 GB, amount: 2.00 EUR}, {amount: 1.00 EUR}]}
  welcome: {type: discount, reduces: [monthly], percent: 50, for: 6 months, when: {customer: new, term: 24-months}}
  trial: {type: discount, reduces: [extra], percent: 100, for: 1 month}
  online: {type: discount, reduces: [card], amount: 2.00 EUR, when: {channel: webshop}}
  bond: {type: deposit, amount: 50.00 EUR, when: {customer: new}}
  exit: {type: penalty, amount: 100.00 EUR, for: 24 months, when: {action: delete}}
"""

ADD_ON = """
kind: ProductOffering
id: 1st-aid
name: First aid
product: line
categories: [all]
lifecycle: Launched
prices: {monthly: {type: recurring, every: 3 months, charged: inArrears, amount: 6.00 EUR}}
requires: [line]
"""

BUNDLE = """
kind: ProductOffering
id: pack
name: Pack
categories: [all]
lifecycle: Launched
bundle:
  line: {}
  aid: {offering: 1st-aid, min: 0, max: 2}
prices:
  together: {type: discount, reduces: [line/monthly], amount: 5.00 EUR, when: {aid: 1..2}}
"""

COHORTS = """
kind: ProductOffering
id: rising
name: Rising
product: line
categories: [all]
lifecycle: Launched
prices:
  monthly:
    type: recurring
    every: 1 month
    amount:
      - {until: 2027-01-01, is: 9.00 EUR}
      - {from: 2027-01-01, is: 10.00 EUR, appliesTo: new}
      - {from: 2027-01-01, until: 2027-07-01, is: 9.00 EUR, appliesTo: existing}
      - {from: 2027-07-01, is: 10.00 EUR, appliesTo: existing}
"""

PREPAID = """
kind: ProductOffering
id: prepaid
name: Prepaid
product: line
categories: [all]
lifecycle: Launched
payment: prepaid
terms: {week: {lasts: 7 days, renews: never}, month: {lasts: 30 days, renews: automatic}}
prices:
  pass: {type: oneTime, amount: 5.00 EUR, when: {term: week}}
  flat: {type: recurring, every: 30 days, amount: 12.00 EUR, when: {term: month}}
"""

RETIRED = """
kind: ProductOffering
id: old-line
name: Old line
product: line
categories: [all]
lifecycle: Retired
validFor: {from: 2015-01-01, until: 2020-01-01}
prices: {rent: {type: recurring, every: 1 month, amount: 7.00 EUR}}
"""


def shop(*entities: str, options: str = "") -> str:
    """A catalog of these offerings, with all that they need and the system that bills them."""
    return "---".join((VOCABULARY, SYSTEM + options, PRODUCT, *entities))


WHOLE = shop(LINE, ADD_ON, BUNDLE, COHORTS, PREPAID, RETIRED)
"""All of it."""


def offering(prices: str, id: str = "line", more: str = "") -> str:
    """An offering of the line with these prices, written as YAML on two levels."""
    head = f"\nkind: ProductOffering\nid: {id}\nname: {id}\nproduct: line\ncategories: [all]\nlifecycle: Launched\n{more}prices:\n"
    return head + "\n".join(f"  {line}" for line in prices.strip().splitlines()) + "\n"
