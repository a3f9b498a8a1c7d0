"""A target, opened: credentials and certificates go to the hosts they belong to, through the proxy, and into no output."""

import logging
from pathlib import Path
from typing import Any

import pytest
import trustme
import typer

from tests.catalogs import written
from tests.remote.servers import Heard, Scripted, answer, closed_port, scripted
from tests.remote.test_encrypted import serving
from tmfkit.cli.targets import reached, target_of
from tmfkit.errors import TmfkitError
from tmfkit.project import open_project
from tmfkit.remote.api import CatalogApi
from tmfkit.remote.connect import belongs, connect
from tmfkit.remote.http import Patience
from tmfkit.remote.settings import Target
from tmfkit.remote.wire import Refused, Unreached
from tmfkit.tmf.dialects import Dialect

API = Dialect.TMF620_V5
TOKEN = "s3cret-t0ken"
HERE = {"TMFKIT_TOKEN": TOKEN, "SECRET": "hunter2"}
BEARER = {"auth": {"type": "bearer", "token": {"env": "TMFKIT_TOKEN"}}}


def target(url: str, **more: Any) -> Target:
    return Target.model_validate({"apis": {API.value: {"url": url, "profile": "embedded"}}, **more})


def opened(url: str, root: str | None = None, folder: Path = Path(), environment: dict[str, str] | None = None, **more: Any) -> CatalogApi:
    return connect(target(url, **more), folder, root, HERE if environment is None else environment, Patience(attempts=1))[API]


def listed(api: CatalogApi) -> int:
    return len(api.page("productOffering", 0, 10).items)


