"""Random bytes where nobody expects them: whatever comes, the server answers in the form of its APIs, and goes on."""

import http.client
import json
from collections.abc import Iterator
from urllib.parse import quote_from_bytes, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.serve.client import Client
from tmfkit.serve.run import running
from tmfkit.tmf.dialects import Dialect
from tmfkit.tmf.rest import JSON_PATCH, MERGE_PATCH, PLAIN_JSON, QUERY_PATCH

BYTES = st.binary(max_size=20) | st.sampled_from([b"\x00", b"..", b"/", b"\xff\xfe", b"%", b":(version=", b"a:(version=1)", b"a" * 4000])
HEADERS = st.dictionaries(
    st.sampled_from(["If-Match", "If-None-Match", "Accept", "Authorization", "Expect", "Origin", "X-HTTP-Method-Override", "Range"]),
    st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=20)
    | st.sampled_from(['"', "*", 'W/"1-1"', "Bearer ", "bytes=0-"]),
    max_size=2,
)
JSONS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["/name", "/-", "add", "remove", "~2", "?"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["op", "path", "value", "from", "id", "name", "@type", "version"]) | st.text(max_size=4), inner, max_size=4
        )
    ),
    max_leaves=8,
)
OPERATIONS = st.lists(
    st.fixed_dictionaries(
        {"op": st.sampled_from(["add", "remove", "replace", "move", "copy", "test"])},
        optional={
            name: st.sampled_from(
                ["", "/", "/name", "/place", "/place/0", "/place/-", "/place?id=1", "/place?a.b", "?", "/place/~", "/a/b/c"]
            )
            for name in ("path", "from")
        }
        | {"value": JSONS},
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    with running() as address:
        Client(address, Dialect.TMF620_V4).post("category", {"id": "a", "name": "A", "place": [{"id": "1"}, {"id": "2"}]})
        yield address


def status_of(root: str, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> int:
    """The status of an answer, whose body has to be JSON in the form of the API."""
    place = urlsplit(root)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    try:
        connection.putrequest(method, path)
        for name, value in headers.items():
            connection.putheader(name, value.encode("latin-1"))
        connection.putheader("Content-Length", str(len(body or b"")))
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status >= 400 and method != "HEAD":
        assert {"code", "reason"} <= json.loads(content).keys()
    return answer.status


@settings(max_examples=150)
@given(method=st.sampled_from(["GET", "HEAD", "PATCH", "DELETE", "POST", "PUT", "OPTIONS", "TRACE"]), id=BYTES, headers=HEADERS)
def test_any_address(root: str, method: str, id: bytes, headers: dict[str, str]) -> None:
    if id == b"a" and method == "DELETE":
        return
    path = f"{urlsplit(Client(root, Dialect.TMF620_V4).base).path}category/{quote_from_bytes(id, safe='')}"
    assert status_of(root, method, path, headers) < 500


@settings(max_examples=150)
@given(names=st.lists(BYTES, max_size=3), values=st.lists(BYTES, max_size=3))
def test_any_query(root: str, names: list[bytes], values: list[bytes]) -> None:
    pairs = "&".join(f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in zip(names, values, strict=False))
    assert status_of(root, "GET", f"/resourceCatalog/v5/resourceCategory?{pairs}", {}) in (200, 400)


@settings(max_examples=300)
@given(media=st.sampled_from([PLAIN_JSON, MERGE_PATCH, JSON_PATCH, QUERY_PATCH]), patch=JSONS | OPERATIONS, post=st.booleans())
def test_any_body(root: str, media: str, patch: object, post: bool) -> None:
    base = urlsplit(Client(root, Dialect.TMF620_V4).base).path
    method, path = ("POST", f"{base}category") if post else ("PATCH", f"{base}category/a")
    status = status_of(root, method, path, {"Content-Type": PLAIN_JSON if post else media}, json.dumps(patch).encode())
    assert status < 500
    answer = Client(root, Dialect.TMF620_V4).get("category/a")
    assert (answer.status, answer.body["id"], isinstance(answer.body["name"], str)) == (200, "a", True)


@settings(max_examples=100)
@given(body=st.binary(max_size=60), path=st.sampled_from(["category", "hub", "importJob", "exportJob", "listener/categoryCreateEvent"]))
def test_any_bytes(root: str, body: bytes, path: str) -> None:
    assert status_of(root, "POST", f"/productCatalogManagement/v5/{path}", {"Content-Type": PLAIN_JSON}, body) < 500
