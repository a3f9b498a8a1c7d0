"""What `generate` says at its end: what was made for whom and what got lost, or how that differs from what is there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tmfkit.generate.artifact import Status
from tmfkit.generate.engine import Projections
from tmfkit.generate.loss_report import totals
from tmfkit.views.difference import difference


def as_text(folder: str, made: Projections) -> str:
    """One line for each generator and its systems, and one for what became of the details; `folder` is where everything is."""
    return "\n".join(lines(folder, made))


def lines(folder: str, made: Projections) -> Iterator[str]:
    """The lines of `as_text`."""
    if not made.folders:
        yield "generated nothing: no System of the catalog names a `generator`"
        return
    systems: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for one in made.folders:
        systems[one.generator].append(one.system)
        counts[one.generator] += len(one.files)
    for generator, users in systems.items():
        yield f"generated {counts[generator]:5,} files     {', '.join(users):28}  {folder}/{generator}/"
    found = totals(made.losses)
    left = sum(loss.left for loss in made.losses)
    rest = f", {left:,} of them left to others on purpose" if left else ""
    dropped = f"{found[Status.DROPPED]:,} dropped{rest}"
    yield f"reported  {found[Status.CARRIED]:,} details carried, {found[Status.MAPPED]:,} mapped, {dropped}  {folder}/losses.md"


def as_diff(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What would change, file by file; empty where nothing would."""
    return "\n".join(
        _changed(path, before.get(path), after.get(path)) for path in sorted({*before, *after}) if before.get(path) != after.get(path)
    )


def _changed(path: str, before: str | None, after: str | None) -> str:
    """The lines that change; in words where none does: empty files come and go, and line ends are not shown."""
    shown = difference(path, before or "", after or "")
    what = "an empty file, new" if before is None else "an empty file, gone" if after is None else "other line ends"
    return shown or f"--- a/{path}\n+++ b/{path}\n{what}"
