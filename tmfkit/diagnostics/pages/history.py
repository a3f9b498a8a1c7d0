"""The pages of what `tmfkit check-changes` finds in the way from one state of a catalog to another."""

from collections.abc import Mapping

_SETTINGS = "```yaml before/tmfkit.yaml\n# a project\n```\n```yaml after/tmfkit.yaml\n# a project\n```\n"


def _states(before: str, after: str) -> str:
    return f"{_SETTINGS}```yaml before/catalog/example.yaml\n{before}```\n```yaml after/catalog/example.yaml\n{after}```\n"


_OFFERING = """kind: ProductOffering
id: fibre-home
name: Fibre Home
lifecycle: {lifecycle}
product: {{external: fibre}}
terms: {terms}
prices:
  monthly: {{type: recurring, every: 1 month, amount: {amount}}}
"""


def _offering(
    lifecycle: str = "Launched", terms: str = "{no-term: {}, 24-months: {commitment: 24 months}}", amount: str = "39.90 EUR"
) -> str:
    return _OFFERING.format(lifecycle=lifecycle, terms=terms, amount=amount)


_ROUTER = """kind: {kind}
id: router
name: Router
"""

_ACCEPTANCE = """---
kind: Acceptance
id: terms
reason: Nobody has it.
owner: Ada
scope: [fibre-home/terms/no-term]
"""

_NO_TERM = "{24-months: {commitment: 24 months}}"

HISTORY: Mapping[str, str] = {
    "TK901": f"""What was sold only goes on to its end.

Drafts may skip states and go back: `In study`, `In design`, `In test`, `Active`. From `Launched` the only way leads to `Retired`, from
there to `Obsolete`. Billing, CRM and inventories close what is retired; if it comes back under its old id, some of them have it and others
do not. Sell a new offering with an id of its own that `replaces` the old one. Systems and categories may change their state freely.

Fails:
{_states(_offering("Retired"), _offering("Launched"))}""",
    "TK902": f"""An id is given once.

Bills, orders and inventories keep the id of what customers had. It must not come back as something else: neither as another kind in the
same change, nor later, when what had it was removed. How far the history of the clone goes back decides how much is seen, and at most the
last 2,000 commits to the catalog are looked at; drafts leave no trace. What comes back just as it was is no other thing: a removal by
accident can be taken back.

Fails:
{_states(_ROUTER.format(kind="PhysicalResourceSpecification"), _ROUTER.format(kind="LogicalResourceSpecification"))}""",
    "TK903": f"""A new amount says whether those pay it who are customers already.

For an offering that is launched or retired, every amount that changes needs `appliesTo`: `new`, `existing` or `all`. A raise for
everybody may need letters and notice; one for new customers needs none. Charges of an order (`oneTime` with `when: {{action: add}}`) and
prices for new customers only need nothing.

Fails:
{_states(_offering(), _offering(amount="42.90 EUR"))}""",
    "TK904": f"""A version says how grave a change is.

A breaking change needs a new major version, an additive or commercial one a new minor version, and texts none at all; only the entity that
changes gets one. Steps of the lifecycle count for nothing, and drafts may do as they like. What is versioned in another way than by
numbers only has to differ. A version that changes for nothing is a warning. `rules: {{severity: {{TK904: off}}}}` in `tmfkit.yaml` leaves
versions to people.

Fails:
{_states(_offering(), _offering(amount="[{is: 42.90 EUR, appliesTo: all}]"))}""",
    "TK905": f"""An acceptance accepts something, until its day.

Each line of a `scope` fits at least one breaking change of the pull request that brings it; what fits none is a slip, or left over. After
`until` an acceptance counts no more, and one without a reason or an owner never does: both are errors.
Acceptances of earlier changes are a record: they stay as they are.

Fails:
{_states(_offering(), _offering() + _ACCEPTANCE)}""",
    "TK906": f"""A breaking change is accepted by somebody.

Customers, running orders and systems depend on what breaks. That can be meant: then a file in `changes/` says so, with a reason, an owner
and the scope, and reviewers see it. `tmfkit check-changes` prints the file to add, and ends with 6 as long as something is open.

Fails:
{_states(_offering(), _offering(terms=_NO_TERM))}""",
}
"""The page of each code."""
