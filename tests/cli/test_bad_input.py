"""Whatever lies in the catalog folder: a finding or one clear line, never a traceback, and nothing is written."""

import os
from pathlib import Path

import pytest

from tests.catalogs import written
from tmfkit.cli.app import run

GOOD = "kind: Category\nid: home\nname: Home\n"

CONTENTS = [
    ("an empty file", "", "warning[TK018]", 0),
    ("only a comment", "# nothing yet\n", "warning[TK018]", 0),
    ("a list where a mapping is due", "- a\n- b\n", "error[TK008]", 1),
    ("a text where a mapping is due", "hello\n", "error[TK008]", 1),
    ("a tab", "kind: Category\n\tid: x\n", "a tab stands where YAML wants spaces", 1),
    ("invalid UTF-8", b"kind: Category\nid: \xff\xfe\n", "error[TK002]", 1),
    ("a NUL byte", b"kind: Category\nid: a\x00b\n", "error[TK003]", 1),
    ("50 MB", b"# filler\n" * 5_600_000, "error[TK005]", 1),
    ("an id with a slash", GOOD.replace("home", "a/b"), "error[TK015]", 1),
    ("an id that climbs", GOOD.replace("home", "../../etc"), "error[TK015]", 1),
    ("an id that is only dots", GOOD.replace("home", ".."), "error[TK015]", 1),
    ("an id of emoji", GOOD.replace("home", "🏠"), "error[TK015]", 1),
    ("a name of emoji", GOOD.replace("Home", "Home 🏠"), "nothing to complain about", 0),
    ("a name of 300 characters", GOOD.replace("Home", "x" * 300), "this name has 300 characters", 1),
    ("no such day", GOOD + "validFor: {from: 2026-02-30}\n", "there is no such day", 1),
    ("a date with another separator", GOOD + "validFor: {from: 30.11.2026}\n", "write it as in `2026-01-15`", 1),
    ("a key that nobody knows", GOOD + "colour: red\n", "`colour` is no key of the language here", 1),
    ("a mapping as id", GOOD.replace("home", "{a: b}"), "error[TK013]", 1),
    ("conflict markers", "<<<<<<< HEAD\n" + GOOD + "=======\n", "error[TK004]", 1),
    ("a JSON file in disguise", '{"kind": "Category", "id": "j", "name": "J"}', "nothing to complain about", 0),
    ("a duplicated key", GOOD + "name: Other\n", "is written twice in one mapping", 1),
    ("a kind of another tool", "kind: Deployment\nid: x\n", "`Deployment` is no kind of the language", 1),
    ("no kind at all", "id: x\n", "this document has no `kind`", 1),
]  # fmt: skip


@pytest.mark.parametrize(("case", "content", "says", "code"), CONTENTS, ids=[case for case, *_ in CONTENTS])
def test_contents(case: str, content: str | bytes, says: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"good.yaml": GOOD.replace("home", "good"), "bad.yaml": content})
    assert run(["validate", "--project", str(project)]) == code
    shown = capsys.readouterr().out
    assert says in shown
    assert "Traceback" not in shown


PRICES = [
    ("39,90 EUR", "write `39.90 EUR`: decimals follow a point"),
    ("39.90 EURO", "`EURO` is no ISO 4217 currency"),
    ("39.90 EUT", "did you mean `EUR`?"),
    ("39.90", "write it as in `39.90 EUR`"),
    ("[]", "error[TK01"),
    ("{a: b}", "error[TK013]"),
]


@pytest.mark.parametrize(("amount", "says"), PRICES)
def test_amounts(amount: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    price = f"kind: ProductOfferingPrice\nid: p\nname: P\ntype: recurring\nevery: 1 month\namount: {amount}\n"
    assert run(["validate", "-p", str(written(tmp_path, {"p.yaml": price}))]) == 1
    shown = capsys.readouterr().out
    assert says in shown
    assert "p.yaml:6:9" in shown


def test_an_empty_catalog_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "-p", str(written(tmp_path, {}))]) == 1
    assert "the catalog has no YAML file" in capsys.readouterr().out


