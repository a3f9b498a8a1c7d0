"""The table of prices before and after: a row for each configuration, alike ones together."""

from collections.abc import Iterator, Sequence

from tmfkit.diff.prices import PriceChange
from tmfkit.model.values import Money
from tmfkit.views.changes_words import Names
from tmfkit.views.github_text import Block, plain, some, table

NONE = "–"
HEAD = ("Offering", "Configuration", "A month before", "after", "", "First bill before", "after")
NUMBERS = frozenset((2, 3, 4, 5, 6))


def price_block(rows: Sequence[PriceChange], names: Names) -> Iterator[Block]:
    """The table, with what its amounts mean above it."""
    audiences: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        same = (names.distinct(row.offering), *_amounts(row), _when(row))
        audiences.setdefault((*same, _chosen(row, names)), []).append(_audience(row, names))
    alike: dict[tuple[str, ...], list[str]] = {}
    for key, whom in audiences.items():
        alike.setdefault((*key[:-1], " or ".join(dict.fromkeys(whom))), []).append(key[-1])
    cells = [_cells(same, words) for same, words in alike.items()]
    if cells:
        yield Block(
            (
                "### Prices before and after",
                "",
                "Taxes as written in the catalog, without what is charged by use; temporary discounts are on the first bill only.",
            )
        )
        yield table(HEAD, cells, NUMBERS)


def _cells(same: tuple[str, ...], configurations: list[str]) -> tuple[str, ...]:
    title, before, after, percent, first_before, first_after, when, audience = same
    chosen = some([plain(one) for one in dict.fromkeys(configurations) if one], between=" or ")
    words = "<br>".join(plain(one) if index else one for index, one in enumerate((chosen, audience, when)) if one)
    return plain(title), words or "always", before, after, percent, first_before, first_after


def _amounts(row: PriceChange) -> Iterator[str]:
    yield from (_money(row.monthly_before), _money(row.monthly_after))
    yield "" if row.percent is None else f"{row.percent:+} %"
    yield from (_money(row.first_before), _money(row.first_after))


def _money(amount: Money | None) -> str:
    return NONE if amount is None else str(amount)


def _chosen(row: PriceChange, names: Names) -> str:
    return ", ".join(names.choice(row.offering, name, value) for name, value in row.configuration)


def _audience(row: PriceChange, names: Names) -> str:
    words = [names.word("channels", row.channel) if row.channel else "", names.word("segments", row.segment) if row.segment else ""]
    return ", ".join(filter(None, [*words, "those who have it already" if row.cohort == "existing" else ""]))


def _when(row: PriceChange) -> str:
    return " ".join(f"{word} {moment.date().isoformat()}" for word, moment in (("from", row.since), ("until", row.until)) if moment)
