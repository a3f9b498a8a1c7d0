"""Services, resources, catalogs and categories of a payload in the words of the language."""

from typing import Any

from tmfkit.importer.characteristic import characteristics
from tmfkit.importer.draft import Draft
from tmfkit.importer.identify import text_of
from tmfkit.importer.names import part_name
from tmfkit.model.groupings import Catalog, ResourceCatalog, ServiceCatalog
from tmfkit.source.document import Data, Path

_CATEGORY_OF = {Catalog.KIND: "Category", ServiceCatalog.KIND: "ServiceCategory", ResourceCatalog.KIND: "ResourceCategory"}
_STANDS_ON = frozenset(
    ("dependency", "dependson", "requires", "requirement", "prerequisite", "consistsof", "composition", "contains", "uses")
)
_RFS = ("ResourceFacingServiceSpecification",)
_PARTS = frozenset(("contains", "consistsof", "composition", "bundled", "aggregation", "haspart"))


def service(draft: Draft) -> None:
    """A CFS or an RFS. What feeds its characteristics, and who controls it, no payload says."""
    draft.put("characteristics", characteristics(draft, "specCharacteristic"))
    is_rfs = draft.key.kind in _RFS
    targets = _related(draft, "serviceSpecRelationship", "ServiceSpecification", _STANDS_ON, _RFS if is_rfs else ())
    if is_rfs:
        draft.put("requires", [target for _, target in targets])
        resources = draft.references("ResourceSpecification", "resourceSpecification")
        draft.put("resources", _roles([("", target) for target in resources], "resource"))
        draft.notebook.doubt((), "it does not say which system controls it; add `controller`")
        return
    draft.put("services", _roles(targets, "service"))
    if draft.body.get("resourceSpecification"):
        draft.notebook.doubt(("resourceSpecification",), "a CFS reaches resources through an RFS; they are kept in `extra`")


def resource(draft: Draft) -> None:
    """A physical or logical resource specification."""
    draft.put("vendor", draft.text("vendor"))
    draft.put("model", draft.text("model"))
    if draft.key.kind == "PhysicalResourceSpecification":
        draft.put("sku", draft.text("sku"))
        draft.put("partNumber", draft.text("part") or draft.text("partNumber"))
    draft.put("characteristics", characteristics(draft, "resourceSpecCharacteristic"))
    draft.put("contains", [target for _, target in _related(draft, "resourceSpecRelationship", "ResourceSpecification", _PARTS, ())])


def _related(draft: Draft, key: str, noun: str, types: frozenset[str], kinds: tuple[str, ...]) -> list[tuple[str, Data]]:
    found: list[tuple[str, Data]] = []
    for path, relation in draft.objects(key):
        type = text_of(relation.get("relationshipType"))
        if "".join(filter(str.isalpha, type)).casefold() not in types:
            draft.notebook.doubt(path, f"`{type}` is no relation of the language here and is kept in `extra`")
            continue
        target = draft.reference(noun, relation, path, kinds)
        if target is not None and target != draft.key.id:
            found.append((text_of(relation.get("role")).strip(), target))
    return found


def _roles(targets: list[tuple[str, Data]], word: str) -> dict[str, Data]:
    """Targets by role; a target without a role is called as itself."""
    found: dict[str, Data] = {}
    for role, target in targets:
        id = target if isinstance(target, str) else text_of(target.get("external")) if isinstance(target, dict) else ""
        wanted = part_name(role or id)
        name, count = wanted, 1
        while name in found:
            count += 1
            name = f"{wanted}-{count}"
        found[name] = {} if name == target else {word: target}
    return found


def grouping(draft: Draft) -> None:
    """A catalog with the categories that it opens with."""
    draft.put("categories", draft.references(_CATEGORY_OF[draft.key.kind], "category"))


def shelf(draft: Draft) -> None:
    """A category with the one that it stands in."""
    parent = draft.body.get("parent")
    if parent is None and draft.text("parentId"):
        parent = {"id": draft.text("parentId")}
    draft.put("parent", draft.reference(draft.key.kind, parent, ("parent",)))


HOLDS = {
    "Category": (("productOffering", "ProductOffering", "categories"), ("subCategory", "Category", "parent")),
    "ServiceCategory": (("serviceCandidate", "ServiceCandidate", "categories"), ("category", "ServiceCategory", "parent")),
    "ResourceCategory": (("resourceCandidate", "ResourceCandidate", "categories"), ("category", "ResourceCategory", "parent")),
}
"""What a category says about others: the key, the sort of item, and the field of that entity in which the language says it."""


def held(draft: Draft) -> list[tuple[str, str, Path, dict[str, Any]]]:
    """The references by which a category names what stands on it: sort of item, field, path, reference."""
    return [(noun, field, path, value) for key, noun, field in HOLDS[draft.key.kind] for path, value in draft.objects(key)]
