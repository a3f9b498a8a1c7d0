"""How languages are called by those who speak them, and which of them the pages around the catalog know."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "ar": "العربية",
    "bg": "Български",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "et": "Eesti",
    "fi": "Suomi",
    "fr": "Français",
    "he": "עברית",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}
"""The languages that Material and Zensical have words in, by their codes."""


def name_of(language: str) -> str:
    """The name of a language; its code where there is no name for it."""
    name = NAMES.get(language.partition("-")[0])
    return language if name is None else name if "-" not in language else f"{name} ({language})"


def spoken(language: str) -> str:
    """The language that the menus around a page speak; empty where that is the one of the whole site."""
    base = language.partition("-")[0]
    return base if base in NAMES else ""
