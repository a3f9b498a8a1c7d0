"""Writes an outline as text: two spaces a level, one empty line at most, keys in their order, everything else as it was written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tmfkit.edit.order import Keys, Shape, arrangement, as_written, below, shape_of_kind
from tmfkit.edit.outline import Block, Comment, Entry, Flow, Leaf, Node, Outline, Part

STEP = 2
"""Spaces a level."""

_SUPPRESSION = "# tmfkit:"


def laid_out(outline: Outline) -> str:
    """The whole text, with plain line feeds."""
    writer = _Writer()
    for number, part in enumerate(outline.parts):
        writer.part(part, None if outline.anchored else _shape(part.root), first=number == 0)
    return "\n".join((*writer.lines, ""))


def _shape(root: Block | Flow) -> Shape:
    kind = next((entry.value for entry in root.entries if entry.name == "kind"), None)
    return shape_of_kind(kind.value) if isinstance(kind, Leaf) else None


@dataclass(frozen=True, slots=True)
class _Line:
    """How a line begins: the indentation of what follows, and what stands before it on the line."""

    indent: int
    start: str


class _Writer:
    """Collects the lines of one file."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def part(self, part: Part, shape: Shape, *, first: bool) -> None:
        """One document with the separator before it."""
        last = max((number for number, comment in enumerate(part.before, 1) if comment.text), default=0)
        self._comments(part.before[:last], 0, opening=first)
        if part.separated or not first:
            self._behind("---", part.at_separator, 0)
        if isinstance(part.root, Flow):
            self._comments(part.above, 0, opening=True)
            self._behind(_flow(part.root, 0, shape), part.behind, 0)
            self._comments(part.tail, 0, opening=False)
            return
        head, root = _without_head(part.root)
        self._comments(head, 0, opening=True)
        self._block(root, _Line(0, ""), shape, opening=not any(comment.text for comment in head))

    def _block(self, block: Block, line: _Line, shape: Shape, *, opening: bool = True) -> None:
        """A block whose first line may have begun already: then `line.start` ends with a dash."""
        indent = line.indent
        found = as_written(shape, _keys_of_items(block.entries) if block.is_list else None)
        for number, entry in enumerate(_in_order(block.entries, found)):
            if number or not line.start:
                self._comments(entry.above, indent, opening=opening and number == 0)
                start = " " * indent
            else:
                start = line.start
            self._entry(entry, _Line(indent, start), below(found, entry.name if entry.key is not None else None))
        self._comments(block.tail, indent, opening=False)

    def _entry(self, entry: Entry, line: _Line, shape: Shape) -> None:
        head = f"{line.start}-" if entry.key is None else f"{line.start}{entry.key}:"
        shift = line.indent - entry.column
        inner = line.indent + STEP
        if isinstance(entry.value, Block):
            if entry.key is None and not (entry.at_key or any(line.text for line in _first(entry.value, shape).above)):
                self._block(entry.value, _Line(inner, f"{head} "), shape)
                return
            self._behind(head, entry.at_key, shift)
            self._block(entry.value, _Line(inner, ""), shape)
            return
        if entry.broken and not _is_empty(entry.value):
            self._behind(head, entry.at_key, shift)
            self._comments(entry.between, inner, opening=True)
            text = _text(entry.value, inner if isinstance(entry.value, Flow) else line.indent, entry.column, shape)
            self._behind(" " * inner + text, entry.behind, shift)
            return
        value = _text(entry.value, line.indent, entry.column, shape)
        self._behind(f"{head} {value}" if value else head, entry.behind or entry.at_key, shift)

    def _behind(self, text: str, comment: Comment | None, shift: int) -> None:
        """Lines, with a comment behind the last of them, as near as it stood, or in its column if it stood further away."""
        *before, last = text.split("\n")
        if comment:
            room = comment.column + shift - len(last)
            last += " " * (max(1, comment.gap) if comment.gap <= STEP else room if room > 0 else STEP) + comment.text
        self.lines += (*before, last)

    def _comments(self, comments: Sequence[Comment], indent: int, *, opening: bool) -> None:
        """Comments on lines of their own; no two empty lines, and none where something opens."""
        for comment in comments:
            if comment.text:
                self.lines.append(" " * indent + comment.text)
                opening = False
            elif not opening and self.lines and self.lines[-1]:
                self.lines.append("")


