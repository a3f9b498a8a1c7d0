"""The answer to "can this be ordered?" for people: every reason with its place, or what is open."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from tmfkit.catalog import Catalog
from tmfkit.model.base import Key
from tmfkit.semantics.orderable import Answer
from tmfkit.semantics.situation import Situation
from tmfkit.semantics.standing import Obstacle
from tmfkit.views.columns import WIDTH, columns
from tmfkit.views.diagnostics_text import printable
from tmfkit.views.explain_text import bold, price_lines

FIRST_CLOSED = 10
"""How many closed combinations are listed."""


def as_text(key: Key, answer: Answer, situation: Situation, catalog: Catalog, *, colour: bool = False) -> str:
    """The page; headings stand out where `colour` allows it."""
    paint = bold if colour else str
    known = "".join(f", {name} {value}" for name, value in situation.known.items())
    said = "can be ordered" if answer.can_be_ordered else "cannot be ordered"
    lines = [paint(printable(f"{key.id} {said} on {situation.moment.date().isoformat()}{known}"))]
    lines += _reasons(answer.obstacles, catalog, 1)
    if answer.limits:
        lines += ["", paint("In some configurations"), *_reasons(answer.limits, catalog, 1)]
    if answer.can_be_ordered:
        lines += ["", paint("Open to the customer"), *_open(answer)]
        lines += ["", *price_lines(answer.prices, situation, paint)]
    return "\n".join(lines)


def _reasons(obstacles: Sequence[Obstacle], catalog: Catalog, depth: int) -> Iterator[str]:
    for one in obstacles:
        lead = "  " * depth
        first, *rest = wrap(printable(one.message), WIDTH - len(lead) - 2, break_on_hyphens=False)
        yield f"{lead}- {first}"
        yield from (f"{lead}  {line}" for line in rest)
        yield f"{lead}  {printable(str(catalog.span(one.key, one.path)))}"
        yield from _reasons(one.causes, catalog, depth + 1)


def _open(answer: Answer) -> Iterator[str]:
    rows = [(name, domain.words().replace("`", "")) for name, domain in answer.open]
    rows += [("not sold", " and ".join(f"{name} {value}" for name, value in one.items())) for one in answer.closed[:FIRST_CLOSED]]
    if len(answer.closed) > FIRST_CLOSED:
        rows.append(("not sold", f"{len(answer.closed) - FIRST_CLOSED:,} more combinations"))
    rows += [("only with", ", ".join(answer.together))] if answer.together else []
    rows += [("not with", ", ".join(answer.apart))] if answer.apart else []
    yield from columns(rows or [("nothing is left to choose",)])
