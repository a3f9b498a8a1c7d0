"""The compiled payloads of what an edition shows, as files beside the pages that link to them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tmfkit.catalog import Catalog
from tmfkit.compile.bundle import Settings
from tmfkit.compile.compile import compile_all
from tmfkit.compile.encode import encoded, file_of
from tmfkit.model.base import Key
from tmfkit.site.page import Asset
from tmfkit.tmf.dialects import Dialect

FOLDER = "payloads"


@dataclass(frozen=True)
class Payloads:
    """The files, and for each entity the names and paths of those that it became."""

    files: tuple[Asset, ...] = ()
    of: Mapping[Key, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def payloads(catalog: Catalog, keys: Iterable[Key], dialects: Iterable[Dialect], settings: Settings) -> Payloads:
    """Compiles some entities to the dialects of the project; one set of files serves all languages."""
    wanted = tuple(dialects)
    files: list[Asset] = []
    of: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for key in keys:
        for dialect, compiled in compile_all(key, catalog, wanted, settings).items():
            for payload in compiled.payloads:
                path = f"{FOLDER}/{dialect}/{file_of(payload)}"
                files.append(Asset(path, encoded(payload.body)))
                of[key].append((f"{dialect} {payload.resource} {payload.id}", path))
    return Payloads(tuple(files), {key: tuple(found) for key, found in of.items()})
