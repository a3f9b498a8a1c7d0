"""The workflows that are handed out: valid for their servers, safe for the requests of strangers, and they do what they say, end to end."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema

from tests.ci.hosts import COMMIT, EVENT, TOKEN, Host, served
from tests.ci.workflows import EXPRESSION, Step, bash, filled, read, steps_of, tools
from tests.conftest import ROOT
from tests.repositories import commit, git, repository
from tmfkit import __version__
from tmfkit.cli.app import run

FRAME = ROOT / "tmfkit" / "starter" / "frame"
CHECK, COMMENT, ACTION, PIPELINE = FRAME / "github.yml", FRAME / "github-comment.yml", ROOT / "action.yml", FRAME / "gitlab.yml"
GITHUB = [CHECK, COMMENT, ACTION]
STEPS = [step for path in GITHUB for step in steps_of(path.name, read(path))]
NAME = "Wi-Fi `whoami` $(id >&2)\n::set-output name=a::b @team <!-- tmfkit: catalog --> ##[error]x | [a](https://example.com)"

NOTHING: Mapping[str, str] = {}

SCHEMAS = [
    (CHECK, "vendor.github-workflows"),
    (COMMENT, "vendor.github-workflows"),
    (ACTION, "vendor.github-actions"),
    (PIPELINE, "vendor.gitlab-ci"),
]


@pytest.mark.parametrize(("path", "schema"), SCHEMAS, ids=lambda value: getattr(value, "name", value))
def test_the_servers_understand_it(path: Path, schema: str) -> None:
    document = {str(key).replace("True", "on"): value for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items()}
    rules = get_builtin_schema(schema)
    jsonschema.validators.validator_for(rules)(rules).validate(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validators.validator_for(rules)(rules).validate({**document, "jobs": 5, "runs": 5, "stages": 5})


@pytest.mark.parametrize("step", [step for step in STEPS if step.run], ids=lambda step: f"{step.file}:{step.said.get('name')}")
def test_nothing_of_an_event_stands_in_a_script(step: Step) -> None:
    """A revision or a name that is written into a script is a part of it: it comes in variables only."""
    assert EXPRESSION.findall(step.run) == []
    assert "head_ref" not in step.run


def test_scripts_are_looked_at() -> None:
    assert len([step for step in STEPS if step.run]) >= 9
    assert EXPRESSION.findall("echo ${{ github.event.pull_request.title }}")


def test_the_check_has_no_rights_and_the_comment_runs_nothing_of_the_change() -> None:
    check, comment = read(CHECK), read(COMMENT)
    assert check["permissions"] == {"contents": "read"}
    assert "pull_request" in check["on"]
    assert set(comment["on"]) == {"workflow_run"}
    assert comment["on"]["workflow_run"]["workflows"] == [check["name"]]
    uses = [step.said["uses"] for step in steps_of("", comment) if "uses" in step.said]
    assert uses == ["actions/setup-python@v5"]
    for document in (check, comment):
        assert not any("permissions" in job for job in document["jobs"].values())
        assert "secrets." not in json.dumps(document)
        assert "pull_request_target" not in json.dumps(document)


def test_what_the_action_is_given_reaches_scripts_as_variables() -> None:
    action = read(ACTION)
    used = {name.strip() for step in steps_of("", action) for name in EXPRESSION.findall(json.dumps(step.said.get("env", {})))}
    assert {f"inputs.{name}" for name in action["inputs"]} - {"inputs.mode", "inputs.base"} <= used


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A repository with a new project, as `init` writes it."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run(["init"]) == 0
    capsys.readouterr()
    repository(folder, [{}])
    return folder


@pytest.fixture
def host() -> Iterator[Host]:
    with served(Host()) as listening:
        yield listening


def merged(project: Path, old: str, new: str, more: str = "") -> str:
    """A branch that writes one text for another, merged as GitHub does for the check; returns the branch's commit."""
    git(project, "checkout", "--quiet", "-b", "spring")
    path = project / "catalog/offerings/add-ons.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    head = commit(project, {"catalog/offerings/add-ons.yaml": text.replace(old, new) + more})
    git(project, "checkout", "--quiet", "--detach", "main")
    git(project, "merge", "--quiet", "--no-ff", "--message=merged", "spring")
    return head


