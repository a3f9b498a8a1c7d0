"""A retirement as people read it: what changes, what stands in the way, and who learns of it by which file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from tmfkit.catalog import Catalog
from tmfkit.generate.receivers import Receiver
from tmfkit.plan.retirement import Remark, Retirement
from tmfkit.views.diagnostics_text import printable

_SHOWN = 5
"""Files of one system that are listed by name."""


def blocked(retirement: Retirement, found: Sequence[Remark], catalog: Catalog) -> str:
    """Why it cannot be retired on that day."""
    blockers = [one for one in found if one.blocks]
    stand = "thing stands" if len(blockers) == 1 else "things stand"
    head = f"`{retirement.offering.id}` cannot be retired on {retirement.day}: {len(blockers)} {stand} in the way"
    return "\n".join((head, *_facts(blockers, catalog), "nothing was changed"))


def noted(found: Sequence[Remark], catalog: Catalog) -> str:
    """What else the retirement touches, and nobody has to mend."""
    return "\n".join(_facts([one for one in found if not one.blocks], catalog))


def _facts(found: Iterable[Remark], catalog: Catalog) -> Iterator[str]:
    for one in found:
        yield printable(f"  {catalog.span(one.key, one.path)}: {one.message}")
        if one.help:
            yield printable(f"    {one.help}")


def handed_on(found: Sequence[Receiver], confirmed: Mapping[str, str], release: str) -> str:
    """Each system with the files that carry the end of the offering, and whether it has confirmed the release that has them."""
    lines: list[str] = []
    for system, files in groupby(found, key=lambda one: one.system):
        every = list(files)
        lines += (f"  {system}: {_confirmation(confirmed.get(system, ''), release)}", *_paths(every))
    return "\n".join(map(printable, lines))


def _confirmation(confirmed: str, release: str) -> str:
    if confirmed == release:
        return f"has confirmed release {release}"
    return f"has not confirmed release {release}{f', runs {confirmed}' if confirmed else ''}"


def _paths(files: Sequence[Receiver]) -> Iterator[str]:
    carrying = [one.path for one in files if one.changes]
    yield from (f"    {path}" for path in carrying[:_SHOWN])
    if left := len(carrying[_SHOWN:]):
        yield f"    and {left} more {'file' if left == 1 else 'files'}"
    silent = [one.path for one in files if not one.changes]
    if silent and not carrying:
        yield f"    {silent[0]} has no date: it changes with the first release made on that day or later"
