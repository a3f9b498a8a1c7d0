"""The settings that a site is built with: those of the project, with a menu that names what is there and nothing else."""

from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tmfkit.errors import TmfkitError
from tmfkit.site.build import STANDARD
from tmfkit.site.config import Derived, derived, documents

TWO = {"en": [("index.md", "The catalog"), ("offerings/index.md", "Offerings")], "fr": [("index.md", "Le catalogue")]}
ENGLISH = {"en": TWO["en"]}
CATALOG = {"Catalog": ["catalog/en/index.md", {"Offerings": "catalog/en/offerings/index.md"}]}
CATALOGUE = {"Catalogue": ["catalog/fr/index.md"]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "guide").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_text("# Home\n")
    (tmp_path / "docs" / "guide" / "one.md").write_text("# One\n")
    return tmp_path


@pytest.mark.parametrize(
    ("nav", "menus", "expected"),
    [
        pytest.param(["index.md"], ENGLISH, ["index.md", CATALOG], id="the catalog comes last where nobody gave it a place"),
        pytest.param([{"C": "catalog/en/index.md"}, "index.md"], ENGLISH, [CATALOG, "index.md"], id="or where it was"),
        pytest.param([{"C": ["catalog/de/index.md"]}, "index.md"], TWO, [CATALOG, CATALOGUE, "index.md"], id="in its own languages"),
        pytest.param([{"a": "catalog/en/a.md"}, "index.md", {"b": "catalog/fr/b.md"}], TWO, [CATALOG, CATALOGUE, "index.md"], id="once"),
        pytest.param([{"Guide": ["guide/one.md", "guide/two.md"]}], {}, [{"Guide": ["guide/one.md"]}], id="what is not there is left out"),
        pytest.param([{"Guide": ["guide/two.md"]}, "index.md"], {}, ["index.md"], id="and so is a chapter of nothing"),
        pytest.param([{"Wiki": "https://wiki.example.com/"}], {}, [{"Wiki": "https://wiki.example.com/"}], id="other sites stay"),
    ],
)
def test_the_menu_names_what_is_there(nav: list[object], menus: dict[str, list[tuple[str, str]]], expected: object, root: Path) -> None:
    settings = yaml.safe_dump({"site_name": "x", "nav": nav})
    assert yaml.safe_load(derived(settings, root, Derived("out", None, menus)))["nav"] == expected


@pytest.mark.parametrize(
    ("menus", "expected"),
    [
        (ENGLISH, None),
        (
            TWO,
            [
                {"name": "English", "lang": "en", "link": "catalog/en/index.html"},
                {"name": "Français", "lang": "fr", "link": "catalog/fr/index.html"},
            ],
        ),
    ],
)
def test_there_is_a_switch_where_there_is_a_choice(menus: dict[str, list[tuple[str, str]]], expected: object, root: Path) -> None:
    settings = "site_name: x\nextra: {alternate: [{name: old, lang: xx, link: x}], other: 1}\n"
    made = yaml.safe_load(derived(settings, root, Derived("out", None, menus)))
    assert made["extra"].get("alternate") == expected
    assert made["extra"]["other"] == 1


def test_what_else_a_project_writes_is_kept_to_the_letter(root: Path) -> None:
    settings = "site_name: !ENV [NAME, x]\nsite_dir: old\nmarkdown_extensions:\n- a: {f: !!python/name:module.function ''}\n"
    made = derived(settings, root, Derived("new", None, {}))
    assert "!ENV" in made
    assert "!!python/name:module.function" in made
    assert "site_dir: new" in made
    assert "old" not in made


def test_the_name_of_the_settings_of_tmfkit_goes_first(root: Path) -> None:
    assert yaml.safe_load(derived("site_name: x\n", root, Derived("new", "What we sell", {})))["site_name"] == "What we sell"


@pytest.mark.parametrize("text", ["- a\n", "a: [\n", ""])
def test_settings_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(TmfkitError, match=r"mkdocs\.yml"):
        documents(text)


def test_the_settings_of_a_new_project_are_those_of_this_one_but_for_the_menu() -> None:
    own, new = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "mkdocs.yml", STANDARD))
    for settings in (own, new):
        settings["extra"].pop("alternate", None)
        settings["validation"]["nav"].pop("omitted_files")
        del settings["site_name"], settings["nav"]
    assert own == new


def test_nothing_that_a_page_needs_comes_from_a_network() -> None:
    assert "://" not in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(STANDARD.read_text(encoding="utf-8"))["theme"]["font"] is False