def _without_head(root: Block) -> tuple[list[Comment], Block]:
    """The comments at the top of a document, which stay there; a suppression just above the first key goes with that key."""
    first, *more = root.entries
    cut = len(first.above)
    while cut and first.above[cut - 1].text.startswith(_SUPPRESSION):
        cut -= 1
    return first.above[:cut], replace(root, entries=[replace(first, above=first.above[cut:]), *more])


def _first(block: Block, shape: Shape) -> Entry:
    found = as_written(shape, _keys_of_items(block.entries) if block.is_list else None)
    return _in_order(block.entries, found)[0]


def _in_order(entries: list[Entry], shape: Shape) -> list[Entry]:
    if not isinstance(shape, Keys) or entries[0].key is None:
        return entries
    return [entries[position] for position in arrangement([entry.name for entry in entries], shape)]


def _keys_of_items(entries: Sequence[Entry]) -> list[Sequence[str] | None]:
    return [_names(entry.value) for entry in entries]


def _names(node: Node) -> Sequence[str] | None:
    return None if isinstance(node, Leaf) or node.is_list else tuple(entry.name for entry in node.entries)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Leaf) and not node.text


def _text(node: Node, indent: int, column: int, shape: Shape) -> str:
    """A value that begins on a line with this indentation; `column` is where its key or dash stood."""
    match node:
        case Leaf():
            return _lines_of(node, indent, column) if node.style in ("|", ">") else _folded(node.text, indent + STEP)
        case Flow():
            return _flow(node, indent, shape)
        case Block():
            raise AssertionError("a block is written by lines")


def _folded(text: str, indent: int) -> str:
    """A text over several lines; how far these are indented means nothing."""
    if "\n" not in text:
        return text
    first, *more = text.split("\n")
    return "\n".join((first, *(" " * indent + line.lstrip(" \t") if line.strip(" \t") else "" for line in more)))


def _lines_of(leaf: Leaf, indent: int, column: int) -> str:
    """A block of lines, moved as a whole: its own indentation is part of the text."""
    head, *lines = leaf.text.split("\n")
    old = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), default=0)
    new = indent + STEP
    if any(sign.isdigit() for sign in head.split("#")[0]):
        new = old + indent - column
    return "\n".join((head, *(" " * new + line[old:] if len(line) > old else "" for line in lines)))


def _flow(flow: Flow, indent: int, shape: Shape) -> str:
    opening, closing = "[]" if flow.is_list else "{}"
    found = as_written(shape, _keys_of_items(flow.entries) if flow.is_list else None)
    entries = _in_order(flow.entries, found) if flow.entries else []
    breaks = [entry.broken or flow.is_commented for entry in flow.entries]
    inner = indent + STEP if any(breaks) else indent
    texts = [_flow_entry(entry, inner, below(found, entry.name if entry.key is not None else None)) for entry in entries]
    if flow.is_commented:
        return "\n".join((opening, *_one_a_line(flow, entries, texts, " " * inner), " " * indent + closing))
    made = opening
    for number, text in enumerate(texts):
        made += ("," if number else "") + ("\n" + " " * inner if breaks[number] else " " if number else "") + text
    if flow.closes_alone and any(breaks):
        return f"{made}{',' if flow.comma_last else ''}\n{' ' * indent}{closing}"
    return made + closing


def _one_a_line(flow: Flow, entries: Sequence[Entry], texts: Sequence[str], margin: str) -> list[str]:
    lines: list[str] = []
    for number, (entry, text) in enumerate(zip(entries, texts, strict=True)):
        lines += (margin + comment.text for comment in entry.above)
        comma = "," if number < len(entries) - 1 or flow.comma_last else ""
        lines.append(f"{margin}{text}{comma}" + (f"  {entry.behind.text}" if entry.behind else ""))
    return [*lines, *(margin + comment.text for comment in flow.tail)]


def _flow_entry(entry: Entry, indent: int, shape: Shape) -> str:
    value = _text(entry.value, indent, 0, shape)
    if entry.key is None:
        return value
    return f"{entry.key}: {value}" if entry.has_value else entry.key
