"""Runs one generator for one system, and turns whatever goes wrong there into one finding with a place."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from pydantic import ValidationError

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.generate.artifact import Amount, Artifact
from tmfkit.generate.capabilities import Options
from tmfkit.generate.context import Context
from tmfkit.generate.discover import Found, Sources, load, templates_of
from tmfkit.generate.failed import failed
from tmfkit.generate.guard import pure
from tmfkit.generate.losses import Loss, faults, losses
from tmfkit.generate.refused import IMPURE, NO_GENERATOR, ROLE, UNFIT, UNUSABLE, Refused
from tmfkit.generate.returned import amounts_of, capabilities_of, returned
from tmfkit.model.base import Key
from tmfkit.model.landscape import Role, System
from tmfkit.model.problems import Problem, problems_of
from tmfkit.rules.base import Finding
from tmfkit.rules.plugins import one_line


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
        raise Refused(NO_GENERATOR, f"no generator is called `{job.generator}`", help, ("generator", system.generator.index(job.generator)))
    try:
        with pure(), _untouched(catalog, job):
            return _generate(job, found, system, catalog, settings)
    except (Refused, KeyboardInterrupt):
        raise
    except BaseException as error:
        return Ran(job, found=(failed(error, found, job.key, catalog, root),))


@contextmanager
def _untouched(catalog: Catalog, job: Job) -> Iterator[None]:
    """Refuses a generator that puts something else in the place of what the catalog holds, and puts it back for the next ones."""
    before = dict(vars(catalog))
    yield
    changed = sorted(name for name, value in before.items() if vars(catalog).get(name) is not value)
    vars(catalog).update(before)
    if changed:
        message = f"`{job.generator}` changes the catalog (`{changed[0]}`), which all generators share"
        raise Refused(IMPURE, message, "a generator reads the catalog and yields artifacts")


def _generate(job: Job, found: Found, system: System, catalog: Catalog, settings: Settings) -> Ran:
    module = load(found)
    for name in ("generate", "capabilities", "amounts"):
        _callable(job, module, name, needed=name == "generate")
    _fitting(job, module, system)
    options = _options(module, job, system)
    if isinstance(options, list):
        return Ran(job, found=tuple(options_faults(options, job, system, catalog)))
    context = Context(job.generator, system, options, catalog, settings, templates_of(found))
    artifacts, notes, findings = returned(module.generate(context), job.generator, catalog)
    if findings:
        return Ran(job, found=tuple(located(catalog, UNUSABLE, Severity.ERROR, job.key, finding) for finding in findings))
    said = capabilities_of(module, options, job.generator)
    keys = sorted({key for artifact in artifacts for key in artifact.sources})
    lost = tuple(losses(system, job.generator, keys, said, options, notes, catalog))
    amounts = amounts_of(module, artifacts, job.generator)
    return Ran(job, artifacts, amounts, lost, tuple(faults(lost, catalog)))


def _callable(job: Job, module: ModuleType, name: str, *, needed: bool) -> None:
    there = hasattr(module, name)
    if (needed and not there) or (there and not callable(getattr(module, name))):
        what = "is no function" if there else "is missing"
        raise Refused(UNFIT, f"the generator `{job.generator}` has no function `{name}`: it {what}", _SHAPES[name])


_SHAPES = {
    "generate": "`generate(context)` takes a Context and yields Artifacts",
    "capabilities": "`capabilities(options)` returns Capabilities",
    "amounts": "`amounts(artifacts)` yields Amounts",
}


_ROLES: frozenset[str] = frozenset(Role)


def _fitting(job: Job, module: ModuleType, system: System) -> None:
    said = getattr(module, "ROLES", ())
    roles = (said,) if isinstance(said, str) else tuple(said) if isinstance(said, Iterable) else (said,)
    unknown = [str(role) for role in roles if str(role) not in _ROLES]
    if unknown:
        help = f"the roles are {', '.join(Role)}"
        raise Refused(UNFIT, f"`ROLES` of `{job.generator}` names `{one_line(unknown[0])}`, which is no role of a system", help)
    if roles and system.role not in roles:
        message = f"`{job.generator}` is for systems of the role {' or '.join(roles)}, and `{system.id}` has the role {system.role}"
        raise Refused(ROLE, message, f"take `{job.generator}` from this system, or give it its real role")


def _options(module: ModuleType, job: Job, system: System) -> Options | list[Problem]:
    """The options of a system for one generator; those of several generators stand under their names."""
    model = getattr(module, "Options", Options)
    if not isinstance(model, type) or not issubclass(model, Options):
        message = f"the `Options` of `{job.generator}` do not begin with those of tmfkit"
        raise Refused(UNFIT, message, "write `class Options(tmfkit.api.Options)`")
    alone = len(set(system.generator)) == 1
    raw: Any = system.options if alone else system.options.get(job.generator)
    path = () if alone else (job.generator,)
    try:
        options = model.model_validate({} if raw is None else raw)
    except ValidationError as error:
        return [replace(problem, path=(*path, *problem.path)) for problem in problems_of(model, error)]
    return _of_nobody(job, system) or options


def _of_nobody(job: Job, system: System) -> list[Problem]:
    """Where options stand under the names of generators: the names that are none of this system's. The first generator tells."""
    if len(set(system.generator)) == 1 or job.generator != system.generator[0]:
        return []
    strange = [name for name in system.options if name not in system.generator]
    return [Problem("TK011", f"`{name}` is no generator of this system", _keyed(name, system), (name,), at_key=True) for name in strange]


def _keyed(name: str, system: System) -> str:
    names = ", ".join(f"`{generator}`" for generator in system.generator)
    return did_you_mean(name, system.generator) or f"with several generators, options stand under their names: {names}"


def options_faults(problems: Sequence[Problem], job: Job, system: System, catalog: Catalog) -> Iterator[Diagnostic]:
    """What is wrong with the options of a system, each at its own place."""
    for problem in problems:
        finding = Finding(("options", *problem.path), problem.message, problem.help, at_key=problem.at_key)
        yield located(catalog, problem.code, Severity.ERROR, job.key, finding)
