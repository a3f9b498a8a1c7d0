"""What an editor offers to do about a finding: its repair, or a comment that accepts it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tmfkit.check.policy import why_not
from tmfkit.check.suppress import REASON, comment_for
from tmfkit.diagnostics.model import Diagnostic, Edit
from tmfkit.edit.apply import fixed
from tmfkit.lsp.checker import Checked
from tmfkit.lsp.nodes import documents, is_whole
from tmfkit.lsp.text import editor_text
from tmfkit.source.text import Span


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do about a finding; the `preferred` one is what an editor does without asking further."""

    title: str
    finding: Diagnostic
    edits: tuple[Edit, ...]
    preferred: bool


def actions(checked: Checked, file: str, findings: tuple[Diagnostic, ...]) -> Iterator[Action]:
    """What can be done about some findings of a file; every edit is proven to change nothing else."""
    content = checked.snapshot.content(file)
    for found in findings:
        if found.fix and {edit.span.file for edit in found.fix.edits} == {file} and fixed(file, content, (found,)).made:
            yield Action(found.fix.title, found, found.fix.edits, True)
    for found in findings:
        edit = None if why_not(found.code) else _accepting(found, content)
        if edit is not None:
            yield Action(f"accept {found.code} here, and say why instead of {REASON}", found, (edit,), False)


def mended(checked: Checked, file: str) -> bytes | None:
    """A file with all of its repairs made that can be made at once; None where there are none."""
    content = checked.snapshot.content(file)
    findings = tuple(found for found in checked.of(file) if found.fix)
    after = fixed(file, content, findings).after if findings else content
    return after if after != content else None


def _accepting(found: Diagnostic, content: bytes) -> Edit | None:
    """A comment behind the line of a finding, where a comment is all that it would be."""
    text = editor_text(content)
    line = text.places.index(found.primary.start)
    start = max(text.text.rfind("\n", 0, line), text.text.rfind("\r", 0, line)) + 1
    breaks = [at for at in (text.text.find("\n", line), text.text.find("\r", line)) if at >= 0]
    end = min(breaks, default=len(text.text))
    if "#" in text.text[start:end] or not is_whole(text.text):
        return None
    comment = f"  {comment_for(found.code)}"
    after = text.text[:end] + comment + text.text[end:]
    if not is_whole(after) or _data(after) != _data(text.text):
        return None
    where: Span = text.span(found.primary.file, end, end)
    return Edit(where, comment)


def _data(text: str) -> list[object]:
    return [root.data for root in documents(text)]
