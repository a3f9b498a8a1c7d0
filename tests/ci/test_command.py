"""`tmfkit post-review` on the command line: names that would break the hidden marker are refused, and what is missing is said."""

import pytest

from tmfkit.cli.app import run


@pytest.mark.parametrize("name", ["", "A", "a--b", "-a", "a-", "a b", "a>", "x" * 61, "a\n"])
def test_a_name_that_is_none(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["post-review", "github", f"--name={name}"]) == 2
    assert "small letters" in capsys.readouterr().err


@pytest.mark.parametrize(("host", "variable"), [("github", "GITHUB_REPOSITORY"), ("gitlab", "CI_PROJECT_ID")])
def test_outside_of_a_job(host: str, variable: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(variable, raising=False)
    assert run(["post-review", host, f"--name={'x' * 60}"]) == 4
    assert f"the variable {variable} " in capsys.readouterr().err
