"""Reads quickly what nearly every catalog file consists of: one plain entry a line. Whatever is not plain it leaves to the thorough reader.

The event builder in `read.py` decides what a text means. This way to the same data takes about a third of the time, because
many lines of a catalog are the same: each different line is understood once and then remembered. (Where no line comes twice,
both cost the same.) It never reports a problem and never guesses: where a line is unusual, or might be wrong, the whole file
is left to the event builder.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from tmfkit.source.document import Data, Document, Scalar

LARGEST_PLAIN = 2_000_000
"""Characters of a file; fewer than the values that a file may hold, so that these need no counting."""

DEEPEST_PLAIN = 40
"""Open blocks, and open brackets within one line; well below the limit of the event builder."""

_REMEMBERED = 8_192
"""Different lines that are kept; then it starts afresh, which costs one or two per cent."""

_LONGEST_REMEMBERED = 400
"""Characters of a line that is kept: longer ones seldom come twice, and memory stays bounded."""

# A text here is always narrower than YAML's: what these patterns refuse may well be right, what they take means the same to libyaml.
_FIRST = r"""(?:[^ \-?:,\[\]{}#&*!|>'"%@`]|-(?=[\w.]))"""
_KEY = rf"(?!<<|\.\.\.){_FIRST}[^:#,\[\]{{}}?]{{0,200}}+(?<! )"
_QUOTED = r"""(?:"[^"\\]*+"|'[^']*+(?:''[^']*+)*+')"""
_SHORT_QUOTED = r"""(?:"[^"\\]{0,200}+"|'[^']{0,200}+')"""
_BLOCK_TEXT = rf"{_FIRST}[^:#]*+(?:(?::(?! |$)|(?<! )#)[^:#]*+)*+"
_FLOW_TEXT = rf"{_FIRST}[^:#,\[\]{{}}?]*+(?:(?::(?=[\w/])|(?<! )#)[^:#,\[\]{{}}?]*+)*+"
_COMMENT = r"(?:(?<= )#.*)?"

_SEPARATOR = re.compile(r"--- *(?:(?<= )#[ -~]*)?\r?")
_ODD = re.compile("[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE = re.compile(
    rf"(- ++)?(?:({_KEY}|{_SHORT_QUOTED}):(?= |$) *+)?"  # a dash, a key
    rf"(?:({_BLOCK_TEXT})|({_QUOTED}) *+|([\[{{].*))?{_COMMENT}"  # a text, a quoted text, the rest of the line
)
_ITEM = re.compile(
    rf"(?:({_KEY}|{_SHORT_QUOTED}): ++)?"  # the key
    rf"(?:(?:({_FLOW_TEXT})|({_QUOTED})|(\{{ *+\}}|\[ *+\])) *+"  # a text, a quoted text, nothing in brackets
    rf"([\]}}][\]}} ]*+)?(, *+|{_COMMENT}$)"  # brackets that close, a comma or the end
    rf"|([\[{{]) *+|(.+))"  # a bracket that opens; or the rest of a line that is not plain
)

_Copy: TypeAlias = Callable[[Any], Any] | None
_Row: TypeAlias = tuple[int, int, str | None, Data, _Copy, bool]
"""What a line says: the column where it begins; from the dash of a list's item to its content, or 0; the key; the value; how to
make the value's next copy, where it is a list or a mapping; whether the value is empty, so that the next lines may be its content."""

_BLANK: _Row = (0, 0, None, None, None, False)
_rows: dict[str, _Row] = {}
_Documents: TypeAlias = list[tuple[Document, Data]]


def read_plain(file: str, text: str) -> _Documents | None:
    """All documents of a file, exactly as the event builder reads them; None where it is for that one to say what the text means."""
    if len(text) > LARGEST_PLAIN:
        return None
    documents: _Documents = []
    line = 1
    for start, end in _parts(text):
        lines = text[start:end].split("\n")
        lead = _lead(lines)
        if lead is None:
            return None
        if lead < len(lines):
            data = _block(lines[lead:])
            if data is None:
                return None
            documents.append((Document(file, start + sum(map(len, lines[:lead])) + lead, end, line + lead), data))
        line += len(lines) - 1
    return documents


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the documents stand in the text, each with the `---` before it."""
    start = 0
    while (end := text.find("\n---", start) + 1) > 0:
        yield start, end
        start = end
    yield start, len(text)


def _lead(lines: Sequence[str]) -> int | None:
    """The number of lines before a document's first entry; None where one of them is not plain."""
    for number, line in enumerate(lines):
        if number == 0 and _SEPARATOR.fullmatch(line):
            continue
        row = _row(line)
        if row is not _BLANK:
            return None if row is None else number
    return len(lines)


def _block(lines: Sequence[str]) -> Data:
    """The data of a document's lines; None where they are not plain.

    `here` is the innermost open list or mapping and `level` its column; `outer` are those around it, with theirs; `opened` is
    the key just written without a value. One long loop, because a call for each line would cost as much as all the rest.
    """
    top: dict[str, Any] = {"": None}
    here: Any = top
    level = -1
    opened: str | None = ""
    outer: list[tuple[int, Any]] = []
    known = _rows.get
    for line in lines:
        row = known(line) or _row(line)
        if row is _BLANK:
            continue
        if row is None:
            return None
        indent, dash, key, value, copy, opens = row
        if opened is not None and (indent > level or (dash and indent == level)):
            outer.append((level, here))
            inner: Any = [] if dash else {}
            here[opened] = inner
            level, here = indent, inner
            if len(outer) > DEEPEST_PLAIN:
                return None
        else:
            while indent < level:
                level, here = outer.pop()
            if not dash and here.__class__ is list:
                level, here = outer.pop()
            if indent != level or (here.__class__ is list) != (dash > 0):
                return None
        if copy is not None:
            value = copy(value)
        if dash:
            if key is None:
                here.append(value)
                opened = None
                continue
            outer.append((level, here))
            item: dict[str, Any] = {}
            here.append(item)
            here = item
            level += dash
        if key in here:
            return None
        here[key] = value
        opened = key if opens else None
    data: Data = top[""]
    return data


def _row(line: str) -> _Row | None:
    """What a line says; None where it is not plain."""
    row = _rows.get(line) or _understand(line)
    if row is not None and len(line) <= _LONGEST_REMEMBERED:
        if len(_rows) >= _REMEMBERED:
            _rows.clear()
        _rows[line] = row
    return row


def _understand(line: str) -> _Row | None:
    content = line.lstrip(" ").removesuffix("\r")
    if not content.isprintable() and _ODD.search(content):
        return None
    if not content or content.startswith("#"):
        return _BLANK
    match = _LINE.fullmatch(content)
    if match is None:
        return None
    dash, name, plain, quoted, flow = match.groups()
    key = _key(name) if name else None
    filled = plain or quoted or flow
    if key is None and not (dash and filled):
        return None
    indent = len(line) - len(line.lstrip(" "))
    width = len(dash) if dash else 0
    if not flow:
        return indent, width, key, _scalar(plain, quoted), None, not filled
    value = _flow(flow)
    return None if value is None else (indent, width, key, value, _copier(value), False)


def _key(name: str) -> str:
    return _unquoted(name) if name[0] in "\"'" else name


def _scalar(plain: str | None, quoted: str | None) -> Scalar:
    if quoted:
        return _unquoted(quoted)
    value = plain.rstrip(" ") if plain else None
    return None if value == "null" or value == "~" else value


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1]


def _flow(text: str) -> Data:
    """The list or mapping that is written in brackets on one line; None where it is not plain."""
    top: list[Any] = []
    here: Any = top
    outer: list[Any] = []
    for name, plain, quoted, empty, closing, separator, bracket, strange in _ITEM.findall(text):
        if strange or (here is top and top):
            return None
        inner: Any = [] if (bracket or empty)[:1] == "[" else {}
        value = inner if bracket or empty else _scalar(plain, quoted)
        if not _put(here, name, value):
            return None
        if bracket:
            outer.append(here)
            here = inner
            if len(outer) > DEEPEST_PLAIN:
                return None
            continue
        for close in closing.replace(" ", ""):
            if not outer or (here.__class__ is list) != (close == "]"):
                return None
            here = outer.pop()
        if (here is top) == separator.startswith(","):
            return None
    return top[0] if here is top else None


def _put(into: Any, name: str, value: Data) -> bool:
    if into.__class__ is list:
        into.append(value)
        return not name
    key = _key(name) if name else None
    if key is None or key in into:
        return False
    into[key] = value
    return True


def _copier(value: Any) -> Callable[[Any], Any]:
    parts = value.values() if value.__class__ is dict else value
    if any(part.__class__ is dict or part.__class__ is list for part in parts):
        return _deep
    return dict.copy if value.__class__ is dict else list.copy


def _deep(value: Any) -> Any:
    """A copy of its own of every list and mapping."""
    if value.__class__ is dict:
        return {key: _deep(part) for key, part in value.items()}
    return [_deep(part) for part in value] if value.__class__ is list else value
