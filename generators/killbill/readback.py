"""Reads the amounts back from the catalog files themselves, so that they can be compared with those of other systems."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.parsers.expat import ParserCreate

from tmfkit.api import Amount, Artifact


@dataclass(slots=True)
class Element:
    """An element of a file with the line that it begins on."""

    tag: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "list[Element]" = field(default_factory=list)
    text: str = ""

    def find(self, *tags: str) -> "Element | None":
        """The first element on a path below this one."""
        here: Element | None = self
        for tag in tags:
            here = next((child for child in here.children if child.tag == tag), None) if here is not None else None
        return here

    def all(self, *tags: str) -> "list[Element]":
        """All elements on a path below this one."""
        found = [self]
        for tag in tags:
            found = [child for one in found for child in one.children if child.tag == tag]
        return found


def parsed(text: str) -> Element:
    """The root of an XML file."""
    root = Element("", 0)
    open = [root]
    parser = ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, parser.CurrentLineNumber, attributes)
        open[-1].children.append(element)
        open.append(element)

    def end(_: str) -> None:
        open.pop()

    def said(words: str) -> None:
        open[-1].text += words

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, said
    parser.Parse(text, True)
    return root.children[0]


def amounts_in(artifacts: Sequence[Artifact]) -> Iterator[Amount]:
    """The list price of each single price in each version; what a discount changes is no list price."""
    files = {artifact.path: artifact.text for artifact in artifacts}
    catalogs = [(path, parsed(text)) for path, text in files.items() if path.endswith(".xml")]
    dated = sorted(((_said(root, "effectiveDate"), path, root) for path, root in catalogs), key=lambda one: one[1])
    for index, (begins, path, root) in enumerate(dated):
        ends = dated[index + 1][0] if index + 1 < len(dated) else ""
        charges = json.loads(files[path.replace("catalog-", "charges-").replace(".xml", ".json")])
        yield from dict.fromkeys(_amounts(path, root, charges, begins, ends))


def _amounts(path: str, root: Element, charges: Mapping[str, Any], begins: str, ends: str) -> Iterator[Amount]:
    plans = {plan.attributes["name"]: plan for plan in root.all("plans", "plan")}
    for entry in charges["plans"]:
        for charge in entry["charges"]:
            place = _place(plans[entry["plan"]], charge) if charge["listed"] else None
            if place is None:
                continue
            value, currency = place.find("value"), place.find("currency")
            if value is None or currency is None:
                continue
            amount = Decimal(value.text)
            if "usage" in charge and charge["per"] != charge["size"]:
                amount = amount * Decimal(charge["per"]) / Decimal(charge["size"])
            yield Amount(entry["offering"], charge["charge"], currency.text, format(amount, "f"), begins, ends, "", path, value.line)


def _place(plan: Element, charge: Mapping[str, Any]) -> Element | None:
    """The element with the price of a charge."""
    phases = [*plan.all("initialPhases", "phase"), *plan.all("finalPhase")]
    phase = next((one for one in phases if one.attributes["type"] == charge["phase"]), None)
    if phase is None:
        return None
    match charge["part"]:
        case "fixed":
            return phase.find("fixed", "fixedPrice", "price")
        case "recurring":
            return phase.find("recurring", "recurringPrice", "price")
        case "usage":
            usage = next((one for one in phase.all("usages", "usage") if one.attributes["name"] == charge["usage"]), None)
            tiers = usage.all("tiers", "tier") if usage is not None else []
            return tiers[charge["tier"]].find("blocks", "tieredBlock", "prices", "price") if charge["tier"] < len(tiers) else None
        case _:
            return None


def _said(root: Element, tag: str) -> str:
    found = root.find(tag)
    return found.text if found is not None else ""
