"""What a run of publishing works with: the target, the plan, what is known so far, and how a write is announced and sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, TypeVar

from tmfkit.plan.forming import Forming
from tmfkit.plan.packed import Packed, opened
from tmfkit.plan.states import Known, Live, States
from tmfkit.plan.steps import Step
from tmfkit.publish.destination import Destination
from tmfkit.publish.identity import Identity
from tmfkit.publish.journal import Journal
from tmfkit.publish.lease import Lease
from tmfkit.publish.live import listed
from tmfkit.publish.pace import Pace
from tmfkit.remote.api import Body, CatalogApi
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.profile import Profile
from tmfkit.tmf.roles import LAUNCHED, status_of

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """One run; `known` follows what is written, and everything else stays as the plan found it."""

    destination: Destination
    states: States
    identity: Identity
    journal: Journal
    lease: Lease
    pace: Pace
    known: dict[Address, Known] = field(default_factory=dict)
    forms: Mapping[Address, Packed] = field(default_factory=dict)
    """What is wanted, in the form that is compared, as far as the plan has made it."""
    lists: dict[Address, tuple[Live, ...]] = field(default_factory=dict)
    listing: Lock = field(default_factory=Lock)

    def api(self, address: Address) -> CatalogApi:
        """The API that an item belongs to."""
        return self.destination.apis[address.dialect]

    def profile(self, address: Address) -> Profile:
        """How that API behaves."""
        return self.api(address).profile

    def wanted(self, address: Address) -> Body:
        """The item as the catalog wants it; asked only for steps that make or change one."""
        return opened(self.states.wanted[address].body)

    def live(self, address: Address, server_id: str) -> Body:
        """The item as the server had it when the plan was made; nothing where it was not there."""
        found = self.states.live.get(address._replace(id=server_id))
        return {} if found is None else opened(found.body)

    def listed(self, address: Address) -> tuple[Live, ...]:
        """All items of the resource that an item belongs to, as they were when somebody first asked for them in this level."""
        with self.listing:
            place = address._replace(id="")
            if place not in self.lists:
                self.lists[place] = tuple(listed(self.api(address), address.resource))
            return self.lists[place]

    def sending(self, send: Callable[[], T]) -> T:
        """Sends a write while the lease is held, as often and as fast as the server takes it."""

        def checked() -> T:
            self.lease.check()
            return send()

        return self.pace.carried(checked)

    def form_of_wanted(self, address: Address, body: Body) -> Packed:
        """A body of the catalog in the form that is compared."""
        return Forming(self.destination.profiles).form(address, body, self.forms.get(address, {}))

    def form_of_live(self, address: Address, body: Mapping[str, Any], *known: Mapping[str, Any]) -> Packed:
        """A body of the server in the form that is compared, with the ids of the catalog; often it is one that is `known`."""
        return Forming(self.destination.profiles, self.identity.ours, self.identity.moved).form(address, body, *known)


def after(run: Run, step: Step, sent: Mapping[str, Any]) -> Known:
    """What is known of an item once `sent` is done."""
    before = run.known.get(step.address)
    said = opened(sent)
    return Known(
        address=step.address,
        server_id=step.server_id or (before.server_id if before else ""),
        sent=sent,
        seen=sent,
        name=str(said.get("name", before.name if before else "")),
        version=str(said.get("version", before.version if before else "")),
        launched=status_of(said) in LAUNCHED or (before is not None and before.launched),
        retired=False,
    )


def learnt(run: Run, item: Known, server_id: str, seen: Mapping[str, Any] | None) -> None:
    """Takes over what the server answered."""
    run.identity.learn(item.address, server_id)
    run.known[item.address] = replace(item, server_id=server_id, seen=item.sent if seen is None else seen)
