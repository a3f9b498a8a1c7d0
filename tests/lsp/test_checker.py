"""Checking after an edit says what `validate` says of the same files, whatever was edited, and looks only at what an edit can affect."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogs import written
from tests.conftest import ROOT
from tmfkit import pipeline
from tmfkit.catalog import Catalog
from tmfkit.diagnostics.model import Diagnostic
from tmfkit.lsp.checker import Checker
from tmfkit.lsp.view import View
from tmfkit.model.base import Key
from tmfkit.project import open_project

ROUNDS = 60


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example operator's project."""
    shutil.copytree(ROOT / "catalog", tmp_path / "catalog")
    shutil.copy(ROOT / "tmfkit.yaml", tmp_path)
    return tmp_path.resolve()


def by_validate(root: Path) -> tuple[Diagnostic, ...]:
    return pipeline.validate(open_project(root).value).diagnostics


def catalog_files(root: Path) -> list[Path]:
    return sorted(path for path in (root / "catalog").rglob("*") if path.is_file())


def drop_a_line(lines: list[str], chance: random.Random) -> list[str]:
    number = chance.randrange(len(lines) or 1)
    return lines[:number] + lines[number + 1 :]


def repeat_a_line(lines: list[str], chance: random.Random) -> list[str]:
    number = chance.randrange(len(lines) or 1)
    return lines[:number] + lines[number : number + 1] + lines[number:]


def swap_two_words(lines: list[str], chance: random.Random) -> list[str]:
    text = "\n".join(lines)
    words = sorted({word.strip("{}[],:") for word in text.split() if len(word) > 4})
    return text.replace(chance.choice(words), chance.choice(words), chance.randint(1, 3)).split("\n") if words else lines


def type_half(lines: list[str], chance: random.Random) -> list[str]:
    number = chance.randrange(len(lines) or 1)
    return [*lines[:number], lines[number][: chance.randrange(len(lines[number]) + 1)], *lines[number + 1 :]] if lines else lines


def indent(lines: list[str], chance: random.Random) -> list[str]:
    number = chance.randrange(len(lines) or 1)
    return [*lines[:number], *(f"  {line}" for line in lines[number : number + 2]), *lines[number + 2 :]]


def change_a_number(lines: list[str], chance: random.Random) -> list[str]:
    text = "\n".join(lines)
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    if not digits:
        return lines
    place = chance.choice(digits)
    return f"{text[:place]}{chance.randint(0, 9)}{text[place + 1 :]}".split("\n")


def comment_above(lines: list[str], chance: random.Random) -> list[str]:
    return ["# a word", *lines]


EDITS: tuple[Callable[[list[str], random.Random], list[str]], ...] = (
    drop_a_line,
    repeat_a_line,
    swap_two_words,
    type_half,
    indent,
    change_a_number,
    comment_above,
)


