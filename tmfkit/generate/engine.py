"""Runs every generator that a system names, and judges what comes back: places, names, losses, amounts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.diagnostics.model import Diagnostic, Outcome
from tmfkit.generate.artifact import Amount, Artifact
from tmfkit.generate.contents import contents
from tmfkit.generate.coverage import coverage
from tmfkit.generate.discover import Sources
from tmfkit.generate.losses import Loss
from tmfkit.generate.parity import parity
from tmfkit.generate.run import Job, Ran, run
from tmfkit.generate.stamps import Stamp, metadata, stamped
from tmfkit.model.base import Key
from tmfkit.model.landscape import System, Vocabulary
from tmfkit.source.text import Span
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
    for system in catalog.every(System):
        for name in dict.fromkeys(system.generator):
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
    told = (*(diagnostic for one in ran for diagnostic in one.found), *_compared(ran, catalog, settings))
    found = _once(told)
    folders = tuple(_folder(one, catalog, settings) for one in ran)
    lost = tuple(loss for one in ran for loss in one.losses)
    return Outcome(Projections(folders, lost), tuple(found))


def _compared(ran: Sequence[Ran], catalog: Catalog, settings: Settings) -> Iterator[Diagnostic]:
    """What shows only when the files of all systems lie side by side."""
    yield from parity(catalog, settings, ran)
    yield from coverage(catalog, settings, ran)
    yield from contents(catalog, ran)


def _once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """A generator that fails at one line for several systems fails once."""
    told: dict[tuple[str, Span, str], Diagnostic] = {}
    for one in found:
        told.setdefault((one.code, one.primary, one.message), one)
    return list(told.values())


def _run_all(catalog: Catalog, settings: Settings, sources: Sources, root: Path | None, hand: Sequence[Job]) -> list[Ran]:
    return [run(job, catalog, settings, sources, root) for job in hand]


def _folder(ran: Ran, catalog: Catalog, settings: Settings) -> Folder:
    files = [file for artifact in ran.artifacts for file in _files(artifact, ran, catalog, settings)]
    return Folder(ran.job.generator, ran.job.system, tuple(sorted(files, key=lambda file: file.path)), ran.amounts)


def _files(artifact: Artifact, ran: Ran, catalog: Catalog, settings: Settings) -> Iterator[File]:
    sources = tuple(sorted(set(artifact.sources)))
    digest = _digest(sources, artifact.mentions, ran.job, catalog)
    stamp = Stamp(settings.release_name, ran.job.generator, ran.job.system, digest)
    text = stamped(artifact.path, artifact.text, stamp) if artifact.stamped else artifact.text
    yield File(artifact.path, text, digest, sources)
    beside = metadata(artifact.path, stamp)
    if beside is not None and artifact.stamped:
        yield File(*beside, digest, sources)


def _digest(sources: Iterable[Key], mentions: Iterable[Key], job: Job, catalog: Catalog) -> str:
    """Of the entities that a file was made from and all that they refer to, those that it names, the vocabulary, and the system."""
    words = (summary.key for summary in catalog.of(Vocabulary.KIND))
    keys = {Key(System.KIND, job.system), *sources, *words}
    waiting = list(keys)
    while waiting:
        new = [target for _, target in catalog.targets(waiting.pop()) if target not in keys]
        keys.update(new)
        waiting += new
    keys.update(mentions)
    lines = "".join(f"{key.kind} {key.id} {catalog.summaries[key].hash}\n" for key in sorted(keys) if key in catalog.summaries)
    return sha256(f"{job.generator}\n{lines}".encode()).hexdigest()
