"""The comment on a pull request of GitHub: one, updated in place, from data that nobody trusts."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.ci.hosts import BOT, COMMIT, EVENT, FILES, META, TOKEN, Host, packed, pull, served
from tmfkit.errors import TmfkitError
from tmfkit.hosts import github
from tmfkit.hosts.delivery import LARGEST, LONGEST_COMMENT, with_marker
from tmfkit.hosts.web import Web

TEXT = str(FILES["comment.md"])
OURS = with_marker(TEXT, "catalog")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("NO_PROXY", "*")
    with served(Host()) as listening:
        yield listening


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def post(host: Host, folder: Path, event: Mapping[str, Any] = EVENT, author: str = "", **changed: str) -> list[str]:
    """Runs the poster as the job does, and returns what it says."""
    path = folder / "event.json"
    path.write_text(json.dumps(event), encoding="utf-8")
    surroundings = {
        "GITHUB_EVENT_PATH": str(path),
        "GITHUB_API_URL": host.address,
        "GITHUB_REPOSITORY": "operator/catalog",
        "GITHUB_TOKEN": TOKEN,
    }
    return list(github.post(surroundings | changed, "catalog", author))


def refused(host: Host, folder: Path, **settings: Any) -> str:
    """Why nothing is posted: one line."""
    with pytest.raises(TmfkitError) as error:
        post(host, folder, **settings)
    assert "\n" not in error.value.message
    assert "\n" not in error.value.hint
    assert "::" not in error.value.message
    assert TOKEN not in error.value.message + error.value.hint
    return error.value.message


def changed(**told: Any) -> dict[str, Any]:
    """The event with other facts about the check."""
    return {**EVENT, "workflow_run": {**EVENT["workflow_run"], **told}}


def test_the_first_run_writes_and_the_next_ones_update(host: Host, folder: Path) -> None:
    assert post(host, folder) == ["the comment on pull request #7 is written", "code scanning has the findings"]
    assert host.bodies() == [OURS]
    host.files = {**FILES, "comment.md": "## Two prices\n"}
    assert post(host, folder)[0] == "the comment on pull request #7 is updated"
    assert host.bodies() == [with_marker("## Two prices\n", "catalog")]
    assert post(host, folder)[0] == "the comment on pull request #7 is up to date already"
    assert [method for method, path in host.written() if "comments" in path] == ["POST", "PATCH"]


def test_somebody_elses_comment_with_the_marker_is_not_touched(host: Host, folder: Path) -> None:
    host.add(OURS + "mine", "mallory")
    host.add(f"see {OURS}", BOT)
    post(host, folder)
    assert [(one["user"]["login"], one["body"]) for one in host.comments] == [("mallory", OURS + "mine"), (BOT, f"see {OURS}"), (BOT, OURS)]


def test_the_comment_of_another_project_is_not_touched(host: Host, folder: Path) -> None:
    other = with_marker("other", "wholesale")
    host.add(other, BOT)
    post(host, folder)
    assert host.bodies() == [other, OURS]


def test_the_comment_is_found_on_a_later_page(host: Host, folder: Path) -> None:
    for number in range(250):
        host.add(f"comment {number}", "ada")
    host.add(with_marker("old", "catalog").replace("\n", "\r\n"), BOT)
    post(host, folder)
    assert host.bodies()[-1] == OURS
    assert len(host.comments) == 251
    assert [one.query["page"] for one in host.asked if one.path.endswith("/issues/7/comments")] == [["1"], ["2"], ["3"]]


def test_the_pull_request_is_found_by_what_the_event_says(host: Host, folder: Path) -> None:
    host.pulls = [pull(1, "d" * 40), pull(2, source=8), pull(7), {"number": 3, "head": {"sha": COMMIT, "repo": None}}]
    post(host, folder)
    (asked,) = (one for one in host.asked if one.path.endswith("/pulls"))
    assert asked.query["head"] == ["stranger:spring & $(id) `x`"]
    assert asked.query["state"] == ["open"]


@pytest.mark.parametrize(
    ("pulls", "request_", "posted"),
    [
        ([], 7, False),
        ([pull(7, "d" * 40)], 7, False),
        ([pull(7)], 12, True),
        ([pull(7)], None, True),
        ([pull(7), pull(8)], 7, True),
        ([pull(7), pull(8)], 12, False),
        ([pull(7), pull(8)], None, False),
        ([pull(7), pull(8)], "7; id", False),
    ],
    ids=["none", "moved on", "wrong number", "no number", "two, one is meant", "two, none is meant", "two", "two, no number at all"],
)
def test_of_what_the_check_says_only_a_choice_is_believed(
    pulls: list[Any], request_: object, posted: bool, host: Host, folder: Path
) -> None:
    host.pulls = pulls
    host.files = {**FILES, "meta.json": json.dumps({"format": 1, "request": request_})}
    said = post(host, folder)
    assert bool(host.comments) is posted
    assert posted or said == [f"no open pull request, or more than one, ends at commit {COMMIT[:12]}: nothing is posted"]


def test_the_token_goes_to_the_host_and_nowhere_else(host: Host, folder: Path) -> None:
    post(host, folder)
    assert {one.path: one.token for one in host.asked}["/kept"] is None
    assert {one.token for one in host.asked if one.path != "/kept"} == {f"Bearer {TOKEN}"}


def test_findings_go_to_code_scanning_of_the_pull_request(host: Host, folder: Path) -> None:
    post(host, folder)
    ((ref, commit, log),) = host.sarif()
    assert (ref, commit) == ("refs/pull/7/head", COMMIT)
    assert log == json.loads(FILES["tmfkit.sarif"])


@pytest.mark.parametrize("status", [403, 404])
def test_a_repository_without_code_scanning_gets_its_comment(status: int, host: Host, folder: Path) -> None:
    host.faults[("POST", "sarifs")] = status
    said = post(host, folder)
    assert said[0] == "the comment on pull request #7 is written"
    assert said[1].startswith("code scanning does not take the findings: GitHub refuses POST")
    assert "::" not in said[1]


def test_a_push_to_the_main_branch_gives_findings_only(host: Host, folder: Path) -> None:
    own = {"id": 1, "owner": {"login": "operator"}}
    said = post(host, folder, changed(event="push", head_branch="main", head_repository=own))
    assert said == ["code scanning has the findings"]
    assert host.sarif()[0][0] == "refs/heads/main"
    assert not host.comments


def test_a_push_elsewhere_gives_nothing(host: Host, folder: Path) -> None:
    assert post(host, folder, changed(event="push", head_branch="main")) == []
    assert host.written() == []


def test_other_checks_are_none_of_our_business(host: Host, folder: Path) -> None:
    assert post(host, folder, changed(event="pull_request_target")) == [
        "the check ran for neither a pull request nor a push: nothing is posted"
    ]
    assert host.written() == []


def test_a_check_that_left_nothing(host: Host, folder: Path) -> None:
    host.artifacts = [{"id": 3, "name": "tmfkit-review", "expired": True, "size_in_bytes": 1}, {"id": 4, "name": "other"}]
    assert post(host, folder) == ["the check 55 left no artifact tmfkit-review: nothing is posted"]


FAULTS = [
    (401, "GitHub refuses {}: 401 No, said : :error: :the host"),
    (403, "GitHub refuses {}: 403 No, said : :error: :the host"),
    (404, "GitHub refuses {}: 404 No, said : :error: :the host"),
    (422, "GitHub refuses {}: 422 No, said : :error: :the host"),
    (500, "GitHub has a fault of its own at {}: 500"),
    (502, "GitHub has a fault of its own at {}: 502"),
    (b"<html>", "GitHub answers"),
]


@pytest.mark.parametrize("place", [("GET", "/artifacts"), ("GET", "/pulls"), ("GET", "/comments"), ("POST", "/comments")], ids=str)
@pytest.mark.parametrize(("fault", "message"), FAULTS, ids=lambda value: str(value)[:12])
def test_what_the_host_refuses_is_said_in_one_line(
    place: tuple[str, str], fault: int | bytes, message: str, host: Host, folder: Path
) -> None:
    host.faults[place] = fault
    assert refused(host, folder).startswith(message.partition("{}")[0])
    assert len([one for one in host.asked if one.method == "POST"]) <= 1
    host.faults.clear()
    host.comments.clear()
    assert post(host, folder)


def test_the_way_out_names_the_rights(host: Host, folder: Path) -> None:
    host.faults[("POST", "/comments")] = 403
    with pytest.raises(TmfkitError) as error:
        post(host, folder)
    assert "`pull-requests: write`" in error.value.hint


def test_a_host_that_says_nothing(host: Host) -> None:
    host.faults[("GET", "/slow")] = None
    web = Web("GitHub", host.address, ("Authorization", TOKEN), "", patience=0.1)
    with pytest.raises(TmfkitError, match=r"^GitHub does not answer GET /slow within 0\.1 seconds$"):
        web.get("/slow")


def test_a_host_that_is_not_there(host: Host, folder: Path) -> None:
    nobody = "http://127.0.0.1:9"
    assert refused(host, folder, GITHUB_API_URL=nobody).startswith(
        "GitHub cannot be reached for GET /repos/operator/catalog/actions/runs/55"
    )


def test_a_write_is_never_sent_elsewhere(host: Host) -> None:
    web = Web("GitHub", host.address, ("Authorization", TOKEN), "")
    with pytest.raises(TmfkitError, match="302"):
        web.send("POST", "/repos/operator/catalog/actions/artifacts/3/zip", {})
    assert "/kept" not in [one.path for one in host.asked]


def test_an_address_of_a_file_is_no_api(host: Host, folder: Path) -> None:
    assert "GITHUB_API_URL holds no address" in refused(host, folder, GITHUB_API_URL="file:///etc")
    host.kept = "file:///etc/passwd"
    assert "302" in refused(host, folder)


@pytest.mark.parametrize(
    "event",
    [
        {}, [], changed(head_sha="main"), changed(id="55"), changed(head_sha=f"{COMMIT}\n"), changed(head_repository=None),
        changed(head_repository={"id": 9, "owner": {"login": "a/../b"}}), changed(head_branch=None),
    ],
    ids=["empty", "list", "branch", "text", "newline", "no fork", "odd owner", "no branch"],
)  # fmt: skip
def test_an_event_of_another_sort(event: Any, host: Host, folder: Path) -> None:
    assert refused(host, folder, event=event) == "the event tells of no check that ended"
    assert host.asked == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GITHUB_TOKEN", ""),
        ("GITHUB_TOKEN", "a\r\nX: y"),
        ("GITHUB_REPOSITORY", "operator/catalog/../../x"),
        ("GITHUB_EVENT_PATH", "nowhere"),
    ],
)
def test_a_job_without_what_it_needs(variable: str, value: str, host: Host, folder: Path) -> None:
    assert variable in refused(host, folder, **{variable: value})
    assert host.asked == []


BAD = {
    "too long a comment": ({**FILES, "comment.md": "x" * (LONGEST_COMMENT + 1)}, "longer than a comment may be"),
    "too large a comment": ({**FILES, "comment.md": "x" * 1_000_000}, "comment.md of the check is larger than 262,144 bytes"),
    "a bomb": ({**FILES, "tmfkit.sarif": " " * 10_000_001}, "tmfkit.sarif of the check is larger than 10,000,000 bytes"),
    "an empty comment": ({**FILES, "comment.md": " \n"}, "comment.md of the check is empty or missing"),
    "no comment": ({"meta.json": META}, "comment.md of the check is empty or missing"),
    "no text": ({**FILES, "comment.md": b"\xff\xfe"}, "comment.md of the check is no text in UTF-8"),
    "no meta": ({"comment.md": TEXT}, "meta.json of the check is no JSON, or missing"),
    "deep meta": ({**FILES, "meta.json": "[" * 3_999}, "meta.json of the check"),
    "another layout": ({**FILES, "meta.json": '{"format": 2}'}, "meta.json of the check has another layout"),
    "another tool": (
        {**FILES, "tmfkit.sarif": '{"runs": [{"tool": {"driver": {"name": "CodeQL"}}}]}'},
        "findings of something else than tmfkit",
    ),
    "no findings": ({**FILES, "tmfkit.sarif": "{}"}, "findings of something else than tmfkit"),
    "a mention": (
        {**FILES, "comment.md": "## Hello @team\n"},
        "comment.md of the check has what tmfkit never writes: line 1 has a mention",
    ),
}


@pytest.mark.parametrize(("files", "message"), BAD.values(), ids=list(BAD))
def test_what_is_not_as_it_should_be_is_refused(files: Mapping[str, str | bytes], message: str, host: Host, folder: Path) -> None:
    host.files = files
    assert message in refused(host, folder)
    assert host.written() == []


@pytest.mark.parametrize("archive", [b"", b"no archive", packed(FILES)[:-30], packed(FILES).replace(b"\x08\x00", b"\x63\x00")])
def test_an_archive_that_is_none(archive: bytes, host: Host, folder: Path) -> None:
    host.archive = archive
    assert refused(host, folder) == "the artifact of the check is no sound archive"
    assert host.written() == []


def test_an_oversize_artifact_is_refused_before_it_is_read_and_while_it_is(host: Host, folder: Path) -> None:
    host.artifacts[0]["size_in_bytes"] = LARGEST + 1
    assert "the artifact of the check is larger than" in refused(host, folder)
    assert "/kept" not in [one.path for one in host.asked]
    host.artifacts[0]["size_in_bytes"] = 10
    host.archive = bytes(LARGEST + 1)
    assert "with more than" in refused(host, folder)
    assert host.written() == []


def test_two_artifacts_of_one_name(host: Host, folder: Path) -> None:
    host.artifacts *= 2
    assert refused(host, folder) == "the check left 2 artifacts tmfkit-review: which one counts is unknown"


def test_a_token_of_somebody_else_is_noticed_and_leaves_nothing(host: Host, folder: Path) -> None:
    host.writer = "our-app[bot]"
    assert refused(host, folder) == "this token writes as `our-app[bot]`, not as `github-actions[bot]`"
    assert host.comments == []
    post(host, folder, author="our-app[bot]")
    assert post(host, folder, author="our-app[bot]")[0] == "the comment on pull request #7 is up to date already"
    assert host.bodies() == [OURS]
