"""Tells whether a text for the network speaks of selling, which the network is not to know about."""

from tmfkit.rules.layers.commercial import COMMERCIAL
from tmfkit.rules.wording import words_in


def commercial_word(text: str) -> str | None:
    """The first word of selling in a text (a price, a tariff, a bundle); None for a text without any."""
    return next((word for word in words_in(text) if word in COMMERCIAL), None)
