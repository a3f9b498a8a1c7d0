"""The targets of a project: what is understood, and what is refused at its line and column, secrets unseen."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.catalogs import written
from tmfkit.project import Configuration, Project, open_project
from tmfkit.remote.connect import addresses
from tmfkit.remote.identification import Bearer, ClientCredentials, NoAuth, Proxy
from tmfkit.remote.settings import Target, without_secrets
from tmfkit.tmf.dialects import Dialect
from tmfkit.views.diagnostics_text import as_text as findings

OAUTH = "type: clientCredentials, tokenUrl: https://x, clientId: a"
API = "tmf620-v5: {url: https://catalog.example/pc, profile: v5}"


def opened(folder: Path, settings: str) -> tuple[Project, list[str]]:
    outcome = open_project(written(folder, {}, settings))
    return outcome.value, [f"{found.code} {found.primary.start.line}:{found.primary.start.column}" for found in outcome.diagnostics]


def target(folder: Path, *lines: str) -> Target:
    """The target of a project whose other settings are `lines`."""
    project, found = opened(folder, "\n".join(["targets:", "  lab:", f"    apis: {{{API}}}", *(f"    {line}" for line in lines)]))
    assert found == []
    return project.configuration.targets["lab"]


def test_without_targets_there_are_none(tmp_path: Path) -> None:
    project, found = opened(tmp_path, "")
    assert found == []
    assert project.configuration.targets == {}
    assert project.state == tmp_path / "state"


def test_what_goes_without_saying(tmp_path: Path) -> None:
    found = target(tmp_path)
    assert found.auth == NoAuth()
    assert (found.timeout, found.concurrency, found.proxy, found.ca_bundle, found.certificate) == (30.0, 8, None, None, None)
    assert found.apis[Dialect.TMF620_V5].profile.name == "v5"


def test_an_address_is_used_as_it_is(tmp_path: Path) -> None:
    assert addresses(target(tmp_path)) == {Dialect.TMF620_V5: "https://catalog.example/pc/"}


def test_another_root_is_laid_out_as_the_embedded_catalog() -> None:
    apis = {name: {"url": "https://catalog.example/x/", "profile": "embedded"} for name in ("tmf620-v4", "tmf633-v4", "tmf634-v5")}
    assert list(addresses(Target.model_validate({"apis": apis}), "http://127.0.0.1:9000").values()) == [
        "http://127.0.0.1:9000/tmf-api/productCatalogManagement/v4/",
        "http://127.0.0.1:9000/tmf-api/serviceCatalogManagement/v4/",
        "http://127.0.0.1:9000/resourceCatalog/v5/",
    ]


@pytest.mark.parametrize(
    ("text", "seconds"), [("30 s", 30.0), ("30s", 30.0), ("30", 30.0), ("500 ms", 0.5), ("2 min", 120.0), ("0.5", 0.5), ("60 min", 3600.0)]
)
def test_times(tmp_path: Path, text: str, seconds: float) -> None:
    assert target(tmp_path, f"timeout: {text}").timeout == seconds


def test_everything_at_once(tmp_path: Path) -> None:
    found = target(
        tmp_path,
        "auth:",
        "  type: clientCredentials",
        "  tokenUrl: https://id.example/token",
        "  clientId: tmfkit",
        "  clientSecret: {env: SECRET}",
        "  scope: catalog.write",
        "certificate: {file: client.pem, key: client.key, password: {file: ~/word}}",
        "proxy: {url: http://proxy.example:3128, user: me, password: {env: PROXY_PASSWORD}}",
        "caBundle: authority.pem",
        "concurrency: 64",
    )
    assert isinstance(found.auth, ClientCredentials)
    assert found.auth.token_url == "https://id.example/token/"
    assert found.auth.client_secret.env == "SECRET"
    assert isinstance(found.proxy, Proxy)
    assert found.proxy.url == "http://proxy.example:3128/"
    assert (found.ca_bundle, found.concurrency) == ("authority.pem", 64)


@pytest.mark.parametrize(("text", "proxy"), [("none", "none"), ("http://p.example:1", Proxy.model_validate({"url": "http://p.example:1"}))])
def test_short_forms_of_a_proxy(tmp_path: Path, text: str, proxy: object) -> None:
    assert target(tmp_path, f"proxy: {text}").proxy == proxy


def test_short_form_of_no_auth(tmp_path: Path) -> None:
    assert target(tmp_path, "auth: none").auth == NoAuth()


def test_a_state_that_lies_elsewhere(tmp_path: Path) -> None:
    shared = tmp_path / "share"
    assert opened(tmp_path, f"state: {shared}")[0].state == shared
    assert opened(tmp_path, "state: ../share")[0].state == tmp_path / ".." / "share"


WRONG: list[tuple[str, str, list[str], str]] = [
    ("no such profile", f"{{apis: {{{API.replace(': v5', ': v6')}}}}}", ["TK014 3:70"], "there is no profile `v6`"),
    ("no profile", "{apis: {tmf620-v5: {url: https://x}}}", ["TK012 3:16"], "`profile` is missing"),
    ("no such dialect", "{apis: {tmf620-v6: {url: https://x, profile: v5}}}", ["TK014 3:16"], "`tmf620-v6` is no version of a catalog API"),
    (
        "two of one API",
        f"{{apis: {{{API}, tmf620-v4: {{url: https://x, profile: v5}}}}}}",
        ["TK014 3:75"],
        "`tmf620-v5` and `tmf620-v4` are versions of one API",
    ),
    ("no APIs", "{apis: {}}", ["TK013 3:15"], "the APIs of a target are a mapping"),
    ("nothing", "{}", ["TK012 3:3"], "`apis` is missing"),
    ("another key", f"{{apis: {{{API}}}, retries: 3}}", ["TK011 3:76"], "`retries` is no key of the language here"),
    ("another key of an API", "{apis: {tmf620-v5: {url: https://x, profile: v5, timeout: 3}}}", ["TK011 3:57"], "`timeout` is no key"),
]


@pytest.mark.parametrize(("settings", "places", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_about_a_target_has_its_place(tmp_path: Path, settings: str, places: list[str], says: str) -> None:
    text = f"# a comment\ntargets:\n  lab: {settings}\n"
    project, found = opened(tmp_path, text)
    assert found == places
    assert project.configuration == Configuration()
    [finding] = open_project(tmp_path).diagnostics
    assert finding.message.startswith(says)


@pytest.mark.parametrize(
    "url",
    [
        "catalog.example",
        "ftp://catalog.example/",
        "https://",
        "http://:80/",
        "https://x:port/",
        "https://x:99999/",
        '"https://x y/"',
        "https://é.example/",
        "[https://x]",
        "https://x/?a=b",
        '"https://x/#top"',
        "https://[::1/",
        "https://x:0/",
        '"https://x\\n/y"',
        '"https://x/{id}"',
    ],
)
def test_what_is_no_address(tmp_path: Path, url: str) -> None:
    _, found = opened(tmp_path, f"targets:\n  lab:\n    apis:\n      tmf620-v5:\n        url: {url}\n        profile: v5\n")
    assert len(found) == 1
    assert found[0].endswith(" 5:14")


LINES: list[tuple[str, str]] = [
    ("timeout: soon", "`soon` is no time to wait"),
    ("timeout: 0 s", "`0 s` is no time to wait"),
    ("timeout: 2 h", "`2 h` is no time to wait"),
    ("concurrency: 0", "`0` is no number of requests"),
    ("concurrency: 65", "`65` is no number of requests"),
    ("concurrency: many", "`many` is no number of requests"),
    ("auth: bearer", "how to show who one is: a mapping is expected here"),
    ("auth: {token: {env: X}}", "`type` is missing"),
    ("auth: {type: berer, token: {env: X}}", "there is no such `type`"),
    ("auth: {type: bearer}", "`token` is missing"),
    ("auth: {type: bearer, token: {env: X, file: y}}", "a secret has one place"),
    ("auth: {type: bearer, token: {}}", "a secret has one place"),
    ("auth: {type: apiKey, header: Host, key: {env: X}}", "`Host` is no header for a key"),
    ("auth: {type: apiKey, header: 'a b', key: {env: X}}", "`a b` is no header for a key"),
    (
        "auth: {type: clientCredentials, tokenUrl: https://x, clientId: a, clientSecret: {env: X}, sends: post}",
        "`post` is none of the values",
    ),
    ("certificate: client.pem", "a mapping is expected here"),
    ("caBundle: []", "the path of a file is expected here, not a list"),
    ("proxy: proxy.example:3128", "`proxy.example:3128` is no address of a server"),
]


@pytest.mark.parametrize(("line", "says"), LINES)
def test_what_is_wrong_about_one_setting(tmp_path: Path, line: str, says: str) -> None:
    outcome = open_project(written(tmp_path, {}, f"targets:\n  lab:\n    apis: {{{API}}}\n    {line}\n"))
    [finding] = outcome.diagnostics
    assert finding.message.startswith(says)
    assert finding.primary.start.line == 4


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    _, found = opened(
        tmp_path, "targets:\n  lab:\n    apis: {tmf620-v5: {url: x, profile: y}, z: {}}\n    timeout: 0\n    auth: {type: x}\n"
    )
    assert found == ["TK014 3:29", "TK014 3:41", "TK012 3:45", "TK012 3:45", "TK014 3:45", "TK014 4:14", "TK014 5:18"]


SECRETS = [
    "auth: {type: bearer, token: hunter2}",
    "auth: {type: bearer, token: {env: 'hunter2 !'}}",
    "auth: {type: bearer, token: [hunter2]}",
    "auth: {type: basic, user: me, password: hunter2}",
    "auth: {type: apiKey, key: hunter2}",
    f"auth: {{{OAUTH}, clientSecret: hunter2}}",
    "auth: {type: clientCredentials, tokenUrl: https://a:hunter2@x, clientId: a, clientSecret: {env: X}}",
    "certificate: {file: a, password: hunter2}",
    "proxy: http://me:hunter2@proxy.example:3128",
]


@pytest.mark.parametrize("line", SECRETS)
def test_a_secret_that_somebody_wrote_is_refused_and_shown_nowhere(tmp_path: Path, line: str) -> None:
    outcome = open_project(written(tmp_path, {}, f"targets:\n  lab:\n    apis: {{{API}}}\n    {line}\n"))
    [finding] = outcome.diagnostics
    assert finding.help
    shown = findings(outcome.diagnostics, outcome.value.lines)
    assert "hunter2" not in repr(finding) + shown
    assert "tmfkit.yaml:4:" in shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("    auth: {type: bearer, token: abc}", "    auth: {type: bearer, token: ***}"),
        ('    password: "abc"  # mine', "    password: *******# mine"),
        ("    token: {env: NAME}", "    token: {env: NAME}"),
        ("    clientSecret: {file: word}", "    clientSecret: {file: word}"),
        ("    token: {env: a b}", "    token: {env: ***}"),
        ('    token: {env: "NAME"}', '    token: {env: "NAME"}'),
        ("    env: NAME", "    env: NAME"),
        ("    url: https://me:pw@host/", "    url: https://*****@host/"),
        ("    url: https://host/a:b", "    url: https://host/a:b"),
        ("release: {name: x}", "release: {name: x}"),
    ],
)
def test_a_line_is_shown_without_what_is_secret(line: str, shown: str) -> None:
    assert without_secrets(line) == shown
    assert len(without_secrets(line)) == len(line)


def test_what_is_not_compiled_is_published_nowhere(tmp_path: Path) -> None:
    outcome = open_project(written(tmp_path, {}, f"dialects: [tmf620-v4]\ntargets: {{lab: {{apis: {{{API}}}}}}}\n"))
    [finding] = outcome.diagnostics
    assert finding.message.startswith("`tmf620-v5` is not among the `dialects` of this project")
    assert (finding.primary.start.line, finding.primary.start.column) == (2, 24)


def test_what_is_made_does_not_replace_what_is_remembered(tmp_path: Path) -> None:
    assert opened(tmp_path, "state: build/state")[1] == ["TK014 1:8"]


def test_a_name_that_no_folder_could_have(tmp_path: Path) -> None:
    assert opened(tmp_path, f"targets: {{a/b: {{apis: {{{API}}}}}}}")[1] == ["TK014 1:11"]


def test_the_example_operator_has_a_target_on_this_machine(tmp_path: Path) -> None:
    found = open_project(ROOT)
    assert found.diagnostics == ()
    local = found.value.configuration.targets["local"]
    assert list(addresses(local).values()) == list(addresses(local, "http://127.0.0.1:8000").values())
    assert {api.profile.name for api in local.apis.values()} == {"embedded"}


def test_editors_learn_what_a_target_is() -> None:
    schema = Target.model_json_schema()
    assert set(schema["properties"]) == {"apis", "auth", "certificate", "timeout", "proxy", "caBundle", "concurrency"}
    assert schema["required"] == ["apis"]
    assert schema["properties"]["apis"]["propertyNames"]["enum"] == list(Dialect)


def test_a_bearer_is_a_bearer(tmp_path: Path) -> None:
    assert isinstance(target(tmp_path, "auth: {type: bearer, token: {env: TMFKIT_TOKEN}}").auth, Bearer)
