"""Runs one generator for one system, and turns whatever goes wrong there into one finding with a place."""

import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any, NamedTuple

from pydantic import ValidationError

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.generate.artifact import Amount, Artifact, Note
from tmfkit.generate.capabilities import Capabilities, Options
from tmfkit.generate.context import Context
from tmfkit.generate.discover import Found, Sources, load, templates_of
from tmfkit.generate.guard import NotPure, pure
from tmfkit.generate.losses import Loss, faults, losses
from tmfkit.model.base import Key
from tmfkit.model.landscape import Role, System
from tmfkit.model.problems import Problem, problems_of
from tmfkit.rules.base import Finding
from tmfkit.rules.plugins import one_line
from tmfkit.source.text import Position, Span

NO_GENERATOR, UNFIT, RAISES, OUTSIDE, TWICE, IMPURE, TEMPLATE, NO_ARTIFACT, ROLE = (f"TK80{number}" for number in range(1, 10))
INDEX = "index.json"
_LEGAL = re.compile(r"[A-Za-z0-9._-]+")


class Job(NamedTuple):
    """One generator for one system."""

    generator: str
    system: str

    @property
    def key(self) -> Key:
        """The system."""
        return Key(System.KIND, self.system)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a generator made for a system, what was found on the way, and what became of each detail."""

    job: Job
    artifacts: tuple[Artifact, ...] = ()
    amounts: tuple[Amount, ...] = ()
    losses: tuple[Loss, ...] = ()
    found: tuple[Diagnostic, ...] = ()


class Refused(Exception):
    """A generator cannot be used, or what it returns cannot."""

    def __init__(self, code: str, message: str, help: str = "", path: tuple[str, ...] = ("generator",)) -> None:
        super().__init__(message)
        self.code, self.finding = code, Finding(path, message, help)


def run(job: Job, catalog: Catalog, settings: Settings, sources: Sources, root: Path | None = None) -> Ran:
    """One generator for one system; a fault leaves nothing of what it made."""
    system = catalog.get(System, job.system)
    assert system is not None
    try:
        return _run(job, system, catalog, settings, sources, root)
    except Refused as refused:
        return Ran(job, found=(located(catalog, refused.code, Severity.ERROR, job.key, refused.finding),))


def _run(job: Job, system: System, catalog: Catalog, settings: Settings, sources: Sources, root: Path | None) -> Ran:
    found = sources.find(job.generator)
    if found is None:
        help = did_you_mean(job.generator, sources.names()) or f"there are {', '.join(f'`{name}`' for name in sources.names())}"
        raise Refused(NO_GENERATOR, f"no generator is called `{job.generator}`", help)
    try:
        with pure():
            return _generate(job, found, system, catalog, settings)
    except (Refused, KeyboardInterrupt):
        raise
    except BaseException as error:
        return Ran(job, found=(_failed(error, job, found, catalog, root),))


def _generate(job: Job, found: Found, system: System, catalog: Catalog, settings: Settings) -> Ran:
    module = load(found)
    generate = getattr(module, "generate", None)
    if not callable(generate):
        raise Refused(UNFIT, f"the generator `{job.generator}` has no function `generate`", "it takes a Context and yields Artifacts")
    _fitting(job, module, system)
    options = _options(module, job, system)
    if isinstance(options, list):
        return Ran(job, found=tuple(options_faults(options, job, system, catalog)))
    context = Context(job.generator, system, options, catalog, settings, templates_of(found))
    made = list(generate(context))
    artifacts, notes = _sorted_out(made, job)
    said = module.capabilities(options) if hasattr(module, "capabilities") else Capabilities()
    keys = sorted({key for artifact in artifacts for key in artifact.sources})
    lost = tuple(losses(system, job.generator, keys, said, options, notes, catalog))
    amounts = tuple(module.amounts(artifacts)) if hasattr(module, "amounts") else ()
    return Ran(job, artifacts, amounts, lost, tuple(faults(lost, catalog)))


def _fitting(job: Job, module: ModuleType, system: System) -> None:
    roles = tuple(getattr(module, "ROLES", ()))
    if roles and system.role not in roles:
        message = f"`{job.generator}` is for systems of the role {' or '.join(roles)}, and `{system.id}` has the role {system.role}"
        raise Refused(ROLE, message, f"take `{job.generator}` from this system, or give it its real role")
    assert not roles or all(Role(role) for role in roles)


def _options(module: ModuleType, job: Job, system: System) -> Options | list[Problem]:
    """The options of a system for one generator; those of several generators stand under their names."""
    model = getattr(module, "Options", Options)
    raw: Any = system.options if len(system.generator) == 1 else system.options.get(job.generator, {})
    path = () if len(system.generator) == 1 else (job.generator,)
    try:
        options = model.model_validate(raw)
    except ValidationError as error:
        return [replace(problem, path=(*path, *problem.path)) for problem in problems_of(model, error)]
    if not isinstance(options, Options):
        raise Refused(
            UNFIT, f"the `Options` of `{job.generator}` do not begin with those of tmfkit", "write `class Options(tmfkit.api.Options)`"
        )
    return options


def options_faults(problems: Sequence[Problem], job: Job, system: System, catalog: Catalog) -> Iterator[Diagnostic]:
    """What is wrong with the options of a system, each at its own place."""
    for problem in problems:
        finding = Finding(("options", *problem.path), problem.message, problem.help, at_key=problem.at_key)
        yield located(catalog, problem.code, Severity.ERROR, job.key, finding)


def _sorted_out(made: Sequence[Any], job: Job) -> tuple[tuple[Artifact, ...], tuple[Note, ...]]:
    """The artifacts in the order of their paths, and the notes; refuses whatever cannot be written."""
    artifacts: dict[str, Artifact] = {}
    notes = [one for one in made if isinstance(one, Note)]
    for one in made:
        if isinstance(one, Note):
            continue
        if not isinstance(one, Artifact):
            help = "it yields Artifacts with a path and a text, and Notes"
            raise Refused(NO_ARTIFACT, f"`{job.generator}` yields a {type(one).__name__}", help)
        _legal(one, job)
        other = artifacts.setdefault(one.path.casefold(), one)
        if other is not one:
            both = f"`{other.path}`" + ("" if one.path == other.path else f" and `{one.path}`")
            help = "names differ in more than capital letters: put the id of what a file is about into its name"
            raise Refused(TWICE, f"`{job.generator}` makes two files of one name: {both}", help)
    return tuple(sorted(artifacts.values(), key=lambda artifact: artifact.path)), tuple(notes)


def _legal(artifact: Artifact, job: Job) -> None:
    if type(artifact.path) is not str or type(artifact.text) is not str:
        help = "its path and its text are texts"
        raise Refused(NO_ARTIFACT, f"`{job.generator}` yields an Artifact that is no text file", help)
    path = PurePosixPath(artifact.path)
    plain = not path.is_absolute() and path.parts and all(_LEGAL.fullmatch(part) and not part.startswith(".") for part in path.parts)
    if not plain or str(path) != artifact.path or artifact.path == INDEX:
        message = f"`{job.generator}` wants to write `{one_line(artifact.path)[:80]}`, which is no place in its folder"
        help = f"a path stays inside, has no hidden part and no spaces, and `{INDEX}` is written by tmfkit"
        raise Refused(OUTSIDE, message, help)


def _failed(error: BaseException, job: Job, found: Found, catalog: Catalog, root: Path | None) -> Diagnostic:
    """One finding about a generator that fails: in its own file where that is one of the project's, else at its system."""
    code, what = _told(error, job)
    file, line = _where(error, found)
    inside = file is not None and root is not None and file.is_relative_to(root)
    where = "" if inside or file is None else f" ({file.name}, line {line})"
    finding = Finding(("generator",), f"{what}{where}", _HELP[code])
    at_system = located(catalog, code, Severity.ERROR, job.key, finding)
    if not inside or file is None or root is None:
        return at_system
    span = Span(file.relative_to(root).as_posix(), Position(line, 1), Position(line, 1))
    return replace(at_system, primary=span, note=f"it runs for the system `{job.system}`, {at_system.primary}")


