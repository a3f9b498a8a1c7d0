"""Whatever a generator does: one finding with its file and line, exit code 1, and nothing is written."""

from pathlib import Path

import pytest
import yaml

from tests.generate.projects import GOOD, HEAD, SYSTEM, everything, findings, project, said

BODY = HEAD + "def generate(context):\n"
CARD = 'Artifact("card.txt", "hello")'
OWN = "generators/cards.py"


def body(*lines: str) -> str:
    return BODY + "".join(f"    {line}\n" for line in lines)


FAULTS = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))

TEMPLATES = {
    "cards/good.j2": "Card\n{{ card }}\n",
    "cards/broken.j2": "{% if %}\n",
    "cards/filter.j2": "{{ 1 | shout }}\n",
    "cards/digs.j2": "{{ ''.__class__.__mro__ }}\n",
    "cards/changes.j2": "{{ cards.append(1) }}\n",
    "cards/fails.j2": "{{ 1 / 0 }}\n",
    "cards/dice.j2": "{{ [1, 2] | random }}\n",
    "cards/words.j2": "{{ lipsum() }}\n",
}


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["that"] for fault in FAULTS])
def test_a_generator_that(
    fault: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path, HEAD + fault["generator"], templates=TEMPLATES)
    monkeypatch.chdir(folder)
    before = everything(folder)
    exit_code, found = findings(capsys, folder)
    assert [(one["code"], one["severity"]) for one in found] == [(fault["code"], "error")]
    assert f"{found[0]['file']}:{found[0]['line']}".startswith(place(fault["at"]))
    assert fault["says"] in found[0]["message"]
    assert found[0]["help"].startswith(fault.get("help", ""))
    assert exit_code == 1
    assert everything(folder) == before


def place(at: str) -> str:
    """Where a finding points: the head of a generator has four lines."""
    if at == "system":
        return "catalog/systems.yaml:5"
    line = at.removeprefix("line").strip()
    return at if not at.startswith("line") else f"{OWN}:{int(line) + HEAD.count(chr(10))}" if line else f"{OWN}:"


def test_what_was_made_before_survives_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, GOOD)
    assert said(capsys, folder)[0] == 0
    before = everything(folder / "build")
    (folder / "generators" / "cards.py").write_text(body(f"yield {CARD}", "yield 1 / 0"), encoding="utf-8")
    assert said(capsys, folder)[0] == 1
    assert everything(folder / "build") == before
    assert not list((folder / "build").glob(".*"))


def test_one_of_two_generators_fails_and_neither_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, {"cards.py": GOOD, "labels.py": body("raise ValueError")}, SYSTEM.replace("cards", "[cards, labels]"))
    assert said(capsys, folder)[0] == 1
    assert not (folder / "build" / "cards").exists()


def test_a_generator_that_fails_for_two_systems_fails_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, HEAD + "1 / 0\n", SYSTEM + "---\n" + SYSTEM.replace("desk", "depot"))
    assert [one["line"] for one in findings(capsys, folder)[1]] == [5]


def test_what_a_generator_prints_is_no_finding_and_stays_off_the_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, body('print("hello there")', f"yield {CARD}"))
    assert findings(capsys, folder) == (0, [])
    code, out, err = said(capsys, folder)
    assert (code, "hello there" in out, "hello there" in err) == (0, False, True)


def test_a_part_of_a_package_that_fails_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = {
        "cards/__init__.py": '"""Cards."""\n\nfrom .parts import made as generate\n',
        "cards/parts.py": '"""Parts."""\n\n\ndef made(context):\n    yield {}["x"]\n',
    }
    _, found = findings(capsys, project(tmp_path, parts))
    assert [(one["file"], one["line"]) for one in found] == [("generators/cards/parts.py", 5)]


def test_a_shipped_generator_that_fails_is_named_at_its_system(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = {"runbooks/runbook.md.j2": "{{ nothing }}"}
    _, found = findings(capsys, project(tmp_path, {}, SYSTEM.replace("cards", "runbooks"), template))
    assert [(one["code"], one["file"], one["line"]) for one in found] == [("TK807", "templates/runbooks/runbook.md.j2", 1)]


TWO = SYSTEM.replace("cards", "[cards, labels]")

SYSTEMS = [
    ("no such generator", SYSTEM.replace("cards", "crads"), "TK801", "5:12", "no generator is called `crads`"),
    ("no such second generator", SYSTEM.replace("cards", "[cards, lables]"), "TK801", "5:20", "no generator is called `lables`"),
    ("a path as generator", SYSTEM.replace("cards", "../cards"), "TK801", "5:12", "no generator is called `../cards`"),
    ("a folder of the output", SYSTEM.replace("cards", "tmf620-v4"), "TK801", "5:12", "no generator is called `tmf620-v4`"),
    ("an unknown option", SYSTEM + "options: {leave: [tax]}\n", "TK011", "6:11", "`leave` is no key"),
    ("an unknown option of its own", SYSTEM + "options:\n  title: Hi\n  colour: red\n", "TK011", "8:3", "`colour` is no key"),
    ("a wrong type", SYSTEM + "options: {size: big}\n", "TK013", "6:17", "big"),
    ("a wrong word", SYSTEM + "options: {leaves: [taxes]}\n", "TK014", "6:20", "taxes"),
    ("no mapping", SYSTEM + "options: [leaves]\n", "TK013", "6:10", "`options` is a mapping"),
    ("options of another generator", TWO + "options: {lables: {}}\n", "TK011", "6:11", "`lables` is no generator of this system"),
    ("a wrong option of one of two", TWO + "options: {cards: {colour: red}}\n", "TK011", "6:19", "`colour` is no key"),
    ("no mapping for one of two", TWO + "options: {cards: red}\n", "TK013", "6:18", ""),
]  # fmt: skip

OPTIONED = GOOD.replace("def generate", "class Options(Options):\n    title: str = ''\n    size: int = 1\n\n\ndef generate")


@pytest.mark.parametrize(("case", "system", "code", "place", "says"), SYSTEMS, ids=[case for case, *_ in SYSTEMS])
def test_a_system_with(
    case: str, system: str, code: str, place: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(tmp_path, {"cards.py": OPTIONED, "labels.py": GOOD}, system)
    before = everything(folder)
    exit_code, found = findings(capsys, folder)
    assert [(one["code"], f"{one['line']}:{one['column']}") for one in found] == [(code, place)]
    assert says in found[0]["message"]
    assert exit_code == 1
    assert everything(folder) == before


def test_a_system_may_name_a_generator_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, OPTIONED, SYSTEM.replace("cards", "[cards, cards]") + "options: {title: Hi}\n")
    assert said(capsys, folder)[0] == 0
