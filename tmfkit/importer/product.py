"""Product specifications and offerings of a payload in the words of the language."""

from collections.abc import Mapping
from typing import Any

from tmfkit.importer.characteristic import characteristics, narrowed
from tmfkit.importer.draft import Draft
from tmfkit.importer.identify import slug, text_of
from tmfkit.importer.names import part_name
from tmfkit.importer.periods import duration, whole_or_none
from tmfkit.importer.words import Words
from tmfkit.model.base import Key
from tmfkit.source.document import Data

UNKNOWN = "unknown"
"""What stands for the product of an offering whose payload does not say what it sells."""

_CFS = ("CustomerFacingServiceSpecification",)
_RELATIONS = {
    "requires": "requires", "dependency": "requires", "dependson": "requires", "prerequisite": "requires", "requirement": "requires",
    "excludes": "excludes", "exclusion": "excludes", "exclusivity": "excludes", "incompatible": "excludes",
    "replaces": "replaces", "substitution": "replaces", "substitutes": "replaces",
}  # fmt: skip


def product(draft: Draft) -> None:
    """A product specification; resources and bundled specifications stay in `extra`, because a product stands on services alone."""
    draft.put("brand", draft.text("brand"))
    draft.put("productNumber", draft.text("productNumber"))
    draft.put("characteristics", characteristics(draft, "productSpecCharacteristic"))
    draft.put("services", _services(draft))
    for key, reason in (
        ("resourceSpecification", "a product reaches resources through services, never directly"),
        ("bundledProductSpecification", "what is sold together is a bundle of offerings"),
    ):
        if draft.body.get(key):
            draft.notebook.doubt((key,), f"{reason}; it is kept in `extra`")


def _services(draft: Draft) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for path, reference in draft.objects("serviceSpecification"):
        target = draft.reference("ServiceSpecification", reference, path, _CFS)
        if target is not None:
            _add_role(found, target, {"service": target})
    return found


def _add_role(found: dict[str, Data], target: Data, settings: dict[str, Data]) -> None:
    """Adds a role that is called as its target, or after the name of what lies outside."""
    if isinstance(target, str):
        role, settings = target, {key: value for key, value in settings.items() if value != target}
    else:
        assert isinstance(target, dict)
        role = slug(text_of(target.get("name"))) or slug(text_of(target.get("external"))) or "other"
    if part_name(role) != role:
        role, settings = part_name(role), {"service": target}
    name, count = role, 1
    while name in found:
        count += 1
        name, settings = f"{role}-{count}", settings if isinstance(target, dict) else {**settings, "service": target}
    found[name] = settings


def offering(draft: Draft, specifications: Mapping[Key, dict[str, Data]], words: Words) -> None:
    """An offering; its choices need to know the specification that they narrow."""
    _made_of(draft)
    draft.put("categories", draft.references("Category", "category"))
    for field, key in (("channels", "channel"), ("segments", "marketSegment"), ("places", "place")):
        draft.put(field, [word for path, value in draft.objects(key) if (word := words.word(draft, field, value, path))])
    draft.put("terms", _terms(draft))
    target = draft.data.get("product")
    if isinstance(target, str):
        known = specifications.get(Key("ProductSpecification", target))
        draft.put("choices", narrowed(draft, known) if known is not None else {})
    draft.put("prices", _prices(draft))
    _relations(draft)
    if draft.body.get("isSellable") is False:
        draft.put("sellable", "false")


def _made_of(draft: Draft) -> None:
    bundle = {**_members(draft), **_groups(draft)}
    product = draft.reference("ProductSpecification", draft.body.get("productSpecification"), ("productSpecification",))
    said = draft.body.get("isBundle")
    if bundle and product is not None:
        draft.notebook.doubt(("productSpecification",), "it is a bundle and names a product; a bundle has none of its own")
    if bundle and said is False:
        draft.notebook.doubt(("isBundle",), "it says that it is no bundle, and has members; it is taken as a bundle")
    if said is True and not bundle:
        draft.notebook.doubt(("isBundle",), "it says that it is a bundle, and has no members")
    if bundle:
        draft.put("bundle", bundle)
    elif product is not None:
        draft.put("product", product)
    else:
        draft.notebook.doubt(("productSpecification",), f"it does not say which product it sells; `{UNKNOWN}` stands for it")
        draft.put("product", {"external": UNKNOWN})


