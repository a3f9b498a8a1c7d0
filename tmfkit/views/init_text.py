"""What `tmfkit init` says at its end: how many files there are now, and what to do next."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tmfkit.importer.read import lines_of
from tmfkit.importer.report import as_text as report
from tmfkit.importer.run import Import
from tmfkit.views.diagnostics_text import as_text as findings


def as_text(folder: Path, written: Sequence[str], imported: Import | None) -> str:
    """The summary, ready to be printed; before it, what became of the payloads if there was an import."""
    before = [report(imported, written=True), ""] if imported else []
    return "\n".join((*before, *_lines(folder, written)))


def refusal(result: Import, *, colour: bool) -> str:
    """Why an import brings nothing that a project could be made of."""
    why = findings(result.faults, lines_of, colour=colour) if result.faults else report(result, written=False)
    return f"{why}\nno project was made"


def _lines(folder: Path, written: Sequence[str]) -> Iterator[str]:
    here = folder == Path()
    if not written:
        yield "nothing is missing, and nothing was written"
        return
    yield f"wrote {len(written)} {'file' if len(written) == 1 else 'files'}" + ("" if here else f" to {folder}")
    for place, count in _places(written).items():
        yield f"  {place}" + (f"  ({count} files)" if count > 1 else "")
    yield "next:"
    if not here:
        yield f"  cd {folder}"
    yield "  tmfkit build"


def _places(written: Sequence[str]) -> dict[str, int]:
    """The files and folders at the top of what was written, and how many files there are in each."""
    tops = [f"{name.partition('/')[0]}/" if "/" in name else name for name in sorted(written)]
    return {top: tops.count(top) for top in tops}
