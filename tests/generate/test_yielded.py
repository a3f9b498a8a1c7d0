"""What a generator yields counts: every note is in the report, every source in the digest, and nothing of its own crosses a process."""

import json
from pathlib import Path

import pytest

from tests.generate.projects import GOOD, HEAD, SYSTEM, body_of, findings, project, said

TWO = SYSTEM + "---\n" + SYSTEM.replace("desk", "depot")
VISIT = 'Key("ResourceFacingServiceSpecification", "visit")'


def losses(folder: Path) -> list[tuple[str, str, str, str]]:
    rows = json.loads((folder / "build" / "losses.json").read_text())["losses"]
    return [(row["id"], row["path"], row["feature"], row["status"]) for row in rows]


def digest(folder: Path) -> str:
    index = json.loads((folder / "build" / "cards" / "index.json").read_text())
    return str(index["systems"]["desk"][0]["digest"])


def test_a_kind_of_artifact_of_its_own_crosses_the_border_of_a_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMFKIT_JOBS", "2")
    own = HEAD + "class Card(Artifact):\n    pass\n\n\ndef generate(context):\n    yield Card('card.txt', 'hello')\n"
    folder = project(tmp_path, own, TWO)
    assert said(capsys, folder)[0] == 0
    assert {path.parent.name for path in folder.glob("build/cards/*/card.txt")} == {"desk", "depot"}


def test_a_note_goes_before_the_capabilities_and_one_that_they_do_not_know_is_told_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = body_of(
        f'yield Artifact("card.txt", "hello", ({VISIT},))',
        f'yield Note(Status.MAPPED, {VISIT}, ("name",), Feature.NAME, "in capitals")',
        f'yield Note(Status.DROPPED, {VISIT}, ("controller",), Feature.SERVICE, "no room")',
        'yield Note(Status.DROPPED, context.system.key, ("role",), Feature.CODE, "no room")',
    )
    said_of_itself = "\n\ndef capabilities(options):\n    return Capabilities(carried=(Feature.NAME, Feature.LIFECYCLE))\n"
    folder = project(tmp_path, body + said_of_itself)
    assert said(capsys, folder)[0] == 0
    assert losses(folder) == [
        ("visit", "name", "name", "mapped"),
        ("visit", "lifecycle", "lifecycle", "carried"),
        ("visit", "controller", "service", "dropped"),
        ("desk", "role", "code", "dropped"),
    ]


def test_the_way_out_names_the_generator_where_a_system_has_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drops = body_of(f'yield Note(Status.DROPPED, {VISIT}, ("name",), Feature.RECURRING, "no room")')
    helps = []
    for folder, generator in (("one", "cards"), ("two", "[cards, letters]")):
        modules = {"cards.py": drops, "letters.py": GOOD}
        made = project(tmp_path / folder, modules, SYSTEM.replace("generator: cards", f"generator: {generator}"))
        helps.append(findings(capsys, made)[1][0]["help"])
    assert "write `leaves: [recurring]` in the options of desk" in helps[0]
    assert "write `cards: {leaves: [recurring]}` in the options of desk" in helps[1]


def test_a_part_of_a_charge_that_a_note_drops_is_an_error_unless_it_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drops = body_of(
        f'yield Artifact("card.txt", "hello", ({VISIT},))',
        f'yield Note(Status.DROPPED, {VISIT}, ("name",), Feature.RECURRING, "no room")',
    )
    assert [one["code"] for one in findings(capsys, project(tmp_path / "a", drops))[1]] == ["TK810"]
    assert findings(capsys, project(tmp_path / "b", drops, SYSTEM + "options: {leaves: [recurring]}\n")) == (0, [])


def test_findings_are_errors_at_an_option_or_an_entity(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = body_of(
        'yield Finding(context.at("leaves"), "nothing is left here")',
        f'yield Finding(("name",), "this name is too plain", "write more", key={VISIT})',
        'yield Artifact("card.txt", "hello")',
    )
    code, found = findings(capsys, project(tmp_path, body, SYSTEM + "options: {leaves: [tax]}\n"))
    assert code == 1
    assert {(one["code"], one["file"], one["line"], one["message"]) for one in found} == {
        ("TK014", "catalog/systems.yaml", 6, "nothing is left here"),
        ("TK014", "catalog/services.yaml", 3, "this name is too plain"),
    }


CHANGES = [
    ("a source", "services.yaml", ("name: Visit", "name: Call"), True),
    ("what a source refers to", "systems.yaml", ("name: Desk", "name: Counter"), True),
    ("the system", "systems.yaml", ("generator: cards", "generator: [cards]\noptions: {leaves: [tax]}"), True),
    ("what is mentioned", "more.yaml", ("name: More", "name: Most"), True),
    ("what is not read", "other.yaml", ("name: Other", "name: Else"), False),
    ("the vocabulary", "words.yaml", ("name: Words", "name: Terms"), True),
]


@pytest.mark.parametrize(("case", "file", "change", "differs"), CHANGES, ids=[case for case, *_ in CHANGES])
def test_the_digest_is_that_of(
    case: str, file: str, change: tuple[str, str], differs: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = body_of(f'yield Artifact("card.txt", "hello", ({VISIT},), mentions=(Key("Category", "more"),))')
    more = {
        "more.yaml": "kind: Category\nid: more\nname: More\n",
        "other.yaml": "kind: Category\nid: other\nname: Other\n",
        "words.yaml": "kind: Vocabulary\nname: Words\n",
    }
    folder = project(tmp_path, body, more=more)
    assert said(capsys, folder)[0] == 0
    before = digest(folder)
    path = folder / "catalog" / file
    path.write_text(path.read_text().replace(*change))
    assert said(capsys, folder)[0] == 0
    assert (digest(folder) != before) is differs
