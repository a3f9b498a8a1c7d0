"""`tmfkit docs`: the site of a project, for whom and of when somebody wants it; what cannot be built is refused in one line."""

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.catalogs import written
from tests.repositories import commit, git, repository
from tests.site.built import built, docs
from tmfkit.errors import TmfkitError
from tmfkit.site import builders
from tmfkit.site.builders import Builder, make_sure_it_is_installed
from tmfkit.site.serving import changes, served

OFFERINGS = """kind: Vocabulary
languages: [en, fr]
---
kind: ProductSpecification
id: line
name: Line
lifecycle: Launched
---
kind: ProductOffering
id: new-name
renamedFrom: old-name
name: {en: Blue line, fr: Ligne bleue}
product: line
lifecycle: Launched
---
kind: ProductOffering
id: later
name: Later line
product: line
lifecycle: Launched
validFor: {from: 2030-01-01}
---
kind: ProductOffering
id: planned
name: Planned line
product: line
lifecycle: In study
"""
PAGES = "docs/catalog"
SETTINGS = 'release: {name: "2026.11", date: 2026-11-23}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(tmp_path / "project", {"all.yaml": OFFERINGS}, SETTINGS)


def pages(project: Path, *options: str) -> set[str]:
    """The offerings that have a page in English when only pages are written."""
    done = docs(project, "--pages-only", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.stem for path in (project / PAGES / "en" / "offerings").glob("*.md")} - {"index"}


def test_a_project_without_settings_of_a_site_gets_one(project: Path) -> None:
    site = built(project)
    front = site.read("index.html")
    assert front.xpath("string(//main//a/@href)") == "catalog/index.html"
    assert site.read("catalog/fr/offerings/new-name.html").get("lang") == "fr"
    assert sorted(path.name for path in project.iterdir()) == ["catalog", "docs", "site", "tmfkit.yaml"]
    assert (site.folder / "catalog" / "payloads" / "tmf620-v5" / "productOffering" / "new-name.json").is_file()


def test_the_switch_of_languages_leads_to_the_same_page(project: Path) -> None:
    page = built(project).read("catalog/en/offerings/new-name.html")
    ways = page.xpath("//a[contains(@class, 'md-select__link')]")
    assert [(way.get("hreflang"), way.get("href")) for way in ways] == [("en", "new-name.html"), ("fr", "../../fr/offerings/new-name.html")]


def test_an_old_name_leads_to_the_new_one(project: Path) -> None:
    pages(project)
    text = (project / PAGES / "fr" / "offerings" / "old-name.html").read_text(encoding="utf-8")
    assert '<a rel="canonical" href="new-name.html">' in text
    assert 'content="1; url=new-name.html"' in text
    assert '<html lang="fr">' in text
    assert "<title>Ligne bleue</title>" in text
    assert (project / PAGES / "assets" / "redirect.js").is_file()


@pytest.mark.parametrize(
    ("settings", "options", "expected"),
    [
        ("", [], {"new-name", "later", "planned"}),
        ("", ["--as-of", "2026-12-01"], {"new-name", "planned"}),
        ("", ["--as-of", "2030-01-01"], {"new-name", "later", "planned"}),
        ("", ["--audience", "sales"], {"new-name", "later"}),
        ("", ["--audience", "sales", "--as-of", "2029-12-31"], {"new-name"}),
        ("site: {audiences: {shops: {shows: offerings, lifecycle: In study}}}", ["--audience", "shops"], {"planned"}),
        ("site: {audiences: {sales: {shows: [services]}}}", ["--audience", "sales"], set()),
    ],
)
def test_a_site_shows_what_is_for_its_reader_and_its_day(settings: str, options: list[str], expected: set[str], project: Path) -> None:
    (project / "tmfkit.yaml").write_text(SETTINGS + settings, encoding="utf-8")
    assert pages(project, *options) == expected


def test_who_sees_no_sources_and_no_payloads_gets_none(project: Path) -> None:
    pages(project, "--audience", "sales")
    assert not (project / PAGES / "payloads").exists()
    assert not (project / PAGES / "en" / "source").exists()


def test_sources_may_be_read_elsewhere(project: Path) -> None:
    (project / "tmfkit.yaml").write_text('site: {source: "https://git.example.com/{file}?plain=1#L{line}"}\n', encoding="utf-8")
    pages(project)
    text = (project / PAGES / "en" / "offerings" / "new-name.md").read_text(encoding="utf-8")
    assert "(https://git.example.com/catalog/all.yaml?plain=1#L10)" in text
    assert not (project / PAGES / "en" / "source").exists()


def test_the_same_catalog_gives_the_same_pages(project: Path) -> None:
    first = everything(project)
    assert everything(project) == first
    assert first


