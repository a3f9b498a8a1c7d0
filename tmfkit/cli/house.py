"""`tmfkit validate --rules`: files with the rules of a house, and the codes that they bring."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmfkit.check.selection import unknown

if TYPE_CHECKING:
    from tmfkit.project import Project
    from tmfkit.views.report import Report

RulesOption = Annotated[
    list[Path],
    typer.Option("--rules", exists=True, dir_okay=False, metavar="FILE.py", help="A file with rules of your own; its Python runs."),
]


def with_rules(project: "Project", files: list[Path], codes: Sequence[str]) -> "Project":
    """The project with the rules of some files; ends where one of `codes` begins no code of these rules or any other."""
    ruled = replace(project, rule_files=tuple(files))
    if unknown(codes, ()) and (missing := unknown(codes, ruled.plugins.sets)):
        raise typer.BadParameter(f"no finding has a code that begins with {missing}")
    return ruled


def meanings(project: "Project", report: "Report") -> dict[str, str]:
    """What the codes of plugins stand for; where a report has none, nobody looks for plugins."""
    from tmfkit.diagnostics.codes import is_foreign

    if not any(is_foreign(found.code) for found in (*report.found, *(one.finding for one in report.accepted))):
        return {}
    return {rule.code: rule.name for rule in project.plugins.rules}


def show_page(code: str, project: "Project", *, text: bool) -> bool:
    """Prints what a plugin's rule says about itself; False for the name of something else."""
    from tmfkit.diagnostics.codes import is_foreign
    from tmfkit.views import code_page, explain_json

    rule = project.plugins.rule(code) if is_foreign(code) else None
    if rule is None:
        return False
    origin = project.plugins.plugin(code)
    print(code_page.of_plugin(rule, origin) if text else explain_json.of_plugin(rule))
    return True
