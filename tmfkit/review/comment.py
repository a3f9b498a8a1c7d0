"""Puts the comment on a pull request together: what changes, what the gate says, and perhaps the files that systems receive."""

from tmfkit.diff.gate.acceptances import OPEN
from tmfkit.history import Comparison, History, notes
from tmfkit.review.artifacts import artifacts
from tmfkit.review.gate import Ruling
from tmfkit.views.artifacts_markdown import File, files_block, not_made
from tmfkit.views.changes_markdown import Told, as_markdown
from tmfkit.views.changes_words import Names
from tmfkit.views.github_text import Block


def comment(history: History, found: Comparison, ruled: Ruling, *, trusted: bool = False) -> str:
    """The Markdown of one comment. Only where the project is `trusted` does any of its code run; see `artifacts` for what it may see."""
    before, after = history.before.catalog.value, history.after.catalog.value
    told = Told(
        found.changes, found.consequences, found.sales, found.prices, before, after, notes(history),
        ruled.accepted, ruled.proposal, [one for one in ruled.diagnostics if one.code != OPEN],
        _files(history, Names(before, after), trusted) if found.changes else (),
    )  # fmt: skip
    return as_markdown(told)


def _files(history: History, names: Names, trusted: bool) -> list[Block]:
    if not trusted:
        return not_made()
    made = artifacts(history)
    return files_block([File(one.system, one.path, one.added, one.removed, one.kind) for one in made.files], made.failures, names)
