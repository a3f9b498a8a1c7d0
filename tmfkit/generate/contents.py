"""What a system has no business with stays out of its files: the network out of a CRM, descriptors out of all but an NFVO."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from ipaddress import ip_interface
from itertools import chain, zip_longest
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.generate.artifact import Artifact
from tmfkit.generate.run import Ran
from tmfkit.generate.stamps import lines_added
from tmfkit.model.base import Key
from tmfkit.model.landscape import Role, System
from tmfkit.model.resources import LogicalResourceSpecification
from tmfkit.model.services import ResourceFacingServiceSpecification
from tmfkit.rules.base import Finding, Place
from tmfkit.rules.layers.technical import is_technical

NETWORK_IN_CRM = "TK615"
DESCRIPTOR_OUTSIDE = "TK816"

_NAMING = frozenset("name key attribute field characteristic parameter".split())
"""The members of a name/value pair that hold a name; written small, since `Name` in an sObject is the title of a record."""

_BARE = frozenset(("ip", "port", "ipaddress", "ipv4", "ipv6"))
"""Names that say only in themselves that they are about the network: `portedNumber` and `ipTelephony` are things that people buy."""

_LIKE_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+(/\d+)?|(?=.*::|(.*:){7})[0-9A-Fa-f:.]+(/\d+)?")

_XML_NAME = re.compile(r"<([A-Za-z_][\w.-]*)|\s([A-Za-z_][\w.-]*)=[\"']")
_XML_TEXT = re.compile(r">\s*([^<>\s]+)\s*<|=[\"']([^\"'\s]+)[\"']")


_WORD = re.compile(r"[\w.-]+")


class Word(NamedTuple):
    """A name or a value that stands in a file; `line` is 0 where it has to be looked for."""

    text: str
    is_name: bool
    line: int = 0

    def line_in(self, text: str) -> int:
        """The line on which it stands first."""
        at = text.find(json.dumps(self.text, ensure_ascii=False))
        return self.line or text.count("\n", 0, max(at, 0)) + 1


def contents(catalog: Catalog, ran: Sequence[Ran]) -> Iterator[Diagnostic]:
    """What stands in files for systems that must not have it."""
    descriptors = dict(_descriptors(catalog))
    for one in ran:
        system = catalog.get(System, one.job.system)
        if system is None:
            continue
        if system.role is Role.CRM:
            yield from _network(one, catalog)
        if system.role is not Role.NFVO and descriptors:
            yield from _descriptors_in(one, system, descriptors, catalog)


def _network(ran: Ran, catalog: Catalog) -> Iterator[Diagnostic]:
    """Each kind of network or order data in the files for a CRM, at the first place where it stands; ids of the catalog are none."""
    told = {key.id for key in catalog.summaries}
    for artifact in ran.artifacts:
        for word in words_of(artifact):
            if word.text not in told and (is_network_name(word.text) if word.is_name else _is_address(word.text)):
                told.add(word.text)
                what = "belongs to the network or to an order" if word.is_name else "is an address in the network"
                place = _place(ran, artifact, word.line_in(artifact.text))
                message = f"`{word.text}` {what}, and `{ran.job.system}` is a CRM: it stands in {place}"
                help = f"take it out of what `{ran.job.generator}` makes: a CRM knows what is sold, inventories know the rest"
                yield located(catalog, NETWORK_IN_CRM, Severity.ERROR, ran.job.key, Finding(("generator",), message, help))


def is_network_name(name: str) -> bool:
    """Whether a name in a file says that what it names is found out in the network or while an order runs."""
    return is_technical(name) or name.lower() in _BARE


def _is_address(text: str) -> bool:
    """Whether a value is an address of IP; four numbers with dots need all four, so that versions stay versions."""
    if not _LIKE_ADDRESS.fullmatch(text):
        return False
    try:
        ip_interface(text)
    except ValueError:
        return False
    return True


def words_of(artifact: Artifact) -> Iterator[Word]:
    """The names and values of a file as far as its format tells them apart; prose is none."""
    match PurePosixPath(artifact.path).suffix:
        case ".json":
            yield from _in_json(artifact.text)
        case ".csv":
            yield from _in_csv(artifact.text)
        case ".xml":
            yield from _in_xml(artifact.text)


def _in_json(text: str) -> Iterator[Word]:
    try:
        found = dict.fromkeys(_json_words(json.loads(text)))
    except (ValueError, RecursionError):
        return
    yield from (Word(text, is_name) for text, is_name in found)


def _json_words(content: Any) -> Iterator[tuple[str, bool]]:
    match content:
        case dict():
            for key, value in content.items():
                yield key, True
                if isinstance(value, str) and key in _NAMING and not re.search(r"\s", value):
                    yield value, True
                elif "version" not in key.lower():
                    yield from _json_words(value)
        case list():
            yield from chain.from_iterable(map(_json_words, content))
        case str():
            yield content, False


def _in_csv(text: str) -> Iterator[Word]:
    reader = csv.reader(text.splitlines())
    head: list[str] = []
    try:
        for row in reader:
            head = head or row
            named = zip_longest(head, row, fillvalue="")
            yield from (Word(cell, row is head, reader.line_num) for name, cell in named if row is head or "version" not in name.lower())
    except csv.Error:
        return


def _in_xml(text: str) -> Iterator[Word]:
    for number, line in enumerate(text.splitlines(), 1):
        yield from (Word(found[1] or found[2], True, number) for found in _XML_NAME.finditer(line))
        yield from (Word(found[1] or found[2], False, number) for found in _XML_TEXT.finditer(line))


def _descriptors(catalog: Catalog) -> Iterator[tuple[str, Key]]:
    """The descriptors of the catalog and who names them. One that is called like an entity cannot be told from it."""
    ids = {key.id for key in catalog.summaries}
    for summary in catalog.of(ResourceFacingServiceSpecification.KIND, LogicalResourceSpecification.KIND):
        entity = catalog.entity(summary.key)
        descriptor = getattr(entity, "descriptor", None)
        if entity is not None and descriptor is not None and descriptor not in ids:
            yield descriptor, entity.key


def _descriptors_in(ran: Ran, system: System, descriptors: dict[str, Key], catalog: Catalog) -> Iterator[Diagnostic]:
    """Each descriptor at the first place where it stands; only those are looked for whose first word a file has."""
    begun: dict[str, list[str]] = defaultdict(list)
    for descriptor in descriptors:
        begun[_first_words(descriptor)[0]].append(descriptor)
    told: set[str] = set()
    for artifact in ran.artifacts:
        for descriptor in sorted(one for word in begun.keys() & set(_first_words(artifact.text)) for one in begun[word]):
            found = re.search(rf"(?<![\w.-]){re.escape(descriptor)}(?![\w-])", artifact.text) if descriptor not in told else None
            if found is not None:
                told.add(descriptor)
                place = _place(ran, artifact, artifact.text.count("\n", 0, found.start()) + 1)
                yield _descriptor(descriptor, descriptors[descriptor], place, ran, system, catalog)


def _descriptor(descriptor: str, key: Key, place: str, ran: Ran, system: System, catalog: Catalog) -> Diagnostic:
    message = f"only an NFVO reads descriptors, and {place} names `{descriptor}` for `{system.id}`, which has the role {system.role}"
    help = f"take it out of what `{ran.job.generator}` makes: other systems order the service and never see what it is made from"
    related = (Place("the descriptor", key, ("descriptor",)),)
    return located(catalog, DESCRIPTOR_OUTSIDE, Severity.ERROR, ran.job.key, Finding(("generator",), message, help, related=related))


def _first_words(text: str) -> list[str]:
    """The words of a text without the full stops behind them; a text without any is its own only word."""
    return [word.rstrip(".") for word in _WORD.findall(text)] or [text]


def _place(ran: Ran, artifact: Artifact, line: int) -> str:
    """Where in the output folder something stands, below the stamp."""
    moved = lines_added(artifact.path, artifact.text) if artifact.stamped else 0
    return f"{ran.job.generator}/{ran.job.system}/{artifact.path}:{line + moved}"
