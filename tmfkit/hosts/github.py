"""Posts the review of a pull request on GitHub, from a workflow with rights that runs after the one without.

Which commit was checked, and from where it came, is what GitHub's own event says. Of what the check left behind nothing is believed but
the text of the comment and the findings.
"""

import base64
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tmfkit.errors import TmfkitError
from tmfkit.hosts.comment import Thread, at, put
from tmfkit.hosts.delivery import LARGEST, MARKER, Delivery, from_archive, with_marker
from tmfkit.hosts.web import Refused, Web, address_of, one_line

ARTIFACT = "tmfkit-review"
AUTHOR = "github-actions[bot]"
"""Who writes with the token that GitHub gives to a job."""

NEEDS = "the job needs `actions: read`, `pull-requests: write` and `security-events: write`"
LARGEST_EVENT = 5_000_000

_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_OWNER = re.compile(r"[A-Za-z0-9_.-]+(\[bot\])?")


@dataclass(frozen=True, slots=True)
class Run:
    """The check that ended, as GitHub tells of it: its number, what started it, and the commit that it looked at."""

    number: int
    trigger: str
    commit: str
    owner: str
    branch: str
    source: int
    repository: int


def post(surroundings: Mapping[str, str], name: str, author: str = "") -> Iterator[str]:
    """Brings what the check made to where reviewers are, and says what was done, a line each."""
    repository = surroundings.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(repository):
        raise TmfkitError("the variable GITHUB_REPOSITORY names no repository", "run the command in a job of GitHub Actions")
    run, web = run_of(_event(surroundings.get("GITHUB_EVENT_PATH", ""))), web_of(surroundings)
    home = f"/repos/{repository}"
    if (artifact := _artifact(web, home, run)) is None:
        yield f"the check {run.number} left no artifact {ARTIFACT}: nothing is posted"
        return
    if run.trigger not in ("push", "pull_request"):
        yield "the check ran for neither a pull request nor a push: nothing is posted"
        return
    delivery = from_archive(web.file(f"{home}/actions/artifacts/{artifact}/zip", LARGEST))
    if run.trigger == "push":
        yield from _upload(web, home, run, f"refs/heads/{run.branch}", delivery)
        return
    number = _pull_request(web, home, run, delivery)
    if number is None:
        yield f"no open pull request, or more than one, ends at commit {run.commit[:12]}: nothing is posted"
        return
    yield _comment(web, home, number, delivery, name, author or AUTHOR)
    yield from _upload(web, home, run, f"refs/pull/{number}/head", delivery)


def web_of(surroundings: Mapping[str, str]) -> Web:
    """GitHub's API, as the job's variables say."""
    token = surroundings.get("GITHUB_TOKEN", "")
    if not token or not token.isascii() or not token.isprintable():
        raise TmfkitError("the variable GITHUB_TOKEN holds no token", "give it to the step: `env: {GITHUB_TOKEN: ${{ github.token }}}`")
    address = address_of(surroundings.get("GITHUB_API_URL", ""), "GITHUB_API_URL")
    return Web("GitHub", address, ("Authorization", f"Bearer {token}"), NEEDS)


def run_of(event: Any) -> Run:
    """The check that an event of the sort `workflow_run` tells of."""
    told = at(event, "workflow_run")
    run = Run(
        at(told, "id"), at(told, "event"), at(told, "head_sha"), at(told, "head_repository", "owner", "login"),
        at(told, "head_branch"), at(told, "head_repository", "id"), at(event, "repository", "id"),
    )  # fmt: skip
    numbers = all(type(value) is int for value in (run.number, run.source, run.repository))
    texts = all(isinstance(value, str) for value in (run.trigger, run.commit, run.owner, run.branch))
    if not (numbers and texts and _COMMIT.fullmatch(run.commit) and _OWNER.fullmatch(run.owner)):
        raise TmfkitError("the event tells of no check that ended", "start the workflow `on: workflow_run`, with `types: [completed]`")
    return run


def _event(path: str) -> Any:
    try:
        with Path(path).open("rb") as file:
            return json.loads(file.read(LARGEST_EVENT))
    except (OSError, ValueError):
        raise TmfkitError("the variable GITHUB_EVENT_PATH leads to no event", "run the command in a job of GitHub Actions") from None


def _artifact(web: Web, home: str, run: Run) -> int | None:
    """The number of the one artifact that the check left."""
    found = at(web.get(f"{home}/actions/runs/{run.number}/artifacts", name=ARTIFACT, per_page=100), "artifacts")
    left = [one for one in found or () if at(one, "name") == ARTIFACT and not at(one, "expired")]
    if len(left) > 1:
        raise TmfkitError(f"the check left {len(left)} artifacts {ARTIFACT}: which one counts is unknown", "nothing is posted")
    if not left:
        return None
    if int(at(left[0], "size_in_bytes") or 0) > LARGEST:
        raise TmfkitError(f"the artifact of the check is larger than {LARGEST:,} bytes", "nothing is posted")
    return int(left[0]["id"])


def _pull_request(web: Web, home: str, run: Run, delivery: Delivery) -> int | None:
    """The open pull request that ends at the commit of the event. Which of several is meant, and only that, the check may say."""
    listed = web.all(f"{home}/pulls", state="open", head=f"{run.owner}:{run.branch}")
    found = [int(one["number"]) for one in listed if at(one, "head", "sha") == run.commit and at(one, "head", "repo", "id") == run.source]
    if len(found) > 1:
        found = [number for number in found if number == delivery.request]
    return found[0] if found else None


def _comment(web: Web, home: str, number: int, delivery: Delivery, name: str, author: str) -> str:
    thread = Thread(web, f"{home}/issues/{number}/comments", f"{home}/issues/comments", "PATCH")
    body = with_marker(delivery.comment, name)
    done, comment = put(thread, body, MARKER.format(name), lambda one: at(one, "user", "login") == author)
    writer = at(comment, "user", "login")
    if done == "written" and writer != author:
        web.remove(f"{thread.comment}/{int(comment['id'])}")
        raise TmfkitError(f"this token writes as `{one_line(writer)}`, not as `{one_line(author)}`", "say so: `--author NAME`")
    return f"the comment on pull request #{number} is {done}"


def _upload(web: Web, home: str, run: Run, ref: str, delivery: Delivery) -> Iterator[str]:
    """Gives the findings to code scanning. A repository without it is told so, and nothing fails."""
    is_ours = run.trigger == "pull_request" or run.source == run.repository
    if delivery.sarif is None or not is_ours:
        return
    packed = base64.b64encode(gzip.compress(delivery.sarif, mtime=0)).decode()
    try:
        web.send("POST", f"{home}/code-scanning/sarifs", {"commit_sha": run.commit, "ref": ref, "sarif": packed})
    except Refused as refused:
        if refused.status not in (403, 404):
            raise
        yield f"code scanning does not take the findings: {refused.message}"
        return
    yield "code scanning has the findings"
