"""Where something is declared, where it is mentioned, and how all of that gets another name at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Edit, Severity
from tmfkit.load.parse import ID, LONGEST_ID
from tmfkit.lsp.checker import Checked
from tmfkit.lsp.look import Look, at, identity, meaning, root_data, word_place
from tmfkit.lsp.meaning import Name, Place, named
from tmfkit.lsp.nodes import documents
from tmfkit.lsp.raw import names, part, text
from tmfkit.lsp.text import editor_text
from tmfkit.model.base import Key
from tmfkit.model.kinds import KINDS
from tmfkit.source.document import Path
from tmfkit.source.text import Span, whole_file
from tmfkit.source.tree import Unreadable

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Mention:
    """A word in a file, from `start` to `end` in characters."""

    file: str
    start: int
    end: int
    place: Place


class Refused(Exception):
    """A rename that cannot be made; says why in the operator's words."""


def definition(found: Look, checked: Checked, file: str) -> Span | None:
    """Where the thing under the cursor is declared; a table file itself."""
    if found.word.endswith(".csv") and "table" in found.place.path:
        return _table(found.word, checked, file)
    name = meaning(found, checked.catalog)
    if name is None or name.key is None or name.key not in checked.catalog.summaries:
        return None
    return checked.catalog.span(name.key, name.path or ("id",), at_key=bool(name.path))


def mentions(name: Name, checked: Checked, *, declaration: bool = True) -> Iterator[Mention]:
    """Every place that names the same thing, in the order of the files."""
    for found, place in _words(checked, name.text.rpartition("/")[2]):
        is_declared = _declares(place, name)
        meant = None if is_declared else named(place, _whole_word(place, found, checked), checked.catalog)
        if (is_declared and declaration) or (meant is not None and (meant.key, meant.path) == (name.key, name.path)):
            yield found


def renamed(key: Key, new: str, checked: Checked) -> dict[str, list[Edit]]:
    """The edits, by file, that give an entity another id: where it is declared, where it is named, and where its role is."""
    _refuse_bad_id(key, new, checked.catalog)
    found = {(one.file, one.start): one for one in _to_rename(key, checked)}
    if not found:
        raise Refused(f"`{key.id}` is not declared in a file that can be read now")
    edits: dict[str, list[Edit]] = {}
    for mention in sorted(found.values(), key=lambda one: (one.file, one.start)):
        content = editor_text(checked.snapshot.content(mention.file))
        edits.setdefault(mention.file, []).append(Edit(content.span(mention.file, mention.start, mention.end), new))
    return edits


def applied(edits: dict[str, list[Edit]], checked: Checked) -> dict[str, bytes]:
    """The files as they are after some edits."""
    after: dict[str, bytes] = {}
    for file, changes in edits.items():
        raw = checked.snapshot.content(file)
        content = editor_text(raw)
        whole = content.text
        for edit in sorted(changes, key=lambda one: one.span, reverse=True):
            start, end = content.places.index(edit.span.start), content.places.index(edit.span.end)
            whole = whole[:start] + edit.text + whole[end:]
        after[file] = _BOM * raw.startswith(_BOM) + whole.encode("utf-8", "surrogatepass")
    return after


def refuse_new_errors(before: Checked, after: Checked) -> None:
    """Ends a rename after which the catalog would have an error that it does not have now."""
    errors = [found for found in after.diagnostics if found.severity is Severity.ERROR]
    codes = [found.code for found in before.diagnostics if found.severity is Severity.ERROR]
    for found in errors:
        if found.code not in codes:
            raise Refused(f"then something would be wrong at {found.primary}: {found.message}")
        codes.remove(found.code)


def _refuse_bad_id(key: Key, new: str, catalog: Catalog) -> None:
    if not ID.fullmatch(new) or len(new) > LONGEST_ID:
        raise Refused(f"`{new}` is not an id: it begins with a letter or digit and goes on with letters, digits, `.`, `_` and `-`")
    space = KINDS[key.kind].space
    for other in catalog.summaries:
        if other != key and KINDS[other.kind].space == space and other.id.casefold() == new.casefold():
            raise Refused(f"a {other.kind} is called `{other.id}` already")


def _to_rename(key: Key, checked: Checked) -> Iterator[Mention]:
    roles: set[tuple[Key, Path]] = set()
    for found in mentions(Name(key.id, "", key), checked):
        yield found
        if found.place.at_key and found.place.key and len(found.place.path) == 2:
            roles.add((found.place.key, found.place.path))
    for found, place in _words(checked, key.id, first=True):
        if _is_role(place, key, roles, checked):
            yield found


def _is_role(place: Place, key: Key, roles: set[tuple[Key, Path]], checked: Checked) -> bool:
    """Whether a word names the role of an entity that is called like the entity itself, or an offering before the name of its price."""
    own = {path for owner, path in roles if owner == place.key or _takes_over(place, owner)}
    if place.way[-1:] == ("remove",):
        return bool(own)
    if place.way[:1] == ("prices",) and "reduces" in place.way:
        other = text(place.data, "bundle", key.id, "offering") or names(part(place.data, "bundle", key.id, "of"))
        return key.kind == "ProductOffering" and not other
    meant = named(place, key.id, checked.catalog)
    is_role = meant is not None and (len(meant.path) == 2 and meant.path in own)
    return is_role or (bool(own) and place.way[-1:] in (("from",), ("by",)))


def _takes_over(place: Place, owner: Key) -> bool:
    return text(place.data, "extends") == owner.id and place.kind == owner.kind


def _words(checked: Checked, word: str, first: bool = False) -> Iterator[tuple[Mention, Place]]:
    """Every place where a word is written: alone or behind a `/`; with `first`, alone or before one, or behind the field in `remove`."""
    for file in checked.snapshot.files():
        content = editor_text(checked.snapshot.content(file)).text
        if word not in content:
            continue
        for root in documents(content):
            top = identity(root_data(root), checked.catalog)
            for node in root.walk():
                for at_key in (True, False):
                    found = word_place(node, at_key, content)
                    place = at(top, node.path, at_key)
                    offset = _offset(found[0], word, first, place) if found else None
                    if found and offset is not None:
                        start = found[1] + offset
                        yield Mention(file, start, start + len(word), place), place


def _offset(whole: str, word: str, first: bool, place: Place) -> int | None:
    if whole == word:
        return 0
    if first and place.way[-1:] == ("remove",):
        head, _, rest = whole.partition("/")
        return len(head) + 1 if rest == word or rest.startswith(f"{word}/") else None
    if first:
        return 0 if whole.startswith(f"{word}/") else None
    return len(whole) - len(word) if whole.endswith(f"/{word}") else None


def _whole_word(place: Place, found: Mention, checked: Checked) -> str:
    """The text of which the word is the end: `fibre-home/monthly`."""
    content = editor_text(checked.snapshot.content(found.file)).text
    start = found.start
    while start and content[start - 1] == "/":
        head = start - 1
        while head and (content[head - 1].isalnum() or content[head - 1] in "._-"):
            head -= 1
        start = head
    return content[start : found.end]


def _declares(place: Place, name: Name) -> bool:
    if place.key is None or place.key != name.key:
        return False
    return (place.path == name.path and place.at_key) if name.path else (place.path == ("id",) and not place.at_key)


def _table(word: str, checked: Checked, file: str) -> Span | None:
    path = "/".join((*file.split("/")[:-1], word)) if "/" in file else word
    try:
        checked.snapshot.read(path)
    except Unreadable:
        return None
    return whole_file(path)
