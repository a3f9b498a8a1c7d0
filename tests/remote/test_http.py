"""What a catalog API answers, and what becomes of it: items, pages, or one clear line with a way out."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tmfkit.errors import TmfkitError
from tmfkit.remote.auth import Fixed
from tmfkit.remote.http import HttpApi, Patience
from tmfkit.remote.profiles import PROFILES
from tmfkit.remote.wire import Busy, Doubtful, Endless, Moved, Refused, Request, Response, Unreached
from tmfkit.tmf.dialects import Dialect

TOKEN = "s3cret-t0ken"
BASE = "https://catalog.example/productCatalog/"
TITLE = "catalog.example: TMF620 v5.0"


@dataclass
class Script:
    """A transport that answers in turn, and keeps what it was asked; the last answer holds for all that follow."""

    answers: list[Response | TmfkitError]
    asked: list[Request] = field(default_factory=list)

    def send(self, request: Request) -> Response:
        found = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(request)
        if isinstance(found, TmfkitError):
            raise found
        return found


def said(status: int = 200, content: Any = None, raw: bytes | None = None, **headers: str) -> Response:
    body = raw if raw is not None else b"" if content is None else json.dumps(content).encode()
    return Response(status, {"content-type": "application/json"} | {key.replace("_", "-"): value for key, value in headers.items()}, body)


def api(*answers: Response | TmfkitError, profile: str = "embedded", token: bool = True, withheld: bool = False) -> tuple[HttpApi, Script]:
    script, waited = Script(list(answers)), Patience(sleep=lambda seconds: None, chance=lambda: 0.0)
    shown = Fixed("the token in the environment variable TMFKIT_TOKEN", {}, (TOKEN,)) if token else Fixed()
    return HttpApi(Dialect.TMF620_V5, PROFILES[profile], script, TITLE, BASE, shown, withheld, waited), script


ITEM = {"id": "fibre-home", "name": "Fibre Home"}
Ask = Callable[[HttpApi], object]


def listing(one: HttpApi) -> object:
    return one.page("productOffering", 0, 10)


def reading(one: HttpApi) -> object:
    return one.read("productOffering", "fibre-home")


def creating(one: HttpApi) -> object:
    return one.create("productOffering", dict(ITEM))


def changing(one: HttpApi) -> object:
    return one.change("productOffering", "fibre-home", {"name": "Fibre"}, '"7"')


def deleting(one: HttpApi) -> object:
    return one.remove("productOffering", "fibre-home")


def error_of(ask: Ask, *answers: Response | TmfkitError, **more: Any) -> TmfkitError:
    one, _ = api(*answers, **more)
    with pytest.raises(TmfkitError) as caught:
        ask(one)
    return caught.value


@pytest.mark.parametrize("status", [200, 206])
def test_a_page(status: int) -> None:
    one, script = api(said(status, [ITEM, {"id": 7}], x_total_count="12"))
    page = one.page("productOffering", 10, 2, {"name": "Fibre Home", "version": "1.0"})
    assert [body["id"] for body in page.items] == ["fibre-home", "7"]
    assert page.total == 12
    [request] = script.asked
    assert (request.method, request.path) == ("GET", "productOffering?offset=10&limit=2&name=Fibre+Home&version=1.0")
    assert request.headers == {"accept": "application/json"}


@pytest.mark.parametrize("count", ["", "many", "-1", "1e3", "9" * 20])
def test_a_count_that_is_none(count: str) -> None:
    one, _ = api(said(200, [], x_total_count=count))
    assert one.page("productOffering", 0, 10).total is None


def test_a_count_that_the_profile_does_not_believe() -> None:
    one, _ = api(said(200, [], x_total_count="3"), profile="minting")
    assert one.page("productOffering", 0, 10).total is None


def test_an_item_with_its_tag() -> None:
    one, script = api(said(200, ITEM, etag='"7"'))
    held = one.read("productOffering", "fibre-home")
    assert held is not None
    assert (held.body, held.tag) == (ITEM, '"7"')
    assert script.asked[0].path == "productOffering/fibre-home"


@pytest.mark.parametrize("status", [404, 410])
def test_an_item_that_is_not_there(status: int) -> None:
    one, _ = api(said(status, {"code": "60", "reason": "not found"}))
    assert one.read("productOffering", "fibre-home") is None
    assert one.remove("productOffering", "fibre-home") is False


@pytest.mark.parametrize(
    ("id", "path"),
    [
        ("urn:ngsi-ld:product-offering:1", "category/urn:ngsi-ld:product-offering:1"),
        ("a/b?c#d", "category/a%2Fb%3Fc%23d"),
        ("é %", "category/%C3%A9%20%25"),
        ("42:(version=1.0)", "category/42:%28version%3D1.0%29"),
    ],
)
def test_the_path_of_an_id(id: str, path: str) -> None:
    one, script = api(said(200, {"id": id}))
    one.read("category", id)
    assert script.asked[0].path == path


@pytest.mark.parametrize("id", ["", ".", ".."])
def test_an_id_that_leads_elsewhere(id: str) -> None:
    one, script = api(said(204))
    with pytest.raises(TmfkitError, match="is no id of an item"):
        one.remove("category", id)
    assert script.asked == []


def test_making_an_item() -> None:
    one, script = api(said(201, {**ITEM, "id": "urn:1"}, etag='"1"'))
    held = one.create("productOffering", dict(ITEM))
    assert (held.body["id"], held.tag) == ("urn:1", '"1"')
    [request] = script.asked
    assert (request.method, request.path) == ("POST", "productOffering")
    assert request.headers == {"accept": "application/json", "content-type": "application/json"}
    assert json.loads(request.body or b"") == ITEM


@pytest.mark.parametrize(("profile", "kind"), [("embedded", "application/merge-patch+json"), ("strict-v4", "application/json")])
def test_changing_an_item_as_its_profile_has_it(profile: str, kind: str) -> None:
    one, script = api(said(200, ITEM, etag='"8"'), profile=profile)
    held = one.change("productOffering", "fibre-home", {"name": None}, '"7"')
    assert held is not None
    assert held.tag == '"8"'
    [request] = script.asked
    assert (request.method, request.path, request.body) == ("PATCH", "productOffering/fibre-home", b'{"name":null}')
    assert request.headers == {"accept": "application/json", "content-type": kind, "if-match": '"7"'}


@pytest.mark.parametrize("answered", [said(204), said(200), said(200, raw=b"  ")])
def test_changing_without_an_answer(answered: Response) -> None:
    one, script = api(answered)
    assert one.change("productOffering", "fibre-home", {}) is None
    assert "if-match" not in script.asked[0].headers


def test_deleting() -> None:
    one, _ = api(said(204))
    assert one.remove("productOffering", "fibre-home") is True


HTML = Response(200, {"content-type": "text/html; charset=utf-8"}, b"<!DOCTYPE html><html><title>Sign in</title></html>")
UNLABELLED = Response(200, {}, b"\n <html></html>")
IN_BODY = said(200, {"code": "ERR-7", "reason": "quota", "message": "no more room"})

ANSWERS: list[tuple[str, Ask, Response, str, str]] = [
    ("a web page", listing, HTML, "listing ProductOffering is answered with a web page instead of JSON", BASE),
    ("a web page that says nothing of it", reading, UNLABELLED, "is answered with a web page instead of JSON", BASE),
    ("no JSON", listing, said(200, raw=b'[{"id": "1"'), "is answered with something that is no JSON", BASE),
    ("nothing", listing, said(200), "listing ProductOffering is answered with nothing", BASE),
    ("not a number", listing, said(200, raw=b'[{"id": "1", "x": NaN}]'), "with something that is no JSON", BASE),
    ("half a character", listing, said(200, raw=b'[{"id": "\\ud800"}]'), "with something that is no JSON", BASE),
    ("another encoding", listing, said(200, raw='[{"id": "é"}]'.encode("latin-1")), "with something that is no JSON", BASE),
    ("a depth without end", listing, said(200, raw=b"[" * 200_000), "with something that is no JSON", BASE),
    ("no list", listing, said(200, {"items": []}), "is answered with something that is no list", "address"),
    ("a list of texts", listing, said(200, ["a"]), "is answered with an item that has no id", "address"),
    ("an item without id", listing, said(200, [{"name": "x"}]), "is answered with an item that has no id", "address"),
    ("an empty id", reading, said(200, {"id": ""}), "is answered with an item that has no id", "address"),
    ("a list for an item", reading, said(200, [ITEM]), "is answered with something that is no item", "address"),
    ("another item", reading, said(200, {"id": "other"}), "is answered with the item other", "ids that change"),
    ("an error in a list", listing, IN_BODY, "is answered with 200, and yet with an error: ERR-7: quota: no more room", "ask"),
    ("an error in an item", reading, IN_BODY, "and yet with an error: ERR-7: quota: no more room", "ask"),
    ("another error", reading, said(200, {"errors": [{"message": "x"}]}), "and yet with an error: x", "ask"),
    ("no such API", listing, said(404), "listing ProductOffering is refused: 404", f"there is no such list below {BASE}"),
    ("no such operation", creating, said(405), "creating ProductOffering fibre-home is refused: 405", "does not offer"),
    ("not built", creating, said(501), "is refused: 501", "does not offer"),
    ("not this type", changing, said(415), "changing ProductOffering fibre-home is refused: 415", "profile"),
    ("too large", creating, said(413), "is refused: 413", "the body has 39 bytes"),
    ("wrong", creating, said(400, {"code": 21, "reason": "Bad", "message": "name"}), "is refused: 400 21: Bad: name", "probe"),
    ("twice", creating, said(409, {"reason": "id is taken"}), "is refused: 409 id is taken", "tmfkit plan"),
]


@pytest.mark.parametrize(("ask", "answered", "says", "way_out"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_an_answer_that_is_none_has_one_line_and_a_way_out(ask: Ask, answered: Response, says: str, way_out: str) -> None:
    error = error_of(ask, answered)
    assert error.message.startswith(f"{TITLE}: ")
    assert says in error.message
    assert way_out in error.hint
    assert "\n" not in error.message + error.hint
    assert not isinstance(error, Doubtful | Unreached)


EMPTY_WORDS = [HTML, said(201, raw=b'{"id": "fib'), said(201, raw=b"[]"), said(200, {"name": "x"}), said(200, raw=b"null")]


@pytest.mark.parametrize("ask", [creating, changing])
@pytest.mark.parametrize("answered", EMPTY_WORDS)
def test_a_write_whose_answer_says_nothing_is_in_doubt(ask: Ask, answered: Response) -> None:
    assert isinstance(error_of(ask, answered), Doubtful)


def test_a_change_that_is_answered_with_another_item_is_in_doubt() -> None:
    assert isinstance(error_of(changing, said(200, {"id": "other"})), Doubtful)


@pytest.mark.parametrize("ask", [creating, changing])
def test_a_write_that_is_answered_with_an_error_is_refused(ask: Ask) -> None:
    error = error_of(ask, IN_BODY)
    assert isinstance(error, Refused)
    assert error.status == 200


@pytest.mark.parametrize(
    ("status", "token", "withheld", "way_out"),
    [
        (401, True, False, "the server does not accept the token in the environment variable TMFKIT_TOKEN"),
        (403, True, False, "whom the token in the environment variable TMFKIT_TOKEN stands for may not do this"),
        (401, False, False, "write `auth` of the target"),
        (401, False, True, "the credentials of this target belong to another host"),
        (407, True, False, "`proxy` of the target"),
    ],
)
@pytest.mark.parametrize("ask", [listing, reading, creating, changing, deleting])
def test_who_is_not_known_is_told_which_credentials_are_meant(ask: Ask, status: int, token: bool, withheld: bool, way_out: str) -> None:
    error = error_of(ask, said(status), token=token, withheld=withheld)
    assert isinstance(error, Refused)
    assert error.status == status
    assert way_out in error.hint


def test_what_a_server_says_is_one_short_line_without_secrets() -> None:
    reason = f"line one\nline two \x1b[31m red ::error:: {TOKEN} " + "x" * 500
    error = error_of(creating, said(400, {"reason": reason}))
    assert error.message.startswith(
        f"{TITLE}: creating ProductOffering fibre-home is refused: 400 line one line two [31m red : :error: : *** xxx"
    )
    assert len(error.message) < 350
    assert TOKEN not in repr(error)


@pytest.mark.parametrize("place", range(150, 220, 5))
def test_no_half_of_a_token_is_shown_where_a_reason_is_cut_short(place: int) -> None:
    """A cut token would be told from no other text."""
    error = error_of(creating, said(401, {"reason": "x" * place + TOKEN}))
    assert TOKEN[:3] not in error.message


def test_a_token_in_the_name_of_a_host_is_hidden_though_hosts_have_small_letters() -> None:
    error = error_of(listing, said(302, location=f"https://{TOKEN.upper()}.elsewhere.example/"))
    assert "https://***.elsewhere.example" in error.message


def test_the_status_is_said_once() -> None:
    assert error_of(listing, said(404, {"code": "404", "reason": "no such list"})).message.endswith("is refused: 404 no such list")


def test_an_answer_without_end_is_asked_for_once() -> None:
    one, script = api(Endless("the answer has more than 50,000,000 bytes"))
    with pytest.raises(Endless):
        listing(one)
    assert len(script.asked) == 1


def nested(levels: int) -> Any:
    found: Any = 1
    for _ in range(levels):
        found = {"a": [found]}
    return found


@pytest.mark.parametrize(
    ("value", "usable"),
    [
        (nested(45), True),
        (nested(60), False),
        (nested(140), False),
        ([2**70, nested(45)], True),
        ([2**70, nested(60)], False),
        (10**200, True),
        (10**400, False),
    ],
    ids=["deep", "too deep", "deeper than orjson", "large and deep", "large and too deep", "large", "too large"],
)
def test_what_could_not_be_compared_is_refused_when_it_is_read(value: Any, usable: bool) -> None:
    one, _ = api(said(200, [{**ITEM, "x": value}]))
    if usable:
        assert one.page("productOffering", 0, 10).items[0]["x"] == value
        return
    with pytest.raises(TmfkitError, match="nested more than 100 times, or has a number beyond all use"):
        listing(one)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"error": {"code": "E1", "message": "no"}}, "400 E1: no"),
        ({"error": "invalid", "error_description": "no"}, "400 invalid: no"),
        ({"title": "Bad Request", "detail": "no", "status": 400}, "400 Bad Request: no"),
        ([{"message": "a"}, {"message": "b"}], "400 a: b"),
        ({"errors": ["a", "b"]}, "400 a: b"),
        ({"reason": "same", "message": "same"}, "400 same"),
        ({"code": "badRequest", "reason": "BadRequest", "message": "why"}, "400 badRequest: why"),
        ({"nothing": "known"}, "400"),
        (None, "400"),
    ],
)
def test_the_reasons_of_many_frameworks(body: Any, says: str) -> None:
    assert error_of(creating, said(400, body)).message.endswith(f"is refused: {says}")


def test_plain_text_is_a_reason_and_a_web_page_is_none() -> None:
    plain = Response(400, {"content-type": "text/plain"}, b"no room\n")
    assert error_of(creating, plain).message.endswith("is refused: 400 no room")
    assert error_of(creating, Response(400, {"content-type": "text/html"}, b"<p>no</p>")).message.endswith("is refused: 400")


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("https://login.example/sso?next=x", "https://login.example"),
        ("https://user:pw@login.example:8443/", "https://login.example:8443"),
        ("/sign-in", "another path"),
        ("", "another path"),
        ("http://[", "another place"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_server_that_sends_on_is_not_followed(status: int, location: str, place: str) -> None:
    error = error_of(creating, said(status, location=location))
    assert isinstance(error, Refused)
    assert f"is sent on to {place} ({status}), and tmfkit does not follow" in error.message
    assert "pw" not in error.message


@pytest.mark.parametrize(
    ("answered", "after"),
    [
        (said(429, retry_after="7"), 7.0),
        (said(503, retry_after="0.5"), 0.5),
        (said(503), None),
        (said(503, retry_after="soon"), None),
        (said(429, retry_after="99999999"), 3600.0),
        (said(429, retry_after="Wed, 21 Oct 2026 07:28:30 GMT", date="Wed, 21 Oct 2026 07:28:00 GMT"), 30.0),
        (said(429, retry_after="Wed, 21 Oct 2026 07:27:00 GMT", date="Wed, 21 Oct 2026 07:28:00 GMT"), 0.0),
        (said(429, retry_after="Wed, 21 Oct 2026 07:28:30 GMT"), None),
        (said(423), None),
        (said(408), None),
        (said(409, {"code": "UNABLE_TO_LOCK_ROW"}), None),
        (said(409, {"reason": "concurrent update, try again"}), None),
        (said(409, retry_after="1"), 1.0),
    ],
)
@pytest.mark.parametrize("ask", [creating, changing, deleting])
def test_a_busy_server_says_when_to_come_back(ask: Ask, answered: Response, after: float | None) -> None:
    error = error_of(ask, answered)
    assert isinstance(error, Busy)
    assert error.after == after


def test_somebody_was_faster() -> None:
    error = error_of(changing, said(412))
    assert isinstance(error, Moved)
    assert "somebody changed it" in error.message


@pytest.mark.parametrize("status", [500, 502, 504, 599])
@pytest.mark.parametrize("ask", [creating, changing, deleting])
def test_a_fault_of_the_server_leaves_a_write_in_doubt(ask: Ask, status: int) -> None:
    error = error_of(ask, said(status, {"message": "null pointer"}))
    assert isinstance(error, Doubtful)
    assert f"ends with a fault of the server: {status} null pointer" in error.message


@pytest.mark.parametrize("fault", [said(500), said(502), said(503), said(429), Doubtful("no answer came")])
def test_looking_is_tried_again_and_writing_is_not(fault: Response | TmfkitError) -> None:
    one, script = api(fault, fault, said(200, [ITEM]))
    assert len(one.page("productOffering", 0, 10).items) == 1
    assert len(script.asked) == 3
    one, script = api(fault, said(201, ITEM))
    with pytest.raises(TmfkitError):
        creating(one)
    assert len(script.asked) == 1


@pytest.mark.parametrize(("fault", "kind"), [(said(500), Refused), (said(503), Busy), (Doubtful("no answer came"), Doubtful)])
def test_looking_is_given_up_in_the_end(fault: Response | TmfkitError, kind: type[TmfkitError]) -> None:
    one, script = api(fault)
    with pytest.raises(kind):
        reading(one)
    assert len(script.asked) == 5


def test_a_server_out_of_reach_is_named_once() -> None:
    one, script = api(Unreached("the server cannot be reached: nothing listens there", "look"))
    with pytest.raises(Unreached) as caught:
        listing(one)
    assert caught.value.message == f"{TITLE}: listing ProductOffering: the server cannot be reached: nothing listens there"
    assert caught.value.hint == "look"
    assert len(script.asked) == 1


def test_waiting_doubles_and_obeys() -> None:
    waited: list[float] = []
    patience = Patience(sleep=waited.append, chance=lambda: 1.0)
    for attempt, after in [(0, None), (1, None), (2, None), (9, None), (0, 5.0), (0, 600.0)]:
        patience.wait(attempt, after)
    assert waited == [0.5, 1.0, 2.0, 30.0, 5.5, 30.0]
