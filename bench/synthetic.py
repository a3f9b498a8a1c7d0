"""Makes a synthetic catalog of any size: believable families of offerings, products, prices, services and resources, without a fault.

A family is twenty entities that refer to each other: 7 offerings, 3 products, 2 shared prices, 3 services, 3 resources and 2
categories, from one of the two family templates, which are plain YAML with `${…}` where families differ. In front of them stand
a vocabulary, catalogs and systems, once. An entity has about 43 lines and 1.2 KB, as in a real catalog with two languages.
Dates are quoted, which tmfkit does not need: some YAML readers make something else than a text of a date that is not.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path
from string import Template
from typing import Literal, NamedTuple, TypeAlias

TEMPLATES = Path(__file__).parent / "templates"
SEPARATOR = "\n---\n"
FAMILY_SIZE = 20
"""Entities of one family."""

SMALLEST = 60
"""Below this many entities there would be no family of either sort beside the landscape."""

FIFTY = 50
"""Documents of one file in the layout `fifty`."""

Layout: TypeAlias = Literal["file", "fifty"]
"""One entity a file, or fifty entities a file."""

_BRANDS = ("Norlink", "Aurora", "Meridian", "Halden", "Borealis", "Sonne", "Vega")
_PLACES = ("north", "south", "east", "west")
_SPEEDS = ((100, 500), (50, 100, 500), (100, 500, 1000), (100, 250, 500, 1000), (50, 200, 500, 1000, 2000))


class Document(NamedTuple):
    """One entity: its kind, its id and its YAML."""

    kind: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """How much a catalog turned out to be."""

    entities: int
    files: int
    lines: int
    size: int

    def __str__(self) -> str:
        per_line, per_byte = self.lines / self.entities, self.size / self.entities
        return f"{self.entities} entities in {self.files} files, {per_line:.1f} lines and {per_byte / 1000:.2f} KB an entity"


def write(folder: Path, entities: int, layout: Layout = "file", seed: int = 1) -> Written:
    """Write a catalog of exactly `entities` entities into `folder`, which is made where it does not exist."""
    files = lines = size = 0
    for path, text in _files(documents(entities, seed), layout):
        target = folder / path
        if files % FIFTY == 0 or layout == "file":
            target.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        target.write_bytes(data)
        files, lines, size = files + 1, lines + text.count("\n"), size + len(data)
    return Written(entities, files, lines, size)


def documents(entities: int, seed: int = 1) -> Iterator[Document]:
    """The documents of a catalog, one after the other; the same for the same seed, on every machine."""
    if entities < SMALLEST:
        raise ValueError(f"a synthetic catalog has at least {SMALLEST} entities, not {entities}")
    landscape = [_document(text) for text in _template("landscape").template.split(SEPARATOR)]
    families, singles = divmod(entities - len(landscape), FAMILY_SIZE)
    every = chain.from_iterable(_family(number, random.Random(f"{seed} {number}")) for number in range(families))
    return chain(landscape, every, (_single(number, random.Random(f"{seed} single {number}")) for number in range(singles)))


def _files(documents: Iterator[Document], layout: Layout) -> Iterator[tuple[str, str]]:
    if layout == "file":
        for number, document in enumerate(documents):
            yield f"{document.kind}/{number // 1000:03}/{document.id}.yaml", document.text
        return
    for number, part in enumerate(iter(lambda: tuple(islice(documents, FIFTY)), ())):
        yield f"part-{number:05}.yaml", SEPARATOR.join(document.text.rstrip("\n") for document in part) + "\n"


def _family(number: int, chance: random.Random) -> Iterator[Document]:
    sort = "residential" if number % 2 == 0 else "business"
    values = _values(number, chance)
    values["grouping"] = _template("grouping-services" if number % 4 < 2 else "grouping-resources").substitute(values).rstrip("\n")
    return map(_document, _template(sort).substitute(values).split(SEPARATOR))


def _single(number: int, chance: random.Random) -> Document:
    return _document(_template("single").substitute(_values(0, random.Random("")) | {"n": f"{number:05}", "p1": _money(chance, 9, 60)}))


def _values(number: int, chance: random.Random) -> dict[str, str]:
    speeds = chance.choice(_SPEEDS)
    own = "services" if number % 4 < 2 else "resources"
    return {
        "f": f"{number:05}",
        "brand": chance.choice(_BRANDS),
        "place": chance.choice(_PLACES),
        "service_category": f"services-{number:05}" if own == "services" else "all-services",
        "resource_category": f"resources-{number:05}" if own == "resources" else "all-resources",
        "minutes": str(chance.randrange(50, 500, 50)),
        "percent": str(chance.randrange(10, 55, 5)),
        **_prices(chance),
        **_speed_values(speeds, chance),
    }


def _prices(chance: random.Random) -> dict[str, str]:
    cheap, middle, dear = sorted(chance.randrange(10, 70) for _ in range(3))
    return {
        "p1": f"{cheap}.90",
        "p2": f"{middle + 1}.90",
        "p3": f"{dear + 2}.90",
        "small": _money(chance, 1, 4),
        "addon": _money(chance, 4, 9),
        "rental": _money(chance, 8, 14),
        "rental_later": _money(chance, 14, 19),
        "setup": _money(chance, 19, 60),
        "visit": _money(chance, 39, 90),
        "penalty": _money(chance, 90, 250),
    }


def _speed_values(speeds: tuple[int, ...], chance: random.Random) -> dict[str, str]:
    """The parts that grow with the number of speeds: lists of values, rows of maps and of the table by speed and term."""
    base = chance.randrange(15, 40)
    return {
        "slowest": str(speeds[0]),
        "fastest": str(speeds[-1]),
        "speeds": _rows("      - {0}", speeds),
        "profiles": _rows("      - lp-{0}", speeds),
        "profile_rows": _rows("          {0}: lp-{0}", speeds),
        "classes": _rows("      - class-{0}", speeds),
        "class_rows": _rows("          {0}: class-{0}", speeds),
        "term_table": "\n".join(_term_rows(speed, base + 10 * step) for step, speed in enumerate(speeds)),
    }


def _term_rows(speed: int, price: int) -> str:
    terms = (("no-term", f"{price + 8}.90 EUR"), ("12-months", f"{price + 4}.90 EUR"), ("24-months", f"{price}.90 EUR"))
    return "\n".join([f"      {speed}:", *(f"        {term}: {amount}" for term, amount in terms)])


def _rows(form: str, speeds: tuple[int, ...]) -> str:
    return "\n".join(form.format(speed) for speed in speeds)


def _money(chance: random.Random, low: int, high: int) -> str:
    return f"{chance.randrange(low, high)}.{chance.choice(('00', '50', '90'))}"


def _document(text: str) -> Document:
    kind, second = text.split("\n", 2)[:2]
    id = second.removeprefix("id: ") if second.startswith("id: ") else "vocabulary"
    return Document(kind.removeprefix("kind: "), id, text.rstrip("\n") + "\n")


@cache
def _template(name: str) -> Template:
    return Template((TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8"))
