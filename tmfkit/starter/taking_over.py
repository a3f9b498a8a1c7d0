"""Takes a generator that comes with tmfkit over into a project: its modules and its templates, to be changed there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.errors import TmfkitError
from tmfkit.generate.discover import Sources
from tmfkit.project import Project


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The files that a project gets, by their paths in it, and what they say."""

    generator: str
    files: dict[str, str]

    @property
    def places(self) -> tuple[str, ...]:
        """Where a reader begins: the folders or the single file."""
        module = self.generator.replace("-", "_")
        begin = f"generators/{module}.py" if f"generators/{module}.py" in self.files else f"generators/{module}/"
        return (begin, f"templates/{self.generator}/") if any(name.startswith("templates/") for name in self.files) else (begin,)


def take_over(generator: str, project: Project) -> TakenOver:
    """The files of a shipped generator for a project; refuses where one of them is in the way of something there."""
    shipped = Sources().shipped
    found = Sources(None, shipped).find(generator)
    if found is None or found.file is None:
        raise TmfkitError(f"no generator `{generator}` comes with tmfkit", did_you_mean(generator, _shipped()) or _listed())
    files = dict(_files(found.file, found.templates[-1], shipped))
    in_the_way = sorted(name for name in {*files, *_other_forms(generator)} if (project.root / name).exists())
    if in_the_way:
        names = ", ".join(in_the_way[:8]) + (f" and {len(in_the_way) - 8} more" if len(in_the_way) > 8 else "")
        hint = "nothing is overwritten: move these away to begin anew, or go on with what is there"
        raise TmfkitError(f"the project has this already: {names}", hint)
    return TakenOver(generator, files)


def _files(module: Path, templates: Path, shipped: Path) -> Iterator[tuple[str, str]]:
    paths = sorted(module.parent.rglob("*.py")) if module.name == "__init__.py" else [module]
    if templates.is_dir():
        paths += sorted(path for path in templates.rglob("*") if path.is_file())
    for path in paths:
        yield path.relative_to(shipped).as_posix(), path.read_bytes().decode()


def _other_forms(generator: str) -> tuple[str, str]:
    """A module and a package of one name: the project must not get both."""
    module = generator.replace("-", "_")
    return f"generators/{module}.py", f"generators/{module}/__init__.py"


def _shipped() -> list[str]:
    sources = Sources()
    return [name for name in sources.names() if (found := Sources(None, sources.shipped).find(name)) and found.origin == "tmfkit"]


def _listed() -> str:
    return f"there are {', '.join(_shipped())}"
