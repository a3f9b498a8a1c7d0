"""Which entities were renamed, by `renamedFrom`, and what others say of them under the new name."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

from tmfkit.catalog import Catalog
from tmfkit.diff.tree import Branch, Items, Leaf, Node
from tmfkit.model.base import Key
from tmfkit.model.products import ProductOffering

Renames: TypeAlias = Mapping[Key, Key]
"""From the key of before to that of after."""

POINTING = frozenset(("product", "use", "offering", "service", "resource", "controller", "parent"))
"""Fields that name one entity."""

LISTING = frozenset(("categories", "of", "requires", "contains"))
"""Fields that name several."""

ROLES = MappingProxyType(
    {
        "bundle": ("ProductOffering",),
        "services": ("CustomerFacingServiceSpecification", "ResourceFacingServiceSpecification"),
        "resources": ("PhysicalResourceSpecification", "LogicalResourceSpecification"),
        "requires": ("ProductOffering", "ResourceFacingServiceSpecification"),
        "excludes": ("ProductOffering",),
        "replaces": ("ProductOffering",),
    }
)
"""Mappings whose names stand for entities of these kinds, unless the part names another."""

TARGETS = MappingProxyType(
    {
        "product": ("ProductSpecification",),
        "use": ("ProductOfferingPrice",),
        "offering": ("ProductOffering",),
        "of": ("ProductOffering",),
        "service": ROLES["services"],
        "resource": ROLES["resources"],
        "contains": ROLES["resources"],
        "controller": ("System",),
        "requires": ROLES["requires"],
        "categories": ("Category", "ServiceCategory", "ResourceCategory"),
        "parent": ("Category", "ServiceCategory", "ResourceCategory"),
    }
)
"""The kinds that a field may name."""


def renames(before: Catalog, after: Catalog) -> dict[Key, Key]:
    """The pairs that `renamedFrom` makes; it says nothing any more where the old id is still there, or the new one was there before."""
    found: dict[Key, Key] = {}
    for key, summary in sorted(after.summaries.items()):
        old = None if summary.renamed_from is None else Key(key.kind, summary.renamed_from)
        if old and summary.usable and _usable(old, before) and old not in after.summaries and key not in before.summaries:
            found.setdefault(old, key)
    return found


def _usable(key: Key, catalog: Catalog) -> bool:
    return key in catalog.summaries and catalog.summaries[key].usable


def under_new_names(tree: Branch, found: Renames) -> Branch:
    """A tree of before with the names of after: references, and roles that are called by the id of what fills them."""
    if not found:
        return tree
    ids = {(old.kind, old.id): new.id for old, new in found.items()}
    roles: dict[str, str] = {}
    renamed = _branch(tree, ids, roles)
    offerings = {old: new for (kind, old), new in ids.items() if kind == ProductOffering.KIND}
    return _pointing_to_roles(renamed, roles, offerings | roles) if roles or offerings else renamed


def _branch(tree: Branch, ids: Mapping[tuple[str, str], str], roles: dict[str, str]) -> Branch:
    return Branch(dict(_parts(tree, ids, roles)), tree.implied)


def _parts(tree: Branch, ids: Mapping[tuple[str, str], str], roles: dict[str, str]) -> Iterator[tuple[str, Node]]:
    for name, node in tree.parts.items():
        match node:
            case Leaf(value=str(id)) if name in POINTING:
                yield name, Leaf(_new(id, TARGETS[name], ids), node.implied)
            case Items() if name in LISTING:
                yield name, Items(tuple(sorted(_new(id, TARGETS[name], ids) for id in node.values)))
            case Branch() if name in ROLES:
                yield name, Branch(dict(_roles(node, ROLES[name], ids, roles)), node.implied)
            case Branch():
                yield name, _branch(node, ids, roles)
            case _:
                yield name, node


def _roles(tree: Branch, kinds: tuple[str, ...], ids: Mapping[tuple[str, str], str], roles: dict[str, str]) -> Iterator[tuple[str, Node]]:
    for name, node in tree.parts.items():
        inner = _branch(node, ids, roles) if isinstance(node, Branch) else node
        own = isinstance(inner, Branch) and not {"offering", "of", "service", "resource"} & set(inner.parts)
        new = _new(name, kinds, ids) if own else name
        if new != name:
            roles[name] = new
        yield new, inner


def _new(id: str, kinds: tuple[str, ...], ids: Mapping[tuple[str, str], str]) -> str:
    return next((ids[kind, id] for kind in kinds if (kind, id) in ids), id)


def _pointing_to_roles(tree: Branch, roles: Mapping[str, str], members: Mapping[str, str]) -> Branch:
    """`from`, `shared` and conditions call a role by its name; `reduces` may name what fills it, too."""
    return Branch({_called(name, roles, within): node for name, node, within in _followed(tree, roles, members)}, tree.implied)


def _followed(tree: Branch, roles: Mapping[str, str], members: Mapping[str, str], within: str = "") -> Iterator[tuple[str, Node, str]]:
    for name, node in tree.parts.items():
        match node:
            case Branch():
                inner = {_called(key, roles, name): value for key, value, _ in _followed(node, roles, members, name)}
                yield name, Branch(inner, node.implied), within
            case Items() if name in ("reduces", "shared"):
                known = members if name == "reduces" else roles
                yield name, Items(tuple(sorted(_role_of(text, known) for text in node.values))), within
            case Leaf(value=str(text)) if name in ("from", "count"):
                yield name, Leaf(_role_of(text, roles), node.implied), within
            case _:
                yield name, node, within


def _called(name: str, roles: Mapping[str, str], within: str) -> str:
    return roles.get(name, name) if within in ("when", "unless") else name


def _role_of(text: str, roles: Mapping[str, str]) -> str:
    role, slash, rest = text.partition("/")
    return f"{roles.get(role, role)}{slash}{rest}"
