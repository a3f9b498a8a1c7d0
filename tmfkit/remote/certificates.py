"""Whom an encrypted connection trusts, the certificate that is shown there, and why a connection is not trusted."""

import ssl
from pathlib import Path

from urllib3.exceptions import SSLError

from tmfkit.errors import TmfkitError
from tmfkit.remote.identification import Certificate
from tmfkit.remote.secrets import Surroundings

_ASK_THERE = "tell those who run the server; meanwhile nothing is sent there"
_BUNDLE = "name the certificates of its authority as `caBundle` of the target"
_REASONS = {
    9: ("its certificate is not valid yet", "look at the clock of this machine"),
    10: ("its certificate has expired", _ASK_THERE),
    18: ("its certificate is signed by itself", _BUNDLE),
    19: ("its certificate comes from an authority that is not known here", _BUNDLE),
    20: ("its certificate comes from an authority that is not known here", _BUNDLE),
    21: ("its certificate comes from an authority that is not known here", _BUNDLE),
    23: ("its certificate is revoked", _ASK_THERE),
    62: ("its certificate is that of another host", "look at the address of the target"),
    64: ("its certificate is that of another host", "look at the address of the target"),
}
"""What OpenSSL finds in a certificate (X509_V_ERR), and what to do about it."""

_OURS = "it does not take the certificate that is shown to it", "look at `certificate` of the target"
_ALERTS = {
    "CERTIFICATE_REQUIRED": ("it asks for a certificate", "name one as `certificate` of the target"),
    "CERTIFICATE_EXPIRED": ("the certificate that is shown to it has expired", "renew `certificate` of the target"),
    "BAD_CERTIFICATE": _OURS,
    "UNKNOWN_CA": _OURS,
    "CERTIFICATE_UNKNOWN": _OURS,
    "CERTIFICATE_REVOKED": _OURS,
    "WRONG_VERSION_NUMBER": ("it does not speak https at that port", "write `http://`, or another port"),
    "HTTP_REQUEST": ("it does not speak https at that port", "write `http://`, or another port"),
}
"""What the server says about the connection, by a part of OpenSSL's name for it."""


def why_not_trusted(error: SSLError) -> tuple[str, str]:
    """The fact and the way out; empty where the fault is not one of trust."""
    cause: object = error.args[0] if error.args else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _REASONS.get(cause.verify_code, ("its certificate is not trusted", _BUNDLE))
    text = str(cause).upper().replace(" ", "_")
    return next((reason for sign, reason in _ALERTS.items() if sign in text), ("", ""))


def context(bundle: str | None, certificate: Certificate | None, around: Surroundings) -> ssl.SSLContext:
    """What the connections of a target are encrypted by; without a bundle it trusts whom the system trusts. Nothing lifts the check."""
    made = _trusting(bundle, around)
    if certificate:
        _show(made, certificate, around)
    return made


def _trusting(bundle: str | None, around: Surroundings) -> ssl.SSLContext:
    if bundle is None:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=str(around.file(bundle)))
    except ssl.SSLError:
        raise TmfkitError(f"the file {bundle} holds no certificates", "it holds those of authorities, as PEM: look at `caBundle`") from None
    except OSError as error:
        raise _unreadable(bundle, error) from None


def _show(made: ssl.SSLContext, certificate: Certificate, around: Surroundings) -> None:
    """Without a password the answer to its question is an empty one: nobody is asked on a terminal."""
    password = around.secret(certificate.password, "password of the key").reveal if certificate.password else ""
    key = certificate.key or certificate.file
    for name in (certificate.file, key):
        _look(around.file(name), name)
    try:
        made.load_cert_chain(around.file(certificate.file), around.file(key), lambda: password)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            message = f"the key in {key} does not belong to the certificate in {certificate.file}"
            raise TmfkitError(message, "look at `certificate` of the target") from None
        message = f"the certificate in {certificate.file} with its key in {key} cannot be used"
        raise TmfkitError(message, "both are PEM; a key that is locked needs its `password` as well") from None


def _look(path: Path, name: str) -> None:
    try:
        with path.open("rb"):
            return
    except OSError as error:
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: OSError) -> TmfkitError:
    return TmfkitError(
        f"the file {name} cannot be read: {(error.strerror or 'no reason is told').lower()}", "the path is relative to the project"
    )
