"""Draws boxes in columns and the lines between them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tmfkit.site.diagrams.figure import Drawing
from tmfkit.site.diagrams.layers import Spot, Way, columns, forward
from tmfkit.site.diagrams.letters import shortened, wrapped, written
from tmfkit.site.diagrams.order import Order, ordered
from tmfkit.site.diagrams.place import heights

WIDE = 164.0
BETWEEN = 44.0
GAP = 12.0
EDGE = 10.0
HEAD = 26.0


@dataclass(frozen=True, slots=True)
class Box:
    """Something in the picture. `sort` chooses its colour, `band` what stands in the same columns, `href` where it leads."""

    id: str
    name: str
    sort: str
    href: str = ""
    note: str = ""
    band: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A connection between two boxes by their ids; `label` is said in the list beside the picture, where there is room for words."""

    start: str
    end: str
    label: str = ""


def network(id: str, boxes: Sequence[Box], lines: Iterable[Line], heads: Mapping[int, str]) -> Drawing:
    """Boxes and lines as SVG; `heads` are what stands above each band. Lines that close a circle are dashed."""
    ways = [Way(line.start, line.end) for line in lines]
    bands: dict[Spot, int] = {box.id: box.band for box in boxes}
    leading = [way for way in ways if bands[way.start] <= bands[way.end]]
    onward, back = forward([box.id for box in boxes], leading)
    back += [way for way in dict.fromkeys(ways) if bands[way.start] > bands[way.end]]
    column = columns([box.id for box in boxes], onward, bands)
    order = ordered(column, onward)
    size = 56.0 if any(box.note for box in boxes) else 42.0
    high = heights(order.columns, order.routes, size, GAP)
    top = EDGE + (HEAD if heads else 0)
    sheet = _Sheet(column, {spot: at + top for spot, at in high.items()}, size)
    elements = (
        f'<defs><marker id="tk-{id}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="tk-tip" d="M0 0L8 4L0 8Z"/></marker></defs>',
        *_heads(heads, bands, column),
        f'<g marker-end="url(#tk-{id}-tip)">',
        *(sheet.line(order, way) for way in onward),
        *(sheet.back(way) for way in back),
        "</g>",
        *(sheet.box(box) for box in boxes),
    )
    width = 2 * EDGE + len(order.columns) * (WIDE + BETWEEN) - BETWEEN + (BETWEEN if back else 0)
    height = top + max((at + size / 2 for spot, at in high.items()), default=0.0) + EDGE
    return Drawing("\n".join(elements), width, height, any(box.href for box in boxes))


def _heads(heads: Mapping[int, str], bands: Mapping[Spot, int], column: Mapping[Spot, int]) -> Iterator[str]:
    for band, text in heads.items():
        first = min((column[id] for id, one in bands.items() if one == band), default=None)
        if first is not None:
            said = written(shortened(text, WIDE + BETWEEN / 2, 12))
            yield f'<text class="tk-head" x="{_n(EDGE + first * (WIDE + BETWEEN) + WIDE / 2)}" y="{_n(EDGE + 10)}">{said}</text>'


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where everything stands: the column of each box, the middle of each spot, and how high boxes are."""

    column: Mapping[Spot, int]
    middle: Mapping[Spot, float]
    size: float

    def left(self, spot: Spot) -> float:
        """Where a box begins."""
        return EDGE + self.column[spot] * (WIDE + BETWEEN)

    def line(self, order: Order, way: Way) -> str:
        """A line from the right side of a box to the left side of another, smoothly around what stands between."""
        route = order.routes[way]
        x, y = self.left(way.start) + WIDE, self.middle[way.start]
        path = f"M{_n(x)} {_n(y)}"
        for index, spot in enumerate(route[1:], 1):
            begins = EDGE + (self.column[way.start] + index) * (WIDE + BETWEEN)
            path += _curve(x, y, begins, self.middle[spot])
            x, y = begins, self.middle[spot]
            if spot != way.end:
                x = begins + WIDE
                path += f"H{_n(x)}"
        return f'<path class="tk-line" d="{path}"/>'

    def back(self, way: Way) -> str:
        """A line that closes a circle: out to the right and back."""
        x, y = self.left(way.start) + WIDE, self.middle[way.start]
        end, high = self.left(way.end) + WIDE, self.middle[way.end]
        out = max(x, end) + BETWEEN * 0.8
        y, high = (y - 6, high + 6) if way.start == way.end else (y, high)
        return f'<path class="tk-line tk-back" d="M{_n(x)} {_n(y)}C{_n(out)} {_n(y)} {_n(out)} {_n(high)} {_n(end)} {_n(high)}"/>'

    def box(self, box: Box) -> str:
        """A box with its name, the whole of it as its title where it had to be shortened."""
        x, y = self.left(box.id), self.middle[box.id] - self.size / 2
        return drawn(box, x, y, WIDE, self.size)


def drawn(box: Box, x: float, y: float, wide: float, high: float) -> str:
    """A box at a place."""
    said = wrapped(box.name, wide - 16)
    notes = [shortened(box.note, wide - 16, 11)] if box.note else []
    first = y + high / 2 + 4.5 - 7.5 * (len(said) + len(notes) - 1)
    rows = [("", text) for text in said] + [(' class="tk-note"', text) for text in notes]
    center = _n(x + wide / 2)
    texts = "".join(f'<text{kind} x="{center}" y="{_n(first + 15 * row)}">{written(text)}</text>' for row, (kind, text) in enumerate(rows))
    cut = any(text.endswith("…") for _, text in rows)
    title = f"<title>{written(': '.join(filter(None, (box.name, box.note))))}</title>" if cut else ""
    inside = f'{title}<rect x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}" rx="6"/>{texts}'
    if box.href:
        return f'<a class="tk-box tk-{box.sort}" href="{box.href}">{inside}</a>'
    return f'<g class="tk-box tk-{box.sort}">{inside}</g>'


def _curve(x: float, y: float, end: float, high: float) -> str:
    middle = (x + end) / 2
    return f"C{_n(middle)} {_n(y)} {_n(middle)} {_n(high)} {_n(end)} {_n(high)}"


def _n(number: float) -> str:
    """A number of pixels; tenths are fine enough."""
    return f"{number:.1f}".removesuffix(".0")
