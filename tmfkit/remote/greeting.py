"""Encrypted connections that say whether they broke before anything was asked for: then nothing was done at the server."""

import ssl
from typing import Any

import urllib3
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, SSLError


class NotGreeted(SSLError):
    """The encrypted connection did not come about."""


class Greeted(HTTPSConnection):
    """A connection that tells faults of its greeting from those that come later."""

    def connect(self) -> None:
        """Greets the server; what goes wrong with encryption until then is a `NotGreeted`."""
        try:
            super().connect()
        except TimeoutError:
            raise ConnectTimeoutError("the greeting took too long") from None
        except (ssl.SSLError, SSLError, ConnectionError) as error:
            raise NotGreeted(error.args[0] if isinstance(error, SSLError) and error.args else error) from error


class GreetedPool(HTTPSConnectionPool):
    """Connections to one server that are `Greeted`."""

    ConnectionCls = Greeted


def greeted(pool: urllib3.PoolManager) -> urllib3.PoolManager:
    """The same manager, with such connections wherever it encrypts."""
    classes: dict[str, Any] = {"http": HTTPConnectionPool, "https": GreetedPool}
    pool.pool_classes_by_scheme = classes
    return pool
