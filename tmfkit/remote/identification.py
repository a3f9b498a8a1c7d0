"""How a target says who asks: tokens, passwords, keys and certificates, each by the place where it is found."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import WithJsonSchema, model_validator

from tmfkit.diagnostics.suggest import did_you_mean
from tmfkit.model.base import Part
from tmfkit.model.problems import NotUnderstood, Problem, as_text, read_by, refuse, validated
from tmfkit.model.values import Text
from tmfkit.remote.words import Address, FilePath, HeaderName, Variable


class SecretPlace(Part):
    """Where a secret is found: in a variable of the environment, or in a file that is no part of the repository."""

    env: Variable | None = None
    file: FilePath | None = None

    @model_validator(mode="after")
    def _one_place(self) -> "SecretPlace":
        if (self.env is None) == (self.file is None):
            raise refuse([Problem("TK014", "a secret has one place", "write `{env: NAME}` or `{file: path}`")])
        return self


def _secret(raw: Any) -> SecretPlace:
    """What is refused is never quoted: it may be the secret itself."""
    if not isinstance(raw, dict):
        message = "a secret is never in the repository: its place is named here"
        raise refuse([Problem("TK014", message, "write `{env: NAME}` or `{file: path}`", at_key=True)])
    return validated(SecretPlace, raw)


def _word(raw: Any) -> str | SecretPlace:
    return validated(SecretPlace, raw) if isinstance(raw, dict) else as_text(raw, "a name")


_PLACE = {
    "type": "object",
    "properties": {"env": {"type": "string"}, "file": {"type": "string"}},
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
}
SecretValue = Annotated[SecretPlace, read_by(_secret), WithJsonSchema(_PLACE)]
Word = Annotated[str | SecretPlace, read_by(_word), WithJsonSchema({"anyOf": [{"type": "string"}, _PLACE]})]


class NoAuth(Part):
    """The server asks for nothing."""

    type: Literal["none"] = "none"


class Bearer(Part):
    """A token in the header `Authorization`."""

    type: Literal["bearer"]
    token: SecretValue


class Basic(Part):
    """A user and a password in the header `Authorization`."""

    type: Literal["basic"]
    user: Word
    password: SecretValue


class ApiKey(Part):
    """A key in a header of its own."""

    type: Literal["apiKey"]
    header: HeaderName = "X-API-Key"
    key: SecretValue


class ClientCredentials(Part):
    """OAuth 2: tokens are fetched from another address, which alone gets the secret (RFC 6749, section 4.4).

    `sends` says where the secret travels: in the header `Authorization`, or in the body, which some servers ask for.
    """

    type: Literal["clientCredentials"]
    token_url: Address
    client_id: Word
    client_secret: SecretValue
    scope: Text | None = None
    audience: Text | None = None
    sends: Literal["header", "body"] = "header"


Auth: TypeAlias = NoAuth | Bearer | Basic | ApiKey | ClientCredentials

KINDS: Mapping[str, type[Auth]] = {
    "none": NoAuth,
    "bearer": Bearer,
    "basic": Basic,
    "apiKey": ApiKey,
    "clientCredentials": ClientCredentials,
}
"""Every way to say who asks, by the word that is written as `type`."""


def _auth(raw: Any) -> Auth:
    if raw == "none":
        return NoAuth()
    if not isinstance(raw, dict):
        raise NotUnderstood("how to show who one is: a mapping is expected here", "as in `{type: bearer, token: {env: NAME}}`", "TK013")
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        kinds = ", ".join(f"`{known}`" for known in KINDS)
        what = "there is no such `type`" if "type" in raw else "`type` is missing"
        help = did_you_mean(kind, KINDS) if isinstance(kind, str) else ""
        raise refuse([Problem("TK014" if "type" in raw else "TK012", what, help or f"the types are {kinds}", ("type",))])
    return validated(KINDS[kind], raw)


AuthValue = Annotated[Auth, read_by(_auth), WithJsonSchema({"type": "object", "properties": {"type": {"enum": list(KINDS)}}})]


class Certificate(Part):
    """The certificate that tmfkit shows to the server (mTLS): files of their own, or one for both."""

    file: FilePath
    key: FilePath | None = None
    password: SecretValue | None = None


class Proxy(Part):
    """What stands between here and the server; with a user, if it asks for one."""

    url: Address
    user: Word | None = None
    password: SecretValue | None = None
