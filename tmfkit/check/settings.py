"""The part of `tmfkit.yaml` that is about findings: which rules speak, how loud, and what is accepted by path."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from tmfkit.check.policy import HISTORY, SOFT, Suppression, way_out, why_not
from tmfkit.diagnostics.codes import is_foreign
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import Many, Part
from tmfkit.model.problems import NotUnderstood, Problem, as_text, read_by, refuse
from tmfkit.model.values import Moment, Text
from tmfkit.rules.sets import SETS, Level, RuleSet
from tmfkit.source.document import Path
from tmfkit.source.text import Span


def _code(raw: Any) -> str:
    code = as_text(raw, "the code of a finding")
    if why := why_not(code):
        raise NotUnderstood(why, way_out(code), "TK022")
    return code


def _levels(raw: Any) -> Mapping[str, Level]:
    if not isinstance(raw, dict):
        raise NotUnderstood("`severity` is a mapping from the code of a finding to its severity", "as in `{TK202: warning}`", "TK013")
    if problems := [problem for code, level in raw.items() for problem in _problems(code, level)]:
        raise refuse(problems)
    return {code: Level(level) for code, level in raw.items()}


def _problems(code: str, level: Any) -> Iterator[Problem]:
    if code not in SETS and code not in SOFT | HISTORY and not is_foreign(code):
        known = why_not(code)
        message = known if known.startswith("there is no") else f"the severity of `{code}` is always the same"
        yield Problem("TK022", message, way_out(code), (code,), at_key=True)
    if level not in tuple(Level):
        choices = ", ".join(f"`{choice}`" for choice in Level)
        yield Problem("TK014", f"`{level}` is no severity", did_you_mean(str(level), Level) or f"write one of {choices}", (code,))


Code = Annotated[str, read_by(_code), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2,8}[0-9]{3}$", "examples": ["TK601"]})]
Levels = Annotated[
    Mapping[str, Level],
    read_by(_levels),
    WithJsonSchema({"type": "object", "additionalProperties": {"enum": list(Level)}, "examples": [{"TK202": "warning"}]}),
]


class Rules(Part):
    """Which rules speak in a project, and how severe what they find is there."""

    set: RuleSet = RuleSet.DEFAULT
    severity: Levels = Field(default_factory=dict)


class Accepted(Part):
    """Findings that are accepted in some files, for a reason and perhaps for a time."""

    path: Text
    codes: Many[Code]
    until: Moment | None = None
    reason: Text = ""


def by_path(entries: Iterable[Accepted], place: Callable[[Path], Span]) -> Sequence[Suppression]:
    """The suppressions that entries of the settings stand for."""
    return [
        Suppression(entry.codes, place(("ignore", index)), entry.reason.strip(), entry.until, pattern=entry.path)
        for index, entry in enumerate(entries)
    ]
