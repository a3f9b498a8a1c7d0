"""A report with everything in it that a format can stumble over."""

from datetime import date

from tmfkit.check.policy import Suppression
from tmfkit.check.suppress import Suppressed
from tmfkit.diagnostics.model import Diagnostic, Related, Severity
from tmfkit.source.text import Position, Span
from tmfkit.views.report import Report


def span(file: str, first: int, column: int, last: int, end: int) -> Span:
    return Span(file, Position(first, column), Position(last, end))


HOSTILE = "50 %, a: b::error file=x::c, d%0A\r\n\x1b[31m <&>\"']]>\x00\ufffe\ud800 🏠"
ODD_FILE = "catalog/a b,c:d%é#?.yaml"

ERROR = Diagnostic(
    "TK101",
    Severity.ERROR,
    "no System is called `nos`",
    span("catalog/a.yaml", 3, 5, 3, 8),
    "referenced here",
    "did you mean `nso`?",
    (Related("declared here", span("catalog/b.yaml", 2, 5, 2, 8)),),
)
WARNING = Diagnostic("TK202", Severity.WARNING, HOSTILE, span(ODD_FILE, 7, 3, 9, 1), help=HOSTILE)
INFO = Diagnostic("TK018", Severity.INFO, "this file holds nothing", span("catalog/c.yaml", 1, 1, 1, 1))
ACCEPTED = Suppressed(
    Diagnostic("TK601", Severity.ERROR, "no system controls `x`", span("catalog/d.yaml", 2, 5, 2, 6)),
    Suppression(("TK601",), span("catalog/d.yaml", 2, 8, 2, 40), "old network", date(2027, 3, 1), (2,)),
)

REPORT = Report((ERROR, WARNING, INFO), 4, ("aa", "bb", "cc"), (ACCEPTED,), hidden=1, known=2)
CLEAN = Report((), 4)
BELOW = Report((ERROR,), 4, ("aa",), folder="shop/")
