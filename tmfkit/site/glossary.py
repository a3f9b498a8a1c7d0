"""The glossary: what the words of TM Forum mean that this catalog uses, and the catalog's own closed sets of words."""

from collections.abc import Iterator, Mapping

from tmfkit.model.audience import Section
from tmfkit.model.landscape import System
from tmfkit.model.values import LocalizedText
from tmfkit.site.edition import FOLDERS, Edition
from tmfkit.site.markdown import code, plain
from tmfkit.site.overview import Block, Row, listing
from tmfkit.site.page import Page

PAGE = "glossary.md"

KINDS: Mapping[str, tuple[str, str, str, str]] = {
    "ProductOffering": (
        "Product offering",
        "What a customer can buy: a product or a bundle with its prices, terms, channels and the people that it is for.",
        "Offre de produit",
        "Ce qu’un client peut acheter : un produit ou un groupe d’offres, avec ses prix, engagements, canaux et destinataires.",
    ),
    "ProductSpecification": (
        "Product specification",
        "What a product is, apart from what it costs: its characteristics, and the customer services that it needs.",
        "Spécification de produit",
        "Ce qu’est un produit, hors de son prix : ses caractéristiques et les services client dont il a besoin.",
    ),
    "ProductOfferingPrice": (
        "Product offering price",
        "A price that several offerings share: a fee, a usage price, a discount, an allowance, a penalty or a deposit.",
        "Prix d’offre",
        "Un prix que plusieurs offres partagent : redevance, consommation, remise, forfait, pénalité ou dépôt.",
    ),
    "Catalog": (
        "Catalog",
        "The entry for those who look for offerings: the categories that it opens with.",
        "Catalogue",
        "L’entrée pour qui cherche des offres : les catégories sur lesquelles il s’ouvre.",
    ),
    "Category": (
        "Category",
        "A shelf of offerings; it may stand on another one.",
        "Catégorie",
        "Un rayon d’offres ; il peut appartenir à un autre.",
    ),
    "CustomerFacingServiceSpecification": (
        "Customer-facing service (CFS)",
        "A service as the customer notices it, whatever technology is behind it; order management speaks of it.",
        "Service orienté client (CFS)",
        "Un service tel que le client le perçoit, quelle que soit la technique ; la gestion des commandes en parle.",
    ),
    "ResourceFacingServiceSpecification": (
        "Resource-facing service (RFS)",
        "What the network does for a customer-facing service, made by one controller out of resources.",
        "Service orienté ressource (RFS)",
        "Ce que le réseau fait pour un service orienté client, réalisé par un contrôleur à partir de ressources.",
    ),
    "PhysicalResourceSpecification": (
        "Physical resource",
        "Equipment that can be touched: a box, a card, a cable.",
        "Ressource physique",
        "Un équipement que l’on peut toucher : un boîtier, une carte, un câble.",
    ),
    "LogicalResourceSpecification": (
        "Logical resource",
        "What exists in systems only: a number, an address, a port, a profile, a virtual function.",
        "Ressource logique",
        "Ce qui n’existe que dans les systèmes : un numéro, une adresse, un port, un profil, une fonction virtuelle.",
    ),
    "System": (
        "System",
        "A consumer of the catalog. It has one role, may be the source of record of some entities, and is given files made for it.",
        "Système",
        "Un consommateur du catalogue. Il a un rôle, peut être la référence de certaines entités et reçoit des fichiers faits pour lui.",
    ),
}
"""The kinds of entities: term and meaning in English, then in French."""

ROLES: Mapping[str, tuple[str, str, str, str]] = {
    "com": (
        "COM",
        "Commercial order management: takes what customers order and turns it into services.",
        "COM",
        "Gestion des commandes commerciales : prend les commandes des clients et les traduit en services.",
    ),
    "som": (
        "SOM",
        "Service order management: turns customer services into those of the network.",
        "SOM",
        "Gestion des commandes de service : traduit les services client en services du réseau.",
    ),
    "rom": (
        "ROM",
        "Resource order management: reserves and sets up what services run on.",
        "ROM",
        "Gestion des commandes de ressource : réserve et installe ce qui porte les services.",
    ),
    "crm": (
        "CRM",
        "Customer relations: who the customers are and what they might buy; no record of what they have.",
        "CRM",
        "Relation client : qui sont les clients et ce qu’ils pourraient acheter ; pas un registre de ce qu’ils ont.",
    ),
    "nfvo": (
        "NFVO",
        "Orchestrator of virtual network functions (ETSI); it runs these and nothing else.",
        "NFVO",
        "Orchestrateur des fonctions réseau virtuelles (ETSI) ; il ne pilote qu’elles.",
    ),
    "domain-controller": (
        "Domain controller",
        "Controls one part of the network, such as access or voice.",
        "Contrôleur de domaine",
        "Pilote une partie du réseau, comme l’accès ou la voix.",
    ),
    "legacy-adapter": (
        "Legacy adapter",
        "Translates standard orders into the commands of a system from before.",
        "Adaptateur de l’existant",
        "Traduit les commandes standard dans le langage d’un système plus ancien.",
    ),
    "product-inventory": (
        "Product inventory",
        "The record of what each customer has (TMF637).",
        "Inventaire des produits",
        "Le registre de ce que chaque client possède (TMF637).",
    ),
    "service-inventory": (
        "Service inventory",
        "The record of services in use (TMF638).",
        "Inventaire des services",
        "Le registre des services en usage (TMF638).",
    ),
    "resource-inventory": (
        "Resource inventory",
        "The record of equipment, numbers and ports (TMF639).",
        "Inventaire des ressources",
        "Le registre des équipements, numéros et ports (TMF639).",
    ),
}
"""The roles of systems that have a name of their own in the trade."""

