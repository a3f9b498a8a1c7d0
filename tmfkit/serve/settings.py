"""How a server runs: where it listens, who may use it, and how much it takes at once."""

from dataclasses import dataclass, field

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names under which only this machine is reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one request may cost. `body` is in bytes, `patience` in seconds: how long a body may take to arrive.

    `page` is the most items that one answer holds; `scanned` is the most items that are read to find those of a filter or an order, and
    `compared` how often they may be compared in all. `held` is how many characters the items may have together that are
    answered, and the texts by which they are put in order. `operations` is for JSON patches, and
    `passed` is how many elements of lists the selections of one may look at.
    """

    body: int = 8 * 1024 * 1024
    depth: int = 64
    page: int = 1000
    scanned: int = 100_000
    compared: int = 5_000_000
    held: int = 128 * 1024 * 1024
    operations: int = 1000
    passed: int = 200_000
    patience: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that somebody decides about a server before it starts.

    Without tokens everybody who reaches it may read and write. `hosts` are the names under which it is called besides those of the
    loopback; `public` is the address that consumers see, if what the server says of itself is not to be relative to its root.
    `callbacks` are the `host:port` that events and jobs may call. `read_only` is the reason why nothing can be changed, or empty.
    """

    host: str = LOOPBACK[0]
    port: int = 0
    hosts: tuple[str, ...] = ()
    readers: tuple[str, ...] = field(default=(), repr=False)
    writers: tuple[str, ...] = field(default=(), repr=False)
    public: str = ""
    callbacks: tuple[str, ...] = ()
    read_only: str = ""
    limits: Limits = Limits()

    @property
    def guarded(self) -> bool:
        """Whether a token is asked for."""
        return bool(self.readers or self.writers)
