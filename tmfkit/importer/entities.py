"""Makes entities of the language out of payloads, and gives up, with a reason, what the language refuses."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from tmfkit.catalog import Catalog
from tmfkit.importer.draft import Draft
from tmfkit.importer.holding import conditions
from tmfkit.importer.identify import CANDIDATES, Item, text_of
from tmfkit.importer.link import Links
from tmfkit.importer.names import visible_data
from tmfkit.importer.network import grouping, held, resource, service, shelf
from tmfkit.importer.notes import Note, Notebook, Weight
from tmfkit.importer.price import price
from tmfkit.importer.product import offering, product
from tmfkit.importer.recognise import Payload
from tmfkit.importer.words import Words
from tmfkit.load.parse import LONGEST_NAME, Declaration, declare
from tmfkit.model.base import Key
from tmfkit.model.names import is_visible
from tmfkit.source.document import Data, Document, Path

NOWHERE = Document("", 0, 0, 1)
"""Where an entity stands that is not written yet."""

_MAPPERS: dict[str, Callable[[Draft], None]] = {
    "Catalog": grouping,
    "ServiceCatalog": grouping,
    "ResourceCatalog": grouping,
    "Category": shelf,
    "ServiceCategory": shelf,
    "ResourceCategory": shelf,
    "ProductSpecification": product,
    "CustomerFacingServiceSpecification": service,
    "ResourceFacingServiceSpecification": service,
    "PhysicalResourceSpecification": resource,
    "LogicalResourceSpecification": resource,
}
_DISCOUNTED_BY = frozenset(("discountedby", "discount", "alteredby"))
_DISCOUNTS = frozenset(("discounts", "discountof", "alters"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an import takes place in: what the project already has, its time zone, and the candidates among the payloads."""

    existing: Catalog
    zone: ZoneInfo
    candidates: tuple[Payload, ...]
    has_vocabulary: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What came of the payloads: the entities, the vocabulary that they imply (empty for none), and what their ids stand for."""

    items: tuple[Item, ...]
    vocabulary: dict[str, Data]
    links: Links


def entities(items: list[Item], around: Surroundings, notebooks: dict[str, Notebook]) -> Made:
    """The entities of all payloads; one that the language refuses is left out, and references to it lead outside."""
    before: dict[str, list[Note]] = {place: list(notebook.notes) for place, notebook in notebooks.items()}
    reasons: dict[Key, str] = {}
    while True:
        kept = [item for item in items if item.key not in reasons]
        made, refused = _attempt(kept, around, notebooks)
        if not refused:
            break
        reasons |= refused
        for place, notebook in notebooks.items():
            notebook.notes[:] = before[place]
    for item in items:
        if item.key in reasons:
            item.notebook.notes[:] = [note for note in item.notebook.notes if note.weight is Weight.LEFT_OUT]
            item.notebook.leave(f"the language has no place for this {item.key.kind}: {reasons[item.key]}")
    return made


def _attempt(items: list[Item], around: Surroundings, notebooks: dict[str, Notebook]) -> tuple[Made, dict[Key, str]]:
    links = Links(items, around.candidates, around.existing)
    words = Words(around.existing.vocabulary if around.has_vocabulary else None)
    items = [_relinked(item, links, notebooks) for item in items]
    drafts = {item.key: Draft(item, links, around.zone) for item in items}
    for draft in drafts.values():
        draft.head()
        if draft.key.kind in _MAPPERS:
            _MAPPERS[draft.key.kind](draft)
    specifications = {key: draft.data for key, draft in drafts.items() if key.kind == "ProductSpecification"}
    for draft in _of(drafts, "ProductOffering"):
        offering(draft, specifications, words)
    reduced = _reduced(drafts)
    users = _users(_of(drafts, "ProductOffering"))
    for draft in _of(drafts, "ProductOfferingPrice"):
        price(draft, reduced, conditions(draft, users.get(draft.key.id, ()), specifications, words), words)
    _shelve(drafts, around.candidates, links, notebooks)
    refused = {key: reason for key, draft in drafts.items() if (reason := _settle(draft))}
    for item in items:
        item.data = drafts[item.key].data
    return Made(tuple(items), words.entity(), links), refused


def _relinked(item: Item, links: Links, notebooks: dict[str, Notebook]) -> Item:
    payloads = [links.relinked(payload, notebooks[payload.place]) for payload in item.payloads]
    return Item(item.key, payloads, notebooks)


def _of(drafts: dict[Key, Draft], kind: str) -> list[Draft]:
    return [draft for key, draft in drafts.items() if key.kind == kind]


def _reduced(drafts: dict[Key, Draft]) -> dict[str, list[str]]:
    """The prices that each discount reduces, by the names that they have in the offerings which use them."""
    bases: dict[str, set[str]] = defaultdict(set)
    for draft in _of(drafts, "ProductOfferingPrice"):
        for _, relation in draft.objects("popRelationship"):
            type = "".join(filter(str.isalpha, text_of(relation.get("relationshipType")))).casefold()
            other = text_of(relation.get("id"))
            if type in _DISCOUNTED_BY:
                bases[other].add(draft.key.id)
            elif type in _DISCOUNTS:
                bases[draft.key.id].add(other)
    elsewhere = {
        id: f"{draft.key.id}/{name}"
        for draft in reversed(_of(drafts, "ProductOffering"))
        for name, id in _used_prices(draft.data.get("prices")).items()
    }
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for draft in _of(drafts, "ProductOffering"):
        own = _used_prices(draft.data.get("prices"))
        within = own | _prices_of_members(draft, drafts)
        for id in own.values():
            named = [name for name, other in within.items() if other in bases.get(id, ())]
            named = named or [elsewhere[other] for other in sorted(bases.get(id, ())) if other in elsewhere]
            found[id] |= dict.fromkeys(named or [name for name, other in own.items() if other != id and id not in bases])
    return {id: list(names) for id, names in found.items()}


def _prices_of_members(bundle: Draft, drafts: dict[Key, Draft]) -> dict[str, str]:
    """The prices of the members of a bundle, as the bundle names them."""
    members = bundle.data.get("bundle")
    found: dict[str, str] = {}
    for role, settings in members.items() if isinstance(members, dict) else ():
        said = settings if isinstance(settings, dict) else {}
        targets = said.get("of") or [said.get("offering", role)]
        for target in targets if isinstance(targets, list) else ():
            member = drafts.get(Key("ProductOffering", str(target)))
            for name, id in _used_prices(member.data.get("prices")).items() if member else ():
                found[f"{role}/{name}"] = id
    return found


def _users(offerings: Iterable[Draft]) -> dict[str, list[Draft]]:
    """The offerings that use each price."""
    found: dict[str, list[Draft]] = defaultdict(list)
    for draft in offerings:
        for id in dict.fromkeys(_used_prices(draft.data.get("prices")).values()):
            found[id].append(draft)
    return found


def _used_prices(prices: Data) -> dict[str, str]:
    if not isinstance(prices, dict):
        return {}
    used = ((name, use.get("use")) for name, use in prices.items() if isinstance(use, dict))
    return {name: id for name, id in used if isinstance(id, str)}


def _shelve(drafts: dict[Key, Draft], candidates: Iterable[Payload], links: Links, notebooks: dict[str, Notebook]) -> None:
    """Says of entities on which shelves they stand, where only the shelf or a candidate says so."""
    for draft in list(drafts.values()):
        if draft.key.kind in ("Category", "ServiceCategory", "ResourceCategory"):
            for noun, field, _, value in held(draft):
                key = links.find(noun, text_of(value.get("id")))
                if key in drafts:
                    _stand(drafts[key], field, draft.key.id)
    for payload in candidates:
        _place_candidate(payload, drafts, links, notebooks[payload.place])


def _stand(draft: Draft, field: str, category: str) -> None:
    if field == "parent":
        if category != draft.key.id:
            draft.data.setdefault("parent", category)
        return
    said = draft.data.setdefault("categories", [])
    if isinstance(said, list) and category not in said:
        said.append(category)


def _place_candidate(payload: Payload, drafts: dict[Key, Draft], links: Links, notebook: Notebook) -> None:
    """The categories of a candidate move to its specification; whatever else it says on its own is lost, and named."""
    target = payload.body.get(CANDIDATES[payload.noun])
    key = links.find(payload.noun.replace("Candidate", "Specification"), text_of(target.get("id"))) if isinstance(target, dict) else None
    if key not in drafts:
        notebook.leave("a candidate is derived from its specification, which is not among the payloads")
        return
    draft = drafts[key]
    noun = payload.noun.replace("Candidate", "Category")
    for index, value in enumerate(payload.body.get("category") or ()):
        category = draft.reference(noun, value, ("category", index))
        said = draft.data.setdefault("categories", [])
        if category is not None and isinstance(said, list) and category not in said:
            said.append(category)
    notebook.repair("candidate", (), f"it is derived from {key.kind} `{key.id}`, where its categories now stand")
    same = {name: draft.body.get(name) for name in ("name", "version", "lifecycleStatus", "description", "validFor")}
    for name, value in payload.body.items():
        if name not in ("id", "category", CANDIDATES[payload.noun], "@type", "@baseType") and same.get(name) != value:
            notebook.leave(f"its own `{name}` is lost: a candidate has that of its specification", (name,))


def _settle(draft: Draft) -> str:
    """Takes out of an entity what the language refuses, so that it goes to `extra`; the reason when nothing sensible is left."""
    draft.data = _ordered(_seen(draft))
    while problems := declaration_of(draft.key, draft.data).problems:
        for problem in problems:
            if problem.path[:1] == ("name",) and not is_visible(text_of(draft.data.get("name"))):
                draft.data["name"] = draft.key.id
                draft.notebook.doubt(("name",), f"its name shows nothing; it is called `{draft.key.id}`")
            elif problem.path[:1] == ("name",):
                draft.data["name"] = f"{text_of(draft.data.get('name'))[: LONGEST_NAME - 1].rstrip()}…"
                draft.notebook.doubt(("name",), f"{problem.message}; it is cut, and kept whole in `extra`")
            elif not problem.path or problem.path[0] in ("kind", "id") or not _prune(draft.data, problem.path):
                return next((why for field, why in draft.unread.items() if f"`{field}` is missing" in problem.message), problem.message)
            else:
                draft.unread.setdefault(str(problem.path[0]), problem.message)
                refused = "/".join(map(str, problem.path))
                draft.notebook.doubt((), f"the language refuses `{refused}`: {problem.message}; it is kept in `extra`")
    return ""


def _seen(draft: Draft) -> dict[str, Data]:
    """The fields without characters that nobody sees; the payload's own text then stays in `extra`."""
    found: dict[str, Data] = {}
    for field, value in draft.data.items():
        found[field] = visible_data(value)
        if found[field] != value:
            draft.notebook.doubt((field,), "it holds characters that nobody sees; they are taken out here, and kept in `extra`")
    return found


def declaration_of(key: Key, data: dict[str, Any]) -> Declaration:
    """An entity as the language reads it."""
    return declare(key, data, (NOWHERE,))


def _prune(data: Any, path: Path) -> bool:
    """Takes the deepest part of a path out of the data."""
    around: Any = None
    last: str | int = ""
    for part in path:
        is_there = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int) and part < len(data)
        if is_there:
            around, last, data = data, part, data[part]
    if around is None:
        return False
    del around[last]
    return True


_ORDER = (
    "kind", "id", "name", "description", "code", "brand", "productNumber", "type", "every", "usage", "amount", "percent", "reduces", "when",
    "per",
    "quantity", "tax", "chargeCode", "product", "bundle", "parent", "categories", "lifecycle", "version", "validFor", "vendor", "model",
    "sku", "partNumber", "channels", "segments", "places", "terms", "choices", "characteristics",
    "services", "resources", "contains", "requires", "excludes", "replaces", "prices", "sellable",
)  # fmt: skip


def _ordered(data: dict[str, Data]) -> dict[str, Data]:
    """The fields in the order in which people look for them."""
    rank = {key: number for number, key in enumerate(_ORDER)}
    return dict(sorted(data.items(), key=lambda pair: rank.get(pair[0], len(rank))))
