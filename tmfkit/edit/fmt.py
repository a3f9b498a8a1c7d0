"""`fmt`: a file's text in the one layout, or, where it cannot be proven to say the same, the text as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from yaml import YAMLError

from tmfkit.edit.layout import laid_out
from tmfkit.edit.order import arranged, shape_of_kind
from tmfkit.edit.outline import Outline, Unusual, outline
from tmfkit.load.read import Raw, decode, read
from tmfkit.source.comments import comments
from tmfkit.source.document import Data
from tmfkit.source.tree import FileTree, Unreadable
from tmfkit.workers import divide, each, processors

FILES_WORTH_A_PROCESS = 100

_BOM = b"\xef\xbb\xbf"
_OTHER_BREAKS = "\r\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Formatted:
    """What became of a file: its new content, or the reason why it stays as it is; `faulty` if it is not even read without findings."""

    content: bytes
    reason: str = ""
    faulty: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is not in the one layout, with its old and new content; or one that stays as it is, with the reason."""

    file: str
    before: bytes
    after: bytes
    reason: str = ""
    faulty: bool = False


def format_files(tree: FileTree, files: Sequence[str]) -> Iterator[Change]:
    """What becomes of files, in their order; nothing is said of those that are in the one layout already."""
    jobs = processors() if len(files) >= FILES_WORTH_A_PROCESS else 1
    for part in each(partial(_changes, tree), divide(files, jobs)):
        yield from part


def _changes(tree: FileTree, files: Sequence[str]) -> list[Change]:
    return [change for file in files if (change := _change(tree, file)) is not None]


def _change(tree: FileTree, file: str) -> Change | None:
    try:
        content = tree.read(file)
    except Unreadable as error:
        return Change(file, b"", b"", error.reason, faulty=True)
    made = formatted(file, content)
    return None if made.content == content and not made.reason else Change(file, content, made.content, made.reason, made.faulty)


def formatted(file: str, content: bytes) -> Formatted:
    """A file in the one layout; byte order mark and line ends stay those of the file (where they are mixed, the more frequent ones)."""
    text = decode(file, content)
    if text.fault:
        return Formatted(content, text.fault.message, faulty=True)
    windows = text.text.count("\r\n")
    made = format_text(file, text.text.replace("\r\n", "\n"))
    if made.reason:
        return Formatted(content, made.reason, made.faulty)
    result = made.text.encode() if windows * 2 <= text.text.count("\n") else made.text.replace("\n", "\r\n").encode()
    return Formatted((_BOM if content.startswith(_BOM) else b"") + result)


@dataclass(frozen=True, slots=True)
class FormattedText:
    """As `Formatted`, for text with plain line feeds."""

    text: str
    reason: str = ""
    faulty: bool = False


def format_text(file: str, text: str) -> FormattedText:
    """A text in the one layout; it stays as it is when that cannot be proven to say the same."""
    if found := next((sign for sign in _OTHER_BREAKS if sign in text), None):
        return FormattedText(text, f"it holds the unusual line break U+{ord(found):04X}")
    old, faults = read(file, text)
    if faults:
        return FormattedText(text, faults[0].message, faulty=True)
    try:
        before = outline(text)
        made = laid_out(before) if before.parts else text
        if made == text:
            return FormattedText(text)
        after = outline(made)
        settled = laid_out(after) == made
    except Unusual as unusual:
        return FormattedText(text, f"line {unusual.line} has something that is not formatted: {unusual.reason}")
    except YAMLError:
        return FormattedText(text, "it is YAML that is not formatted")
    proven = _proven(file, text, old, made, before, after)
    return proven if settled or proven.reason else FormattedText(text, "formatting it does not come to an end")


def _proven(file: str, text: str, old: Sequence[Raw], made: str, before: Outline, after: Outline) -> FormattedText:
    """The new text if data and comments are proven equal, else the old one."""
    new, faults = read(file, made)
    expected = [data if before.anchored else arranged(data, shape_of_kind(_kind(data))) for _, data in old]
    if faults or _flat(expected) != _flat([data for _, data in new]):
        return FormattedText(text, "formatting would change what it says")
    if sorted(before.comments) != sorted(after.comments):
        return FormattedText(text, "formatting would change its comments")
    if _spoken(file, text) != _spoken(file, made):
        return FormattedText(text, "formatting would part a comment to tmfkit from what it is about")
    return FormattedText(made)


def _spoken(file: str, text: str) -> list[tuple[str, ...]]:
    """What every comment to tmfkit says, with the first word of each line that it is about."""
    lines = text.split("\n")
    return sorted((comment.text, *(_first_word(lines[line - 1]) for line in comment.lines)) for comment in comments(file, text))


def _first_word(line: str) -> str:
    return (line.replace("- ", " ").split() or [""])[0]


def _kind(data: Data) -> str:
    kind = data.get("kind") if isinstance(data, dict) else None
    return kind if isinstance(kind, str) else ""


def _flat(data: Data) -> str:
    """A text that tells two pieces of data apart, the order of their keys included."""
    return repr(data)
