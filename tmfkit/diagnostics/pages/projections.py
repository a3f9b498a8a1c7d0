"""The pages of what `tmfkit generate` finds in generators: what one must have, and what it must not do."""

from collections.abc import Mapping

_DESK = """```yaml
kind: System
id: desk
name: Desk
role: manual
generator: cards
```
"""

_CARD = """```python generators/cards.py
from tmfkit.api import Artifact


def generate(context):
    yield Artifact("card.txt", "a card")
```
"""

_NOTHING = """```python generators/cards.py
def generate(context):
    yield from ()
```
"""

GENERATORS: Mapping[str, str] = {
    "TK801": """A generator that a system names exists.

It is looked for as `generators/<name>.py` in the project, then in installed packages, then among those that come with tmfkit; in the name
of the file, `-` becomes `_`. The finding lists the names that there are.

Fails:
```yaml
kind: System
id: field-force
name: Technicians
role: manual
generator: runbook
```

Passes:
```yaml
kind: System
id: field-force
name: Technicians
role: manual
generator: runbooks
```
""",
    "TK802": f"""A generator has what makes it one.

It is a module with a function `generate`, which takes a context and yields artifacts. Its `Options` begin with those of tmfkit,
`capabilities` returns Capabilities, and `amounts` yields Amounts that say how much, in exact numbers, and since when.

Fails:
{_DESK}
```python generators/cards.py
def generated(context):
    yield from ()
```

Passes:
{_DESK}
{_NOTHING}""",
    "TK803": f"""A generator comes to an end.

Whatever it raises is one finding at its own line, and nothing is written: neither its files nor those of the other systems. Where a
catalog is at fault, a generator says so by a note, or by `context.refuse` at one of its options.

Fails:
{_DESK}
```python generators/cards.py
def generate(context):
    raise KeyError("card")
```

Passes:
{_DESK}
{_NOTHING}""",
    "TK804": f"""The files of a generator stay in its folder.

Each system has a folder for each of its generators, and a path leads into it: no `..`, nothing absolute, no hidden part and no spaces.
Otherwise one generator could overwrite what another made, or the project itself.

Fails:
{_DESK}
```python generators/cards.py
from tmfkit.api import Artifact


def generate(context):
    yield Artifact("../card.txt", "a card")
```

Passes:
{_DESK}
{_CARD}""",
    "TK805": f"""Each file of a generator has a name of its own.

Names are compared ignoring case, since some disks do so. Put the id of what a file is about into its name.

Fails:
{_DESK}
```python generators/cards.py
from tmfkit.api import Artifact


def generate(context):
    yield Artifact("card.txt", "one")
    yield Artifact("Card.txt", "two")
```

Passes:
{_DESK}
```python generators/cards.py
from tmfkit.api import Artifact


def generate(context):
    yield Artifact("card-1.txt", "one")
    yield Artifact("card-2.txt", "two")
```
""",
    "TK806": f"""A generator returns files and does nothing else.

It writes nothing, starts no program and calls nobody: tmfkit writes what it returns, all of it or nothing. So the same catalog always
gives the same files, and none is left that nobody made. What a generator does on the side by mistake is noticed and refused. That is no
sandbox: a generator is code that runs with your rights, and one that means harm finds a way.

Fails:
{_DESK}
```python generators/cards.py
from pathlib import Path


def generate(context):
    Path("card.txt").write_text("a card")
    yield from ()
```

Passes:
{_DESK}
{_CARD}""",
    "TK807": f"""A template is there, and all that it uses is passed to it.

Templates are looked for in `templates/<generator>/` of the project, then where the generator comes from. A name that nobody passes is no
empty text but a finding, with the line of the template.

Fails:
{_DESK}
```python generators/cards.py
def generate(context):
    yield context.artifact("card.txt", "card.txt.j2")
```

Passes:
{_DESK}
```python generators/cards.py
def generate(context):
    yield context.artifact("card.txt", "card.txt.j2", title="a card")
```

```jinja templates/cards/card.txt.j2
{{{{ title }}}}
```
""",
    "TK808": f"""A generator yields artifacts and notes.

An artifact is a path, a text and the keys of the entities that it was made from; a note says how one part of an entity came out. Anything
else cannot be written.

Fails:
{_DESK}
```python generators/cards.py
def generate(context):
    yield "a card"
```

Passes:
{_DESK}
{_CARD}""",
    "TK809": """A generator makes files for systems of the roles that it is for.

What an NFVO reads is nothing for a domain controller, and the configuration of billing nothing for a CRM: the role says what a system may
know.

Fails:
```yaml
kind: System
id: network
name: Network
role: domain-controller
generator: runbooks
```

Passes:
```yaml
kind: System
id: network
name: Technicians
role: manual
generator: runbooks
```
""",
}
