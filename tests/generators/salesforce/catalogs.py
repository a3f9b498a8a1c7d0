"""Small catalogs for a CRM: one with everything that a name or an amount may do, and one with many products."""

CRM = """\
kind: System
id: crm
name: CRM
role: crm
generator: salesforce
options: {standardPricebook: 01s000000000001AAA, leaves: [discount, recurring, characteristic]}
---
kind: Vocabulary
channels: {webshop: {name: Web shop}, retail: {}}
---
kind: Category
id: things
name: Things & more
---
kind: ProductSpecification
id: thing
name: Thing
---
"""

SHOP = (
    CRM
    + r"""kind: ProductOffering
id: quick
name: '"Quick" & <b>cheap</b> | \n'
description: "First line.\nSecond line."
code: Q-1
product: thing
categories: [things]
lifecycle: Launched
prices:
  monthly: {type: recurring, every: 1 month, amount: [{until: 2026-06-01, is: 10.00 EUR}, {from: 2026-06-01, is: 12.50 EUR}]}
  setup: {type: oneTime, by: [channel], table: {webshop: 0.00 EUR, else: 30.00 EUR}, when: {customer: new}}
  off: {type: discount, reduces: [monthly], percent: 10}
---
kind: ProductOffering
id: at-sign
name: "@Product2Ref1"
product: thing
lifecycle: Active
channels: [retail]
prices: {fee: {type: recurring, every: 1 month, amount: 7.00 CHF}}
---
kind: ProductOffering
id: later
name: Later
product: thing
lifecycle: Launched
validFor: {from: 2027-03-01}
prices: {fee: {type: oneTime, amount: 1.00 EUR}}
---
kind: ProductOffering
id: gone
name: Gone
product: thing
lifecycle: Retired
prices: {fee: {type: oneTime, amount: 1.00 EUR}}
"""
)

MANY = CRM + "---\n".join(
    f"kind: ProductOffering\nid: offer-{number:03d}\nname: Offer {number}\nproduct: thing\nlifecycle: Launched\n"
    f"prices: {{fee: {{type: oneTime, amount: {number}.00 EUR}}}}\n"
    for number in range(1, 242)
)