def test_the_token_goes_along_and_the_api_says_who_it_is() -> None:
    with scripted(answer(200, [{"id": "a"}])) as server:
        api = opened(server.url, **BEARER)
        assert listed(api) == 1
    assert server.heard[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert server.heard[0].path == "/api/productOffering?offset=0&limit=10"
    assert api.title == f"127.0.0.1:{server.port}: TMF620 v5.0"
    assert api.profile.name == "embedded"


def test_nothing_is_sent_before_something_is_asked_for() -> None:
    with scripted(answer(200, [])) as server:
        opened(server.url, **BEARER)
        assert server.heard == []


def test_a_secret_that_is_missing_is_missed_at_once() -> None:
    with pytest.raises(TmfkitError, match="the environment variable TMFKIT_TOKEN is not set"):
        opened("https://catalog.example/", environment={}, **BEARER)


def test_a_refused_token_is_named_by_its_variable() -> None:
    with scripted(answer(401, {"code": "1", "reason": f"bad token {TOKEN}"})) as server, pytest.raises(Refused) as caught:
        listed(opened(server.url, **BEARER))
    assert caught.value.hint.startswith("the server does not accept the token in the environment variable TMFKIT_TOKEN")
    assert caught.value.message.endswith("is refused: 401 1: bad token ***")
    assert len(server.heard) == 1


OWN = ["https://catalog.example/x/", "http://lab.example:8080/y/", "http://127.0.0.1:8000/z/"]
HOSTS = [
    ("https://catalog.example/elsewhere/", True),
    ("https://catalog.example:8443/", True),
    ("http://catalog.example/x/", False),
    ("http://lab.example/", True),
    ("https://lab.example/", True),
    ("http://localhost:9999/", True),
    ("http://[::1]:9999/", True),
    ("https://catalog.example.evil.example/", False),
    ("https://evil.example/catalog.example/", False),
]


@pytest.mark.parametrize(("base", "own"), HOSTS)
def test_whose_credentials_they_are(base: str, own: bool) -> None:
    names = ("tmf620-v5", "tmf633-v4", "tmf634-v5")
    apis = {name: {"url": url, "profile": "v5"} for name, url in zip(names, OWN, strict=True)}
    assert belongs(base, Target.model_validate({"apis": apis})) is own


def test_another_address_on_the_command_line_gets_the_token_only_if_it_is_the_same_host() -> None:
    with scripted(answer(200, [])) as server:
        root = f"http://127.0.0.1:{server.port}"
        listed(opened("http://localhost:1/", root, **BEARER))
        listed(opened("https://catalog.example/", root, **BEARER))
    same, other = server.heard
    assert same.headers["authorization"] == f"Bearer {TOKEN}"
    assert "authorization" not in other.headers
    assert other.path == "/productCatalogManagement/v5/productOffering?offset=0&limit=10"


def test_who_is_refused_without_the_token_learns_that_it_stayed_home() -> None:
    with scripted(answer(401)) as server, pytest.raises(Refused) as caught:
        listed(opened("https://catalog.example/", f"http://127.0.0.1:{server.port}", environment={}, **BEARER))
    assert caught.value.hint == "the credentials of this target belong to another host, and are sent nowhere else"


def test_an_address_on_the_command_line_that_is_none() -> None:
    with pytest.raises(TmfkitError, match="`catalog` is no address of a server"):
        opened("https://catalog.example/", "catalog")


def token_answer(word: str) -> bytes:
    return answer(200, {"access_token": word, "token_type": "Bearer", "expires_in": 3600})


def oauth(issuer: Scripted) -> dict[str, Any]:
    url = f"http://127.0.0.1:{issuer.port}/token"
    return {"auth": {"type": "clientCredentials", "tokenUrl": url, "clientId": "tmfkit", "clientSecret": {"env": "SECRET"}}}


def test_a_token_of_another_host_is_fetched_there_and_renewed_when_it_is_refused() -> None:
    def catalog(heard: Heard) -> bytes:
        return answer(200, []) if heard.headers["authorization"] == "Bearer two" else answer(401)

    with scripted(token_answer("one"), token_answer("two")) as issuer, scripted(catalog) as server:
        api = opened(server.url, **oauth(issuer))
        assert [listed(api), listed(api)] == [0, 0]
    assert [heard.path for heard in issuer.heard] == ["/token", "/token"]
    assert [heard.headers["authorization"] for heard in server.heard] == ["Bearer one", "Bearer two", "Bearer two"]
    assert not any("hunter2" in str(heard) for heard in server.heard)


def test_a_token_that_is_refused_twice_is_not_fetched_for_ever() -> None:
    with scripted(token_answer("one")) as issuer, scripted(answer(401)) as server:
        with pytest.raises(Refused, match="401"):
            listed(opened(server.url, **oauth(issuer)))
        assert (len(issuer.heard), len(server.heard)) == (2, 2)


def test_an_issuer_that_sends_on_gets_no_secret_a_second_time() -> None:
    with scripted(answer(200)) as other, scripted(answer(307, location=other.url)) as issuer, scripted(answer(200, [])) as server:
        with pytest.raises(Unreached, match="no token comes from"):
            listed(opened(server.url, **oauth(issuer)))
        assert (other.heard, server.heard) == ([], [])


def test_requests_go_through_the_proxy_with_its_own_login() -> None:
    with scripted(answer(200, [])) as proxy:
        between = {"url": f"http://127.0.0.1:{proxy.port}", "user": "me", "password": {"env": "SECRET"}}
        listed(opened("http://catalog.invalid/api/", proxy=between))
    [heard] = proxy.heard
    assert heard.path == "http://catalog.invalid/api/productOffering?offset=0&limit=10"
    assert heard.headers["proxy-authorization"] == "Basic bWU6aHVudGVyMg=="


def test_an_encrypted_request_passes_the_proxy_unseen(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    with scripted(answer(407, raw=b"", connection="close")) as proxy, pytest.raises(Unreached) as caught:
        listed(opened("https://catalog.invalid/api/", folder=tmp_path, proxy=f"http://127.0.0.1:{proxy.port}", **BEARER))
    assert "the proxy does not lead there: it asks for a user and a password" in caught.value.message
    [heard] = proxy.heard
    assert (heard.method, heard.path) == ("CONNECT", "catalog.invalid:443")
    assert TOKEN not in str(heard)


def test_a_proxy_that_is_not_there() -> None:
    with pytest.raises(Unreached) as caught:
        listed(opened("https://catalog.invalid/", proxy=f"http://127.0.0.1:{closed_port()}"))
    assert "the proxy does not lead there: nothing listens there" in caught.value.message
    assert "`proxy` of the target" in caught.value.hint


PROXIES: list[tuple[str, dict[str, str], object, bool]] = [
    ("http://catalog.invalid/", {"http_proxy": "@"}, None, True),
    ("http://catalog.invalid/", {"HTTP_PROXY": "@"}, None, True),
    ("http://catalog.invalid/", {"all_proxy": "@"}, None, True),
    ("http://catalog.invalid/", {"http_proxy": "@", "no_proxy": "other.example"}, None, True),
    ("http://catalog.invalid/", {"https_proxy": "@"}, None, False),
    ("http://catalog.invalid/", {"http_proxy": "@", "NO_PROXY": "other.example, catalog.invalid"}, None, False),
    ("http://a.catalog.invalid/", {"http_proxy": "@", "no_proxy": ".catalog.invalid"}, None, False),
    ("http://catalog.invalid/", {"http_proxy": "@", "no_proxy": "*"}, None, False),
    ("http://catalog.invalid/", {"http_proxy": "@"}, "none", False),
    ("http://127.0.0.1:9/", {"http_proxy": "@"}, None, False),
]


@pytest.mark.parametrize(("url", "environment", "written", "passes"), PROXIES)
def test_the_usual_variables_name_a_proxy(url: str, environment: dict[str, str], written: object, passes: bool) -> None:
    with scripted(answer(200, [])) as proxy:
        filled = {name: value.replace("@", f"http://u:p@127.0.0.1:{proxy.port}") for name, value in environment.items()}
        api = opened(url, environment=filled, proxy=written, timeout="1 s")
        if passes:
            assert listed(api) == 0
            assert proxy.heard[0].headers["proxy-authorization"] == "Basic dTpw"
            return
        with pytest.raises(Unreached):
            listed(api)
        assert proxy.heard == []


def test_a_certificate_is_shown_to_the_hosts_of_the_target_alone(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    authority.issue_cert("publisher@operator.example").private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    more: dict[str, Any] = {"caBundle": "authority.pem", "certificate": {"file": "both.pem"}}
    with scripted(answer(200, []), encrypted=serving(authority.issue_cert("127.0.0.1"), authority)) as server:
        root = f"https://127.0.0.1:{server.port}"
        assert listed(opened("https://127.0.0.1:1/", root, tmp_path, **more)) == 0
        with pytest.raises(TmfkitError):
            listed(opened("https://catalog.example/", root, tmp_path, **more))


def test_nothing_secret_is_logged_or_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with scripted(answer(200, []), answer(500), None) as server:
        api = opened(server.url, **BEARER)
        said = [repr(api), str(vars(api))]
        for _ in range(3):
            try:
                listed(api)
            except TmfkitError as error:
                said += [repr(error), str(error.__dict__), str(error.__cause__), str(error.__context__)]
    assert TOKEN not in "".join([caplog.text, *said])
    assert server.heard[0].headers["authorization"].endswith(TOKEN)


LOCAL = f"local: {{apis: {{{API.value}: {{url: 'http://127.0.0.1:1/', profile: embedded}}}}}}"
ASKED = [
    ("", "local", "the project has no target `local`; tmfkit.yaml has no `targets` yet"),
    (f"targets: {{{LOCAL}}}", "locl", "the project has no target `locl`; did you mean `local`?"),
    (f"targets: {{{LOCAL}}}", "production", "the project has no target `production`; it has local"),
]


@pytest.mark.parametrize(("settings", "name", "says"), ASKED)
def test_a_target_that_nobody_named(tmp_path: Path, settings: str, name: str, says: str) -> None:
    project = open_project(written(tmp_path, {}, settings)).value
    with pytest.raises(typer.BadParameter) as caught:
        target_of(project, name)
    assert caught.value.message == says


def test_a_command_reaches_a_target_by_its_name_or_elsewhere(tmp_path: Path) -> None:
    project = open_project(written(tmp_path, {}, f"targets: {{{LOCAL}}}")).value
    assert reached(project, "local", None)[API].title == "127.0.0.1:1: TMF620 v5.0"
    assert reached(project, "local", "http://127.0.0.1:2")[API].title == "127.0.0.1:2: TMF620 v5.0"
    with pytest.raises(typer.BadParameter, match="`nowhere` is no address of a server"):
        reached(project, "local", "nowhere")
