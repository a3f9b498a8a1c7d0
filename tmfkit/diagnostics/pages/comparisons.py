"""The pages of what `tmfkit generate` finds in what was made: what a system cannot take, and what differs between systems."""

from collections.abc import Mapping

_FORMS = """
```python generators/forms.py
from tmfkit.api import Artifact


def generate(context):
    for offering in context.offerings():
        if offering.id == "internet":
            yield Artifact(f"{offering.id}.txt", "a form", (offering.key,), covers=(offering.key,))
```
"""

_OFFERING = """---
kind: ProductSpecification
id: access
name: Access
---
kind: ProductOffering
id: internet
name: Internet
lifecycle: Launched
product: access
prices: {monthly: {type: recurring, every: 1 month, amount: 20.00 EUR}}
"""

_TWO = """---
kind: ProductOffering
id: television
name: Television
lifecycle: Launched
product: access
prices: {monthly: {type: recurring, every: 1 month, amount: 9.00 EUR}}
"""

_CHOSEN = "name: Access\ncharacteristics: {speed: {values: [slow, fast]}}"
_PRESET = _CHOSEN.replace("[slow, fast]", "[slow, fast], default: slow")

_BILLING = """kind: System
id: billing
name: Billing
role: billing
generator: forms
"""

_RATING = """---
kind: System
id: rating
name: Rating
role: billing
"""

_ORDERS = _BILLING.replace("billing", "com").replace("Billing", "Orders")

_BILLS = """
```python generators/forms.py
from tmfkit.api import Artifact, Capabilities, Feature


def capabilities(options):
    return Capabilities(SAYS)


def generate(context):
    for offering in context.offerings():
        if offering.id == "internet":
            yield Artifact(f"{offering.id}.txt", "charge it", (offering.key,))
```
"""

_DROPS = _BILLS.replace("SAYS", 'dropped={Feature.RECURRING: "it sends one bill only"}')
_BARE = _BILLS.replace("SAYS", 'carried=(Feature.RECURRING,), dropped={Feature.CHARACTERISTIC: "it has no attributes"}')
_TAKES = _BILLS.replace("SAYS", "carried=(Feature.RECURRING,)")

_CARD = """
```python generators/{name}.py
from tmfkit.api import Artifact


def generate(context):
    yield Artifact("{file}", '{text}')
```
"""

_CRM = """```yaml
kind: System
id: crm
name: CRM
role: crm
generator: products
```
"""

_VNF = """```yaml
kind: System
id: nfvo
name: Orchestrator of functions
role: nfvo
---
kind: ResourceFacingServiceSpecification
id: firewall
name: Firewall
controller: nfvo
descriptor: nsd-firewall-2
---
kind: System
id: som
name: Service orders
role: som
generator: orders
```
"""

_BOOK = """
```python generators/book.py
from tmfkit.api import Amount, Artifact, single_prices


def generate(context):
    for offering in context.offerings():
        for price in single_prices(offering, context.catalog):
            yield Artifact(f"{price.id}.txt", f"{offering.id} SAYS", (offering.key,))


def amounts(artifacts):
    for artifact in artifacts:
        offering, charge, amount = artifact.text.split()
        yield Amount(offering, charge, "EUR", amount, file=artifact.path, line=1)
```
"""

_SHOP = """kind: System
id: shop
name: Shop
role: channel
generator: book
"""


COMPARED: Mapping[str, str] = {
    "TK615": f"""A CRM knows what is sold, and nothing of the network.

VLANs, addresses, ports and states of orders change while an order runs and are recorded in inventories. A copy of them in a CRM is out of
date at once, and soon somebody works from it. The names and values in its generated files are looked at, prose is not.

Fails:
{_CRM}{_CARD.format(name="products", file="products.json", text='{"product": "line", "vlanId": 100}')}
Passes:
{_CRM}{_CARD.format(name="products", file="products.json", text='{"product": "line", "Description": "With a VLAN of your own"}')}""",
    "TK810": f"""Every charge reaches the systems that get its offering.

What a system drops is not charged by it, and nobody notices. Say the price in a way that the system can take, take it from the offering, or
write `leaves: [recurring]` in the options of the system where another one charges it. What billing leaves needs another system of the role
`billing` (TK812).

Fails:
```yaml
{_BILLING}{_OFFERING}```
{_DROPS}
Passes:
```yaml
{_BILLING}options: {{leaves: [recurring]}}
{_RATING}{_OFFERING}```
{_DROPS}""",
    "TK811": f"""Every mandatory characteristic reaches the systems that get its offering.

A system that cannot hold it cannot say what was ordered. Give it a default, make it optional, or write `leaves: [characteristic]` in the
options of the system where another one asks for it.

Fails:
```yaml
{_BILLING}{_OFFERING.replace("name: Access", _CHOSEN)}```
{_BARE}
Passes:
```yaml
{_BILLING}{_OFFERING.replace("name: Access", _PRESET)}```
{_BARE}""",
    "TK812": f"""What is launched is charged.

A launched offering whose price no billing system gets is given away; so is one whose price billing leaves to others by `leaves`, while no
other system has the role `billing`. Units that are included are no money, and may be granted elsewhere. Where no system of the role
`billing` has a generator at all, this is a warning, once: a new project builds before its landscape is complete.

Fails:
```yaml
{_BILLING}{_OFFERING}{_TWO}```
{_TAKES}
Passes:
```yaml
{_BILLING}{_OFFERING}```
{_TAKES}""",
    "TK813": f"""What is launched can be ordered.

A launched offering without an order form is taken as free text, and falls out of the process at the next step. A form is an artifact that
says so with `covers`; other files about an offering are none. Where no system of the role `com` gets order forms at all, this is a warning,
once: a new project builds before its landscape is complete.

Fails:
```yaml
{_ORDERS}{_OFFERING}{_TWO}```
{_FORMS}
Passes:
```yaml
{_ORDERS}{_OFFERING}```
{_FORMS}""",
    "TK814": f"""An offering costs the same everywhere.

The amounts in the files of all systems are read back and compared with each other and with the payloads of TMF620: for one offering, price,
channel, currency and moment there is one amount. A file may state it for less time than TMF620 publishes the price for, never for more.
A difference is a fault of a generator, or something that was changed for one of them.

Fails:
```yaml
{_SHOP}{_OFFERING}```
{_BOOK.replace("SAYS", "{price.id} 19.99")}
Passes:
```yaml
{_SHOP}{_OFFERING}```
{_BOOK.replace("SAYS", "{price.id} {price.money.amount}")}""",
    "TK815": f"""A file states no prices but those of the catalog.

Generators name each single price by its id in the catalog APIs. One of another name could not be compared with anything, so that a
difference would stay hidden.

Fails:
```yaml
{_SHOP}{_OFFERING}```
{_BOOK.replace("SAYS", "invented {price.money.amount}")}
Passes:
```yaml
{_SHOP}{_OFFERING}```
{_BOOK.replace("SAYS", "{price.id} {price.money.amount}")}""",
    "TK816": f"""Only an NFVO reads descriptors.

Other systems order the service; what it is instantiated from is the affair of the NFVO. A descriptor elsewhere is the beginning of a second
orchestrator.

Fails:
{_VNF}{_CARD.format(name="orders", file="orders.json", text='{"service": "firewall", "from": "nsd-firewall-2"}')}
Passes:
{_VNF}{_CARD.format(name="orders", file="orders.json", text='{"service": "firewall"}')}""",
}
