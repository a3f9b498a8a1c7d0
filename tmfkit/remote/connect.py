"""Opens the APIs of a target: shared connections, and credentials that go to the hosts they belong to and nowhere else."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import urllib3
from urllib3.util import make_headers, parse_url

from tmfkit.errors import TmfkitError
from tmfkit.model.problems import NotUnderstood
from tmfkit.remote.api import CatalogApi
from tmfkit.remote.auth import NOBODY, Credentials, credentials
from tmfkit.remote.certificates import context
from tmfkit.remote.connection import HERE, Connection, host_of
from tmfkit.remote.greeting import greeted
from tmfkit.remote.http import HttpApi, Patience
from tmfkit.remote.secrets import Surroundings
from tmfkit.remote.settings import Target
from tmfkit.remote.words import address
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.versions import APIS


def connect(
    target: Target,
    root: Path,
    url_root: str | None = None,
    environment: Mapping[str, str] = os.environ,
    patience: Patience = Patience(),  # noqa: B008
) -> dict[Dialect, CatalogApi]:
    """The APIs of a target of the project in `root`, each by its dialect; nothing is sent yet.

    With `url_root` they are looked for below that address, laid out as `tmfkit serve` does. Credentials of the target go there only if
    it is one of the target's own hosts. Secrets and files that are missing raise a `TmfkitError`.
    """
    bases = addresses(target, url_root)
    opened = _Opened(target, Surroundings(root, environment))
    return {dialect: opened.api(dialect, base, patience) for dialect, base in bases.items()}


def addresses(target: Target, url_root: str | None = None) -> dict[Dialect, str]:
    """Where each API of a target is, with a slash at the end."""
    if url_root is None:
        return {dialect: api.url for dialect, api in target.apis.items()}
    try:
        top = address(url_root).rstrip("/")
    except NotUnderstood as error:
        raise TmfkitError(error.problem.message, error.problem.help) from None
    return {dialect: top + APIS[dialect].base_path for dialect in target.apis}


@dataclass(frozen=True)
class _Opened:
    """A target whose secrets are read when the first API needs them."""

    target: Target
    around: Surroundings

    def api(self, dialect: Dialect, base: str, patience: Patience) -> HttpApi:
        """One API at an address."""
        home = belongs(base, self.target)
        shown = self._credentials if home else NOBODY
        title = f"{host_of(base)}: {APIS[dialect].title}"
        connection = self._connection(base, shown, home=home)
        withheld = not home and (self.target.auth.type != "none" or self.target.certificate is not None)
        return HttpApi(dialect, self.target.apis[dialect].profile, connection, title, base, shown, withheld, patience)

    @cached_property
    def _credentials(self) -> Credentials:
        return credentials(self.target.auth, self.around, lambda url: self._connection(url.removesuffix("/"), NOBODY, home=True))

    def _connection(self, base: str, shown: Credentials, *, home: bool) -> Connection:
        proxy = self._proxy(base)
        key = (proxy, home)
        if key not in self._pools:
            self._pools[key] = self._pool(proxy, home=home)
        return Connection(base, self._pools[key], shown, self.target.timeout)

    @cached_property
    def _pools(self) -> dict[tuple[str | None, bool], urllib3.PoolManager]:
        return {}

    def _pool(self, proxy: str | None, *, home: bool) -> urllib3.PoolManager:
        """Connections that are kept: one for each request that may be under way. A foreign host is shown no certificate."""
        encrypted = context(self.target.ca_bundle, self.target.certificate if home else None, self.around)
        if proxy is None:
            return greeted(urllib3.PoolManager(maxsize=self.target.concurrency, ssl_context=encrypted))
        place = parse_url(proxy)
        login = make_headers(proxy_basic_auth=self._login(place.auth))
        between = f"{place.scheme or 'http'}://{place.host}{f':{place.port}' if place.port else ''}"
        most = self.target.concurrency
        return greeted(urllib3.ProxyManager(between, maxsize=most, proxy_headers=login, ssl_context=encrypted, proxy_ssl_context=encrypted))

    def _login(self, written: str | None) -> str | None:
        """User and password for the proxy; those of a variable such as HTTPS_PROXY stand in its address."""
        proxy = self.target.proxy
        if proxy is None or proxy == "none" or proxy.user is None:
            return written
        password = self.around.secret(proxy.password, "password of the proxy").reveal if proxy.password else ""
        return f"{self.around.text(proxy.user, 'user of the proxy')}:{password}"

    def _proxy(self, base: str) -> str | None:
        """The proxy for an address: what the target says, else what the usual variables say. What is on this machine needs none."""
        if self.target.proxy == "none":
            return None
        if self.target.proxy is not None:
            return self.target.proxy.url
        parts = urlsplit(base)
        named = {name.lower(): value for name, value in sorted(self.around.environment.items())}
        if parts.hostname in HERE or _past(parts.hostname or "", named.get("no_proxy", "")):
            return None
        return named.get(f"{parts.scheme}_proxy") or named.get("all_proxy") or None


def _past(host: str, names: str) -> bool:
    """Whether NO_PROXY names a host, a domain that it lies in, or everything."""
    listed = [name.strip().lower().lstrip("*").lstrip(".") for name in names.split(",") if name.strip()]
    return any(name in ("", host) or host.endswith(f".{name}") for name in listed)


def belongs(base: str, target: Target) -> bool:
    """Whether the credentials of a target may go to an address: one of its own hosts, and not in the clear where it is encrypted else."""
    asked = urlsplit(base)
    own = [urlsplit(api.url) for api in target.apis.values()]
    if asked.hostname in HERE:
        return any(part.hostname in HERE for part in own)
    return any(part.hostname == asked.hostname and (asked.scheme == "https" or part.scheme == "http") for part in own)
