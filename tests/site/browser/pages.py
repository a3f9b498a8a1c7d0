"""The sorts of pages that the site has, each by one page of the example operator's site."""

SORTS = {
    "front": "index",
    "home": "catalog/en/index",
    "offering": "catalog/en/offerings/fibre-home",
    "offering-fr": "catalog/fr/offerings/fibre-home",
    "bundle": "catalog/en/offerings/triple-play",
    "category": "catalog/en/categories/broadband",
    "product": "catalog/en/products/fibre-access",
    "price": "catalog/en/prices/activation",
    "service": "catalog/en/services/internet-access",
    "network-service": "catalog/en/network-services/gpon-line",
    "equipment": "catalog/en/equipment/ont",
    "system": "catalog/en/systems/billing",
    "tutorial": "tutorial",
    "reference": "reference/language",
}