def everything(project: Path) -> dict[str, bytes]:
    """The pages, as they are written anew."""
    pages(project)
    folder = project / PAGES
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def released(project: Path) -> Path:
    """The project with a history: the later offering came after the first release."""
    before = OFFERINGS.replace("id: later", "id: sooner")
    repository(project, [{"catalog/all.yaml": before, ".gitignore": "docs/\nsite/\n"}])
    git(project, "tag", "v1")
    commit(project, {"catalog/all.yaml": OFFERINGS})
    return project


def test_a_release_is_shown_as_it_was(released: Path) -> None:
    assert pages(released, "--release", "v1") == {"new-name", "sooner", "planned"}
    assert pages(released) == {"new-name", "later", "planned"}


def test_the_first_page_tells_what_changed_since_the_last_release(released: Path) -> None:
    pages(released)
    text = (released / PAGES / "en" / "index.md").read_text(encoding="utf-8")
    assert "Later line" in text
    assert "Withdrawn" in text
    pages(released, "--release", "v1")
    assert "Withdrawn" not in (released / PAGES / "en" / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--audience", "salse"], 2, "no audience is called `salse`: did you mean `sales`?"),
        (["--as-of", "tomorrow"], 2, "tomorrow"),
        (["--builder", "sphinx"], 2, "sphinx"),
        (["--release", "v9"], 4, "lies in no git repository"),
        (["--output", "docs/site"], 4, "docs/site and the documents overlap"),
        (["--output", "catalog"], 4, "catalog holds something that is no site"),
        (["--output", "."], 4, "overlap"),
    ],
)
def test_what_cannot_be_built_is_refused(options: list[str], code: int, said: str, project: Path) -> None:
    done = docs(project, *options)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_a_release_that_git_does_not_know_is_named(released: Path) -> None:
    done = docs(released, "--release", "v2")
    assert (done.returncode, done.stderr.splitlines()[0]) == (4, "tmfkit: git knows no revision `v2`")


def test_a_broken_catalog_leaves_the_last_site(project: Path) -> None:
    site = built(project)
    before = site.pages
    (project / "catalog" / "all.yaml").write_text(OFFERINGS.replace("product: line", "product: lime"), encoding="utf-8")
    done = docs(project)
    assert done.returncode == 1
    assert "lime" in done.stdout
    assert site.pages == before


def test_a_page_with_a_broken_link_builds_no_site(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "index.md").write_text("[away](nowhere.md)\n", encoding="utf-8")
    done = docs(project)
    assert done.returncode == 4
    assert "nowhere.md" in done.stderr
    assert not (project / "site").exists()
    assert [path.name for path in project.iterdir() if path.name.startswith(".")] == []


def test_pages_of_others_are_not_replaced(project: Path) -> None:
    own = project / PAGES / "own.md"
    own.parent.mkdir(parents=True)
    own.write_text("# Own\n", encoding="utf-8")
    done = docs(project, "--pages-only")
    assert done.returncode == 4
    assert "tmfkit did not make" in done.stderr
    assert own.is_file()


@pytest.mark.parametrize(("builder", "hint"), [(Builder.MKDOCS, "tmfkit[docs]"), (Builder.ZENSICAL, "pip install zensical")])
def test_a_builder_that_is_missing_says_how_to_get_it(builder: Builder, hint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builders, "find_spec", lambda name: None)
    with pytest.raises(TmfkitError, match="not installed") as raised:
        make_sure_it_is_installed(builder)
    assert hint in raised.value.hint


def test_changes_are_noticed_but_not_what_is_made(tmp_path: Path) -> None:
    made = tmp_path / "catalog"
    made.mkdir()
    own = tmp_path / "own.md"
    own.write_text("a")
    watch = changes([tmp_path], made, interval=0.01)
    (made / "page.md").write_text("made")
    own.write_text("other")
    next(watch)
    own.unlink()
    next(watch)


def test_only_this_machine_is_served(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("here")
    with served(tmp_path, 0) as address, urlopen(address) as answer:
        assert address.startswith("http://127.0.0.1:")
        assert answer.read() == b"here"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(TmfkitError, match="cannot be used"), served(tmp_path, taken.getsockname()[1]):
            pass


def test_serving_follows_the_catalog_and_survives_its_faults(project: Path) -> None:
    command = [sys.executable, "-m", "tmfkit", "serve", "--docs", "--port", "0"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        said = iter(server.stdout)
        address = next(line for line in said if "shows the site" in line).split()[0]
        source = project / "catalog" / "all.yaml"
        source.write_text(OFFERINGS.replace("product: line", "product: lime"), encoding="utf-8")
        assert any("lime" in line for line in said)
        assert "Blue line" in page(address, "Blue line")
        source.write_text(OFFERINGS.replace("Blue line", "Green line"), encoding="utf-8")
        assert "Green line" in page(address, "Green line")
        server.terminate()


def page(address: str, awaited: str) -> str:
    """The page of the offering, as soon as it says something."""
    for _ in range(240):
        with urlopen(f"{address}catalog/en/offerings/new-name.html") as answer:
            text = str(answer.read().decode())
        if awaited in text:
            return text
        time.sleep(0.5)
    return text
