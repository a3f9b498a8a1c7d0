"""`tmfkit lsp` says what it needs, and switches on again what one-shot commands switch off."""

import gc
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec

import pytest

from tmfkit.cli import lsp
from tmfkit.cli.app import run


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def without_pygls(name: str) -> ModuleSpec | None:
        return None if name == "pygls" else find_spec(name)

    monkeypatch.setattr(lsp, "find_spec", without_pygls)
    assert run(["lsp"]) == 4
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == ("tmfkit: the language server needs pygls, which is not installed\n  install it with: pip install 'tmfkit[lsp]'\n")


def test_a_server_that_stays_for_days_collects_its_garbage(monkeypatch: pytest.MonkeyPatch) -> None:
    import tmfkit.lsp.answers

    seen: list[bool] = []
    monkeypatch.setattr(tmfkit.lsp.answers, "serve", lambda: seen.append(gc.isenabled()))
    gc.disable()
    try:
        assert run(["lsp"]) == 0
    finally:
        gc.enable()
    assert seen == [True]


def test_other_commands_do_not_know_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    from subprocess import run as start

    script = "import sys; from tmfkit.cli.app import run; run(['--help']); print('pygls' in sys.modules, 'lsprotocol' in sys.modules)"
    done = start([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False False"
