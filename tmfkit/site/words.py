"""The words of the site itself, in the languages that it speaks; other languages of a catalog get English ones."""

from collections.abc import Mapping

from tmfkit.site.entity_words import ENTITIES
from tmfkit.site.overview_words import OVERVIEWS

TABLE: Mapping[str, tuple[str, str]] = {
    **OVERVIEWS,
    "catalog": ("Catalog", "Catalogue"),
    "offerings": ("Offerings", "Offres"),
    "products": ("Products", "Produits"),
    "prices": ("Prices", "Prix"),
    "categories": ("Categories", "Catégories"),
    "services": ("Customer services", "Services client"),
    "network-services": ("Network services", "Services réseau"),
    "equipment": ("Equipment", "Équipements"),
    "resources": ("Logical resources", "Ressources logiques"),
    "systems": ("Systems", "Systèmes"),
    "name": ("Name", "Nom"),
    "catalogs": ("Catalogs", "Catalogues"),
    "service-catalogs": ("Service catalogs", "Catalogues de services"),
    "service-categories": ("Service categories", "Catégories de services"),
    "resource-catalogs": ("Resource catalogs", "Catalogues de ressources"),
    "release-added": ("New:", "Nouveau :"),
    "release-renamed": ("Renamed:", "Renommé :"),
    "release-launched": ("On sale now:", "Désormais en vente :"),
    "release-ended": ("No longer on sale:", "Plus en vente :"),
    "release-removed": ("Withdrawn:", "Retiré :"),
    "release-prices": ("Prices change:", "Les prix changent :"),
    "release-others": ("Other changes:", "Autres changements :"),
    "release-more": (" and {number} more", " et {number} autres"),
    "moved": ("This page is now at", "Cette page se trouve désormais ici :"),
    "resource-categories": ("Resource categories", "Catégories de ressources"),
    **ENTITIES,
}
"""Each word in English and French."""

_COLUMN = {"en": 0, "fr": 1}


def words(language: str, word: str, **values: object) -> str:
    """A word in a language, its `{blanks}` filled."""
    said = TABLE[word][_COLUMN.get(language.partition("-")[0], 0)]
    return said.format(**values) if values else said
