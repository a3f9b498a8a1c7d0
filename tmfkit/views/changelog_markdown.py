"""Release notes as Markdown, as text and as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tmfkit.model.base import Key
from tmfkit.views.github_text import Block, bold, fitted, plain
from tmfkit.views.layers import WORDS

ROOMY = 4_000_000
"""Bytes of release notes: they are a document, no comment, and still nobody reads more."""

NAMED = 5
NOTHING = "Nothing changes."


@dataclass(frozen=True, slots=True)
class Note:
    """What happens to one entity, or to several alike; `sorts` says whether they are new, gone or renamed."""

    keys: tuple[Key, ...]
    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    breaking: bool
    sorts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """The notes about one category."""

    title: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes of a release; `remarks` say what could not be compared."""

    release: str
    categories: tuple[Category, ...]
    remarks: tuple[str, ...] = ()


def as_markdown(notes: Notes) -> str:
    """A document with a heading for the release and one for each category."""
    blocks = [Block((f"# {plain(notes.release)}",))]
    blocks += [Block(rows=tuple(f"> {plain(remark)}" for remark in notes.remarks))] if notes.remarks else []
    for category in notes.categories:
        blocks.append(Block((f"## {plain(category.title)}", ""), tuple(line for note in category.notes for line in _markdown(note))))
    return fitted([*blocks, *([] if notes.categories else [Block((NOTHING,))])], ROOMY)


def _markdown(note: Note) -> Iterator[str]:
    head = f"{_kind(note)} {_titles([bold(title) for title in note.titles])}"
    mark = " (breaking)" if note.breaking else ""
    if len(note.sentences) == 1:
        yield f"- {head}{mark}{_after(note)}{note.sentences[0]}"
        return
    yield f"- {head}{mark}"
    yield from (f"  - {_capital(sentence)}" for sentence in note.sentences)


def as_text(notes: Notes) -> str:
    """The same for somebody at a terminal."""
    return "\n".join([notes.release, "=" * len(notes.release), "", *_text(notes)])


def _text(notes: Notes) -> Iterator[str]:
    if not notes.categories:
        yield NOTHING
    for category in notes.categories:
        yield from (category.title, "-" * len(category.title))
        for note in category.notes:
            head = f"{_kind(note)} {_titles(note.titles)}{' (breaking)' if note.breaking else ''}"
            single = len(note.sentences) == 1
            yield f"* {head}{_after(note)}{note.sentences[0]}" if single else f"* {head}"
            yield from (f"  - {_capital(sentence)}" for sentence in (() if single else note.sentences))
        yield ""


def as_json(notes: Notes) -> str:
    """`{"release", "categories": [{"title", "notes": [...]}]}`."""
    body = {
        "release": notes.release,
        "categories": [{"title": one.title, "notes": [_json(note) for note in one.notes]} for one in notes.categories],
    }
    return json.dumps(body | ({"remarks": list(notes.remarks)} if notes.remarks else {}), indent=2, ensure_ascii=False)


def _json(note: Note) -> dict[str, Any]:
    entities = [{"kind": key.kind, "id": key.id} for key in note.keys]
    return {"entities": entities, "titles": list(note.titles), "breaking": note.breaking, "changes": list(note.sentences)}


def _kind(note: Note) -> str:
    word = WORDS.get(note.keys[0].kind, "setting")
    return _capital(
        word if len(note.titles) == 1 else {"category": "categories", "resource category": "resource categories"}.get(word, f"{word}s")
    )


def _after(note: Note) -> str:
    """A sentence that begins with a name of its own stands behind a colon."""
    return ": " if len(note.titles) > 1 or note.sentences[0][:1] in "*«" or note.sentences[0][:1].isupper() else " "


def _titles(titles: Sequence[str]) -> str:
    shown = ", ".join(titles[:NAMED])
    return shown + (f" and {len(titles) - NAMED:,} more" if len(titles) > NAMED else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
