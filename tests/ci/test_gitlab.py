"""The comment on a merge request of GitLab: one, updated in place, from a folder of files that nobody trusts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ci.hosts import COMMIT, FILES, TOKEN, Host, served
from tmfkit.errors import TmfkitError
from tmfkit.hosts import gitlab
from tmfkit.hosts.delivery import with_marker

OURS = with_marker(str(FILES["comment.md"]), "catalog")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("NO_PROXY", "*")
    with served(Host()) as listening:
        yield listening


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """The folder that the job before left."""
    folder = tmp_path / "tmfkit-review"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(str(text), encoding="utf-8")
    return folder


def post(host: Host, folder: Path, **changed: str) -> list[str]:
    surroundings = {
        "CI_API_V4_URL": host.address,
        "CI_PROJECT_ID": "5",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_COMMIT_SHA": COMMIT,
        "TMFKIT_COMMENT_TOKEN": TOKEN,
    }
    return list(gitlab.post(surroundings | changed, folder, "catalog"))


def test_the_first_run_writes_and_the_next_ones_update(host: Host, left: Path) -> None:
    assert post(host, left) == ["the comment on merge request !7 is written"]
    (left / "comment.md").write_text("## Two prices\n", encoding="utf-8")
    assert post(host, left) == ["the comment on merge request !7 is updated"]
    assert post(host, left) == ["the comment on merge request !7 is up to date already"]
    assert host.bodies() == [with_marker("## Two prices\n", "catalog")]
    assert {one.token for one in host.asked} == {TOKEN}


def test_somebody_elses_comment_is_not_touched(host: Host, left: Path) -> None:
    for number in range(120):
        host.add(OURS, f"somebody {number}")
    post(host, left)
    assert len(host.comments) == 121
    assert post(host, left) == ["the comment on merge request !7 is up to date already"]


def test_a_request_that_moved_on(host: Host, left: Path) -> None:
    said = post(host, left, CI_COMMIT_SHA="d" * 40)
    assert said == ["merge request !7 does not end at commit dddddddddddd any more: nothing is posted"]
    assert host.written() == []
    assert post(host, left, CI_COMMIT_SHA="merged", CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=COMMIT) == [
        "the comment on merge request !7 is written"
    ]


@pytest.mark.parametrize("status", [401, 403, 404, 500])
@pytest.mark.parametrize("place", [("GET", "/7"), ("GET", "/user"), ("GET", "/notes"), ("POST", "/notes")], ids=str)
def test_what_the_host_refuses(place: tuple[str, str], status: int, host: Host, left: Path) -> None:
    host.faults[place] = status
    with pytest.raises(TmfkitError, match=rf"^GitLab (refuses|has a fault of its own at) {place[0]} [^\n]*{status}[^\n]*$"):
        post(host, left)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TMFKIT_COMMENT_TOKEN", ""),
        ("CI_PROJECT_ID", "5/../6"),
        ("CI_PROJECT_ID", "²"),
        ("CI_MERGE_REQUEST_IID", ""),
        ("CI_API_V4_URL", ""),
    ],
)
def test_a_job_without_what_it_needs(variable: str, value: str, host: Host, left: Path) -> None:
    with pytest.raises(TmfkitError, match=variable):
        post(host, left, **{variable: value})
    assert host.asked == []


def link(path: Path) -> None:
    path.symlink_to(os.devnull)


@pytest.mark.parametrize("place", [link, os.mkfifo, Path.mkdir], ids=["link", "pipe", "folder"])
def test_only_plain_files_are_read(place: object, host: Host, left: Path) -> None:
    (left / "comment.md").unlink()
    assert callable(place)
    place(left / "comment.md")
    with pytest.raises(TmfkitError, match=r"^comment\.md is no "):
        post(host, left)
    assert host.written() == []


@pytest.mark.parametrize(("name", "content"), [("comment.md", b"x" * 262_145), ("comment.md", b"hi\n/approve"), ("meta.json", b"{}")])
def test_what_is_not_as_it_should_be_is_refused(name: str, content: bytes, host: Host, left: Path) -> None:
    (left / name).write_bytes(content)
    with pytest.raises(TmfkitError, match=name):
        post(host, left)
    assert host.written() == []
