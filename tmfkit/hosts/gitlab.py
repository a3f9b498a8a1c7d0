"""Posts the review of a merge request on GitLab, from a job that has the token and runs no code of the request."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tmfkit.errors import TmfkitError
from tmfkit.hosts.comment import Thread, at, put
from tmfkit.hosts.delivery import MARKER, from_folder, with_marker
from tmfkit.hosts.web import Web, address_of

TOKEN = "TMFKIT_COMMENT_TOKEN"
NEEDS = "it needs the scope `api` and may comment on the merge requests of the project"


def post(surroundings: Mapping[str, str], folder: Path, name: str) -> Iterator[str]:
    """Writes or updates the comment of a merge request, and says what was done."""
    project, request = (_number(surroundings, variable) for variable in ("CI_PROJECT_ID", "CI_MERGE_REQUEST_IID"))
    web, delivery = web_of(surroundings), from_folder(folder)
    home = f"/projects/{project}/merge_requests/{request}"
    commit = surroundings.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") or surroundings.get("CI_COMMIT_SHA", "")
    if at(web.get(home), "sha") != commit:
        yield f"merge request !{request} does not end at commit {_short(commit)} any more: nothing is posted"
        return
    author = at(web.get("/user"), "id")
    if type(author) is not int:
        raise TmfkitError("GitLab does not say who comments with this token", NEEDS)
    thread = Thread(web, f"{home}/notes", f"{home}/notes", "PUT")
    done, _ = put(thread, with_marker(delivery.comment, name), MARKER.format(name), lambda note: at(note, "author", "id") == author)
    yield f"the comment on merge request !{request} is {done}"


def web_of(surroundings: Mapping[str, str]) -> Web:
    """GitLab's API, as the job's variables say."""
    token = surroundings.get(TOKEN, "")
    if not token or not token.isascii() or not token.isprintable():
        raise TmfkitError(f"the variable {TOKEN} holds no token", f"make it in the settings of the project: {NEEDS}")
    return Web("GitLab", address_of(surroundings.get("CI_API_V4_URL", ""), "CI_API_V4_URL"), ("PRIVATE-TOKEN", token), NEEDS)


def _number(surroundings: Mapping[str, str], variable: str) -> int:
    text = surroundings.get(variable, "")
    if not (text.isascii() and text.isdecimal()):
        raise TmfkitError(f"the variable {variable} holds no number", "run the command in the pipeline of a merge request")
    return int(text)


def _short(commit: str) -> str:
    return "".join(sign for sign in commit if sign.isalnum())[:12]
