"""Takes prices and specifications that stand inside another payload out of it, so that each has one home."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tmfkit.importer.identify import slug, text_of
from tmfkit.importer.notes import Notebook
from tmfkit.importer.read import Source
from tmfkit.importer.recognise import Payload

_OF_A_PRICE = frozenset(
    (
        "price", "priceType", "recurringChargePeriod", "recurringChargePeriodType", "recurringChargePeriodLength", "priceAlteration",
        "unitOfMeasure", "percentage", "prodSpecCharValueUse", "tax",
    )
)  # fmt: skip
_OF_A_SPECIFICATION = frozenset(("productSpecCharacteristic", "productNumber", "brand", "lifecycleStatus", "description", "isBundle"))


def taken_out(payload: Payload, notebooks: dict[str, Notebook]) -> Iterator[Payload]:
    """The payload with references in the place of what was inside, and behind it what was taken out."""
    if payload.noun != "ProductOffering":
        yield payload
        return
    body = dict(payload.body)
    found: list[Payload] = []
    prices = body.get("productOfferingPrice")
    if isinstance(prices, list):
        body["productOfferingPrice"] = [_price(payload, index, price, notebooks, found) for index, price in enumerate(prices)]
    specification = body.get("productSpecification")
    if isinstance(specification, dict) and specification.keys() & _OF_A_SPECIFICATION:
        made = _apart(payload, "ProductSpecification", "productSpecification", specification, notebooks)
        body["productSpecification"] = _reference(made)
        found.append(made)
    yield replace(payload, body=body) if found else payload
    yield from found


def _price(payload: Payload, index: int, price: Any, notebooks: dict[str, Notebook], found: list[Payload]) -> Any:
    if not isinstance(price, dict) or not price.keys() & _OF_A_PRICE:
        return price
    made = _apart(payload, "ProductOfferingPrice", f"productOfferingPrice/{index}", price, notebooks)
    found.append(made)
    return _reference(made)


def _apart(payload: Payload, noun: str, where: str, inner: dict[str, Any], notebooks: dict[str, Notebook]) -> Payload:
    source = Source(f"{payload.place} {where}", None, inner)
    notebook = notebooks[source.place] = Notebook(source.place, [])
    body = dict(inner)
    for key, rule in (("href", "own-address"), ("lastUpdate", "last-update")):
        if body.pop(key, None) is not None:
            notebook.repair(rule, (key,), "it is left out")
    if text_of(body.get("@type")).endswith(("Ref", "RefOrValue")):
        notebook.doubt(("@type",), f"`{body.pop('@type')}` is the type of a reference; it becomes a {noun}")
    if "id" not in body:
        owner = text_of(payload.body.get("id")) or slug(text_of(payload.body.get("name"))) or "offering"
        name = slug(text_of(inner.get("name"))) or slug(text_of(inner.get("priceType"))) or where.rsplit("/", 1)[-1]
        body["id"] = f"{slug(owner)}.{name}"
    path = tuple(int(part) if part.isdigit() else part for part in where.split("/"))
    notebooks[payload.place].repair("inline", path, f"it becomes the {noun} `{text_of(body['id'])}`, and a reference to it stands here")
    return Payload(source, noun, noun, payload.dialect, body)


def _reference(made: Payload) -> dict[str, Any]:
    keys = ("id", "name", "version")
    return {key: made.body[key] for key in keys if key in made.body}
