"""The sentences of forms in every language, example texts for patterns, and values in JSON."""

import re
from string import Formatter

import pytest

from tmfkit.generate.items.words import PHRASES, Speech, speech_of
from tmfkit.generate.text_samples import text_like
from tmfkit.model.landscape import Vocabulary
from tmfkit.model.values import parse_localized


def test_every_language_has_every_sentence_with_the_same_gaps() -> None:
    found = {language: {phrase: gaps(text) for phrase, text in texts.items()} for language, texts in PHRASES.items()}
    assert found == dict.fromkeys(PHRASES, found["en"])


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("languages", "spoken"),
    [((), ("en",)), (("de",), ("en",)), (("fr",), ("fr",)), (("fr-BE", "de", "en"), ("fr-BE", "en"))],
)
def test_the_languages_of_a_vocabulary(languages: tuple[str, ...], spoken: tuple[str, ...]) -> None:
    assert speech_of(Vocabulary(kind="Vocabulary", languages=list(languages))).languages == spoken


def test_a_sentence_is_filled_in_its_own_language_and_holds_whatever_a_catalog_says() -> None:
    speech = Speech(("en", "fr"))
    name = parse_localized({"en": "{name} <b>", "fr": "Le %s"})
    assert dict(speech.say("once", name=name).texts) == {"en": "{name} <b> takes one value.", "fr": "Le %s prend une seule valeur."}


def test_long_lists_end() -> None:
    assert Speech().listing(map(str, range(20))).default == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"
    assert Speech().listing(["a", "b", "a"]).default == "a or b"


@pytest.mark.parametrize(
    "pattern",
    [
        r"[A-Z]{2}[0-9]{6}",
        r"\+[1-9][0-9]{6,14}",
        r"([0-9a-f]{2}:){5}[0-9a-f]{2}",
        r"(?:red|green)-\d+",
        r"^a?b+c*$",
        r"[^0-9]x",
        r"[\d]{3}\.\w",
        r"\u0041B",
        r"a{0,3}",
        r"",
    ],
)
def test_a_text_for_a_pattern(pattern: str) -> None:
    text = text_like(pattern)
    assert text is not None
    assert re.fullmatch(pattern, text)


@pytest.mark.parametrize("pattern", ["[a", "a)", "\\"])
def test_no_text_for_what_is_no_pattern(pattern: str) -> None:
    assert text_like(pattern) is None
