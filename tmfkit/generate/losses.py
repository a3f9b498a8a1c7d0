"""What became of every detail of the catalog in a system: carried, mapped or dropped, each with the line of the YAML."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tmfkit.catalog import Catalog
from tmfkit.check.engine import located
from tmfkit.diagnostics.model import Diagnostic, Severity
from tmfkit.generate.artifact import Note, Status
from tmfkit.generate.capabilities import CHARGES, Capabilities, Feature, Options
from tmfkit.generate.uses import Use, uses
from tmfkit.model.base import Key
from tmfkit.model.landscape import System
from tmfkit.model.products import ProductOffering
from tmfkit.rules.base import Finding, Place
from tmfkit.source.document import Path

UNCHARGED = "TK810"
UNFILLED = "TK811"


@dataclass(frozen=True, slots=True)
class Loss:
    """What became of one detail: `words` say how it is mapped, or why it is dropped; `left` is whether the operator says so on purpose."""

    system: str
    generator: str
    key: Key
    path: Path
    feature: Feature
    status: Status
    words: str
    essential: bool
    left: bool


def losses(
    system: System, generator: str, keys: Sequence[Key], says: Capabilities, options: Options, notes: Sequence[Note], catalog: Catalog
) -> Iterator[Loss]:
    """One row for every detail of some entities that is a concern of the system; a note of the generator goes before its capabilities."""
    known = {(note.key, note.path, note.feature): note for note in notes}
    for key in dict.fromkeys((*keys, *(note.key for note in notes))):
        gone: dict[Path, Loss] = {}
        for use in _uses(key, keys, known, catalog):
            note = known.get((key, use.path, use.feature.value))
            stated = says.of(use.feature) if note is None else (note.status, note.words)
            if stated is not None:
                left = stated[0] is Status.DROPPED and use.feature in options.leaves
                loss = Loss(system.id, generator, key, use.path, use.feature, *stated, use.essential, left)
                yield loss if note is not None else _with_its_price(loss, gone.get(use.path[:2]))
                if use.feature in CHARGES and stated[0] is Status.DROPPED:
                    gone[use.path] = loss


def _with_its_price(loss: Loss, price: Loss | None) -> Loss:
    """Nothing of a price gets to a system that drops the price: its table, its conditions and its account go with it."""
    if price is None:
        return loss
    words = loss.words if loss.status is Status.DROPPED else f"it goes with its price: {price.words}"
    return replace(loss, status=Status.DROPPED, words=words, left=loss.left or price.left)


def _uses(key: Key, keys: Sequence[Key], noted: Iterable[tuple[Key, Path, str]], catalog: Catalog) -> list[Use]:
    """What an entity uses, and what a generator says besides: of a charge that it drops in part, a part is dropped."""
    entity = catalog.entity(key) if key in keys else None
    own = list(dict.fromkeys(uses(entity, catalog))) if entity is not None else []
    told = {(use.path, use.feature.value) for use in own}
    said = ((path, Feature(feature)) for whose, path, feature in noted if whose == key and (path, feature) not in told)
    return [*own, *(Use(feature, path, feature in CHARGES) for path, feature in said)]


def faults(found: Sequence[Loss], catalog: Catalog) -> Iterator[Diagnostic]:
    """Charges and mandatory characteristics that a system drops although nobody said that it should."""
    for loss in found:
        if loss.status is not Status.DROPPED or loss.left or not loss.essential:
            continue
        if loss.feature in CHARGES:
            yield _fault(loss, UNCHARGED, f"cannot charge `{_name(loss)}`", catalog)
        elif loss.feature is Feature.CHARACTERISTIC:
            yield _fault(loss, UNFILLED, f"cannot take `{loss.path[-1]}` of `{loss.key.id}`, which must be filled", catalog)


def _fault(loss: Loss, code: str, what: str, catalog: Catalog) -> Diagnostic:
    message = f"{loss.system} {what}: {loss.words}"
    help = f"say it in another way, take it from the offering, or write `{_leaves(loss, catalog)}` in the options of {loss.system}"
    place = Place(f"{loss.generator} is generated for this system", Key(System.KIND, loss.system), ("generator",))
    return located(catalog, code, Severity.ERROR, loss.key, Finding(loss.path, message, help, related=(place,), at_key=True))


def _leaves(loss: Loss, catalog: Catalog) -> str:
    """What to write: the options of several generators stand under their names."""
    system, words = catalog.get(System, loss.system), f"leaves: [{loss.feature}]"
    several = system is not None and len(set(system.generator)) > 1
    return f"{loss.generator}: {{{words}}}" if several else words


def _name(loss: Loss) -> str:
    return f"{loss.key.id}/{loss.path[1]}" if loss.key.kind == ProductOffering.KIND and len(loss.path) > 1 else loss.key.id
