"""The sentences in which order forms and product records explain themselves, in the languages of the catalog."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tmfkit.model.landscape import Vocabulary
from tmfkit.model.values import LocalizedText

_ENGLISH = {
    "and": " and ",
    "or": " or ",
    "any-text": "any text",
    "pattern": "a text that is written like `{pattern}`",
    "date": "a date such as 2026-01-15",
    "yes": "yes",
    "no": "no",
    "whole": "a whole number",
    "number": "a number",
    "from-to": "{kind} from {low} to {high}",
    "from": "{kind} from {low}",
    "to": "{kind} up to {high}",
    "other": "other than {values}",
    "described": "{text} ({label})",
    "measured": "{text} {unit}",
    "is": "{name} “{value}”",
    "term": "the term",
    "count": "{number} × {role}",
    "band": "{low} to {high}",
    "band-from": "at least {low}",
    "band-to": "at most {high}",
    "1 hour": "{number} hour",
    "hour": "{number} hours",
    "1 day": "{number} day",
    "day": "{number} days",
    "1 week": "{number} week",
    "week": "{number} weeks",
    "1 month": "{number} month",
    "month": "{number} months",
    "1 year": "{number} year",
    "year": "{number} years",
    "missing": "{name} is missing; it can be {values}.",
    "value": "{name} can be {values}.",
    "once": "{name} takes one value.",
    "too-few": "{name} takes at least {number} values.",
    "too-many": "{name} takes at most {number} values.",
    "no-characteristics": "{offering} has no characteristics.",
    "unknown-characteristic": "{offering} has only the characteristics {names}.",
    "network": "{name} is not ordered: the network sets it.",
    "entry": "A characteristic is an object with `name` and `value`.",
    "entries": "Characteristics are a list in which nothing stands twice.",
    "value-type": "The `valueType` of {name} is `{type}`.",
    "constraint": "{offering} with {when} needs {then}.",
    "not-sold": "{offering} is not sold with {what}.",
    "no-terms": "{offering} has no terms to choose from.",
    "term-missing": "The term is missing; it can be {terms}.",
    "term-unknown": "{offering} has the term {terms}.",
    "term-ended": "The term {term} is no longer offered.",
    "one-term": "There is one term at most.",
    "duration": "The term {term} lasts {duration}.",
    "member": "{offering} is made of {members}; nothing else belongs to it.",
    "fewest": "{offering} needs at least {number} × {role}: {members}.",
    "most": "{offering} takes at most {number} × {role}: {members}.",
    "no-members": "{offering} is no bundle and has no parts.",
    "excludes": "{one} and {other} exclude each other.",
    "item": "An order item is an object.",
    "item-id": "An order item has an `id`, such as 1.",
    "action": "The action of an order item is add, modify, delete or noChange.",
    "product": "The product of an order item is an object.",
    "offering": "This is the form of {offering}: `productOffering.id` is `{id}`.",
    "retired": "{offering} can no longer be ordered; whoever has it can change or end it.",
    "not-alone": "{offering} is not sold alone, only as a part of a bundle.",
    "quantity": "The quantity is a whole number from 1 up.",
    "one-product": "To change or end a product takes an item of its own, with the quantity 1.",
    "one-part": "Each part of a bundle is an item of its own, with the quantity 1.",
    "which": "To change or end {offering}, `product.id` says which product is meant.",
    "new-parts": "The parts of a new {offering} are new as well: their action is add.",
    "ended-parts": "With {offering} its parts end as well: their action is delete.",
    "record": "The product record of {offering} is an object.",
    "record-id": "A product record has an `id`.",
    "status": "The status of a product is {values}.",
    "record-offering": "This is the record of {offering}: `productOffering.id` is `{id}`.",
    "specification": "{offering} is made from the product specification `{id}`.",
    "bundle": "`isBundle` is {value} for {offering}.",
    "charge": "{offering} has no such charge as of this release; `productOfferingPrice.id` is one of {ids}.",
    "no-charges": "{offering} has no charges of its own as of this release.",
    "charge-says": "{charge} is of type `{type}`{every} and comes to {amount}.",
    "charge-when": "{charge} needs {what}.",
    "every": " every {period}",
    "no-amount": "no amount",
    "service": "{offering} is realised by {services}; `name` says by which.",
    "no-services": "{offering} is realised by no service of its own.",
    "service-missing": "{offering} in use is realised by {service}.",
    "life-none": "{offering} can be ordered.",
    "life-none-retired": "{offering} is no longer sold.",
    "life-none-part": "{offering} is ordered as a part of a bundle.",
    "life-there": "This product is there already; a further one is a product of its own.",
    "life-not-there": "There is no product yet.",
    "life-pending": "Its order is not completed: change or cancel that order.",
    "life-change": "The product is in use and can be changed.",
    "life-end": "The product can be ended.",
    "life-suspended": "The product is suspended: resume it first, or end it.",
    "life-ending": "The product is being ended: cancel that order first.",
    "life-over": "The product is over; only a new one can be ordered.",
}  # fmt: skip

_FRENCH = {
    "and": " et ",
    "or": " ou ",
    "any-text": "un texte libre",
    "pattern": "un texte de la forme `{pattern}`",
    "date": "une date comme 2026-01-15",
    "yes": "oui",
    "no": "non",
    "whole": "un nombre entier",
    "number": "un nombre",
    "from-to": "{kind} de {low} à {high}",
    "from": "{kind} à partir de {low}",
    "to": "{kind} jusqu'à {high}",
    "other": "autre que {values}",
    "described": "{text} ({label})",
    "measured": "{text} {unit}",
    "is": "{name} « {value} »",
    "term": "la durée",
    "count": "{number} × {role}",
    "band": "{low} à {high}",
    "band-from": "au moins {low}",
    "band-to": "au plus {high}",
    "1 hour": "{number} heure",
    "hour": "{number} heures",
    "1 day": "{number} jour",
    "day": "{number} jours",
    "1 week": "{number} semaine",
    "week": "{number} semaines",
    "1 month": "{number} mois",
    "month": "{number} mois",
    "1 year": "{number} an",
    "year": "{number} ans",
    "missing": "{name} manque ; valeurs possibles : {values}.",
    "value": "{name} accepte {values}.",
    "once": "{name} prend une seule valeur.",
    "too-few": "{name} prend au moins {number} valeurs.",
    "too-many": "{name} prend au plus {number} valeurs.",
    "no-characteristics": "{offering} n'a pas de caractéristiques.",
    "unknown-characteristic": "{offering} n'a que les caractéristiques {names}.",
    "network": "{name} ne se commande pas : c'est le réseau qui le fixe.",
    "entry": "Une caractéristique est un objet avec `name` et `value`.",
    "entries": "Les caractéristiques forment une liste où rien ne figure deux fois.",
    "value-type": "Le `valueType` de {name} est `{type}`.",
    "constraint": "{offering} avec {when} exige {then}.",
    "not-sold": "{offering} n'est pas vendu avec {what}.",
    "no-terms": "{offering} n'a pas de durée à choisir.",
    "term-missing": "La durée manque ; valeurs possibles : {terms}.",
    "term-unknown": "{offering} a la durée {terms}.",
    "term-ended": "La durée {term} n'est plus proposée.",
    "one-term": "Il y a au plus une durée.",
    "duration": "La durée {term} est de {duration}.",
    "member": "{offering} se compose de {members} ; rien d'autre n'en fait partie.",
    "fewest": "{offering} demande au moins {number} × {role} : {members}.",
    "most": "{offering} accepte au plus {number} × {role} : {members}.",
    "no-members": "{offering} n'est pas une offre groupée et n'a pas de composants.",
    "excludes": "{one} et {other} s'excluent.",
    "item": "Une ligne de commande est un objet.",
    "item-id": "Une ligne de commande a un `id`, par exemple 1.",
    "action": "L'action d'une ligne de commande est add, modify, delete ou noChange.",
    "product": "Le produit d'une ligne de commande est un objet.",
    "offering": "Ce formulaire est celui de {offering} : `productOffering.id` vaut `{id}`.",
    "retired": "{offering} ne se commande plus ; qui l'a peut le modifier ou y mettre fin.",
    "not-alone": "{offering} ne se vend pas seul, seulement dans une offre groupée.",
    "quantity": "La quantité est un nombre entier à partir de 1.",
    "one-product": "Modifier un produit ou y mettre fin demande une ligne à part, de quantité 1.",
    "one-part": "Chaque composant d'une offre groupée est une ligne à part, de quantité 1.",
    "which": "Pour modifier {offering} ou y mettre fin, `product.id` dit de quel produit il s'agit.",
    "new-parts": "Les composants d'une nouvelle offre {offering} sont nouveaux aussi : leur action est add.",
    "ended-parts": "Avec {offering}, ses composants prennent fin aussi : leur action est delete.",
    "record": "La fiche produit de {offering} est un objet.",
    "record-id": "Une fiche produit a un `id`.",
    "status": "Le statut d'un produit est {values}.",
    "record-offering": "Cette fiche est celle de {offering} : `productOffering.id` vaut `{id}`.",
    "specification": "{offering} relève de la spécification de produit `{id}`.",
    "bundle": "`isBundle` vaut {value} pour {offering}.",
    "charge": "{offering} n'a pas ce prix dans cette version ; `productOfferingPrice.id` est l'un de {ids}.",
    "no-charges": "{offering} n'a pas de prix propre dans cette version.",
    "charge-says": "{charge} est de type `{type}`{every} et s'élève à {amount}.",
    "charge-when": "{charge} suppose {what}.",
    "every": " par {period}",
    "no-amount": "aucun montant",
    "service": "{offering} est réalisé par {services} ; `name` dit lequel.",
    "no-services": "{offering} n'est réalisé par aucun service propre.",
    "service-missing": "{offering} en usage est réalisé par {service}.",
    "life-none": "{offering} peut être commandé.",
    "life-none-retired": "{offering} n'est plus vendu.",
    "life-none-part": "{offering} se commande dans une offre groupée.",
    "life-there": "Ce produit existe déjà ; un autre serait un produit à part.",
    "life-not-there": "Il n'y a pas encore de produit.",
    "life-pending": "Sa commande n'est pas achevée : modifiez ou annulez cette commande.",
    "life-change": "Le produit est en usage et peut être modifié.",
    "life-end": "On peut mettre fin au produit.",
    "life-suspended": "Le produit est suspendu : reprenez-le d'abord, ou mettez-y fin.",
    "life-ending": "Le produit prend fin : annulez d'abord cette commande.",
    "life-over": "Le produit est terminé ; on ne peut qu'en commander un nouveau.",
}  # fmt: skip

PHRASES = MappingProxyType({"en": _ENGLISH, "fr": _FRENCH})
"""Every sentence by its language; one that is not here is said in English."""

Said = str | int | LocalizedText
"""What a sentence is filled with."""

LONGEST_LIST = 12
"""How many things a sentence lists before it stops."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Says sentences in several languages at once."""

    languages: tuple[str, ...] = ("en",)

    def say(self, phrase: str, /, **parts: Said) -> LocalizedText:
        """A sentence, each part of it in the language of the sentence."""
        return self._each(lambda language: _phrases(language)[phrase].format(**{name: _in(part, language) for name, part in parts.items()}))

    def listing(self, parts: Iterable[Said], word: str = "or") -> LocalizedText:
        """Several things as a list in words, without repetitions."""
        found = list(dict.fromkeys(parts))
        return self._each(lambda language: _joined([_in(part, language) for part in found], _phrases(language)[word]))

    def duration(self, number: int, unit: str) -> LocalizedText:
        """A calendar duration; `unit` is hour, day, week, month or year."""
        return self.say(f"1 {unit}" if number == 1 else unit, number=number)

    def plain(self, text: LocalizedText) -> LocalizedText:
        """A text of the catalog in the languages of this speech."""
        return self._each(text.in_language)

    def _each(self, speak: Callable[[str], str]) -> LocalizedText:
        return LocalizedText(tuple((language, speak(language)) for language in self.languages))


def speech_of(vocabulary: Vocabulary) -> Speech:
    """The languages of a vocabulary as far as there are sentences in them; English where there are none."""
    return Speech(tuple(language for language in vocabulary.languages if _known(language)) or ("en",))


def _known(language: str) -> str | None:
    """The language of which a tag such as `fr-BE` is a variety, if there are sentences in it."""
    primary = language.partition("-")[0].lower()
    return primary if primary in PHRASES else None


def _phrases(language: str) -> dict[str, str]:
    return PHRASES[_known(language) or "en"]


def _in(part: Said, language: str) -> str:
    return part.in_language(language) if isinstance(part, LocalizedText) else str(part)


def _joined(texts: Sequence[str], word: str) -> str:
    shown = list(texts[:LONGEST_LIST])
    if len(texts) > LONGEST_LIST:
        return ", ".join([*shown, "…"])
    return word.join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
