"""What a probe tries out on a server, one experiment after the other: each tells traits that the table of servers has a column for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from tmfkit.remote.answers import total_of
from tmfkit.remote.api import Body
from tmfkit.remote.profiles import ROWS
from tmfkit.remote.specimens import MARK, Specimens
from tmfkit.remote.wire import Doubtful
from tmfkit.tmf.profile import Arrays, Ids, PatchType
from tmfkit.tmf.rest import REST
from tmfkit.tmf.versions import APIS

LARGE = 1024 * 1024
"""Bytes of the largest body that is tried; items of real catalogs have a tenth of it."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that was found out: the column of the table of servers (`name`), its value here, and what was seen."""

    name: str
    value: Any
    fact: str


Experiment: TypeAlias = Callable[[Specimens, str], Iterator[Trait]]
"""Tries something out; the id is that of the first specimen, which is a draft with a description `old` and one characteristic."""


def ids(there: Specimens, first: str) -> Iterator[Trait]:
    """Whether the id of a client stays."""
    own = f"{there.name('own')}-id"
    tried = there.make({"id": own, **there.body("own")})
    if tried.refused:
        yield Trait("ids", Ids.REFUSED, f"a body with an id is refused ({tried.status})")
    elif tried.done and tried.id == own:
        yield Trait("ids", Ids.KEPT, "the id that was sent stays")
    elif tried.done and tried.id:
        yield Trait("ids", Ids.MINTED, f"the id that was sent is ignored: it is called {there.shown(tried.id)}")


def unknown(there: Specimens, first: str) -> Iterator[Trait]:
    """Whether an attribute that no official file declares is taken, and kept."""
    tried = there.make({**there.body("unknown"), f"x-{MARK}": "kept"})
    if tried.refused:
        yield Trait("unknown", False, f"an attribute that the official files do not declare is refused ({tried.status})")
    elif tried.done and tried.id:
        kept = there.read(tried.id).body.get(f"x-{MARK}") == "kept"
        fact = "is kept" if kept else "is dropped without a word"
        yield Trait("unknown", kept, f"an attribute that the official files do not declare {fact}")


def references(there: Specimens, first: str) -> Iterator[Trait]:
    """Whether a reference has to lead somewhere; the counter-check is one that does."""
    good = there.make(there.body("referring", refers_to=first))
    if not good.id:
        return
    bad = there.make(there.body("dangling", refers_to=there.name("nowhere")))
    if bad.refused:
        yield Trait("checks_references", True, f"a reference to nothing is refused ({bad.status})")
    elif bad.id:
        yield Trait("checks_references", False, "a reference to nothing is taken")


def patches(there: Specimens, first: str) -> Iterator[Trait]:
    """The type of patch that works, what it is answered, and what nulls and lists do in it."""
    for type in PatchType:
        tried, after = there.change(first, {"description": f"new by {type.name}"}, type.value)
        if tried.done and after.get("description") == f"new by {type.name}":
            yield Trait("patch", type, f"{type.value} changes an item")
            yield Trait("patched", tried.status, f"a patch is answered with {tried.status}")
            yield from _settled(there, first, type)
            yield from _arrays(there, first, type)
            yield from _nulls(there, first, type)
            return


def _settled(there: Specimens, first: str, type: PatchType) -> Iterator[Trait]:
    served = REST[there.dialect].served(there.subject.resource)
    now = there.read(first).body
    names = [name for name in (served.fixed if served else ()) if name in now and name not in ("id", "href")]
    if not names:
        return
    answers = [there.change(first, {name: now[name]}, type.value)[0] for name in names]
    if all(tried.refused for tried in answers):
        yield Trait("strict_patch", True, f"a patch that names {' or '.join(names)} is refused ({answers[0].status})")
    elif any(tried.done for tried in answers):
        yield Trait("strict_patch", False, f"a patch may name {' or '.join(names)}")


def _arrays(there: Specimens, first: str, type: PatchType) -> Iterator[Trait]:
    attribute, patch = _characteristics(there.body("second", characteristic="second"))
    tried, after = there.change(first, {attribute: patch}, type.value)
    left = after.get(attribute)
    names = [str(item.get("name")) for item in left if isinstance(item, dict)] if isinstance(left, list) else []
    if tried.done and names == ["second"]:
        yield Trait("arrays", Arrays.REPLACED, "a list in a patch takes the place of the former one")
    elif tried.done and sorted(names) == ["first", "second"]:
        yield Trait("arrays", Arrays.APPENDED, "a list in a patch is added to the former one")


