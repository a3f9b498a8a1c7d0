"""What the check of a change leaves behind for reviewers: the comment, the findings for code hosts, and which change it was."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from tmfkit import __version__
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.hosts.delivery import COMMENT, FORMAT, GITLAB, META, SARIF
from tmfkit.views.formats import Format

FORMS: Mapping[str, Format] = {SARIF: Format.SARIF, GITLAB: Format.GITLAB}
"""The files of findings, each in its form."""


def handover(comment: str, found: Sequence[Diagnostic], worded: Callable[[Format], str], request: int | None) -> dict[str, str]:
    """The files, by name; `worded` writes the findings in one form."""
    meta = {"format": FORMAT, "tmfkit": __version__, "request": request}
    findings = {name: worded(form) + "\n" for name, form in FORMS.items()}
    return {COMMENT: _counted(found) + comment, META: json.dumps(meta) + "\n"} | findings


def _counted(found: Sequence[Diagnostic]) -> str:
    """A line above the comment; none where nothing is to be mended."""
    numbers = Counter(one.severity for one in found)
    words = [
        f"{numbers[severity]:,} {severity.value}{'' if numbers[severity] == 1 else 's'}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if numbers[severity]
    ]
    return f"> The check finds **{' and '.join(words)}**: they stand at the lines concerned and in its log.\n\n" if words else ""
