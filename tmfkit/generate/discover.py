"""Finds the generator of a name: in the project first, then in installed packages, then among those that come with tmfkit."""

import importlib.util
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.metadata import EntryPoint, distributions
from pathlib import Path
from types import ModuleType

from tmfkit.generate.templates import Templates
from tmfkit.tmf.dialects import Dialect

GROUP = "tmfkit.generators"
"""The group of entry points; each names a generator's module, whose package may hold `templates/<generator>/`."""

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What generators may be called: their names are also those of folders."""

TAKEN = frozenset(Dialect)
"""The folders of the output that have an owner already: no generator is called so."""

ROOT = Path(__file__).resolve().parent.parent


def _shipped() -> Path:
    """The folder with `generators/` and `templates/` that come with tmfkit: in its package, or at the root of its repository."""
    carried = ROOT / "_shipped"
    return carried if carried.is_dir() else ROOT.parent


@dataclass(frozen=True, slots=True)
class Found:
    """A generator that was found: its name, the file of its module (none where it is not known), and the folders of its templates."""

    name: str
    origin: str
    file: Path | None
    templates: tuple[Path, ...]
    point: EntryPoint | None = None

    @property
    def homes(self) -> tuple[Path, ...]:
        """The folders of its templates and of its module: a failure that comes through a file in them is its own."""
        package = _package(self.point) if self.point else None
        return (*self.templates, *(folder for folder in (self.file.parent if self.file else None, package) if folder))


@dataclass(frozen=True)
class Sources:
    """Where generators are looked for; `project` is the folder whose own come first, None where its code is not to run."""

    project: Path | None = None
    shipped: Path = field(default_factory=_shipped)

    def find(self, name: str) -> Found | None:
        """The generator of a name."""
        if not NAME.fullmatch(name) or name in TAKEN:
            return None
        point = entry_points().get(name)
        module = name.replace("-", "_")
        own = _module(self.project / "generators", module) if self.project else None
        if own is not None:
            return Found(name, "project", own, self._templates(name, point))
        if point is not None:
            return Found(name, point.value, None, self._templates(name, point), point)
        shipped = _module(self.shipped / "generators", module)
        return Found(name, "tmfkit", shipped, self._templates(name, None)) if shipped else None

    def names(self) -> list[str]:
        """The names of all generators that can be found."""
        folders = [folder / "generators" for folder in (self.project, self.shipped) if folder]
        return sorted({*entry_points(), *(name for folder in folders for name in _modules(folder))})

    def _templates(self, name: str, point: EntryPoint | None) -> tuple[Path, ...]:
        folders = [folder / "templates" / name for folder in (self.project,) if folder]
        package = _package(point) if point else None
        folders += [package / "templates" / name] if package else []
        return (*folders, self.shipped / "templates" / name)


def load(found: Found) -> ModuleType:
    """The module of a generator; running it may raise anything. Nothing is written beside it."""
    if found.point is not None:
        module = found.point.load()
        if not isinstance(module, ModuleType):
            raise TypeError(f"the entry point `{found.point.value}` names no module")
        return module
    assert found.file is not None
    name = f"tmfkit_generator_{found.name.replace('-', '_')}_{sha256(str(found.file).encode()).hexdigest()[:12]}"
    for part in [module for module in sys.modules if module.startswith(f"{name}.")]:  # a run finds nothing that another one left
        del sys.modules[part]
    inside = [str(found.file.parent)] if found.file.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, found.file, submodule_search_locations=inside)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def templates_of(found: Found) -> Templates:
    """The templates of a generator."""
    return Templates(found.templates)


@cache
def entry_points() -> dict[str, EntryPoint]:
    """The generators that installed packages offer; the folder in which a command is started is no package."""
    here = {"", os.getcwd()}
    found: dict[str, EntryPoint] = {}
    for distribution in distributions(path=[folder for folder in sys.path if folder not in here]):
        for point in distribution.entry_points:
            if point.group == GROUP:
                found.setdefault(point.name, point)
    return found


def _module(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / f"{name}.py", folder / name / "__init__.py") if path.is_file()), None)


def _modules(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*")):
        name = path.name.removesuffix(".py")
        if not name.startswith("_") and _module(folder, name):
            yield name.replace("_", "-")


def _package(point: EntryPoint) -> Path | None:
    spec = importlib.util.find_spec(point.module.partition(".")[0])
    return Path(spec.origin).parent if spec and spec.origin else None
