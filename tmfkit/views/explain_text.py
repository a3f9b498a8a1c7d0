"""An entity explained for people: a page of aligned columns, a hundred characters wide."""

from collections.abc import Callable, Iterator, Sequence

from tmfkit.model.base import External, Key
from tmfkit.semantics.made_of import Made
from tmfkit.semantics.origins import Written
from tmfkit.semantics.quotes import Quote
from tmfkit.semantics.situation import Situation
from tmfkit.views import wording
from tmfkit.views.columns import WIDTH, columns, shortened
from tmfkit.views.diagnostics_text import printable
from tmfkit.views.explain import Explanation
from tmfkit.views.layers import WORDS

FIRST_USERS = 20
"""How many of those that refer to an entity are listed."""

FIRST_ROWS = 40
"""How many rows of a price table are listed."""

Paint = Callable[[str], str]


def as_text(found: Explanation, *, colour: bool = False) -> str:
    """The page; headings stand out where `colour` allows it."""
    paint = bold if colour else str
    blocks = [list(block) for block in (_head(found, paint), _values(found, paint), _users(found, paint), _parts(found, paint))]
    blocks.append(list(price_lines(found.prices, found.situation, paint)) if found.prices is not None else [])
    return "\n\n".join("\n".join(block) for block in blocks if block)


def bold(text: str) -> str:
    """A text in bold type on a terminal."""
    return f"\x1b[1m{text}\x1b[0m"


def _head(found: Explanation, paint: Paint) -> Iterator[str]:
    summary = found.summary
    yield paint(printable(f"{summary.key.id}  {summary.title}" if summary.title != summary.key.id else summary.key.id))
    if summary.broken:
        yield f"{found.kind}, broken: `tmfkit validate` says why"
        yield printable(str(found.place))
        return
    dates = wording.period(summary.valid_for)
    life = "abstract, a base for others" if summary.abstract else f"{summary.lifecycle}, version {summary.version}"
    yield printable(f"{found.kind}, {life}{f', valid {dates}' if dates else ''}")
    yield printable(str(found.place))


def _values(found: Explanation, paint: Paint) -> Iterator[str]:
    """The values by the document that says them: line, path, value."""
    if not found.written:
        return
    yield paint("Values, and the line of each")
    own = found.summary.key
    groups = sorted(
        {(one.owner != own, one.owner, one.span.file) for one in found.written}, key=lambda group: (group[0], _at(group, found))
    )
    for inherited, owner, file in groups:
        yield f"  {printable(file)}{f', from {owner.id}' if inherited else ''}"
        rows = sorted((one for one in found.written if (one.owner, one.span.file) == (owner, file)), key=lambda one: one.span.start)
        yield from columns([_value(one) for one in rows], indent=2, widest=38)


def _at(group: tuple[bool, Key, str], found: Explanation) -> int:
    """Bases in the order in which their values are met."""
    return next(index for index, one in enumerate(found.written) if (one.owner, one.span.file) == group[1:])


def _value(one: Written) -> tuple[str, str, str]:
    path = "/".join(map(str, one.path))
    return f"{one.span.start.line:5}", shortened(path, 38), shortened(wording.flow(one.value), 3 * 50)


def _users(found: Explanation, paint: Paint) -> Iterator[str]:
    if found.users:
        yield paint("Used by")
        rows = sorted((WORDS[key.kind], key.id, f"in its {field}") for key, field in found.users)
        yield from columns(rows[:FIRST_USERS])
        if len(rows) > FIRST_USERS:
            yield f"  and {len(rows) - FIRST_USERS:,} more"
    if found.heirs:
        yield paint("Extended by")
        yield from columns([(", ".join(key.id for key in found.heirs),)])


def _parts(found: Explanation, paint: Paint) -> Iterator[str]:
    if found.parts:
        yield paint("Made of")
        yield from tree_lines(found.parts, "  ")


def tree_lines(parts: Sequence[Made], lead: str) -> Iterator[str]:
    """The parts as a tree: each with its kind, and below it when and with what it is used."""
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        yield shortened(printable(f"{lead}{'└─' if last else '├─'} {_part(part)}"), WIDTH)
        below = f"{lead}{'   ' if last else '│  '}"
        terms = wording.use(part.use) if part.use is not None else ""
        if terms:
            bar = "│  " if part.parts else "   "
            yield from (f"{below}{bar}{line.strip()}" for line in columns([(terms,)], indent=0, width=WIDTH - len(below) - 3))
        yield from tree_lines(part.parts, below)


def _part(part: Made) -> str:
    target = part.target.external if isinstance(part.target, External) else part.target
    role = f"{part.role}: " if part.role and part.role != target else ""
    said = {"controller": "controlled by ", "requires": "after ", "contains": "contains "}.get(part.field, "")
    if part.key is None:
        where = "outside this repository" if isinstance(part.target, External) else "which does not exist"
        return f"{said}{role}{target}, {where}"
    return f"{said}{role}{target}, {WORDS[part.key.kind]}{', as above' if part.again else ''}"


def price_lines(prices: Sequence[Quote], situation: Situation, paint: Paint) -> Iterator[str]:
    """The prices that can hold in a situation, each with its table and with what it depends on."""
    known = "".join(f", {name} {value}" for name, value in situation.known.items())
    yield paint(printable(f"Prices on {situation.moment.date().isoformat()}{known}"))
    if not prices:
        yield "  none"
    rows = []
    for quote in prices:
        first, *rest = _cells(quote)
        rows += [(quote.name, wording.nature(quote.price), first), *(("", "", line) for line in rest)]
    yield from columns(rows, widest=36)


def _cells(quote: Quote) -> Iterator[str]:
    if amount := wording.quote(quote):
        yield amount
    sizes = [max(len(row.keys[at]) for row in quote.rows) for at in range(len(quote.price.by))] if quote.rows else []
    for row in quote.rows[:FIRST_ROWS]:
        keys = "  ".join(f"{key:<{size}}" for key, size in zip(row.keys, sizes, strict=False))
        yield f"{keys}  {'not sold' if row.amount is None else row.amount}"
    if len(quote.rows) > FIRST_ROWS:
        yield f"and {len(quote.rows) - FIRST_ROWS:,} more rows"
    if depends := wording.depends(quote):
        yield depends
