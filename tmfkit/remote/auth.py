"""Shows a server who asks: headers from tokens, passwords and keys, and tokens that are fetched and renewed on the way."""

import base64
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol, assert_never
from urllib.parse import quote_plus, urlencode, urlsplit

from tmfkit.errors import TmfkitError
from tmfkit.remote.identification import ApiKey, Auth, Basic, Bearer, ClientCredentials, NoAuth
from tmfkit.remote.secrets import HIDDEN, Secret, Surroundings
from tmfkit.remote.wire import Request, Response, Transport, Unreached
from tmfkit.remote.wording import one_line, said

EARLY = 30.0
"""Seconds before its end at which a token is fetched anew: requests take time, and clocks differ."""

LIFE = 300.0
"""Seconds that a token is used for where the server does not say how long it lasts."""


class Credentials(Protocol):
    """What is shown to one server; `means` names it in messages."""

    @property
    def means(self) -> str:
        """Where the secret comes from, such as `the token in the environment variable TMFKIT_TOKEN`; empty for none."""
        ...

    def headers(self) -> Mapping[str, str]:
        """What goes along with a request."""
        ...

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Takes note that the server refused these headers; True where others come of asking again."""
        ...

    def hide(self, text: str) -> str:
        """A text from outside without anything secret in it."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same headers with every request; none at all for a server that asks for nothing."""

    means: str = ""
    shown: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def headers(self) -> Mapping[str, str]:
        """Always the same."""
        return self.shown

    def renew(self, refused: Mapping[str, str]) -> bool:
        """What was refused once is refused again."""
        return False

    def hide(self, text: str) -> str:
        """Stars in place of the secrets."""
        return hidden(text, self.secrets)


NOBODY = Fixed()


class Fetched:
    """Tokens of OAuth 2: fetched when the first is needed, again shortly before one ends, and once more when one is refused."""

    def __init__(
        self, settings: ClientCredentials, id: str, secret: Secret, transport: Transport, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.means = secret.means
        self._settings, self._id, self._secret = settings, id, secret
        self._transport, self._clock = transport, clock
        self._lock = Lock()
        self._token, self._until = "", 0.0

    def __repr__(self) -> str:
        return f"Fetched({self.means})"

    def headers(self) -> Mapping[str, str]:
        """A token that still lasts; the threads of a publish share it."""
        with self._lock:
            if not self._token or self._clock() >= self._until:
                self._fetch()
            return _bearer(self._token)

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Forgets the token that was refused; one that another thread has fetched since is kept."""
        with self._lock:
            if refused == _bearer(self._token):
                self._token = ""
        return True

    def hide(self, text: str) -> str:
        """Stars in place of the secret and of the token at hand."""
        return hidden(text, (self._token, *self._shown()))

    def _shown(self) -> tuple[str, ...]:
        secret = self._secret.reveal
        return secret, quote_plus(secret), _encoded(quote_plus(self._id), quote_plus(secret))

    def _fetch(self) -> None:
        """Whatever goes wrong here, the catalog server was not asked for anything."""
        host = urlsplit(self._settings.token_url).hostname
        try:
            response = self._transport.send(self._request())
        except TmfkitError as error:
            raise Unreached(f"no token comes from {host}: {error.message}", error.hint) from None
        if response.status != 200:
            reason = said(response, lambda text: hidden(text, self._shown()))
            told = f"no token comes from {host}: {response.status}{f' {reason}' if reason else ''}"
            raise Unreached(told, f"it does not take {self.means}, or not for this client and scope")
        self._token, self._until = _token(response, str(host)), self._clock() + _life(_answer(response).get("expires_in"))

    def _request(self) -> Request:
        settings = self._settings
        form = {"grant_type": "client_credentials", "scope": settings.scope, "audience": settings.audience}
        headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
        if settings.sends == "body":
            form |= {"client_id": self._id, "client_secret": self._secret.reveal}
        else:  # RFC 6749, section 2.3.1: both are encoded as in a form before they are put together
            headers["authorization"] = f"Basic {_encoded(quote_plus(self._id), quote_plus(self._secret.reveal))}"
        body = urlencode({name: value for name, value in form.items() if value is not None})
        return Request("POST", "", headers, body.encode())


def credentials(auth: Auth, around: Surroundings, transport: Callable[[str], Transport]) -> Credentials:
    """What the settings ask for; `transport` leads to the address of a token. Secrets that are missing raise a `TmfkitError`."""
    match auth:
        case NoAuth():
            return NOBODY
        case Bearer():
            token = around.secret(auth.token, "token")
            return Fixed(token.means, _bearer(token.reveal), (token.reveal,))
        case Basic():
            user, password = around.text(auth.user, "user"), around.secret(auth.password, "password")
            encoded = _encoded(user, password.reveal)
            return Fixed(password.means, {"authorization": f"Basic {encoded}"}, (password.reveal, encoded))
        case ApiKey():
            key = around.secret(auth.key, "key")
            return Fixed(key.means, {auth.header.lower(): key.reveal}, (key.reveal,))
        case ClientCredentials():
            secret = around.secret(auth.client_secret, "client secret")
            return Fetched(auth, around.text(auth.client_id, "client id"), secret, transport(auth.token_url))
        case _:
            assert_never(auth)


def hidden(text: str, secrets: tuple[str, ...]) -> str:
    """A text with stars in place of each secret in it, the longest first; small letters count as capitals, as in the name of a host."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = re.sub(re.escape(secret), HIDDEN, text, flags=re.IGNORECASE)
    return one_line(text) if secrets else text


def _bearer(token: str) -> Mapping[str, str]:
    return {"authorization": f"Bearer {token}"}


def _encoded(user: str, password: str) -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()


def _token(response: Response, host: str) -> str:
    answer = _answer(response)
    token, kind = answer.get("access_token"), str(answer.get("token_type", "bearer"))
    if not isinstance(token, str) or not token or not (token.isascii() and token.isprintable()) or kind.casefold() != "bearer":
        raise Unreached(f"no token comes from {host}: its answer holds no bearer token", "look at `tokenUrl` of the target")
    return token


def _answer(response: Response) -> Mapping[str, Any]:
    try:
        answer = json.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _life(seconds: Any) -> float:
    """How long a token is used; one that lasts shorter than the margin is used for half of its time."""
    try:
        whole = float(seconds)
    except (TypeError, ValueError):
        return LIFE
    return max(whole - EARLY, whole / 2) if 0 < whole < float("inf") else LIFE
