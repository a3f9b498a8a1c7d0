"""A Salesforce org of a few rules on this machine, and the import of a plan into it by Salesforce's own importer."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.targets.node import ask

STANDARD_PRICEBOOK = "01s000000000001AAA"
KEY_PREFIX = {"Product2": "01t", "Pricebook2": "01s", "PricebookEntry": "01u"}
LIMIT = 200
SYSTEM = frozenset(
    "Id IsDeleted IsArchived CreatedDate CreatedById LastModifiedDate LastModifiedById"
    " SystemModstamp LastViewedDate LastReferencedDate".split()
)
DERIVED = {"Product2": frozenset[str](), "Pricebook2": frozenset({"IsStandard"}), "PricebookEntry": frozenset({"Name", "ProductCode"})}
REQUIRED = {"Product2": {"Name"}, "Pricebook2": {"Name"}, "PricebookEntry": {"Pricebook2Id", "Product2Id", "UnitPrice"}}
REFERENCES = {"Pricebook2Id": "Pricebook2", "Product2Id": "Product2"}

Record = Mapping[str, Any]
Fault = tuple[str, str]


@dataclass(frozen=True)
class Request:
    """One call of the sObject tree API: what the importer really sent, references resolved to ids."""

    sobject: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Import:
    """What came of an import; `refused` is the importer's own message when it gave up, and `ids` maps referenceId to id."""

    requests: tuple[Request, ...]
    ids: Mapping[str, str]
    warnings: tuple[str, ...]
    refused: str | None


@dataclass
class Org:
    """The rules of an org that files can break: fields, required fields, references, one standard price before any other."""

    fields: Mapping[str, frozenset[str]]
    requests: list[Request] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=lambda: {STANDARD_PRICEBOOK: "Pricebook2"})
    prices: set[tuple[Any, ...]] = field(default_factory=set)

    def receive(self, sobject: str, records: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        """The status and body that answer a tree request: all of its records are kept, or none."""
        self.requests.append(Request(sobject, tuple(records)))
        before = set(self.prices)
        references = [record.get("attributes", {}).get("referenceId") for record in records]
        faults = [self.fault(sobject, record) or crowded(references, position) for position, record in enumerate(records)]
        errors = [error(name, *fault) for name, fault in zip(references, faults, strict=True) if fault]
        if errors:
            self.prices = before
            return 400, {"hasErrors": True, "results": errors}
        return 201, {"hasErrors": False, "results": [{"referenceId": name, "id": self.mint(sobject)} for name in references]}

    def mint(self, sobject: str) -> str:
        identity = f"{KEY_PREFIX[sobject]}{len(self.kinds):012d}AAA"
        self.kinds[identity] = sobject
        return identity

    def fault(self, sobject: str, record: Record) -> Fault | None:
        """The first thing that an org has against a record."""
        if record.get("attributes", {}).get("type") != sobject:
            return "INVALID_INPUT", f"the record is no {sobject}"
        given = {name: value for name, value in record.items() if name != "attributes"}
        for name, value in given.items():
            if name not in self.fields[sobject]:
                return "INVALID_FIELD", f"No such column '{name}' on sobject of type {sobject}"
            if name in SYSTEM | DERIVED[sobject]:
                return "INVALID_FIELD_FOR_INSERT_UPDATE", f"{name} cannot be written"
            if name in REFERENCES and self.kinds.get(value) != REFERENCES[name]:
                return "MALFORMED_ID", f"{name} names no {REFERENCES[name]}: {value}"
        if missing := sorted(REQUIRED[sobject] - {name for name, value in given.items() if value is not None}):
            return "REQUIRED_FIELD_MISSING", f"missing: {', '.join(missing)}"
        return self.price_fault(given) if sobject == "PricebookEntry" else None

    def price_fault(self, given: Record) -> Fault | None:
        """A price stands once in a price book for a product and currency, and in the standard one first."""
        product, currency = given["Product2Id"], given.get("CurrencyIsoCode")
        key = (given["Pricebook2Id"], product, currency)
        if given["UnitPrice"] is True or not isinstance(given["UnitPrice"], int | float) or given["UnitPrice"] < 0:
            return "JSON_PARSER_ERROR", f"UnitPrice is no amount: {given['UnitPrice']!r}"
        if key in self.prices:
            return "DUPLICATE_VALUE", "This price definition already exists in this price book"
        if (STANDARD_PRICEBOOK, product, currency) not in self.prices | {key}:
            return "STANDARD_PRICE_NOT_DEFINED", "Before creating a custom price, create a standard price."
        self.prices.add(key)
        return None


def crowded(references: Sequence[str | None], position: int) -> Fault | None:
    """What a tree request says of a record in general: an own reference id, and 200 records in all."""
    if position >= LIMIT:
        return "INVALID_INPUT", f"a request holds at most {LIMIT} records"
    if references[position] is None or references.count(references[position]) > 1:
        return "INVALID_INPUT", f"a record needs a reference id of its own: {references[position]}"
    return None


def error(reference: str | None, code: str, message: str) -> dict[str, Any]:
    return {"referenceId": reference, "errors": [{"statusCode": code, "message": message, "fields": []}]}


def import_plan(node_modules: Path, folder: Path, plan: str = "plan.json", also: Mapping[str, frozenset[str]] | None = None) -> Import:
    """Import `<folder>/<plan>` into an empty org; `also` names the fields that it has beside the standard ones, by sObject."""
    extra = also or {}
    org = Org({name: legal_fields(node_modules, name) | extra.get(name, frozenset()) for name in KEY_PREFIX})
    with serving(org) as url:
        answer = ask(node_modules, "salesforce", {"url": url, "plan": str((folder / plan).resolve())})
    return Import(tuple(org.requests), answer["ids"], tuple(answer["warnings"]), answer["refused"])


def legal_fields(node_modules: Path, sobject: str) -> frozenset[str]:
    """The standard fields of an sObject, as the type declarations of jsforce list them."""
    declared = node_modules / "@jsforce" / "jsforce-node" / "lib" / "types" / "standard-schema.d.ts"
    body = re.search(rf"^type Fields\${sobject} = {{$(.*?)^}};$", declared.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert body, f"{declared.name} declares no {sobject}"
    return frozenset(re.findall(r"^ +(\w+):", body[1], re.MULTILINE))


@contextmanager
def serving(org: Org) -> Iterator[str]:
    """The org at an address of this machine, for as long as it is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = re.fullmatch(r"/services/data/v[\d.]+/composite/tree/(\w+)", self.path)
            if asked is None or asked[1] not in KEY_PREFIX:
                self.reply(404, [{"errorCode": "NOT_FOUND", "message": f"The requested resource does not exist: {self.path}"}])
                return
            self.reply(*org.receive(asked[1], json.loads(body)["records"]))

        def reply(self, status: int, answer: Any) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """A test run has nothing to say about each request."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