def test_no_catalog_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tmfkit.yaml").touch()
    assert run(["validate", "-p", str(tmp_path)]) == 4
    assert "there is no catalog folder" in capsys.readouterr().err


def test_no_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "-p", str(tmp_path)]) == 4
    assert "an empty tmfkit.yaml makes a folder a project" in capsys.readouterr().err


SETTINGS = [
    ("colour: red\n", "error[TK011]", "tmfkit.yaml:1:1"),
    ("catalog: ../elsewhere\n", "leads out of the project", "tmfkit.yaml:1:10"),
    ("timezone: Europe/Pari\n", "did you mean `Europe/Paris`?", "tmfkit.yaml:1:11"),
    ("dialects: [tmf620-v9]\n", "did you mean `tmf620-v", "tmfkit.yaml:1:12"),
    ("release: {date: tomorrow}\n", "is not a date", "tmfkit.yaml:1:17"),
    ("- a\n", "one mapping of settings", "tmfkit.yaml:1:1"),
    ("a: [\n", "error[TK004]", "tmfkit.yaml"),
]


@pytest.mark.parametrize(("settings", "says", "place"), SETTINGS)
def test_settings(settings: str, says: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "-p", str(written(tmp_path, {"a.yaml": GOOD}, settings))]) == 1
    shown = capsys.readouterr().out
    assert says in shown
    assert place in shown


def test_a_folder_called_like_a_file_and_links_in_a_circle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path / "project", {"good.yaml": GOOD, "x.yaml/inner.yaml": GOOD.replace("home", "inner")})
    catalog = project / "catalog"
    (catalog / "loop").symlink_to(catalog)
    (catalog / "self.yaml").symlink_to(catalog / "self.yaml")
    (tmp_path / "outside.yaml").write_text(GOOD)
    (catalog / "out.yaml").symlink_to(tmp_path / "outside.yaml")
    (catalog / "gone.yaml").symlink_to(catalog / "nowhere.yaml")
    assert run(["validate", "-p", str(project)]) == 1
    shown = capsys.readouterr().out
    assert shown.count("error[TK001]") == 5
    for reason in ("this is a folder, not a file", "leads back to a folder", "leads out of the project", "there is no such file"):
        assert reason in shown


def test_a_pipe_called_like_a_file_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = "kind: ProductOfferingPrice\nid: p\nname: P\ntype: oneTime\nby: term\ntable: t.csv\n"
    project = written(tmp_path, {"good.yaml": GOOD, "table.yaml": table})
    os.mkfifo(project / "catalog" / "pipe.yaml")
    os.mkfifo(project / "catalog" / "t.csv")
    assert run(["validate", "-p", str(project)]) == 1
    assert capsys.readouterr().out.count("this is not a regular file") == 2


@pytest.mark.parametrize("name", ["a.YAML", "a.YML", "a.Yml"])
def test_suffixes_in_capitals(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "-p", str(written(tmp_path, {name: GOOD}))]) == 0
    assert "1 entity" in capsys.readouterr().out


def test_an_unreadable_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    project = written(tmp_path, {"good.yaml": GOOD, "secret.yaml": GOOD})
    (project / "catalog" / "secret.yaml").chmod(0)
    if os.access(project / "catalog" / "secret.yaml", os.R_OK):  # an administrator may read everything
        monkeypatch.setattr("builtins.open", _refusing("secret.yaml"))
    assert run(["validate", "-p", str(project)]) == 1
    assert "permission denied" in capsys.readouterr().out


def _refusing(name: str) -> object:
    real = open

    def refuse(path: object, *rest: object, **more: object) -> object:
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)  # type: ignore[call-overload]

    return refuse


def test_control_characters_never_reach_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = written(tmp_path, {"a.yaml": GOOD + '"\\e[2Jcolour": "\\u202e red"\n'})
    assert run(["validate", "-p", str(project)]) == 1
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