def as_workflow(path: Path, project: Path, folder: Path, told: Mapping[str, str] = NOTHING, **given: str) -> list[tuple[str, int, str]]:
    """Runs the steps of a workflow or of the action: their names, how they end, and what they print. After a failure only some go on.

    `told` are the values of expressions, and `given` the variables of the job.
    """
    values = {
        "github.event.number": "7",
        "github.event_name == 'pull_request' && 'HEAD^1' || 'HEAD'": "HEAD^1",
        "inputs.base || (github.event_name == 'pull_request' && 'HEAD^1') || 'HEAD'": "HEAD^1",
        "github.token": TOKEN,
        "inputs.token": TOKEN,
        **{f"inputs.{name}": str(said.get("default", "")) for name, said in read(ACTION)["inputs"].items() if name != "token"},
        **told,
    }
    programs = folder / "bin"
    found = programs if programs.exists() else tools(programs)
    done, failed = list[tuple[str, int, str]](), False
    for step in steps_of(path.name, read(path)):
        condition = str(step.said.get("if", ""))
        if not step.run or (failed and "!cancelled()" not in condition) or f"mode == '{other(values)}'" in condition:
            continue
        variables = {name: filled(text, values) for name, text in step.said.get("env", {}).items()}
        own = {"RUNNER_TEMP": str(folder), "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
        ended = bash(step.run.replace("@VERSION@", __version__), project, found, {**given, **own, **variables})
        failed = failed or ended.returncode != 0
        done.append((str(step.said["name"]), ended.returncode, ended.stdout + ended.stderr))
    return done


def other(values: dict[str, str]) -> str:
    return "comment" if values["inputs.mode"] == "review" else "review"


def job(folder: Path, host: Host) -> dict[str, str]:
    """The variables of the job that comments."""
    (folder / "event.json").write_text(json.dumps(EVENT), encoding="utf-8")
    return {"GITHUB_EVENT_PATH": str(folder / "event.json"), "GITHUB_API_URL": host.address, "GITHUB_REPOSITORY": "operator/catalog"}


def handed_over(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def commands(log: str) -> list[str]:
    """The lines that GitHub takes for commands."""
    return [line for line in log.splitlines() if line.lstrip().startswith("::") or "##[" in line]


@pytest.mark.parametrize("way", ["workflows", "action"])
def test_a_hostile_change_goes_through_both_workflows_and_harms_nobody(way: str, project: Path, tmp_path: Path, host: Host) -> None:
    merged(project, "en: Wi-Fi Everywhere", f"en: {json.dumps(NAME)}")
    ways = {"workflows": (CHECK, COMMENT, project / "tmfkit-review"), "action": (ACTION, ACTION, tmp_path / "tmfkit-review")}
    check, comment, folder = ways[way]
    done = as_workflow(check, project, tmp_path)
    assert [(name, code) for name, code, _ in done if code] == []
    assert commands("".join(log for *_, log in done)) == []
    assert "uid=" not in "".join(log for *_, log in done)
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == (folder / "comment.md").read_text(encoding="utf-8")
    host.files = handed_over(folder)
    for expected in ("written", "up to date already"):
        *_, (_, code, log) = as_workflow(comment, tmp_path, tmp_path, {"inputs.mode": "comment"}, **job(tmp_path, host))
        assert (code, log) == (0, f"the comment on pull request #7 is {expected}\ncode scanning has the findings\n")
    (body,) = host.bodies()
    assert body.startswith("<!-- tmfkit: catalog -->\n")
    assert body.count("<!--") == 1
    assert "@team" not in body
    assert "Wi-Fi Everywhere" in body


@pytest.mark.parametrize("way", ["workflows", "action"])
def test_a_change_that_breaks_fails_and_is_commented_all_the_same(way: str, project: Path, tmp_path: Path, host: Host) -> None:
    merged(project, "id: mesh-wifi", "id: mesh-wifi-6")
    path, folder = {"workflows": (CHECK, project / "tmfkit-review"), "action": (ACTION, tmp_path / "tmfkit-review")}[way]
    done = as_workflow(path, project, tmp_path)
    assert [code for name, code, _ in done if name.startswith("Check the catalog")] == [6 if is_sound(project) else 1]
    assert json.loads((folder / "meta.json").read_text(encoding="utf-8")) == {"format": 1, "tmfkit": __version__, "request": 7}
    assert (tmp_path / "summary.md").is_file()
    host.files = handed_over(folder)
    *_, (_, code, log) = as_workflow(COMMENT, tmp_path, tmp_path, **job(tmp_path, host))
    assert code == 0, log
    assert "kind: Acceptance" in host.bodies()[0]


def is_sound(project: Path) -> bool:
    return run(["validate", "--project", str(project)]) == 0


def test_a_catalog_with_errors_is_commented_too(project: Path, tmp_path: Path, host: Host) -> None:
    merged(project, "en: Wi-Fi Everywhere", "en: Wi-Fi", "---\nkind: ProductOffering\nid: odd\ncolour: '::error::x'\n")
    done = as_workflow(CHECK, project, tmp_path)
    (check,) = ((code, log) for name, code, log in done if name.startswith("Check the catalog"))
    assert check[0] == 1
    assert all(line.startswith("::error file=catalog/offerings/add-ons.yaml,") for line in commands(check[1]))
    host.files = handed_over(project / "tmfkit-review")
    *_, (_, code, log) = as_workflow(COMMENT, tmp_path, tmp_path, **job(tmp_path, host))
    assert code == 0, log
    assert "> The check finds **" in host.bodies()[0]
    assert any(result["level"] == "error" for result in host.sarif()[0][2]["runs"][0]["results"])


@pytest.mark.parametrize("path", ["catalog/a\n::set-output name=x::y.yaml", "catalog/$(id).yaml", "catalog/-p `id`.yaml"], ids=ascii)
def test_a_file_with_a_hostile_name(path: str, project: Path, tmp_path: Path, host: Host) -> None:
    git(project, "checkout", "--quiet", "-b", "spring")
    commit(project, {path: "kind: ProductOffering\nid: [\n"})
    git(project, "checkout", "--quiet", "--detach", "main")
    git(project, "merge", "--quiet", "--no-ff", "--message=merged", "spring")
    log = "".join(log for *_, log in as_workflow(CHECK, project, tmp_path))
    assert all(line.startswith("::error file=catalog/") for line in commands(log))
    assert "uid=" not in log
    host.files = handed_over(project / "tmfkit-review")
    *_, (_, code, said) = as_workflow(COMMENT, tmp_path, tmp_path, **job(tmp_path, host))
    assert code == 0, said


@pytest.mark.parametrize("base", ["$(id)", "--help", "HEAD; id", "main\n::set-output name=a::b"])
def test_a_hostile_revision_is_a_revision_that_is_not_there(base: str, project: Path, tmp_path: Path) -> None:
    key = "inputs.base || (github.event_name == 'pull_request' && 'HEAD^1') || 'HEAD'"
    done = as_workflow(ACTION, project, tmp_path, {key: base})
    code, log = done[1][1:]
    assert code == 4, log
    assert "uid=" not in log
    assert commands(log) == []
    assert not (tmp_path / "tmfkit-review").exists()


def test_a_failure_of_the_host_is_one_clear_line(project: Path, tmp_path: Path, host: Host) -> None:
    host.faults[("GET", "/artifacts")] = 403
    *_, (_, code, log) = as_workflow(COMMENT, tmp_path, tmp_path, **job(tmp_path, host))
    first, *rest = log.splitlines()
    assert code == 4
    assert first.startswith("tmfkit: GitHub refuses GET /repos/operator/catalog/actions/runs/55/artifacts: 403 ")
    assert [line[:2] for line in rest] == ["  "]
    assert TOKEN not in log


def as_pipeline(said: Any, project: Path, folder: Path, **variables: str) -> list[tuple[int, str]]:
    """Runs the commands of a job of GitLab, until one fails."""
    programs = folder / "bin"
    found = programs if programs.exists() else tools(programs)
    done = list[tuple[int, str]]()
    for command in (*said["before_script"], *said["script"]):
        ended = bash(command.replace("@VERSION@", __version__), project, found, variables)
        done.append((ended.returncode, ended.stdout + ended.stderr))
        if ended.returncode:
            break
    return done


def test_the_pipeline_of_gitlab_checks_and_comments(project: Path, tmp_path: Path, host: Host) -> None:
    base = git(project, "rev-parse", "main")
    git(project, "checkout", "--quiet", "-b", "spring")
    path = project / "catalog/offerings/add-ons.yaml"
    commit(project, {"catalog/offerings/add-ons.yaml": path.read_text(encoding="utf-8").replace("Wi-Fi Everywhere", "Wi-Fi @all $(id)")})
    jobs = read(PIPELINE)
    done = as_pipeline(jobs["catalog"], project, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert [code for code, _ in done] == [0] * 4, done
    report = project / jobs["catalog"]["artifacts"]["reports"]["codequality"]
    assert json.loads(report.read_text(encoding="utf-8")) == []
    given = {"CI_API_V4_URL": host.address, "CI_PROJECT_ID": "5", "CI_MERGE_REQUEST_IID": "7", "CI_COMMIT_SHA": COMMIT}
    for expected in ("written", "up to date already"):
        *_, (code, log) = as_pipeline(jobs["catalog-comment"], project, tmp_path, **given, TMFKIT_COMMENT_TOKEN=TOKEN)
        assert (code, log) == (0, f"the comment on merge request !7 is {expected}\n")
    assert "@all" not in host.bodies()[0]


def test_the_job_of_gitlab_that_comments_has_nothing_of_the_request() -> None:
    job = read(PIPELINE)["catalog-comment"]
    assert job["variables"]["GIT_STRATEGY"] == "none"
    assert all("$TMFKIT_COMMENT_TOKEN" in rule["if"] for rule in job["rules"])
    assert job["script"] == ["tmfkit post-review gitlab"]


def test_hooks_for_every_commit_run_commands_that_exist(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["tmfkit-validate", "tmfkit-fmt"]
    for hook in hooks:
        assert hook["pass_filenames"] is False
        tool, *arguments = hook["entry"].split()
        assert (tool, run(arguments)) == ("tmfkit", 0)
    assert os.getcwd() == str(project)
    capsys.readouterr()
