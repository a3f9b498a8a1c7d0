"""Which id an item has on the server, and which it has in the catalog: the two are not the same where a server gives ids of its own."""

from collections.abc import Container, Iterable
from threading import Lock

from tmfkit.plan.forming import NOTHING_MOVED, moved
from tmfkit.plan.states import Known
from tmfkit.publish.destination import Destination
from tmfkit.remote.api import Body
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.profile import Ids
from tmfkit.tmf.references import at_target, rewritten


class Identity:
    """The ids of a target in both directions. It grows while a run makes items; several threads may use it at once."""

    def __init__(self, destination: Destination, known: Iterable[Known], wanted: Container[Address] = ()) -> None:
        """`wanted` are items that will be there: a server that keeps ids lets others refer to them before."""
        self._destination = destination
        self._wanted = wanted
        self._dialects = frozenset(destination.dialects)
        self._there: dict[Address, str] = {}
        self._here: dict[Address, str] = {}
        self._learning = Lock()
        self._moved = NOTHING_MOVED
        for item in known:
            self.learn(item.address, item.server_id)

    def learn(self, address: Address, server_id: str) -> None:
        """An item of the catalog has this id on the server, and no longer the one that it had before."""
        # Nothing is taken away meanwhile that other threads look up: most items keep their id.
        if self._there.get(address, server_id) != server_id:
            self.forget(address)
        there = address._replace(id=server_id)
        with self._learning:
            self._there[address] = server_id
            self._moved ^= self._shift(there) ^ moved(there, address.id)
            self._here[there] = address.id

    def forget(self, address: Address) -> None:
        """The item is gone from the server."""
        with self._learning:
            server_id = self._there.pop(address, None)
            if server_id is not None:
                there = address._replace(id=server_id)
                self._moved ^= self._shift(there)
                self._here.pop(there, None)

    def _shift(self, there: Address) -> int:
        return moved(there, self._here[there]) if there in self._here else NOTHING_MOVED

    def moved(self) -> int:
        """A number for all the items that are called otherwise in the catalog than on the server."""
        return self._moved

    def on_server(self, address: Address) -> str | None:
        """The id that the server has for an item of the catalog; None where it has none yet."""
        return self._there.get(address)

    def ours(self, address: Address) -> str | None:
        """The id that the catalog has for an item of the server, in whatever version of the API it is named; None where it is not ours."""
        there = at_target(address, self._dialects)
        return None if there is None else self._here.get(there)

    def sent(self, address: Address, body: Body) -> Body:
        """A body with the ids and the addresses of the server in its references."""
        return rewritten(address.dialect, address.resource, body, self._reference)

    def _reference(self, address: Address) -> tuple[str, str] | None:
        """What stands in a reference; as the catalog writes it where the item is not on this target."""
        there = at_target(address, self._dialects)
        if there is None:
            return None
        id = self._there.get(there)
        if id is None and there in self._wanted and self._destination.profiles[there.dialect].ids is Ids.KEPT:
            id = there.id
        return None if id is None else (id, self._destination.href(there, id))