def _characteristics(body: Body) -> tuple[str, list[Body]]:
    return next((name, value) for name, value in body.items() if name.endswith("Characteristic"))


def _nulls(there: Specimens, first: str, type: PatchType) -> Iterator[Trait]:
    tried, after = there.change(first, {"description": None}, type.value)
    if tried.refused:
        yield Trait("nulls", False, f"a null in a patch is refused ({tried.status})")
    elif tried.done:
        gone = not after.get("description")
        yield Trait("nulls", gone, "a null in a patch takes an attribute away" if gone else "a null in a patch changes nothing")


def tags(there: Specimens, first: str) -> Iterator[Trait]:
    """Whether a state has a tag, and a patch of another state is refused."""
    if not there.read(first).headers.get("etag"):
        yield Trait("tags", False, "answers have no ETag")
        return
    types = (there.change(first, {"description": "tagged"}, type.value, {"if-match": f'"{MARK}"'})[0] for type in PatchType)
    honoured = any(tried.status == 412 for tried in types)
    yield Trait("tags", honoured, "If-Match guards a state" if honoured else "answers have an ETag, but If-Match is not looked at")


def lists(there: Specimens, first: str) -> Iterator[Trait]:
    """What a list says of itself, and whether it can be narrowed."""
    resource = there.subject.resource
    there.make(there.body("listed"))
    response, items = there.page(resource, limit=1)
    if len(items) == 1:
        yield Trait("partial", response.status, f"a part of a list is answered with {response.status}")
        linked = "next" in response.headers.get("link", "")
        yield Trait("links", linked, "a part of a list names the next one" if linked else "a part of a list does not name the next one")
    counted = (total_of(response) or 0) >= 2
    yield Trait("counts", counted, "X-Total-Count says how long a list is" if counted else "nothing says how long a list is")
    _, named = there.page(resource, name=there.name("first"))
    narrowed = bool(named) and all(item.get("name") == there.name("first") for item in named)
    yield Trait("filters", narrowed, "a list can be narrowed by name" if narrowed else "a list cannot be narrowed by name")


def pages(there: Specimens, first: str) -> Iterator[Trait]:
    """How many items come at once: seen only where some list is longer than that."""
    wanted = max(row.page for row in ROWS) + 1
    for entry in APIS[there.dialect].resources:
        _, items = there.page(entry.path, offset=0, limit=wanted)
        if 1 < len(items) < wanted and there.page(entry.path, offset=len(items), limit=1)[1]:
            yield Trait("page", len(items), f"at most {len(items)} items come at once")
            return


def sizes(there: Specimens, first: str) -> Iterator[Trait]:
    """How large a body may be, as far as anybody wants to know."""
    for size in sorted({LARGE, *(row.body_limit for row in ROWS if row.body_limit and row.body_limit < LARGE)}):
        try:
            tried = there.make({**there.body(f"{size}-bytes"), "description": "x" * size})
        except Doubtful:
            return
        if tried.refused:
            yield Trait("body_limit", size, f"a body of more than {size // 1024} kB is refused ({tried.status})")
            return
        if not tried.done:
            return
    yield Trait("body_limit", None, f"a body of {LARGE // 1024} kB is taken")


def candidates(there: Specimens, first: str) -> Iterator[Trait]:
    """What becomes of candidates when their specification is made or removed."""
    resource, label = there.subject.candidate, "candidate"
    specification = there.make(there.body(label)) if resource else None
    if specification is None or not specification.id:
        return
    found = there.called(resource, there.name(label))
    if found is None:
        return
    for item in found:
        there.remember(resource, str(item.get("id")), there.name(label))
    yield Trait("makes_candidates", bool(found), f"a specification {'brings its candidate' if found else 'comes without a candidate'}")
    candidate = str(found[0].get("id")) if found else there.make(there.candidate(label, specification.id), resource).id
    removed = there.remove(specification.id)
    if candidate and (removed.done or removed.refused):
        gone = removed.done and there.read(candidate, resource).status in (404, 410)
        yield Trait("removes_candidates", gone, f"a specification that is removed {'takes' if gone else 'leaves'} its candidate")


EXPERIMENTS: tuple[Experiment, ...] = (ids, unknown, references, patches, tags, lists, pages, sizes, candidates)
"""All experiments, in the order in which they are made."""
