"""Who asks: each way to say so, tokens that are fetched and renewed, and nothing secret in any output."""

import base64
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from pydantic import TypeAdapter

from tmfkit.errors import TmfkitError
from tmfkit.remote.auth import NOBODY, Credentials, Fetched, credentials
from tmfkit.remote.identification import Auth, AuthValue, ClientCredentials
from tmfkit.remote.secrets import Secret, Surroundings
from tmfkit.remote.wire import Request, Response, Unreached

WORD = "pa55 word"
BEARER = {"type": "bearer", "token": {"env": "TOKEN"}}
IN_FILE = {"file": "word"}
IN_TOKEN = "the key in the environment variable TOKEN"
IDENTITY: TypeAdapter[Auth] = TypeAdapter(AuthValue)
OAUTH = {"type": "clientCredentials", "tokenUrl": "https://id.example/token", "clientId": "tmf kit", "clientSecret": {"env": "SECRET"}}


@dataclass
class Issuer:
    """Gives out tokens, one after another, or answers as it is told."""

    answers: list[Response | TmfkitError] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
    lasts: Any = 3600

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        if self.answers:
            found = self.answers[min(len(self.asked), len(self.answers)) - 1]
            if isinstance(found, TmfkitError):
                raise found
            return found
        body = {"access_token": f"token-{len(self.asked)}", "token_type": "Bearer", "expires_in": self.lasts}
        return Response(200, {}, json.dumps(body).encode())

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs((self.asked[-1].body or b"").decode())


def made(written: Any, folder: Path = Path(), environment: dict[str, str] | None = None, issuer: Issuer | None = None) -> Credentials:
    around = Surroundings(folder, {"TOKEN": "t0ken", "SECRET": WORD} if environment is None else environment)
    return credentials(IDENTITY.validate_python(written), around, lambda url: issuer or Issuer())


def basic(text: str) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(text.encode()).decode()}"}


@pytest.mark.parametrize(
    ("written", "headers", "means"),
    [
        ("none", {}, ""),
        ({"type": "none"}, {}, ""),
        ({"type": "bearer", "token": {"env": "TOKEN"}}, {"authorization": "Bearer t0ken"}, "the token in the environment variable TOKEN"),
        ({"type": "bearer", "token": {"file": "word"}}, {"authorization": "Bearer from-file"}, "the token in the file word"),
        (
            {"type": "basic", "user": "me", "password": {"env": "SECRET"}},
            basic(f"me:{WORD}"),
            "the password in the environment variable SECRET",
        ),
        (
            {"type": "basic", "user": {"env": "TOKEN"}, "password": IN_FILE},
            basic("t0ken:from-file"),
            "the password in the file word",
        ),
        ({"type": "apiKey", "key": {"env": "TOKEN"}}, {"x-api-key": "t0ken"}, IN_TOKEN),
        (
            {"type": "apiKey", "header": "Ocp-Key", "key": {"env": "TOKEN"}},
            {"ocp-key": "t0ken"},
            "the key in the environment variable TOKEN",
        ),
    ],
)
def test_each_way_to_say_who_asks(tmp_path: Path, written: Any, headers: dict[str, str], means: str) -> None:
    (tmp_path / "word").write_text("\ufefffrom-file\r\n", encoding="utf-8")
    found = made(written, tmp_path)
    assert found.headers() == headers
    assert found.means == means
    assert found.renew(headers) is False


def test_a_server_that_asks_for_nothing_is_shown_nothing() -> None:
    assert made({"type": "none"}) is NOBODY


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "the environment variable TOKEN is not set"),
        ({"TOKEN": "  "}, "the environment variable TOKEN is empty"),
        ({"TOKEN": "two\nlines"}, "the token in the environment variable TOKEN is not one line of plain letters, digits and signs"),
        ({"TOKEN": "ключ"}, "the token in the environment variable TOKEN is not one line of plain letters, digits and signs"),
    ],
)
def test_a_variable_that_holds_no_secret(environment: dict[str, str], says: str) -> None:
    with pytest.raises(TmfkitError) as caught:
        made({"type": "bearer", "token": {"env": "TOKEN"}}, environment=environment)
    assert caught.value.message == says
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "the token in the file word cannot be read: no such file or directory"),
        (b"", "the file word is empty"),
        (b"\n \n", "the file word is empty"),
        (b"\xff\xfe\x00", "the token in the file word is not one line of plain letters, digits and signs"),
        (b"a\nb", "the token in the file word is not one line of plain letters, digits and signs"),
        (b"x" * 200_000, "the token in the file word is not one line of plain letters, digits and signs"),
    ],
)
def test_a_file_that_holds_no_secret(tmp_path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / "word").write_bytes(content)
    with pytest.raises(TmfkitError) as caught:
        made({"type": "bearer", "token": {"file": "word"}}, tmp_path)
    assert caught.value.message == says


