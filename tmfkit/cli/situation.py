"""The options that say in which situation somebody orders: the day, and what is known of the choices."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tmfkit.catalog import Catalog
    from tmfkit.semantics.situation import Situation

DayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day for prices and orders; today, if none is given.")]
ChannelOption = Annotated[str | None, typer.Option(metavar="WORD", help="The channel; without it all channels are looked at.")]
SegmentOption = Annotated[str | None, typer.Option(metavar="WORD", help="The segment of the customer.")]
PlaceOption = Annotated[str | None, typer.Option(metavar="WORD", help="The place of delivery.")]
TermOption = Annotated[str | None, typer.Option(metavar="TERM", help="The term of the contract.")]
ChooseOption = Annotated[list[str], typer.Option(metavar="NAME=VALUE", help="A characteristic that is chosen: downstream=1000.")]


def situation_of(on: datetime | None, facts: Mapping[str, str | None], chosen: list[str], catalog: "Catalog") -> "Situation":
    """The situation that the options describe; ends at a word that the vocabulary does not know."""
    from tmfkit.cli.checking import day
    from tmfkit.model.base import instant
    from tmfkit.semantics.situation import Situation

    known = {name: word for name, word in facts.items() if word is not None}
    for name, word in known.items():
        if name != "term":
            _declared(name, word, catalog)
    for text in chosen:
        name, given, value = text.partition("=")
        if not (name and given and value):
            raise typer.BadParameter(f"`{text}` is no choice; write it as in `--choose downstream=1000`")
        known[name] = value
    return Situation(instant(day(on), catalog.zone), known)


def _declared(fact: str, word: str, catalog: "Catalog") -> None:
    """Ends where the vocabulary declares words for a fact, and this is none of them."""
    from tmfkit.diagnostics.suggest import did_you_mean

    known = list(getattr(catalog.vocabulary, f"{fact}s"))
    if known and word not in known:
        help = did_you_mean(word, known) or f"it knows {', '.join(known)}"
        raise typer.BadParameter(f"the vocabulary knows no {fact} `{word}`; {help}")
