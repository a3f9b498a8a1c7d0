"""The settings that a site is built with: the project's own `mkdocs.yml`, made true for the pages that this site has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tmfkit.errors import TmfkitError
from tmfkit.site.languages import name_of
from tmfkit.site.words import words
from tmfkit.site.write import FOLDER, alternate

FILE = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Derived:
    """What one build changes: where the site goes, its name, and for each language the pages that its menu names."""

    site: str
    name: str | None
    menus: Mapping[str, Sequence[tuple[str, str]]]


def derived(text: str, root: Path, change: Derived) -> str:
    """The settings of one build; tags such as `!ENV` stay as they are."""
    top = _read(text)
    folder = root / documents(text)
    settings: dict[str, Any] = {"site_dir": change.site, "strict": False}
    if change.name:
        settings["site_name"] = change.name
    for key, value in settings.items():
        _put(top, key, _node(value))
    nav = _get(top, "nav")
    if isinstance(nav, SequenceNode):
        _put(top, "nav", _menu(nav, folder, change.menus))
    extra = _get(top, "extra")
    if isinstance(extra, MappingNode):
        languages = list(change.menus)
        rows = [alternate(language, "index.md") for language in languages] if len(languages) > 1 else None
        _put(extra, "alternate", None if rows is None else _node(rows))
    return str(yaml.serialize(top, allow_unicode=True, width=1000))


def documents(text: str) -> str:
    """The folder of documents that some settings name."""
    found = _get(_read(text), "docs_dir")
    return str(found.value) if isinstance(found, ScalarNode) else "docs"


def catalog_menu(menus: Mapping[str, Sequence[tuple[str, str]]]) -> list[dict[str, Any]]:
    """The entries of a menu for the catalog: one for each language, with its first page at the top."""
    entries = []
    for language, pages in menus.items():
        title = words(language, "catalog")
        first = [f"{FOLDER}/{language}/{path}" for path, _ in pages if path == "index.md"]
        rest = [{title: f"{FOLDER}/{language}/{path}"} for path, title in pages if path != "index.md"]
        entries.append({title if _alone(language, menus) else f"{title} ({name_of(language)})": [*first, *rest]})
    return entries


def _alone(language: str, menus: Mapping[str, object]) -> bool:
    """Whether no other language has the same word for a catalog."""
    return sum(words(other, "catalog") == words(language, "catalog") for other in menus) == 1


def _menu(nav: SequenceNode, folder: Path, menus: Mapping[str, Sequence[tuple[str, str]]]) -> SequenceNode:
    """The menu without pages that are not there, and with the pages that the catalog has in place of those that it had."""
    entries: list[Node] = []
    fresh = list(_node(catalog_menu(menus)).value)
    for entry in nav.value:
        if _is_of_catalog(entry):
            entries += fresh
            fresh = []
        elif (kept := _kept(entry, folder)) is not None:
            entries.append(kept)
    return SequenceNode(nav.tag, [*entries, *fresh])


def _paths(entry: Node) -> list[str]:
    match entry:
        case ScalarNode():
            return [str(entry.value)]
        case SequenceNode():
            return [path for child in entry.value for path in _paths(child)]
        case MappingNode():
            return [path for _, child in entry.value for path in _paths(child)]
    return []


def _is_of_catalog(entry: Node) -> bool:
    found = _paths(entry)
    return bool(found) and all(path.startswith(f"{FOLDER}/") for path in found)


def _kept(entry: Node, folder: Path) -> Node | None:
    match entry:
        case ScalarNode():
            path = str(entry.value)
            return entry if "://" in path or not path.endswith(".md") or (folder / path).is_file() else None
        case SequenceNode():
            kept = [found for child in entry.value if (found := _kept(child, folder)) is not None]
            return SequenceNode(entry.tag, kept) if kept else None
        case MappingNode():
            pairs = [(title, found) for title, child in entry.value if (found := _kept(child, folder)) is not None]
            return MappingNode(entry.tag, pairs) if pairs else None
    return entry


def _read(text: str) -> MappingNode:
    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise TmfkitError(f"{FILE} cannot be read: {' '.join(str(error).split())}", "it is YAML, as MkDocs reads it") from None
    if not isinstance(top, MappingNode):
        raise TmfkitError(f"{FILE} is no mapping of settings", "`tmfkit init` writes one that works")
    return top


def _node(value: Any) -> Any:
    return yaml.compose(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), Loader=yaml.SafeLoader)


def _get(mapping: MappingNode, key: str) -> Node | None:
    return next((value for name, value in mapping.value if name.value == key), None)


def _put(mapping: MappingNode, key: str, value: Node | None) -> None:
    """Puts a value in its place in a mapping that is about to be written; None takes it away."""
    at = next((index for index, (name, _) in enumerate(mapping.value) if name.value == key), len(mapping.value))
    mapping.value[at : at + 1] = [] if value is None else [(_node(key), value)]