def _members(draft: Draft) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for path, member in draft.objects("bundledProductOffering"):
        target = draft.reference("ProductOffering", member, path)
        if target is not None:
            limits = _limits(member.get("bundledProductOfferingOption"))
            _add_member(found, target, limits)
    return found


def _add_member(found: dict[str, Data], target: Data, limits: dict[str, Data]) -> None:
    role = target if isinstance(target, str) else slug(text_of(target.get("name"))) if isinstance(target, dict) else ""
    role = part_name(role or (slug(text_of(target.get("external"))) if isinstance(target, dict) else "") or "member")
    name, count = role, 1
    while name in found:
        count += 1
        name = f"{role}-{count}"
    found[name] = limits if name == target else {"offering": target, **limits}


def _limits(option: Any) -> dict[str, Data]:
    if not isinstance(option, dict):
        return {}
    keys = (("min", "numberRelOfferLowerLimit"), ("max", "numberRelOfferUpperLimit"), ("default", "numberRelOfferDefault"))
    found: dict[str, Data] = {word: str(number) for word, key in keys if (number := whole_or_none(option.get(key))) is not None}
    return {word: text for word, text in found.items() if not (word in ("min", "max") and text == "1")}


def _groups(draft: Draft) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for path, group in draft.objects("bundledGroupProductOffering"):
        members = group.get("bundledProductOffering")
        targets: list[Data] = [
            target
            for index, member in enumerate(members if isinstance(members, list) else ())
            if (target := draft.reference("ProductOffering", member, (*path, "bundledProductOffering", index))) is not None
        ]
        name = text_of(group.get("name")).strip() or f"choice-{path[-1]}"
        if not targets or name in found:
            draft.notebook.doubt(path, "this choice has no members of its own and is kept in `extra`")
            continue
        said: dict[str, Data] = {"name": draft.display(name)} if draft.display(name) else {}
        found[name] = {**said, "of": targets, **_limits(group.get("bundledGroupProductOfferingOption"))}
    return found


def _terms(draft: Draft) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for path, term in draft.objects("productOfferingTerm"):
        name = text_of(term.get("name")).strip()
        if not name or name in found:
            draft.notebook.doubt(path, "this term has no name of its own and is kept in `extra`")
            continue
        length = duration(term.get("duration"))
        said: dict[str, Data] = {
            "name": draft.display(name),
            "description": text_of(term.get("description")).strip(),
            "commitment": length,
            "validFor": draft.period(term.get("validFor"), (*path, "validFor")),
        }
        found[name] = {key: value for key, value in said.items() if value}
        if term.get("duration") and not length:
            draft.notebook.doubt((*path, "duration"), "this length is not understood and is kept in `extra`")
    return found


def _prices(draft: Draft) -> dict[str, Data]:
    found: dict[str, Data] = {}
    for path, reference in draft.objects("productOfferingPrice"):
        target = draft.reference("ProductOfferingPrice", reference, path)
        if target is not None:
            found[_price_name(draft, target, found)] = {"use": target}
    return found


def _price_name(draft: Draft, target: Data, found: dict[str, Data]) -> str:
    """What a price is called in the offering: the last part of its id where that begins with the offering's, else its whole id."""
    if isinstance(target, dict):
        wanted = slug(text_of(target.get("name"))) or slug(text_of(target.get("external"))) or "price"
    else:
        wanted = str(target).removeprefix(f"{draft.key.id}.") or str(target)
    wanted = part_name(wanted)
    name, count = wanted, 1
    while name in found:
        count += 1
        name = f"{wanted}-{count}"
    return name


def _relations(draft: Draft) -> None:
    found: dict[str, list[Data]] = {"requires": [], "excludes": [], "replaces": []}
    for path, relation in draft.objects("productOfferingRelationship"):
        type = text_of(relation.get("relationshipType"))
        word = _RELATIONS.get("".join(filter(str.isalpha, type)).casefold())
        if word is None:
            draft.notebook.doubt(path, f"`{type}` is no relation of the language and is kept in `extra`")
            continue
        target = draft.reference("ProductOffering", relation, path)
        dates = draft.period(relation.get("validFor"), (*path, "validFor"))
        if target is not None:
            found[word].append({"offering": target, **dates} if dates or isinstance(target, dict) else target)
    for word, relations in found.items():
        draft.put(word, list(relations))
