"""Runs every generator that a system names, and judges what comes back: places, names, losses, amounts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Outcome
from tmfkit.generate.artifact import Amount, Artifact
from tmfkit.generate.discover import Sources
from tmfkit.generate.losses import Loss
from tmfkit.generate.run import Job, Ran, run
from tmfkit.generate.stamps import Stamp, metadata, stamped
from tmfkit.model.base import Key
from tmfkit.model.landscape import System
from tmfkit.workers import Tell, deal, each, processors, unheard


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is written: where, its text with the stamp, the digest of what it was made from, and that."""

    path: str
    text: str
    digest: str
    sources: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """All files of one generator for one system: they go to `<generator>/<system>/` of the output."""

    generator: str
    system: str
    files: tuple[File, ...]
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Projections:
    """Everything that is generated, in the order of generators and systems, and what became of every detail."""

    folders: tuple[Folder, ...] = ()
    losses: tuple[Loss, ...] = ()


def jobs(catalog: Catalog) -> Iterator[Job]:
    """Which generator runs for which system."""
    for summary in catalog.of(System.KIND):
        system = catalog.get(System, summary.key.id)
        for name in system.generator if system is not None else ():
            assert system is not None
            yield Job(name, system.id)


def generate(
    catalog: Catalog, settings: Settings, sources: Sources, root: Path | None = None, tell: Tell = unheard
) -> Outcome[Projections]:
    """Everything that the systems of a catalog ask for. `root` is the project, whose own files findings may point at."""
    wanted = sorted(jobs(catalog))
    tell(f"generating for {len({job.system for job in wanted}):,} systems")
    catalog.prepare()
    hands = deal(wanted, processors())
    ran = [one for many in each(partial(_run_all, catalog, settings, sources, root), hands) for one in many]
    ran.sort(key=lambda one: one.job)
    found = [diagnostic for one in ran for diagnostic in one.found]
    folders = tuple(_folder(one, catalog, settings) for one in ran)
    lost = tuple(loss for one in ran for loss in one.losses)
    return Outcome(Projections(folders, lost), tuple(found))


def _run_all(catalog: Catalog, settings: Settings, sources: Sources, root: Path | None, hand: Sequence[Job]) -> list[Ran]:
    return [run(job, catalog, settings, sources, root) for job in hand]


def _folder(ran: Ran, catalog: Catalog, settings: Settings) -> Folder:
    files = [file for artifact in ran.artifacts for file in _files(artifact, ran, catalog, settings)]
    return Folder(ran.job.generator, ran.job.system, tuple(sorted(files, key=lambda file: file.path)), ran.amounts)


def _files(artifact: Artifact, ran: Ran, catalog: Catalog, settings: Settings) -> Iterator[File]:
    sources = tuple(sorted(set(artifact.sources)))
    digest = _digest(sources, ran.job, catalog)
    stamp = Stamp(settings.release_name, ran.job.generator, ran.job.system, digest)
    text = stamped(artifact.path, artifact.text, stamp) if artifact.stamped else artifact.text
    yield File(artifact.path, text, digest, sources)
    beside = metadata(artifact.path, stamp)
    if beside is not None and artifact.stamped:
        yield File(*beside, digest, sources)


def _digest(sources: Iterable[Key], job: Job, catalog: Catalog) -> str:
    """Of the entities that a file was made from, of all that they refer to, and of the system with its options."""
    keys = {Key(System.KIND, job.system), *sources}
    waiting = list(keys)
    while waiting:
        new = [target for _, target in catalog.targets(waiting.pop()) if target not in keys]
        keys.update(new)
        waiting += new
    lines = "".join(f"{key.kind} {key.id} {catalog.summaries[key].hash}\n" for key in sorted(keys) if key in catalog.summaries)
    return sha256(f"{job.generator}\n{lines}".encode()).hexdigest()
