"""Checks that every reference names an entity that exists and is of the right kind, and that every id is declared once."""

from collections.abc import Iterable, Iterator, Sequence

from tmfkit.catalog import Catalog, Link, Summary
from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.diagnostics.suggest import nearest, offer
from tmfkit.model.base import Key, Reference
from tmfkit.model.kinds import KINDS


def once(summaries: Iterable[Summary]) -> tuple[list[Summary], list[Summary]]:
    """The first declaration of each id, and those that declare it again; ids are compared ignoring case, within a TMF resource."""
    seen: set[tuple[str, str]] = set()
    kept: list[Summary] = []
    again: list[Summary] = []
    for summary in sorted(summaries, key=_place):
        name = (KINDS[summary.key.kind].space, summary.key.id.casefold())
        (again if name in seen else kept).append(summary)
        seen.add(name)
    return kept, again


def duplicates(catalog: Catalog, again: Sequence[Summary]) -> Iterator[Diagnostic]:
    """One finding for each id that is declared again, with the place of the first declaration."""
    if not again:
        return
    first = {(KINDS[key.kind].space, key.id.casefold()): key for key in catalog.summaries}
    for summary in again:
        key = first[(KINDS[summary.key.kind].space, summary.key.id.casefold())]
        related = (Related(f"first declared here, as {key}", catalog.span(key, ("id",))),)
        message = f"the id `{summary.key.id}` is declared twice"
        help = (
            "give one of them another id"
            if key == summary.key
            else f"{key.kind} and {summary.key.kind} share one space of ids, ignoring case"
        )
        yield Diagnostic("TK104", Severity.ERROR, message, catalog.place(summary, ("id",)), "declared again", help, related)


def unresolved(catalog: Catalog, lost: frozenset[str]) -> Iterator[Diagnostic]:
    """One finding for each reference that names nothing, or something of the wrong kind."""
    for summary in catalog.summaries.values():
        targets = catalog.targets(summary.key)
        if len(targets) == len(summary.links):
            continue
        resolved = {link for link, _ in targets}
        for link in summary.links:
            if link not in resolved and link.id not in lost:
                yield from _complain(catalog, summary, link)


def _complain(catalog: Catalog, summary: Summary, link: Link) -> Iterator[Diagnostic]:
    entity = catalog.entity(summary.key)
    for reference in entity.references() if entity else ():
        if (str(reference.path[0]), reference.kinds, reference.id) == tuple(link):
            yield _finding(catalog, summary.key, reference)


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
