"""Gives every payload its identity in the language: which version is kept, its kind, and an id that is its own or is minted."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from tmfkit.importer.notes import Notebook
from tmfkit.importer.numbers import digits_of
from tmfkit.importer.recognise import Payload
from tmfkit.load.parse import ID, LONGEST_ID
from tmfkit.model.base import Key
from tmfkit.model.kinds import KINDS
from tmfkit.tmf.merge import residue

CANDIDATES = {"ServiceCandidate": "serviceSpecification", "ResourceCandidate": "resourceSpecification"}
"""Candidates, and where they name their specification."""

_SLUG_LENGTH = 80


@dataclass(slots=True)
class Item:
    """One entity to be: its key, and the payloads that describe it, the one that it is made from first; others are of other dialects."""

    key: Key
    payloads: list[Payload]
    notebooks: dict[str, Notebook]
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def payload(self) -> Payload:
        """The payload that the entity is made from."""
        return self.payloads[0]

    @property
    def notebook(self) -> Notebook:
        """Where notes on that payload go."""
        return self.notebooks[self.payload.place]


def text_of(value: Any) -> str:
    """A JSON scalar as the language writes it; numbers keep their digits."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return digits_of(value)
        case str():
            return value
        case _:
            return ""


def slug(text: str) -> str:
    """A text as an id: lower case, words joined by `-`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].rstrip("-")


def newest(payloads: Iterable[Payload], notebooks: Mapping[str, Notebook]) -> list[list[Payload]]:
    """The payloads to keep, those of one item together: of several versions the newest, of the same thing said twice one."""
    groups: dict[tuple[str, str], list[Payload]] = {}
    for number, payload in enumerate(payloads):
        id = text_of(payload.body.get("id"))
        groups.setdefault((payload.noun, id or f"\0{number}"), []).append(payload)
    return [_chosen(group, notebooks) for group in groups.values()]


def _chosen(group: list[Payload], notebooks: Mapping[str, Notebook]) -> list[Payload]:
    if len(group) == 1:
        return group
    best = max(group, key=lambda payload: _age(payload.body))
    kept: list[Payload] = []
    for payload in sorted(group, key=lambda payload: payload is not best):
        notebook = notebooks[payload.place]
        same = next((other for other in kept if other.dialect is payload.dialect), None)
        if _version(payload.body) != _version(best.body):
            notebook.leave(f"version {_version(payload.body)} is older than {_version(best.body)} in {best.place}; one version is kept")
        elif same is None:
            kept.append(payload)
        elif residue(payload.body, same.body) is None:
            notebook.doubt((), f"it says nothing that {same.place} does not say, and is not needed")
        else:
            notebook.leave(f"{same.place} has the same id and version, and says something else; that one is kept")
    return kept


def _version(body: dict[str, Any]) -> str:
    return text_of(body.get("version")) or "1.0"


def _age(body: dict[str, Any]) -> tuple[list[tuple[int, int, str]], str]:
    parts = re.findall(r"\d+|[^\d.]+", _version(body))
    return [(1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts], text_of(body.get("lastUpdate"))


def kind_of(payload: Payload, notebook: Notebook) -> str:
    """The kind of the language that a payload becomes."""
    body = payload.body
    match payload.noun:
        case "ServiceSpecification" if payload.type.startswith(("Customer", "CFSS")):
            return "CustomerFacingServiceSpecification"
        case "ServiceSpecification" if payload.type.startswith(("Resource", "RFSS")):
            return "ResourceFacingServiceSpecification"
        case "ServiceSpecification":
            facing = "Resource" if body.get("resourceSpecification") else "Customer"
            why = "it stands on resources" if facing == "Resource" else "it stands on no resources"
            notebook.doubt(("@type",), f"it does not say whom it faces; it is taken as {facing}Facing, because {why}")
            return f"{facing}FacingServiceSpecification"
        case "ResourceSpecification" if payload.type.startswith(("Physical", "Logical")):
            return "PhysicalResourceSpecification" if payload.type.startswith("Physical") else "LogicalResourceSpecification"
        case "ResourceSpecification":
            nature = "Physical" if body.keys() & {"sku", "part", "partNumber"} else "Logical"
            notebook.doubt(("@type",), f"it does not say whether it can be touched; it is taken as {nature}")
            return f"{nature}ResourceSpecification"
        case noun:
            return noun


def identified(groups: list[list[Payload]], mentions: frozenset[tuple[str, str]], notebooks: dict[str, Notebook]) -> list[Item]:
    """Every group of payloads with its key: legal ids stay, others are minted. `mentions` are the ids that payloads name."""
    kinds = [kind_of(group[0], notebooks[group[0].place]) for group in groups]
    taken: set[tuple[str, str]] = set()
    ids: dict[int, str] = {}
    for legal in (True, False):
        for number, (group, kind) in enumerate(zip(groups, kinds, strict=True)):
            own = text_of(group[0].body.get("id"))
            space = KINDS[kind].space
            if legal and is_legal(own) and (space, own.casefold()) not in taken:
                ids[number] = own
            elif not legal and number not in ids:
                ids[number] = _minted(group[0], space, taken, mentions, notebooks[group[0].place])
            if number in ids:
                taken.add((space, ids[number].casefold()))
    items = [Item(Key(kind, ids[number]), group, notebooks) for number, (group, kind) in enumerate(zip(groups, kinds, strict=True))]
    for item in items:
        item.payloads = [_owned(payload, item.key.id, notebooks[payload.place]) for payload in item.payloads]
    _tell_apart(items)
    return items


def is_legal(id: str) -> bool:
    """Whether the language can have an id."""
    return ID.fullmatch(id) is not None and len(id) <= LONGEST_ID


def _minted(payload: Payload, space: str, taken: set[tuple[str, str]], mentions: frozenset[tuple[str, str]], notebook: Notebook) -> str:
    """The id by which others name it, which may be its file's name or its product number; else one made from what it says."""
    own = text_of(payload.body.get("id"))
    sources = {
        "file": PurePath(payload.source.file).stem,
        "product number": text_of(payload.body.get("productNumber")),
        "name": text_of(payload.body.get("name")),
    }
    known = [(word, text) for word, text in sources.items() if (payload.noun, text) in mentions and is_legal(text)]
    made = [(word, text if word == "product number" and is_legal(text) else slug(text)) for word, text in sources.items()]
    word, wanted = next((pair for pair in (*known, ("id", slug(own)), *made[1:], made[0]) if pair[1]), ("", "item"))
    id, count = wanted, 1
    while (space, id.casefold()) in taken:
        count += 1
        id = f"{wanted}-{count}"
    if not own:
        notebook.repair("minted-id", ("id",), f"it has no id; `{id}` is made from its {word}")
    return id


def _owned(payload: Payload, id: str, notebook: Notebook) -> Payload:
    own = payload.body.get("id")
    if own is None or own == id:
        return payload
    notebook.repair("own-id", ("id",), f"the id `{text_of(own)}` becomes `{id}`")
    return replace(payload, body={**payload.body, "id": id})


def _tell_apart(items: list[Item]) -> None:
    """Catalog APIs tell items of one resource apart by name and version: a name that is taken gets the id behind it."""
    taken: set[tuple[str, str, str]] = set()
    for item in items:
        body = item.payload.body
        name = text_of(body.get("name")).strip()
        claim = (item.payload.noun, name, _version(body))
        if name and claim in taken:
            message = f"another {item.payload.noun} has this name and version; `{item.key.id}` goes behind it"
            item.notebook.repair("own-name", ("name",), message)
            item.payloads = [replace(payload, body={**payload.body, "name": f"{name} ({item.key.id})"}) for payload in item.payloads]
        taken.add(claim)
