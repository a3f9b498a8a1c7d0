"""One edition of the site: the catalog in one language for one audience, and where every entity has its page."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from tmfkit.catalog import Catalog, E, Summary
from tmfkit.compile.bundle import Settings
from tmfkit.model.audience import Audience, Section
from tmfkit.model.base import Entity, Key, Lifecycle, instant
from tmfkit.model.values import LocalizedText
from tmfkit.site.markdown import link, plain
from tmfkit.site.source_parts import lines_of, part_of, starts
from tmfkit.site.words import words
from tmfkit.source.document import Path

FOLDERS: Mapping[str, tuple[str, Section]] = {
    "ProductOffering": ("offerings", Section.OFFERINGS),
    "ProductSpecification": ("products", Section.SPECIFICATIONS),
    "ProductOfferingPrice": ("prices", Section.PRICES),
    "Catalog": ("catalogs", Section.OFFERINGS),
    "Category": ("categories", Section.OFFERINGS),
    "CustomerFacingServiceSpecification": ("services", Section.SERVICES),
    "ResourceFacingServiceSpecification": ("network-services", Section.SERVICES),
    "ServiceCatalog": ("service-catalogs", Section.SERVICES),
    "ServiceCategory": ("service-categories", Section.SERVICES),
    "PhysicalResourceSpecification": ("equipment", Section.RESOURCES),
    "LogicalResourceSpecification": ("resources", Section.RESOURCES),
    "ResourceCatalog": ("resource-catalogs", Section.RESOURCES),
    "ResourceCategory": ("resource-categories", Section.RESOURCES),
    "System": ("systems", Section.SYSTEMS),
}
"""The folder of each kind that has pages, and the section that it belongs to."""


@dataclass(frozen=True)
class Edition:
    """What one site shows: all pages of a language are made from one of these. `on` is the day that it is about.

    `losses` are the rows of the release's loss report, as far as something was generated; `source` is where sources are read,
    an address with `{file}` and `{line}`, empty for the copies inside the site; `payloads` are the names and paths, beside the
    folder of the language, of what each entity is compiled to; with `holding`, only what is valid on the day has a page.
    """

    catalog: Catalog
    settings: Settings
    language: str
    languages: tuple[str, ...]
    audience: Audience
    on: datetime
    losses: Sequence[Mapping[str, Any]] = ()
    source: str = ""
    payloads: Mapping[Key, Sequence[tuple[str, str]]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    holding: bool = False

    def say(self, word: str, **values: object) -> str:
        """A word of the site itself in this language."""
        return words(self.language, word, **values)

    def text(self, said: LocalizedText | None) -> str:
        """A text of the catalog in this language, as Markdown."""
        return plain(self.raw(said))

    def raw(self, said: LocalizedText | None) -> str:
        """A text of the catalog in this language as it is written, its default where this language has none."""
        return "" if said is None else dict(said.texts).get(self.language, said.default)

    def title(self, key: Key) -> str:
        """The name of an entity in this language, as it is written."""
        entity = self.catalog.entity(key)
        if entity is None or entity.name is None:
            return key.id
        return self.raw(entity.name)

    def shows(self, section: Section) -> bool:
        """Whether the audience is shown a section."""
        return section in self.audience.shows

    def has_page(self, key: Key) -> bool:
        """Whether an entity has a page in this edition."""
        return key in self._shown

    def of(self, *kinds: str) -> Iterator[Summary]:
        """The entities of some kinds that this edition shows, in the order of their ids."""
        return (summary for summary in self.catalog.of(*kinds) if summary.key in self._shown)

    def every(self, model: type[E]) -> Iterator[E]:
        """The entities of one kind that this edition shows, in the order of their ids."""
        return (entity for entity in self.catalog.every(model) if entity.key in self._shown)

    def path(self, key: Key) -> str:
        """The path of an entity's page below the folder of the language."""
        return f"{FOLDERS[key.kind][0]}/{_file(key.id)}.md"

    def to(self, key: Key, page: str) -> str:
        """A link to an entity from the page at a path: its name, and under it the page if there is one."""
        return link(plain(self.title(key)), relative(self.path(key), page) if self.has_page(key) else "")

    def to_line(self, key: Key, path: Path, page: str) -> str:
        """A link to the line on which a part of an entity is written; empty where the audience sees no sources."""
        if not self.shows(Section.SOURCE):
            return ""
        span = self.catalog.span(key, path)
        text = f"{plain(span.file)}&#58;{span.start.line}"
        if self.source:
            return link(text, self.source.format(file=span.file, line=span.start.line))
        starts = self.source_files.get(span.file)
        if starts is None:
            return text
        return link(text, relative(f"{source_page(span.file, part_of(span.start.line, starts))}#L{span.start.line}", page))

    def to_payloads(self, key: Key, page: str) -> list[str]:
        """Links to the payloads that an entity is compiled to; none where the audience sees none."""
        return [link(plain(name), relative(f"../{path}", page)) for name, path in self.payloads.get(key, ())]

    @cached_property
    def source_files(self) -> Mapping[str, tuple[int, ...]]:
        """The files that the site shows copies of, with the first line of each of their pages: those that declare what is shown."""
        if self.source or not self.shows(Section.SOURCE):
            return {}
        files = sorted({document.file for key in self._shown for document in self.catalog.summaries[key].origins})
        return {file: starts(lines_of(self.catalog.tree.read(file))) for file in files}

    @cached_property
    def _shown(self) -> frozenset[Key]:
        return frozenset(summary.key for summary in self.catalog.of(*FOLDERS) if self._is_shown(summary))

    def _is_shown(self, summary: Summary) -> bool:
        if not self.shows(FOLDERS[summary.key.kind][1]) or (self.holding and not summary.valid_for.holds(self.on, self.settings.zone)):
            return False
        wanted = self.audience.lifecycle
        return summary.key.kind != "ProductOffering" or not wanted or summary.lifecycle in wanted

    def is_sold(self, entity: Entity) -> bool:
        """Whether an entity is on sale on the day that this edition is about."""
        return entity.lifecycle is Lifecycle.LAUNCHED and entity.valid_for.holds(self.on, self.settings.zone)

    def day(self, moment: Any) -> str:
        """A date or moment as people write it."""
        return instant(moment, self.settings.zone).date().isoformat()


def relative(target: str, page: str) -> str:
    """The way from one page to another, both below the folder of the language."""
    file, mark, fragment = target.partition("#")
    return posixpath.relpath(file, posixpath.dirname(page) or ".") + mark + fragment


def source_page(file: str, part: int = 1) -> str:
    """Where a part of the copy of a source file is shown."""
    return f"source/{_file(file)}{f'--{part}' if part > 1 else ''}.md"


def _file(id: str) -> str:
    """The name of a page; `index` and `README` would become those of folders."""
    name = id.replace("/", "--")
    return f"{name}-" if name.casefold() in ("index", "readme") else name
