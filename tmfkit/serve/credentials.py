"""The settings of a server as its command gives them; tokens come from the environment or from files, never from the command itself."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tmfkit.errors import TmfkitError
from tmfkit.serve.settings import Settings

_HINT = "write env:NAME for a variable, or file:PATH for a file that holds the token"
_ROOT = re.compile(r"https?://[A-Za-z0-9._~\[\]:-]+(/[A-Za-z0-9._~/-]*)?")


def settings_of(
    host: str,
    port: int,
    public: str,
    hosts: Sequence[str] | None,
    callbacks: Sequence[str] | None,
    read_tokens: Sequence[str] | None,
    write_tokens: Sequence[str] | None,
) -> Settings:
    """The settings that the options of the command say; raises `TmfkitError`."""
    if public and not _ROOT.fullmatch(public):
        raise TmfkitError("the public address is not understood", "write it as in https://catalog.example/, without user or query")
    return Settings(
        host=host,
        port=port,
        hosts=tuple(hosts or ()),
        readers=tokens(read_tokens or (), os.environ),
        writers=tokens(write_tokens or (), os.environ),
        callbacks=tuple(callbacks or ()),
        public=public,
    )


def tokens(places: Iterable[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """The tokens at places such as `env:CATALOG_TOKEN` and `file:/run/secrets/token`; raises `TmfkitError`, which shows none."""
    return tuple(_token(place, environment) for place in places)


def _token(place: str, environment: Mapping[str, str]) -> str:
    kind, _, name = place.partition(":")
    if kind == "env" and name:
        token = environment.get(name, "").strip()
    elif kind == "file" and name:
        token = _content(name)
    else:
        raise TmfkitError("a token is not written into the command: others on this machine could read it there", _HINT)
    if not token:
        raise TmfkitError(f"there is no token in {'the environment variable' if kind == 'env' else 'the file'} {name}", _HINT)
    return token


def _content(name: str) -> str:
    try:
        return Path(name).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, RuntimeError):
        raise TmfkitError(f"the file {name} cannot be read", _HINT) from None
