"""What somebody changed on a server, for somebody at a terminal: item by item and field by field."""

from collections.abc import Iterator, Sequence

from tmfkit.publish.drift import Drift
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.roles import called
from tmfkit.tmf.versions import APIS
from tmfkit.views.diagnostics_text import printable
from tmfkit.views.plan_words import change

MOST = 60
"""So many items are shown of each sort; the others are counted."""


def as_text(drift: Drift) -> str:
    """The whole drift; one line where there is none."""
    return "\n".join(map(printable, _lines(drift)))


def _lines(drift: Drift) -> Iterator[str]:
    if not drift.published:
        yield f"nothing was published to {drift.target} from here, so nothing can have changed since"
        return
    if drift.interrupted:
        yield "the last run did not end: its own last writes may be among what follows, until `tmfkit publish` is run again"
    for address, fields in list(drift.changed.items())[:MOST]:
        yield f"~ {_item(address)}"
        yield from (f"    {change(field)}" for field in fields)
    yield from _more(len(drift.changed), "changed")
    yield from _named("-", drift.vanished, "is gone from the server")
    yield from _named("+", [stranger.address for stranger in drift.appeared], "appeared; tmfkit did not make it")
    yield _sum(drift)


def _named(sign: str, addresses: Sequence[Address], words: str) -> Iterator[str]:
    for address in addresses[:MOST]:
        yield f"{sign} {_item(address)} {words}"
    yield from _more(len(addresses), words)


def _more(count: int, words: str) -> Iterator[str]:
    if count > MOST:
        yield f"  and {count - MOST:,} more: {words}"


def _item(address: Address) -> str:
    return f"{APIS[address.dialect].title}: {called(address)}"


def _sum(drift: Drift) -> str:
    head = f"{drift.target}, release {drift.release}"
    if drift.is_none:
        return f"{head}: all {drift.published:,} published items are as they were published"
    counts = [(len(drift.changed), "changed"), (len(drift.vanished), "gone"), (len(drift.appeared), "new")]
    told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    return f"{head}: {told}, of {drift.published:,} published items"
