"""The names that rules, generators and scripts of others may count on; everything else may change without notice.

A name is imported when somebody first asks for it, so that a script pays only for what it uses.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tmfkit.catalog import Catalog as Catalog
    from tmfkit.catalog import Summary as Summary
    from tmfkit.check.verdict import Verdict as Verdict
    from tmfkit.diagnostics.model import Diagnostic as Diagnostic
    from tmfkit.diagnostics.model import Outcome as Outcome
    from tmfkit.diagnostics.model import Severity as Severity
    from tmfkit.errors import TmfkitError as TmfkitError
    from tmfkit.generate.artifact import Amount as Amount
    from tmfkit.generate.artifact import Artifact as Artifact
    from tmfkit.generate.artifact import Note as Note
    from tmfkit.generate.artifact import Status as Status
    from tmfkit.generate.capabilities import Capabilities as Capabilities
    from tmfkit.generate.capabilities import Feature as Feature
    from tmfkit.generate.capabilities import Options as Options
    from tmfkit.generate.context import Context as Context
    from tmfkit.generate.prices import SinglePrice as SinglePrice
    from tmfkit.generate.prices import single_prices as single_prices
    from tmfkit.model.base import Entity as Entity
    from tmfkit.model.base import Key as Key
    from tmfkit.model.base import Lifecycle as Lifecycle
    from tmfkit.model.characteristics import Characteristic as Characteristic
    from tmfkit.model.groupings import Category as Category
    from tmfkit.model.landscape import Role as Role
    from tmfkit.model.landscape import System as System
    from tmfkit.model.landscape import Vocabulary as Vocabulary
    from tmfkit.model.prices import Price as Price
    from tmfkit.model.prices import PriceType as PriceType
    from tmfkit.model.prices import ProductOfferingPrice as ProductOfferingPrice
    from tmfkit.model.products import ProductOffering as ProductOffering
    from tmfkit.model.products import ProductSpecification as ProductSpecification
    from tmfkit.model.resources import LogicalResourceSpecification as LogicalResourceSpecification
    from tmfkit.model.resources import PhysicalResourceSpecification as PhysicalResourceSpecification
    from tmfkit.model.services import CustomerFacingServiceSpecification as CustomerFacingServiceSpecification
    from tmfkit.model.services import ResourceFacingServiceSpecification as ResourceFacingServiceSpecification
    from tmfkit.model.values import Money as Money
    from tmfkit.pipeline import compile_release as compile_release
    from tmfkit.pipeline import validate as validate
    from tmfkit.project import Project as Project
    from tmfkit.project import open_project as open_project
    from tmfkit.rules.base import CatalogRule as CatalogRule
    from tmfkit.rules.base import EntityRule as EntityRule
    from tmfkit.rules.base import Finding as Finding
    from tmfkit.rules.base import NeighbourRule as NeighbourRule
    from tmfkit.rules.base import Place as Place
    from tmfkit.source.text import Span as Span

_HOMES = MappingProxyType(
    {
        "catalog": "Catalog Summary",
        "check.verdict": "Verdict",
        "diagnostics.model": "Diagnostic Outcome Severity",
        "errors": "TmfkitError",
        "generate.artifact": "Amount Artifact Note Status",
        "generate.capabilities": "Capabilities Feature Options",
        "generate.context": "Context",
        "generate.prices": "SinglePrice single_prices",
        "model.base": "Entity Key Lifecycle",
        "model.characteristics": "Characteristic",
        "model.groupings": "Category",
        "model.landscape": "Role System Vocabulary",
        "model.prices": "Price PriceType ProductOfferingPrice",
        "model.products": "ProductOffering ProductSpecification",
        "model.resources": "LogicalResourceSpecification PhysicalResourceSpecification",
        "model.services": "CustomerFacingServiceSpecification ResourceFacingServiceSpecification",
        "model.values": "Money",
        "pipeline": "compile_release validate",
        "project": "Project open_project",
        "rules.base": "CatalogRule EntityRule Finding NeighbourRule Place",
        "source.text": "Span",
    }
)
"""Where each name lives."""

_HOME = {name: f"tmfkit.{home}" for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"tmfkit.api offers no {name}")
    thing = globals()[name] = getattr(import_module(_HOME[name]), name)
    return thing


def __dir__() -> list[str]:
    return list(__all__)
