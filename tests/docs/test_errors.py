"""The ten worst mistakes: each is found alone, names a place and a way out, and is explained without a word of the machinery."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogs import found, validated, written
from tests.docs.errors import MISTAKES, SOUND, Mistake, errors_page
from tmfkit.cli.app import run

PYTHON = re.compile(
    r"\b(None|NoneType|True|False|Traceback|dict|str|tuple|bool|float|Decimal|Enum|Exception|\w+Error|list ind(ex|ices)|subscriptable"
    r"|attribute|iterable|pydantic|ValidationError|yaml\.|python|self|lambda|object at|<class)\b|__\w+__|0x[0-9a-f]{4}|\.py\b",
)
EACH = pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.title.replace(" ", "-"))


def printed(mistake: Mistake, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `validate` prints for a catalog with this mistake; most are errors, and some warnings."""
    project = written(folder, {"sound.yaml": SOUND, "mistake.yaml": mistake.text})
    assert run(["validate", "--fail-on", "warning", "-p", str(project)]) == 1
    return capsys.readouterr().out


def test_the_page_is_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str], generated: Callable[[str, str], None]) -> None:
    texts = {mistake.title: printed(mistake, tmp_path / str(number), capsys) for number, mistake in enumerate(MISTAKES)}
    generated("explanation/errors.md", errors_page(texts))


@EACH
def test_it_is_found_alone_with_a_place_and_a_way_out(mistake: Mistake) -> None:
    (finding,) = validated({"sound.yaml": SOUND, "mistake.yaml": mistake.text}).diagnostics
    assert finding.code == mistake.code
    assert finding.primary.file == "mistake.yaml"
    assert finding.help


@EACH
def test_it_is_told_in_the_words_of_the_operator(mistake: Mistake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(mistake, tmp_path, capsys)
    assert PYTHON.findall(text) == []
    assert str(tmp_path) not in text


def test_there_are_ten_and_the_catalog_beside_them_is_sound() -> None:
    assert len({mistake.title for mistake in MISTAKES}) == 10
    assert found(SOUND) == []


@pytest.mark.parametrize(
    "text", ["'NoneType' object is not subscriptable", "KeyError: 'id'", "list index out of range", "<class 'str'>", "module.py"]
)
def test_words_of_the_machinery_are_noticed(text: str) -> None:
    assert PYTHON.search(text)
