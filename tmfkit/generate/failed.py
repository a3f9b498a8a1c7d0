"""Tells of a generator that failed: what happened, in words, and at which of its lines."""

import traceback
from dataclasses import replace
from pathlib import Path

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.generate.discover import Found
from tmfkit.generate.guard import NotPure
from tmfkit.generate.refused import IMPURE, RAISES, TEMPLATE
from tmfkit.model.base import Key
from tmfkit.rules.base import Finding
from tmfkit.rules.plugins import one_line
from tmfkit.source.text import Position, Span

MOST_SAID = 300
"""Characters of what an exception says that a finding repeats."""

_FAULT = "this is a fault of the generator, not of the catalog"
_YIELD = "a generator yields artifacts; tmfkit writes them"
_PLACE = "templates are looked for in `templates/<generator>/` of the project, then where the generator comes from"
_PASS = "pass it to `context.artifact`, or take it out of the template"
_WORK_OUT = "work it out in the generator, and pass what comes out to the template"
_JINJA = "templates are Jinja: `{{ … }}` shows a value, `{% … %}` is a step"


def failed(error: BaseException, found: Found, system: Key, catalog: Catalog, root: Path | None) -> Diagnostic:
    """One finding about a generator that fails: in its own file where that is one of the project's, else at its system."""
    code, what, help = _told(error, found.name)
    file, line = _where(error, found)
    inside = file is not None and root is not None and file.is_relative_to(root)
    where = "" if inside or file is None else f" ({file.name}, line {line})"
    at_system = located(catalog, code, Severity.ERROR, system, Finding(("generator",), f"{what}{where}", help))
    if not inside or file is None or root is None:
        return at_system
    span = Span(file.relative_to(root).as_posix(), Position(line, 1), Position(line, 1))
    return replace(at_system, primary=span, note=f"it runs for the system `{system.id}`, {at_system.primary}")


def _told(error: BaseException, generator: str) -> tuple[str, str, str]:
    """The code of a failure, what happened, and the way out."""
    from jinja2 import TemplateError, TemplateNotFound, UndefinedError
    from jinja2.exceptions import SecurityError

    said = one_line(str(error))[:MOST_SAID]
    match error:
        case NotPure():
            return IMPURE, f"`{generator}` {said} instead of yielding it", _YIELD
        case TemplateNotFound(name=name):
            return TEMPLATE, f"`{generator}` has no template `{one_line(str(name or said))[:MOST_SAID]}`", _PLACE
        case UndefinedError():
            return TEMPLATE, f"a template of `{generator}` uses something that nobody passed: {said}", _PASS
        case SecurityError():
            return TEMPLATE, f"a template of `{generator}` does what templates may not: {said}", _WORK_OUT
        case TemplateError():
            return TEMPLATE, f"a template of `{generator}` is not understood: {said}", _JINJA
        case UnicodeDecodeError():
            return RAISES, f"`{generator}` reads a template or another file that is no text in UTF-8: {said}", _FAULT
        case SystemExit():
            return RAISES, f"`{generator}` ends the program", _FAULT
        case SyntaxError(msg=message):
            return RAISES, f"`{generator}` is not understood by Python: {one_line(message or '')}", _FAULT
        case _:
            return RAISES, f"`{generator}` fails: {type(error).__name__}" + (f": {said}" if said else ""), _FAULT


def _where(error: BaseException, found: Found) -> tuple[Path | None, int]:
    """The last line of the generator's own files, or of its templates, that the failure came through."""
    homes = found.homes
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if isinstance(name, str) and isinstance(line, int) and _lies_in(Path(name), homes):
        return Path(name), line
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if _lies_in(Path(frame.filename), homes):
            return Path(frame.filename), frame.lineno or 1
    return (found.file, 1) if found.file else (None, 1)


def _lies_in(file: Path, homes: tuple[Path, ...]) -> bool:
    return any(file.is_relative_to(home) for home in homes)
