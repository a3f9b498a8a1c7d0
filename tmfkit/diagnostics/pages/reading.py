"""The pages of findings about files, settings, suppressions and plugins."""

from collections.abc import Mapping

READING: Mapping[str, str] = {
    "TK001": """A file of the catalog can be read.

A file that may not be opened, or a link that leads nowhere, hides a part of the catalog. Give tmfkit the right to read it, or take
it out of the folder.
""",
    "TK002": """A file of the catalog is UTF-8 text.

In another encoding, names with accents reach customers as other letters. The place named is the first byte that is no UTF-8. Let your
editor save the file in UTF-8.
""",
    "TK003": """A file of the catalog holds characters that a text may have.

Control characters come from copied text and cannot be seen in an editor; others make a text read in another order than it is written.
Nor may a text in double quotes spell them, as in `"\\u202e"`. The place named is that of the first one: delete it.
""",
    "TK004": """A file of the catalog is YAML.

Mostly a quote or a bracket is not closed, a tab stands before a key, or a text with a colon needs quotes. What stands behind the place
named is not read, so the rest of the file is checked only when this is mended.

Fails:
```yaml
kind: Category
id: broadband
name: "Broadband
```
""",
    "TK005": """A file of the catalog has a reasonable size and depth.

Up to 32 MB, two million values and a hundred levels are read, aliases counted as often as they are used. A larger file is split; one
that grows by its aliases alone is mostly an attack or an accident.

Fails:
```yaml
a: &a [x, x, x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
```
""",
    "TK006": """A key is written once in a mapping.

Other tools keep the last of two values without a word, and a price of last year comes back. Keep one of them.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
name: Internet at home
```
""",
    "TK007": """The catalog is plain YAML, without tags and merge keys.

Tags change what a value is, and merge keys hide where it comes from. The language knows the type of every value; `extends` takes over
what another entity says.

Fails:
```yaml
kind: Category
id: !!str broadband
name: Broadband
```
""",
    "TK008": """A document is a mapping.

Every document of the catalog is one entity and begins with its kind; `tmfkit.yaml` is one mapping of settings.

Fails:
```yaml
- kind: Category
  id: broadband
  name: Broadband
```
""",
    "TK009": """A catalog holds something.

A catalog without entities is mostly a wrong folder. Nothing is made of it, so that no system takes it for the order to delete all that
it has. `tmfkit.yaml` says where the catalog is.

Fails:
```yaml
# to be written
```
""",
    "TK010": """A document says of which kind it is.

The kind decides which keys there are. Kinds are written as TM Forum writes them.

Fails:
```yaml
kind: Offering
id: fibre-home
name: Fibre Home
```
""",
    "TK011": """Every key is one that the language knows.

A key that nobody reads is a wish that nobody fulfils: `descripton` would be missing in the shop, and nobody would know why.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
descripton: Internet at home
```
""",
    "TK012": """Everything mandatory is there.

What is missing cannot be guessed: each kind needs an id, almost all a name, an offering its lifecycle, a recurring price its period.

Fails:
```yaml
kind: Category
id: broadband
```
""",
    "TK013": """Lists, mappings and texts stand where they are due.

Named things are mappings from name to settings, several values a list. A nested value in place of a text is mostly a slip of the
indentation.

Fails:
```yaml
kind: Category
id: broadband
name: [Broadband]
```
""",
    "TK014": """Every value is one that can be understood.

Money is written as `39.90 EUR`, a quantity as `500 Mbit/s`, a duration as `24 months`, a date as `2026-01-15`; words of a closed set
are written exactly.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
lifecycle: Lunched
```
""",
    "TK015": """Ids are short and plain.

Ids travel through addresses, file names and databases. They begin with a letter or digit, go on with letters, digits, `.`, `_` and
`-`, and have at most a hundred characters.

Fails:
```yaml
kind: Category
id: broadband & more
name: Broadband
```
""",
    "TK016": """Keys of one part fit together.

Each of them is known, but they contradict each other or one means nothing beside the other: a one-time price has no period, and a bundle
has no product of its own.

Fails:
```yaml
kind: ProductOfferingPrice
id: activation
name: Activation
type: oneTime
amount: 49.00 EUR
every: 1 month
```
""",
    "TK017": """A table file can be used.

A CSV table lies inside the project, is UTF-8, has the names of `by` and then `amount` in its first line, and each combination once.

Fails:
```yaml
kind: ProductOfferingPrice
id: activation
name: Activation
type: oneTime
by: [channel]
table: prices-of-last-year.csv
```
""",
    "TK018": """A file of the catalog holds something.

An empty file says nothing and is mostly left over. Delete it, or write in it what was meant.

Fails:
```yaml
# moved to another file
```
""",
    "TK019": """A suppression is understood and says why.

Whoever meets an accepted finding in a year has to know who accepted it and for what reason. The form is a comment behind the line or
alone above it, with the code, perhaps a date, and the reason.

Fails:
```yaml
kind: Category   # tmfkit: ignore[TK202]
id: broadband
name: Broadband
```
""",
    "TK020": """What is imported are payloads.

`tmfkit import` reads JSON objects of the TM Forum catalog APIs, or lists of them, each with the fields by which its kind is known.

Fails:
```json payload.json
"a text"
```
""",
    "TK021": """A suppression ends on its day.

A date on a suppression is a promise to mend something by then. Mend it, or agree on a later date.

Fails:
```yaml
kind: ResourceFacingServiceSpecification
id: gpon-line    # tmfkit: ignore[TK601] until 2026-06-01: the controller comes in May
name: GPON line
```
""",
    "TK022": """Only codes that exist and can be accepted are suppressed.

A misspelled code accepts nothing and lets everybody believe that it does. What could not be read or linked cannot be accepted, since
nobody knows what it hides.

Fails:
```yaml
kind: Category   # tmfkit: ignore[TK999]: agreed with the pricing team
id: broadband
name: Broadband
```
""",
    "TK023": """An import does not write over what is there.

A file or an id of the project would be lost or declared twice. Import into another folder, or say `--force`.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
```
```json payload.json
{"@type": "Category", "id": "broadband", "name": "Broadband", "lifecycleStatus": "Active"}
```
""",
    "TK024": """A suppression suppresses something.

What it was written for is mended or has moved. Left behind, it would hide the next finding of this code on its line. Delete it.

Fails:
```yaml
kind: Category   # tmfkit: ignore[TK202]: agreed with the pricing team
id: broadband
name: Broadband
```
""",
    "TK025": """A baseline is one of this catalog.

`tmfkit-baseline.json` is written by `tmfkit validate --write-baseline`. One that was changed by hand, or comes from another catalog,
hides nothing.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
```
```json tmfkit-baseline.json
{"findings": "none"}
```
""",
    "TK026": """A baseline holds no more than is needed.

A finding of the baseline is mended: well done. Write the baseline anew, so that it cannot come back unseen.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
```
```json tmfkit-baseline.json
{"tmfkit-baseline": 1, "findings": [
  {"code": "TK202", "entity": "Category broadband", "path": "name", "message": "a row that nobody can reach", "count": 1}
]}
```
""",
    "TK027": """A code of other people's rules belongs to a rule that is loaded.

A suppression or a setting names a rule that nobody has installed here, so it is not checked, or the code is misspelt. It is no more than a
warning: the rule may come from a file that only `tmfkit validate --rules` names. Install the package that brings it, or correct the code.

Fails:
```yaml
kind: Category
id: broadband # tmfkit: ignore[NL001]: a house rule that the shop agreed to leave
name: Broadband
```
""",
    "TK099": """A rule of a plugin can be used, and ends.

Rules of others come from installed packages and from the files that `--rules` names. One that cannot be loaded, takes the code of another,
fails, or does not end, is named here, once, with the entity on which it happened; everything else is checked as ever. Until it is mended,
what it would have found is not known, so nobody can accept this finding. A project goes without the rule by `severity: {NL001: off}`
under `rules` in `tmfkit.yaml`; without the whole plugin by taking the package away.

Fails:
```yaml
kind: Category
id: broadband
name: Broadband
```
```python house_rules.py
from tmfkit.api import Category, EntityRule

def check(category):
    raise ValueError("no such shelf")

RULES = [EntityRule("NL001", "shelves", (Category,), check)]
```
""",
}