ALWAYS: tuple[tuple[str, str, str, str], ...] = (
    (
        "Characteristic",
        "A property of a product, service or resource that has a value, such as a speed.",
        "Caractéristique",
        "Une propriété d’un produit, service ou ressource qui prend une valeur, comme un débit.",
    ),
    (
        "Lifecycle",
        "Where something is between study and its end: launched is sold, retired is kept by those who have it.",
        "Cycle de vie",
        "Où en est une chose entre l’étude et sa fin : lancée, elle se vend ; retirée, ceux qui l’ont la gardent.",
    ),
    (
        "Bundle",
        "An offering made of other offerings, with how many of each.",
        "Offre groupée",
        "Une offre faite d’autres offres, avec le nombre de chacune.",
    ),
    (
        "Commitment",
        "How long a customer binds himself; leaving earlier may cost a penalty.",
        "Engagement",
        "Le temps pendant lequel un client s’engage ; partir plus tôt peut coûter une pénalité.",
    ),
    (
        "Decomposition",
        "The way from what is sold to what the network does: product, services, resources.",
        "Décomposition",
        "Le chemin de ce qui est vendu à ce que fait le réseau : produit, services, ressources.",
    ),
)
"""Words that every catalog uses."""


def pages(edition: Edition) -> Iterator[Page]:
    """The glossary: terms first, then the vocabulary of the catalog."""
    head = (edition.say("word"), edition.say("meaning"))
    blocks = [Block("", head, [_said(edition, *row) for row in _terms(edition)], note=plain(edition.say("legend"))), *_vocabulary(edition)]
    yield from (Page(page.path, page.title, page.body, searched=True) for page in listing(edition, PAGE, edition.say("glossary"), blocks))


def _terms(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    for kind, row in KINDS.items():
        if edition.shows(FOLDERS[kind][1]) and next(edition.catalog.of(kind), None) is not None:
            yield row
    yield from ALWAYS
    if edition.shows(Section.SYSTEMS):
        present = {str(system.role) for system in edition.catalog.every(System)}
        yield from (row for role, row in ROLES.items() if role in present)


def _said(edition: Edition, *row: str) -> Row:
    first = 2 if edition.language.partition("-")[0] == "fr" else 0
    return lambda page: (f"**{plain(row[first])}**", plain(row[first + 1]))


def _vocabulary(edition: Edition) -> Iterator[Block]:
    words = edition.catalog.vocabulary
    head = (edition.say("word"), edition.say("name"), edition.say("meaning"))
    for subject, names in (("channels", words.channels), ("segments", words.segments), ("places", words.places)):
        yield Block(edition.say(subject), head, [_word(edition, name, one.name, one.description) for name, one in names.items()])
    if edition.shows(Section.PRICES):
        yield Block(edition.say("taxes"), (head[0], edition.say("amount")), [_tax(edition, name) for name in words.taxes])
        yield Block(edition.say("usage"), (head[0], head[1], edition.say("unit")), [_usage(edition, name) for name in words.usage])


def _word(edition: Edition, name: str, said: LocalizedText | None, meaning: LocalizedText | None) -> Row:
    return lambda page: (code(name), edition.text(said), edition.text(meaning))


def _tax(edition: Edition, name: str) -> Row:
    steps = edition.catalog.vocabulary.taxes[name]
    return lambda page: (code(name), ", ".join(_rate(edition, step.is_, step.from_, step.until) for step in steps))


def _rate(edition: Edition, rate: object, begins: object, ends: object) -> str:
    parts = [f"{rate} %"]
    parts += [edition.say("from-day", day=edition.day(begins))] if begins is not None else []
    parts += [edition.say("until-day", day=edition.day(ends))] if ends is not None else []
    return plain(" ".join(parts))


def _usage(edition: Edition, name: str) -> Row:
    used = edition.catalog.vocabulary.usage[name]
    return lambda page: (code(name), edition.text(used.name), code(used.unit))
