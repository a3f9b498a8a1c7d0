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
    from tmfkit.generate.actions import Action as Action
    from tmfkit.generate.actions import ByAction as ByAction
    from tmfkit.generate.artifact import Amount as Amount
    from tmfkit.generate.artifact import Artifact as Artifact
    from tmfkit.generate.artifact import Note as Note
    from tmfkit.generate.artifact import Status as Status
    from tmfkit.generate.capabilities import Capabilities as Capabilities
    from tmfkit.generate.capabilities import Feature as Feature
    from tmfkit.generate.capabilities import Options as Options
    from tmfkit.generate.context import Context as Context
    from tmfkit.generate.items.form import Choice as Choice
    from tmfkit.generate.items.form import Form as Form
    from tmfkit.generate.items.form import Rule as Rule
    from tmfkit.generate.items.form import charge_choices as charge_choices
    from tmfkit.generate.items.form import choice_words as choice_words
    from tmfkit.generate.items.form import choices_of as choices_of
    from tmfkit.generate.items.form import form_of as form_of
    from tmfkit.generate.items.form import unsaid_constraints as unsaid_constraints
    from tmfkit.generate.items.samples import Sample as Sample
    from tmfkit.generate.items.samples import breaking_sample as breaking_sample
    from tmfkit.generate.items.samples import fullest_sample as fullest_sample
    from tmfkit.generate.items.samples import plainest_sample as plainest_sample
    from tmfkit.generate.items.samples import product_samples as product_samples
    from tmfkit.generate.items.samples import sample_agrees as sample_agrees
    from tmfkit.generate.items.samples import sample_values as sample_values
    from tmfkit.generate.items.samples import value_beyond as value_beyond
    from tmfkit.generate.items.schema import Layout as Layout
    from tmfkit.generate.items.schema import characteristic_entries as characteristic_entries
    from tmfkit.generate.items.schema import conditional as conditional
    from tmfkit.generate.items.schema import granted as granted
    from tmfkit.generate.items.schema import having as having
    from tmfkit.generate.items.schema import implication as implication
    from tmfkit.generate.items.schema import length_of as length_of
    from tmfkit.generate.items.schema import member_ids as member_ids
    from tmfkit.generate.items.schema import must_state as must_state
    from tmfkit.generate.items.schema import part_exclusions as part_exclusions
    from tmfkit.generate.items.schema import part_numbers as part_numbers
    from tmfkit.generate.items.schema import ruled as ruled
    from tmfkit.generate.items.schema import schema_messages as schema_messages
    from tmfkit.generate.items.schema import term_entries as term_entries
    from tmfkit.generate.items.schema import term_words as term_words
    from tmfkit.generate.items.schema import there as there
    from tmfkit.generate.items.schema import within as within
    from tmfkit.generate.items.values import Trait as Trait
    from tmfkit.generate.items.values import json_number as json_number
    from tmfkit.generate.leading import leading_to as leading_to
    from tmfkit.generate.naming import legal_names as legal_names
    from tmfkit.generate.price_words import condition_words as condition_words
    from tmfkit.generate.price_words import price_words as price_words
    from tmfkit.generate.prices import SinglePrice as SinglePrice
    from tmfkit.generate.prices import single_prices as single_prices
    from tmfkit.generate.selling import commercial_word as commercial_word
    from tmfkit.generate.specimens import specimens as specimens
    from tmfkit.generate.together import Combination as Combination
    from tmfkit.generate.together import together as together
    from tmfkit.model.base import Entity as Entity
    from tmfkit.model.base import External as External
    from tmfkit.model.base import Key as Key
    from tmfkit.model.base import Lifecycle as Lifecycle
    from tmfkit.model.base import Many as Many
    from tmfkit.model.base import Part as Part
    from tmfkit.model.base import Validity as Validity
    from tmfkit.model.base import instant as instant
    from tmfkit.model.characteristics import Characteristic as Characteristic
    from tmfkit.model.characteristics import Constraint as Constraint
    from tmfkit.model.characteristics import ValueType as ValueType
    from tmfkit.model.characteristics import label_of as label_of
    from tmfkit.model.characteristics import text_of as text_of
    from tmfkit.model.conditions import Condition as Condition
    from tmfkit.model.conditions import band as band
    from tmfkit.model.groupings import Category as Category
    from tmfkit.model.landscape import Role as Role
    from tmfkit.model.landscape import System as System
    from tmfkit.model.landscape import Vocabulary as Vocabulary
    from tmfkit.model.prices import Price as Price
    from tmfkit.model.prices import PriceType as PriceType
    from tmfkit.model.prices import ProductOfferingPrice as ProductOfferingPrice
    from tmfkit.model.products import ProductOffering as ProductOffering
    from tmfkit.model.products import ProductSpecification as ProductSpecification
    from tmfkit.model.products import Relation as Relation
    from tmfkit.model.resources import LogicalResourceSpecification as LogicalResourceSpecification
    from tmfkit.model.resources import PhysicalResourceSpecification as PhysicalResourceSpecification
    from tmfkit.model.services import CustomerFacingServiceSpecification as CustomerFacingServiceSpecification
    from tmfkit.model.services import Feed as Feed
    from tmfkit.model.services import ResourceFacingServiceSpecification as ResourceFacingServiceSpecification
    from tmfkit.model.services import ResourceUse as ResourceUse
    from tmfkit.model.values import Duration as Duration
    from tmfkit.model.values import Localized as Localized
    from tmfkit.model.values import LocalizedText as LocalizedText
    from tmfkit.model.values import Money as Money
    from tmfkit.model.values import Quantity as Quantity
    from tmfkit.pipeline import compile_release as compile_release
    from tmfkit.pipeline import validate as validate
    from tmfkit.project import Project as Project
    from tmfkit.project import open_project as open_project
    from tmfkit.rules.base import CatalogRule as CatalogRule
    from tmfkit.rules.base import EntityRule as EntityRule
    from tmfkit.rules.base import Finding as Finding
    from tmfkit.rules.base import NeighbourRule as NeighbourRule
    from tmfkit.rules.base import Place as Place
    from tmfkit.semantics.asked import Asked as Asked
    from tmfkit.semantics.asked import subject as subject
    from tmfkit.semantics.cells import Apart as Apart
    from tmfkit.semantics.cells import Between as Between
    from tmfkit.semantics.cells import Given as Given
    from tmfkit.semantics.cells import Is as Is
    from tmfkit.semantics.cells import Missing as Missing
    from tmfkit.semantics.decisions import Decision as Decision
    from tmfkit.semantics.decisions import DecisionRule as DecisionRule
    from tmfkit.semantics.decisions import Divided as Divided
    from tmfkit.semantics.decisions import Fixed as Fixed
    from tmfkit.semantics.decisions import Open as Open
    from tmfkit.semantics.decisions import Passed as Passed
    from tmfkit.semantics.decisions import Size as Size
    from tmfkit.semantics.decisions import Told as Told
    from tmfkit.semantics.decisions import decisions as decisions
    from tmfkit.semantics.feeds import is_numeric as is_numeric
    from tmfkit.source.text import Span as Span

