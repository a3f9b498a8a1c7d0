"""Who states which amount of which price, from when until when: the files made for the systems, and the payloads of TMF620."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath

from tmfkit.compile.bundle import Payload
from tmfkit.compile.encode import encoded, file_of
from tmfkit.generate.artifact import Amount
from tmfkit.generate.run import Ran
from tmfkit.generate.stamps import lines_added
from tmfkit.tmf.amounts import MOST_DIGITS, OFFERING, PRICE, amount_line, amount_of, prices_of


@dataclass(frozen=True, slots=True)
class Statement:
    """An amount, and who states it: a system gets it in `file`, or catalog APIs do (then `system` is empty).

    `begins` and `ends` are open where they are None; `body` is the payload in which an API gets it.
    """

    amount: Amount
    origin: str
    file: str
    system: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    body: Payload | None = None

    @property
    def value(self) -> Decimal:
        """The amount as a number: `39.9` and `39.90` are one price."""
        return Decimal(self.amount.amount)

    @property
    def side(self) -> tuple[bool, str, str, Decimal]:
        """Who says how much; the rows of one file that say the same count as one voice."""
        return (not self.system, self.origin, self.amount.currency, self.value)

    @property
    def place(self) -> str:
        """The file and the line."""
        line = amount_line(encoded(self.body.body).decode()) if self.body is not None else self.amount.line
        return f"{self.file}:{line}" if line else self.file


def statements_of(ran: Ran) -> Iterator[Statement]:
    """What the files for one system state; lines are those of the files as they are written, below their stamps."""
    folder = f"{ran.job.generator}/{ran.job.system}"
    moved = {artifact.path: lines_added(artifact.path, artifact.text) if artifact.stamped else 0 for artifact in ran.artifacts}
    for amount in ran.amounts:
        _sound(amount)
        line = amount.line + moved.get(amount.file, 0) if amount.line else 0
        shown = Amount(**{**{name: getattr(amount, name) for name in Amount.__slots__}, "line": line})
        begins, ends = _moment(amount.begins), _moment(amount.ends)
        yield Statement(shown, folder, str(PurePosixPath(folder, amount.file)), ran.job.system, begins, ends)


def published(payloads: Iterable[Payload]) -> Iterator[Statement]:
    """What the payloads of TMF620 state: the amounts of the prices that each offering refers to."""
    found = list(payloads)
    prices = {(payload.api, payload.id): payload for payload in found if payload.resource == PRICE}
    for offering in found:
        for id in prices_of(offering.body) if offering.resource == OFFERING else ():
            price = prices.get((offering.api, id))
            said = amount_of(price.body) if price is not None else None
            if price is not None and said is not None:
                amount = Amount(offering.id, id, said.currency, said.amount, said.begins, said.ends)
                file = f"{price.api}/{file_of(price)}"
                yield Statement(amount, price.api, file, "", _known(said.begins), _known(said.ends), price)


def _moment(text: str) -> datetime | None:
    """A moment in RFC 3339; None where none is stated."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _known(text: str) -> datetime | None:
    """A moment of a payload; what an `extra` wrote there and is none bounds nothing."""
    try:
        return _moment(text)
    except ValueError:
        return None


def _sound(amount: Amount) -> None:
    """Raises a ValueError for an amount that is made of something else than texts, or is no number of an ordinary size."""
    texts = (amount.offering, amount.charge, amount.currency, amount.amount, amount.begins, amount.ends, amount.channel, amount.file)
    if not all(isinstance(text, str) for text in texts) or not isinstance(amount.line, int):
        raise ValueError(repr(amount))
    try:
        number = Decimal(amount.amount)
    except InvalidOperation:
        raise ValueError(amount.amount) from None
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise ValueError(amount.amount)