@pytest.mark.parametrize("seed", range(3))
def test_a_check_after_any_edit_says_what_validate_says(example: Path, seed: int) -> None:
    chance = random.Random(seed)
    originals = {path: path.read_text(encoding="utf-8") for path in catalog_files(example)}
    checker = Checker(example)
    assert checker.check({}).diagnostics == by_validate(example)
    for number in range(ROUNDS // 3):
        for path in chance.sample(sorted(originals), chance.choice((1, 1, 1, 2))):
            edit_a_file(path, originals[path], chance)
        checked = checker.check({})
        assert list(checked.diagnostics) == list(by_validate(example)), f"seed {seed}, round {number}"


def edit_a_file(path: Path, original: str, chance: random.Random) -> None:
    """Edits a file once more, brings it back, or removes it; sometimes what it says goes into another file."""
    match chance.randrange(8):
        case 0:
            path.unlink(missing_ok=True)
        case 1 | 2 | 3:
            path.write_text(original, encoding="utf-8")
        case 4:
            path.with_name(f"new-{path.name}").write_text(original, encoding="utf-8")
        case _:
            text = path.read_text(encoding="utf-8") if path.exists() else original
            path.write_text("\n".join(chance.choice(EDITS)(text.split("\n"), chance)), encoding="utf-8")


def test_an_open_file_counts_as_it_is_in_the_editor(example: Path) -> None:
    checker = Checker(example)
    checker.check({})
    file = "catalog/products/broadband.yaml"
    broken = (example / file).read_bytes().replace(b"accessTechnology: gpon", b"accessTechnology: gpn")
    found = checker.check({file: broken}).diagnostics
    (example / file).write_bytes(broken)
    assert found == by_validate(example)
    assert [one.code for one in found if one.primary.file == file] == ["TK308"]


def test_only_what_an_edit_can_affect_is_looked_at_again(example: Path) -> None:
    checker = Checker(example)
    checker.check({})
    everything = len(checker.asked)
    checker.check({})
    assert (checker.reread, checker.asked) == ((), ())
    file = "catalog/resources/network.yaml"
    checker.check({file: b"# a word\n" + (example / file).read_bytes()})
    assert checker.reread == (file,)
    assert 0 < len(checker.asked) < everything / 2


def test_a_table_file_is_read_again_with_the_file_that_names_it(example: Path) -> None:
    checker = Checker(example)
    before = checker.check({}).diagnostics
    table = example / "catalog" / "offerings" / "fibre-business.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("EUR", "ZZZ"), encoding="utf-8")
    after = checker.check({}).diagnostics
    assert after == by_validate(example)
    assert after != before
    assert checker.reread == ("catalog/offerings/fibre.yaml",)


def test_new_settings_hold_at_once_and_wrong_ones_not_at_all(example: Path) -> None:
    settings = example / "tmfkit.yaml"
    right = settings.read_text(encoding="utf-8")
    checker = Checker(example)
    before = checker.check({})
    settings.write_text(f"{right}\nrulez: {{}}\n", encoding="utf-8")
    wrong = checker.check({})
    assert [one.code for one in wrong.of("tmfkit.yaml")] == ["TK011"]
    assert set(before.diagnostics) < set(wrong.diagnostics)
    settings.write_text("rules: {set: strict}\n", encoding="utf-8")
    assert checker.check({}).diagnostics == by_validate(example)


def test_a_file_that_is_nowhere_but_in_the_editor_belongs_to_the_catalog(tmp_path: Path) -> None:
    root = written(tmp_path, {"a.yaml": "kind: Category\nid: a\nname: A\n"}).resolve()
    checker = Checker(root)
    assert checker.check({"catalog/b.yaml": b"kind: Category\nid: b\nname: B\nparent: c\n"}).of("catalog/b.yaml")[0].code == "TK101"
    assert not checker.check({"elsewhere/b.yaml": b"kind: nothing\n", "catalog/.b.yaml": b"x", "catalog/b.txt": b"x"}).diagnostics


def test_the_order_of_files_with_the_same_id_counts(tmp_path: Path) -> None:
    root = written(tmp_path, {"b.yaml": "kind: Category\nid: a\nname: B\n"}).resolve()
    checker = Checker(root)
    checker.check({})
    for text in (b"kind: Category\nid: a\nname: A\n", b"kind: Category\nid: A\nname: A\n", b"kind: Category\nid: other\nname: A\n"):
        (root / "catalog" / "a.yaml").write_bytes(text)
        assert checker.check({}).diagnostics == by_validate(root)


def test_a_view_answers_as_the_catalog_does(example: Path) -> None:
    catalog = Checker(example).check({}).catalog
    for key, summary in catalog.summaries.items():
        view = View(catalog)
        assert answers(view, key) == answers(catalog, key)
        assert key in view.asked
        assert view.summaries[key] is summary


def answers(catalog: Catalog, key: Key) -> list[object]:
    return [
        catalog.entity(key),
        catalog.find((key.kind,), key.id),
        catalog.ids((key.kind,)),
        catalog.referrers(key),
        catalog.targets(key),
        catalog.span(key, ("id",)),
        list(catalog.of(key.kind)),
        len(catalog),
        catalog.vocabulary,
    ]