_HELP = {
    RAISES: "this is a fault of the generator, not of the catalog",
    IMPURE: "a generator yields artifacts; tmfkit writes them",
    TEMPLATE: "templates are looked for in `templates/<generator>/` of the project, then where the generator comes from",
    UNFIT: "this is a fault of the generator, not of the catalog",
}


def _told(error: BaseException, job: Job) -> tuple[str, str]:
    from jinja2 import TemplateError, TemplateNotFound, UndefinedError
    from jinja2.exceptions import SecurityError

    said = one_line(str(error))[:300]
    match error:
        case NotPure():
            return IMPURE, f"`{job.generator}` {said} instead of yielding it"
        case TemplateNotFound():
            return TEMPLATE, f"`{job.generator}` has no template `{said}`"
        case UndefinedError():
            return TEMPLATE, f"a template of `{job.generator}` uses something that nobody passed: {said}"
        case SecurityError():
            return TEMPLATE, f"a template of `{job.generator}` does what templates may not: {said}"
        case TemplateError():
            return TEMPLATE, f"a template of `{job.generator}` is not understood: {said}"
        case SystemExit():
            return RAISES, f"`{job.generator}` ends the program"
        case _:
            return RAISES, f"`{job.generator}` fails: {type(error).__name__}: {said}"


def _where(error: BaseException, found: Found) -> tuple[Path | None, int]:
    """The last line of the generator's own files, or of its templates, that the failure came through."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if isinstance(name, str) and isinstance(line, int):
        return Path(name), line
    homes = [*found.templates, *([found.file.parent] if found.file else [])]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if any(file.is_relative_to(home) for home in homes):
            return file, frame.lineno or 1
    return (found.file, 1) if found.file else (None, 1)
