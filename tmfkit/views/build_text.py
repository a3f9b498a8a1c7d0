"""The short summary at the end of a build: what was made, and where."""

from collections.abc import Iterator

from tmfkit.check.verdict import Verdict
from tmfkit.diagnostics.model import Outcome
from tmfkit.generate.engine import Projections
from tmfkit.project import Project
from tmfkit.release.payloads import Made
from tmfkit.tmf.versions import APIS
from tmfkit.views.diagnostics_text import ending
from tmfkit.views.generated_text import lines
from tmfkit.views.report import Report, beside


def as_text(project: Project, checked: Verdict, compiled: Outcome[Made], generated: Outcome[Projections]) -> str:
    """The summary, ready to be printed."""
    return "\n".join(_lines(project, checked, compiled, generated))


def _lines(project: Project, checked: Verdict, compiled: Outcome[Made], generated: Outcome[Projections]) -> Iterator[str]:
    folder = project.configuration.build
    release = project.configuration.release
    yield f"checked   {ending(Report(checked.diagnostics, len(checked.value), **beside(checked)))}"
    for dialect, count in compiled.value.payloads.items():
        yield f"compiled  {count:5,} payloads  {APIS[dialect].title:11}  {folder}/{dialect}/"
    yield f"priced    every price with all its terms  {folder}/pricing.json"
    hints = compiled.value.hints
    if hints:
        yield f"noted     details that an API has no field for: {hints:,}; they travel in extensions (`tmfkit compile --hints` lists them)"
    yield from lines(folder, generated.value)
    if generated.diagnostics:
        yield f"warned    of {len(generated.diagnostics):,} in what was generated (`tmfkit generate` shows each)"
    unnamed = "" if "release" in project.configuration.model_fields_set else "; `release` in tmfkit.yaml gives it a name and a date"
    yield f"release   {release.name} of {release.date.isoformat()}{unnamed}"