_HOMES = MappingProxyType(
    {
        "catalog": "Catalog Summary",
        "check.verdict": "Verdict",
        "diagnostics.model": "Diagnostic Outcome Severity",
        "errors": "TmfkitError",
        "generate.actions": "Action ByAction",
        "generate.artifact": "Amount Artifact Note Status",
        "generate.capabilities": "Capabilities Feature Options",
        "generate.context": "Context",
        "generate.items.form": "Choice Form Rule charge_choices choice_words choices_of form_of unsaid_constraints",
        "generate.items.samples": "Sample breaking_sample fullest_sample plainest_sample product_samples sample_agrees sample_values"
        " value_beyond",
        "generate.items.schema": "Layout characteristic_entries conditional granted having implication length_of member_ids must_state"
        " part_exclusions part_numbers ruled schema_messages term_entries term_words there within",
        "generate.items.values": "json_number Trait",
        "generate.leading": "leading_to",
        "generate.naming": "legal_names",
        "generate.price_words": "condition_words price_words",
        "generate.prices": "SinglePrice single_prices",
        "generate.selling": "commercial_word",
        "generate.specimens": "specimens",
        "generate.together": "Combination together",
        "model.base": "Entity External Key Lifecycle Many Part Validity instant",
        "model.characteristics": "Characteristic Constraint ValueType label_of text_of",
        "model.conditions": "Condition band",
        "model.groupings": "Category",
        "model.landscape": "Role System Vocabulary",
        "model.prices": "Price PriceType ProductOfferingPrice",
        "model.products": "ProductOffering ProductSpecification Relation",
        "model.resources": "LogicalResourceSpecification PhysicalResourceSpecification",
        "model.services": "CustomerFacingServiceSpecification Feed ResourceFacingServiceSpecification ResourceUse",
        "model.values": "Duration Localized LocalizedText Money Quantity",
        "pipeline": "compile_release validate",
        "project": "Project open_project",
        "rules.base": "CatalogRule EntityRule Finding NeighbourRule Place",
        "semantics.asked": "Asked subject",
        "semantics.cells": "Apart Between Given Is Missing",
        "semantics.decisions": "Decision DecisionRule Divided Fixed Open Passed Size Told decisions",
        "semantics.feeds": "is_numeric",
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