def test_a_folder_is_no_file_with_a_secret(tmp_path: Path) -> None:
    with pytest.raises(TmfkitError, match="the token in the file \\. cannot be read: is a directory"):
        made({"type": "bearer", "token": {"file": "."}}, tmp_path)


def test_a_secret_is_shown_by_no_way_of_printing() -> None:
    secret = Secret("t0ken", "the token")
    assert [repr(secret), str(secret), f"{secret}", f"{secret:>20}", f"{[secret]}"] == ["***"] * 4 + ["[***]"]


@pytest.mark.parametrize(
    "written", [{"type": "bearer", "token": {"env": "TOKEN"}}, {"type": "basic", "user": "u", "password": {"env": "TOKEN"}}]
)
def test_credentials_show_nothing_and_hide_what_others_repeat(written: Any) -> None:
    found = made(written)
    [header] = found.headers().values()
    assert "t0ken" not in repr(found)
    assert header not in repr(found)
    assert "t0ken" not in found.hide(f"{header} and t0ken")
    assert header.split()[1] not in found.hide(f"{header} and t0ken")


def test_a_token_is_fetched_once_and_shared() -> None:
    issuer = Issuer()
    found = made(OAUTH | {"scope": "catalog.write", "audience": "catalog"}, issuer=issuer)
    assert issuer.asked == []
    with ThreadPoolExecutor(8) as pool:
        shown = list(pool.map(lambda _: found.headers(), range(32)))
    assert shown == [{"authorization": "Bearer token-1"}] * 32
    [request] = issuer.asked
    assert (request.method, request.path) == ("POST", "")
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["authorization"] == basic(f"tmf+kit:{WORD.replace(' ', '+')}")["authorization"]
    assert issuer.form == {"grant_type": ["client_credentials"], "scope": ["catalog.write"], "audience": ["catalog"]}


def test_some_servers_want_the_secret_in_the_body() -> None:
    issuer = Issuer()
    made(OAUTH | {"sends": "body"}, issuer=issuer).headers()
    assert "authorization" not in issuer.asked[0].headers
    assert issuer.form == {"grant_type": ["client_credentials"], "client_id": ["tmf kit"], "client_secret": [WORD]}


@pytest.mark.parametrize(
    ("lasts", "still_good", "over"),
    [(3600, 3569, 3571), ("3600", 3569, 3571), (10, 4, 6), (None, 299, 301), ("soon", 299, 301), (-5, 299, 301), (float("inf"), 299, 301)],
)
def test_a_token_is_fetched_anew_before_it_ends(lasts: Any, still_good: float, over: float) -> None:
    now, issuer = [0.0], Issuer(lasts=lasts)
    settings = ClientCredentials.model_validate(OAUTH)
    found = Fetched(settings, "id", Secret(WORD, "the secret"), issuer, clock=lambda: now[0])
    found.headers()
    now[0] = still_good
    assert found.headers() == {"authorization": "Bearer token-1"}
    now[0] = over
    assert found.headers() == {"authorization": "Bearer token-2"}


def test_a_token_that_is_refused_is_fetched_anew_by_one_of_many() -> None:
    issuer = Issuer()
    found = made(OAUTH, issuer=issuer)
    old = found.headers()
    assert found.renew(old) is True
    assert found.headers() == {"authorization": "Bearer token-2"}
    assert found.renew(old) is True
    assert found.headers() == {"authorization": "Bearer token-2"}
    assert len(issuer.asked) == 2


def answered(status: int = 200, body: Any = None) -> Response:
    return Response(status, {}, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (answered(401, {"error": "invalid_client", "error_description": f"{WORD} is wrong"}), "401 invalid_client: *** is wrong"),
        (answered(400, None), "400"),
        (answered(302, None), "302"),
        (answered(200, {"access_token": ""}), "its answer holds no bearer token"),
        (answered(200, {"access_token": "a\r\nb"}), "its answer holds no bearer token"),
        (answered(200, {"access_token": "abc", "token_type": "mac"}), "its answer holds no bearer token"),
        (answered(200, []), "its answer holds no bearer token"),
        (Response(200, {}, b"<html>"), "its answer holds no bearer token"),
        (Unreached("the server cannot be reached: nothing listens there"), "the server cannot be reached: nothing listens there"),
    ],
)
def test_without_a_token_the_catalog_is_asked_for_nothing(answer: Response | TmfkitError, says: str) -> None:
    with pytest.raises(Unreached) as caught:
        made(OAUTH, issuer=Issuer([answer])).headers()
    assert caught.value.message == f"no token comes from id.example: {says}"
    assert WORD not in caught.value.message + caught.value.hint


def test_what_was_fetched_is_hidden_too() -> None:
    found = made(OAUTH, issuer=Issuer())
    found.headers()
    assert found.hide(f"Bearer token-1 of {WORD}") == "Bearer *** of ***"
    assert "token-1" not in repr(found)


def test_credentials_do_not_travel() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(made(OAUTH, issuer=Issuer()))
