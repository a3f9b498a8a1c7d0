"""The reference page of the import, made from its tables."""

from tmfkit.importer.identify import CANDIDATES
from tmfkit.importer.notes import ADDITIONS, NORMALISATIONS
from tmfkit.importer.numbers import DIGITS
from tmfkit.importer.read import DEEPEST, LARGEST_FILE
from tmfkit.importer.recognise import SORTS

HEAD = """\
# What an import does

`tmfkit import PATH...` reads payloads of TMF620, TMF633 and TMF634 (versions 4 and 5, and the names of version 3 that are still met)
and writes YAML of the language into the catalog's folder. This page is made from the tables that the import works with.

## The promise

Nothing is dropped in silence. The import maps what the language knows, compiles that with the real compiler, and compares with the
payload. What the compiled payload does not say yet goes to `extra` of the entity, for the version that the payload was of, and compiles
back as it was. At last it reads the YAML back, compiles once more, and looks for every value of every payload. So each value

- is **mapped** into a word of the language,
- or **kept** in `extra`,
- or **repaired**, by one of the rules below,
- or **left out**, and said so: then the command ends with 1.

What was guessed on the way is **doubted**: the report names it, the value of the payload stays in `extra`. `--format json` has every
note with its file, the path in the payload and the rule; the text says once what holds for several payloads.

What stands in `extra` wins over the words of the language in the version that it is for: whoever changes `every` of a price whose
`recurringChargePeriodType` an import kept there takes that out too.

All files are written, or none. A file that is there already is written over only with `--force`; an id that the project declares in
another file stops the import in any case, and so does a file of the project that cannot be read, or a link that leads out of it.

| ends with | when |
| --- | --- |
| 0 | every payload got in |
| 1 | a file cannot be read or something is in the way (nothing was written), or something was left out (the rest was written) |
| 4 | a path does not exist, or the files cannot be written |

## What is left out

- what is no item of a catalog: an unknown `@type` (and no known `@baseType`), or no `@type` and nothing else that tells;
- an older version of something: the language keeps one version, history is git's;
- a second payload with the same id and version that says something else;
- a price without an amount in an ISO 4217 currency (one written as text is read where there is one way to read it), and a discount of
  which no payload says what it reduces: a price of nothing would be a lie. What refers to it refers outside.

## Where things go

A product specification, its offerings and the prices that they use stand together in one file of `offerings/`. A specification that no
offering among the payloads sells stands in `products/`. A price that no offering uses stands with the offering that its name and version
suggest, else in `prices/prices.yaml`; the report says which offering that is, and nothing is linked by name. Services and resources have
a file each; catalogs and categories share one. Channels, segments, places, taxes and metered units go to `vocabulary.yaml`, unless the
project has a vocabulary: then its words are kept to.

## Identity

An id that the language can have stays. Others are minted: by the name of the file, the product number or the name, whichever other
payloads use to refer to it; else from the product number, the name, the file, in this order; a number follows where that is taken. A
reference to a product number leads to the specification that has it. A reference to something that is neither among the payloads nor in
the project stays, as `external`.

"""

TAIL = f"""
## Limits

One payload, or a list of payloads, a file; folders are searched for `*.json`. A file may have {LARGEST_FILE // 1024 // 1024} MB and
{DEEPEST} levels of nesting. Pipes and devices are not read. A key that stands twice in one object stops the import.

Numbers keep their digits, as far as a JSON reader keeps them: whole numbers all of them, others those of a 64-bit number. A number with
more than {DIGITS} digits is no value of the language and stays in `extra`. Control characters, and those that turn the order of reading,
have no place in YAML: a text of an entity is written without them and kept whole, escaped, in `extra`; keys and the names of parts lose
them, which the report says.
"""


def page() -> str:
    """The whole page."""
    return HEAD + _sorts() + _normalisations() + _additions() + TAIL


def _sorts() -> str:
    rows = [f"| {noun} | TMF{sort.api} | {', '.join(f'`{type}`' for type in sort.types)} |" for noun, sort in SORTS.items()]
    names = " and ".join(f"`{name}`" for name in CANDIDATES)
    return "\n".join(
        (
            "## What is recognised",
            "",
            "| item | API | `@type` |",
            "| --- | --- | --- |",
            *rows,
            "",
            "Without an `@type` the keys decide, then the name of the file and its folders.",
            f"{names} are not entities: they are derived when compiling, so their categories move to the specification.",
            "",
            "",
        )
    )


def _normalisations() -> str:
    rows = [f"| `{rule}` | {row.what} | {row.reason} |" for rule, row in NORMALISATIONS.items()]
    head = ("## What is repaired", "", "A compiled payload differs from the imported one by nothing else.", "")
    return "\n".join((*head, "| rule | what | why |", "| --- | --- | --- |", *rows, "", ""))


def _additions() -> str:
    rows = [f"| {', '.join(f'`{path}`' for path in row.paths)} | {row.reason} |" for row in ADDITIONS]
    head = (
        "## What is added",
        "",
        "A compiled payload has nothing beyond the imported one but these (`*/name` is a `name` at any depth).",
        "",
    )
    return "\n".join((*head, "| property | why |", "| --- | --- |", *rows, ""))
