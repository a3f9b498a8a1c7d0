"""The part of `tmfkit.yaml` that is about catalog servers: where each API is, how it behaves, and how it is reached."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import ValidationError, WithJsonSchema

from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import Part
from tmfkit.model.problems import NotUnderstood, Problem, as_text, problems_of, read_by, refuse, short, validated
from tmfkit.remote.identification import AuthValue, Certificate, NoAuth, Proxy
from tmfkit.remote.profiles import PROFILES
from tmfkit.remote.words import Address, AtOnce, FilePath, Seconds
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.profile import Profile

_WRITTEN = re.compile(r"(?P<key>\b(?:token|password|clientSecret|key|secret)[\"']?\s*:\s*)(?P<value>[^\s{][^,}#]*)", re.IGNORECASE)
_NO_NAME = re.compile(r"(?P<key>\benv[\"']?\s*:\s*+)(?![\"']?[A-Za-z_]\w*[\"']?\s*(?:[},#]|$))(?P<value>[^},#]+)", re.ASCII)
_USER = re.compile(r"(?P<scheme>://)(?P<user>[^/@\s]+)@")


def _profile(raw: Any) -> Profile:
    name = as_text(raw, "the profile of a server")
    if name not in PROFILES:
        help = did_you_mean(name, PROFILES) or f"the profiles are {', '.join(f'`{known}`' for known in PROFILES)}"
        raise NotUnderstood(f"there is no profile `{short(name)}`", help)
    return PROFILES[name]


ProfileName = Annotated[Profile, read_by(_profile), WithJsonSchema({"enum": list(PROFILES)})]


def _proxy(raw: Any) -> Proxy | Literal["none"]:
    if raw == "none":
        return "none"
    return validated(Proxy, raw if isinstance(raw, dict) else {"url": raw})


class ApiSettings(Part):
    """One API of a target: its address, used as it is, and the row of the table of servers that fits."""

    url: Address
    profile: ProfileName


def _apis(raw: Any) -> Mapping[Dialect, ApiSettings]:
    if not isinstance(raw, dict) or not raw:
        raise NotUnderstood("the APIs of a target are a mapping from a dialect to an address and a profile", code="TK013")
    problems = [*_unknown(raw), *_twice(raw)]
    found: dict[Dialect, ApiSettings] = {}
    for name, api in raw.items():
        try:
            made = ApiSettings.model_validate(api)
        except ValidationError as error:
            problems += [replace(problem, path=(name, *problem.path)) for problem in problems_of(ApiSettings, error)]
            continue
        if name in tuple(Dialect):
            found[Dialect(name)] = made
    if problems:
        raise refuse(problems)
    return found


def _unknown(raw: Mapping[str, Any]) -> Iterator[Problem]:
    for name in raw:
        if name not in tuple(Dialect):
            help = did_you_mean(str(name), Dialect) or f"they are {', '.join(f'`{known}`' for known in Dialect)}"
            yield Problem("TK014", f"`{short(str(name))}` is no version of a catalog API", help, (name,), at_key=True)


def _twice(raw: Mapping[str, Any]) -> Iterator[Problem]:
    from tmfkit.tmf.versions import APIS

    first: dict[str, str] = {}
    for name in raw:
        if name in tuple(Dialect):
            other = first.setdefault(APIS[Dialect(name)].number, name)
            if other != name:
                message = f"`{other}` and `{name}` are versions of one API"
                yield Problem("TK014", message, "a target has one of them: write two targets", (name,), at_key=True)


Apis = Annotated[
    Mapping[Dialect, ApiSettings],
    read_by(_apis),
    WithJsonSchema(
        {
            "type": "object",
            "propertyNames": {"enum": list(Dialect)},
            "minProperties": 1,
            "additionalProperties": {
                "type": "object",
                "required": ["url", "profile"],
                "properties": {"url": {"type": "string"}, "profile": {"enum": list(PROFILES)}},
                "additionalProperties": False,
            },
        }
    ),
]
ProxyValue = Annotated[Proxy | Literal["none"], read_by(_proxy), WithJsonSchema({"type": ["string", "object"]})]


class Target(Part):
    """A place that the catalog is published to: at most one version of each API, and how it is reached."""

    apis: Apis
    auth: AuthValue = NoAuth()
    certificate: Certificate | None = None
    timeout: Seconds = 30.0
    proxy: ProxyValue | None = None
    ca_bundle: FilePath | None = None
    concurrency: AtOnce = 8


def without_secrets(line: str) -> str:
    """A line of `tmfkit.yaml` for showing it: what somebody wrote there though it is secret becomes stars, as long as it was."""
    for secret in (_WRITTEN, _NO_NAME):
        line = secret.sub(lambda found: found["key"] + "*" * len(found["value"]), line)
    return _USER.sub(lambda found: found["scheme"] + "*" * len(found["user"]) + "@", line)
