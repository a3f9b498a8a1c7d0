"""What an editor tells of the word under the pointer: what it is, what it costs, where it is used."""

from collections.abc import Iterator
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.lsp.look import Look, meaning
from tmfkit.lsp.meaning import Name, describe
from tmfkit.lsp.raw import part, said, text
from tmfkit.lsp.shape import said_at
from tmfkit.model.base import Key, Step
from tmfkit.model.prices import Price, Tier
from tmfkit.model.products import ProductOffering
from tmfkit.model.tables import Table
from tmfkit.model.values import Money
from tmfkit.semantics.pricing import resolved
from tmfkit.source.document import Data
from tmfkit.views.wording import flow, nature

MOST_USERS = 8
LONGEST = 400


def hover(found: Look, catalog: Catalog) -> str:
    """Markdown about a word; empty where there is nothing to tell."""
    name = meaning(found, catalog)
    if name is not None and name.key is not None and not name.path:
        return "\n\n".join(_card(name.key, catalog))
    if name is not None:
        return "\n\n".join(filter(None, _part_card(name, catalog)))
    says = said_at(found.place.kind, found.place.path)
    label = found.place.path[-1] if found.place.path else ""
    return f"`{label}`: {says}" if says and found.place.at_key else ""


def _card(key: Key, catalog: Catalog) -> Iterator[str]:
    summary = catalog.summaries[key]
    yield f"**{_safe(summary.title)}** ({key.kind} `{key.id}`)"
    entity = catalog.entity(key)
    if entity is None:
        yield "A base for others." if summary.abstract else "Something is wrong with it."
    if entity is not None and entity.description is not None:
        yield _safe(entity.description.default)
    if entity is not None:
        yield f"{entity.lifecycle}, version {_safe(entity.version)}" + (f", takes over from `{entity.extends}`" if entity.extends else "")
    if isinstance(entity, ProductOffering) and entity.prices:
        yield "\n".join(f"- `{name}`: {_price(price, catalog)}" for name, price in entity.prices.items())
    yield _users(key, catalog)


def _users(key: Key, catalog: Catalog) -> str:
    users = catalog.referrers(key)
    if not users:
        return "Nothing refers to it."
    shown = ", ".join(f"`{user.id}`" for user in users[:MOST_USERS])
    more = f" and {len(users) - MOST_USERS} more" if len(users) > MOST_USERS else ""
    return f"Used by {shown}{more}."


def _part_card(name: Name, catalog: Catalog) -> Iterator[str]:
    """About a part of an entity: a price with all that it comes to, anything else as it is written."""
    entity = catalog.entity(name.key) if name.key else None
    if isinstance(entity, ProductOffering) and len(name.path) == 2 and name.path[0] == "prices" and name.path[1] in entity.prices:
        yield f"**{name.path[1]}** (price of `{entity.id}`)"
        yield _price(entity.prices[str(name.path[1])], catalog)
        return
    yield f"**{_safe(name.text)}**: {name.says}"
    if name.key is not None:
        value: Data = part(said(name.key, catalog), *map(str, name.path))
        yield f"`{_short(flow(value))}`" if value and not isinstance(value, str) else ""
        yield f"of {describe(name.key, catalog)}" if name.key in catalog.summaries and text(value) == "" else ""


def _price(price: Price, catalog: Catalog) -> str:
    whole = resolved(price, catalog)
    if whole is None:
        return f"uses `{price.use}`"
    amounts = ", then ".join(_amounts(whole))
    per = f" per {whole.per}" if whole.per is not None else ""
    return f"{nature(whole)}{f': {amounts}{per}' if amounts else ''}" + (f" (uses `{price.use}`)" if isinstance(price.use, str) else "")


def _amounts(price: Price) -> Iterator[str]:
    for amount in price.amount:
        yield _dated(str(amount.is_), amount)
    for percent in price.percent:
        yield _dated(f"{percent.is_} %", percent)
    for table in price.table:
        yield _dated(_range(table.is_), table)
    for tiers in price.tiers:
        yield _dated(", ".join(map(_tier, tiers.is_)), tiers)
    if price.quantity is not None:
        yield str(price.quantity)


def _dated(what: str, step: "Step[Any]") -> str:
    if step.from_ is None and step.until is None:
        return what
    ends = (("from", step.from_), ("until", step.until))
    return f"{what} {' '.join(f'{word} {moment}' for word, moment in ends if moment is not None)}"


def _range(table: "Table[Money | None]") -> str:
    sold = sorted((cell.value for cell in table.cells if cell.value is not None), key=lambda money: money.amount)
    if not sold:
        return "nothing is sold"
    return str(sold[0]) if sold[0] == sold[-1] else f"{sold[0]} to {sold[-1]}, by {len(table.cells)} rows"


def _tier(tier: Tier) -> str:
    amount = " and ".join(str(one) for one in (tier.amount, tier.flat) if one is not None)
    return f"{amount} up to {tier.up_to}" if tier.up_to is not None else f"{amount} above"


def _short(words: str) -> str:
    clean = words.replace("`", "'").replace("\n", " ")
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def _safe(words: str) -> str:
    """A text of the catalog as text, whatever signs of Markdown are in it."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|!" else sign for sign in words)
