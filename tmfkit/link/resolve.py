"""Checks that every reference names an entity that exists and is of the right kind, and that every id is declared once."""

import marshal
from collections.abc import Iterable, Iterator, Sequence

from tmfkit.catalog import Catalog, Link, Summary
from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.diagnostics.suggest import nearest, offer
from tmfkit.load.parse import salvaged
from tmfkit.model.base import Key, Reference
from tmfkit.model.kinds import KINDS
from tmfkit.model.landscape import Vocabulary

OWN_AFFAIRS = frozenset(("Vocabulary", "System", "Scenario", "Acceptance"))
"""Spaces of ids that no catalog API knows."""


def once(summaries: Iterable[Summary]) -> tuple[list[Summary], list[Summary]]:
    """The first declaration of each id, and those that declare it again; ids are compared ignoring case, within a TMF resource."""
    seen: set[tuple[str, str]] = set()
    kept: list[Summary] = []
    again: list[Summary] = []
    for summary in sorted(summaries, key=_place):
        name = _name(summary.key, summary.abstract)
        (again if name in seen else kept).append(summary)
        seen.add(name)
    return kept, again


def duplicates(catalog: Catalog, again: Sequence[Summary]) -> Iterator[Diagnostic]:
    """One finding for each id that is declared again, with the place of the first declaration."""
    if not again:
        return
    first = {_name(key, summary.abstract): key for key, summary in catalog.summaries.items()}
    for summary in again:
        key = first[_name(summary.key, summary.abstract)]
        if key.kind == Vocabulary.KIND and not summary.abstract:
            yield _second_vocabulary(catalog, key, summary)
            continue
        related = (Related(f"first declared here, as {key}", catalog.span(key, ("id",))),)
        message = f"the id `{summary.key.id}` is declared twice"
        help = (
            "give one of them another id"
            if key == summary.key
            else f"{key.kind} and {summary.key.kind} share one space of ids, ignoring case"
        )
        yield Diagnostic("TK104", Severity.ERROR, message, catalog.place(summary, ("id",)), "declared again", help, related)


def namesakes(catalog: Catalog) -> Iterator[Diagnostic]:
    """One finding for each entity whose name and version another one of its TMF resource has: a publisher could not tell them apart."""
    first: dict[tuple[str, str, str], Key] = {}
    for key, summary in sorted(catalog.summaries.items()):
        space = KINDS[key.kind].space
        if not summary.usable or space in OWN_AFFAIRS:
            continue
        other = first.setdefault((space, summary.title, summary.version), key)
        if other != key:
            related = (Related("the other one", catalog.span(other, ("name",))),)
            message = f"{key} and {other} both have the name `{summary.title}` in version {summary.version}"
            span = catalog.span(key, ("name",))
            yield Diagnostic("TK107", Severity.ERROR, message, span, "", "give one of the two another name or version", related)


def _name(key: Key, abstract: bool) -> tuple[str, str]:
    """What only one entity of a catalog may have. There is one vocabulary, whatever its id, but for the bases that it extends."""
    return (KINDS[key.kind].space, "" if key.kind == Vocabulary.KIND and not abstract else key.id.casefold())


def _second_vocabulary(catalog: Catalog, first: Key, second: Summary) -> Diagnostic:
    related = (Related("the other one stands here", catalog.span(first, ("kind",))),)
    help = "move what it says into the other one"
    message = "a catalog has one vocabulary, and this is a second one"
    return Diagnostic("TK104", Severity.ERROR, message, catalog.place(second, ("kind",)), "declared again", help, related)


def unresolved(catalog: Catalog, lost: frozenset[str]) -> Iterator[Diagnostic]:
    """One finding for each reference that names nothing, or something of the wrong kind."""
    for summary in catalog.summaries.values():
        targets = catalog.targets(summary.key)
        if len(targets) == len(summary.links):
            continue
        resolved = {link for link, _ in targets}
        for link in summary.links:
            if link not in resolved and link.id not in lost:
                yield from (_finding(catalog, summary.key, reference) for reference in _written(catalog, summary, link))


def bases_in_use(catalog: Catalog) -> Iterator[Diagnostic]:
    """One finding for each reference of a published entity to one that is only a base for others and never published."""
    for summary in catalog.summaries.values():
        for link, target in catalog.targets(summary.key) if not summary.abstract else ():
            if catalog.summaries[target].abstract:
                yield from (_to_base(catalog, summary.key, reference, target) for reference in _written(catalog, summary, link))


def _to_base(catalog: Catalog, key: Key, reference: Reference, target: Key) -> Diagnostic:
    message = f"`{target.id}` is abstract: it is a base for others and never published"
    related = (Related("declared here", catalog.span(target, ("abstract",), at_key=True)),)
    help = "name an entity that extends it, or delete `abstract` there"
    return Diagnostic("TK116", Severity.ERROR, message, catalog.reference_span(key, reference), "referenced here", help, related)


def _written(catalog: Catalog, summary: Summary, link: Link) -> Iterator[Reference]:
    """The references of an entity that a link of its summary stands for."""
    entity = catalog.entity(summary.key)
    if entity is None and not summary.abstract:
        entity = salvaged(summary.key, marshal.loads(summary.data))
    for reference in entity.references() if entity else ():
        if (str(reference.path[0]), reference.kinds, reference.id) == tuple(link):
            yield reference


def _finding(catalog: Catalog, key: Key, link: Reference) -> Diagnostic:
    span = catalog.reference_span(key, link)
    wanted = " or ".join(link.kinds)
    other = catalog.find(KINDS, link.id)
    if other:
        related = (Related("declared here", catalog.span(other, ("id",))),)
        message = f"`{link.id}` is a {other.kind}; this names a {wanted}"
        return Diagnostic("TK102", Severity.ERROR, message, span, "referenced here", "", related)
    close = nearest(link.id, catalog.ids(link.kinds))
    if close:
        help = f"did you mean `{close}`, declared at {catalog.span(catalog.find(link.kinds, close) or key, ('id',))}?"
        help = offer(help, link.id, close, catalog.ids(link.kinds))
    else:
        help = "declare it, or write `{external: …}` if it lives outside this repository"
    return Diagnostic("TK101", Severity.ERROR, f"no {wanted} is called `{link.id}`", span, "referenced here", help)


def _place(summary: Summary) -> tuple[str, int]:
    return summary.origins[0].file, summary.origins[0].start
