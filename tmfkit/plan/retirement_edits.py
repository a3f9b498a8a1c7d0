"""The change set of a retirement: the end of the offering, and what takes its place, written where people wrote the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from tmfkit.catalog import Catalog
from tmfkit.edit.setting import Unsettable, with_value
from tmfkit.errors import TmfkitError
from tmfkit.load.read import decode
from tmfkit.model.base import Key
from tmfkit.plan.retirement import Retirement
from tmfkit.source.document import Document

_BOM = b"\xef\xbb\xbf"


def edits(retirement: Retirement, catalog: Catalog) -> Mapping[str, bytes]:
    """The files that change, whole; none where the catalog says all of it already.

    Raises `TmfkitError` for an entity that is written so that a program cannot add a line without risk.
    """
    wanted = sorted(_settings(retirement), key=lambda one: _document(one, catalog), reverse=True)
    changed: dict[str, bytes] = {}
    for setting in wanted:
        file = _document(setting, catalog).file
        changed[file] = _with(setting, catalog, changed[file] if file in changed else catalog.tree.read(file))
    return changed


LATER = timedelta(days=36525)
"""A century, which is as good as no end."""


def much_later(retirement: Retirement, catalog: Catalog) -> Mapping[str, bytes]:
    """The files with the last sale in a century; none where that cannot be written.

    Whatever is made otherwise of the catalog then carries the day: so it is found out once the catalog says the day already.
    """
    moment = retirement.moment + LATER
    try:
        return edits(replace(retirement, moment=moment, day=moment.date().isoformat()), catalog)
    except TmfkitError:
        return {}


class _Setting(NamedTuple):
    """A value that an entity is to say at a path; None for a part without settings of its own."""

    key: Key
    path: tuple[str, ...]
    value: str | None

    def __str__(self) -> str:
        said = "{}" if self.value is None else self.value
        for part in reversed(self.path[1:]):
            said = f"{{{part}: {said}}}"
        return f"{self.path[0]}: {said}"


def _settings(retirement: Retirement) -> Iterator[_Setting]:
    old, successor = retirement.offering, retirement.successor
    if str(old.valid_for.until or "") != retirement.day:
        yield _Setting(old.key, ("validFor", "until"), retirement.day)
    if successor is not None and not any(one.offering == old.id for one in successor.replaces):
        yield _Setting(successor.key, ("replaces", old.id), None)


def _document(setting: _Setting, catalog: Catalog) -> Document:
    """The later of two documents of a file is changed first: the places of the earlier one stay what they are."""
    return catalog.summaries[setting.key].origins[0]


def _with(setting: _Setting, catalog: Catalog, content: bytes) -> bytes:
    document = _document(setting, catalog)
    try:
        after = with_value(decode(document.file, content).text, document, setting.path, setting.value)
    except Unsettable:
        message = f"{document.file} is written so that `{setting.path[0]}` of `{setting.key.id}` cannot be changed without risk"
        raise TmfkitError(message, f"write it by hand: `{setting}`") from None
    return (_BOM if content.startswith(_BOM) else b"") + after.encode()
