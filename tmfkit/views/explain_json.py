"""Entities, answers and codes explained as JSON, for programs."""

import json
from typing import Any

from tmfkit.catalog import Catalog
from tmfkit.diagnostics.codes import CODES
from tmfkit.model.base import External, Key
from tmfkit.rules.base import Rule, page
from tmfkit.semantics.domains import Domain
from tmfkit.semantics.made_of import Made
from tmfkit.semantics.orderable import Answer
from tmfkit.semantics.quotes import Quote
from tmfkit.semantics.situation import Situation
from tmfkit.semantics.standing import Obstacle
from tmfkit.source.text import Span
from tmfkit.views import wording
from tmfkit.views.code_page import page_of
from tmfkit.views.explain import Explanation


def entity(found: Explanation) -> str:
    """An entity with its values, users, parts and prices."""
    summary = found.summary
    body = {
        **_key(summary.key),
        "name": summary.title,
        "lifecycle": summary.lifecycle,
        "version": summary.version,
        "abstract": summary.abstract,
        "broken": summary.broken,
        **_place(found.place),
        "values": [{"path": list(one.path), "value": one.value, **_place(one.span), "from": one.owner.id} for one in found.written],
        "usedBy": [{**_key(key), "field": field} for key, field in found.users],
        "extendedBy": [key.id for key in found.heirs],
        "madeOf": [_part(part) for part in found.parts],
        **_situation(found.situation),
    }
    return _written(body | ({} if found.prices is None else {"prices": [_price(one) for one in found.prices]}))


def answer(key: Key, found: Answer, situation: Situation, catalog: Catalog) -> str:
    """Whether an offering can be ordered, and all reasons or all that is open."""
    body = {
        **_key(key),
        **_situation(situation),
        "orderable": found.can_be_ordered,
        "reasons": [_obstacle(one, catalog) for one in found.obstacles],
        "inSomeConfigurations": [_obstacle(one, catalog) for one in found.limits],
    }
    if found.can_be_ordered:
        body |= {
            "open": {name: _domain(domain) for name, domain in found.open},
            "notSold": [dict(one) for one in found.closed],
            "onlyTogetherWith": list(found.together),
            "notTogetherWith": list(found.apart),
            "prices": [_price(one) for one in found.prices],
        }
    return _written(body)


def code(name: str) -> str:
    """A code, what it stands for, and its page."""
    return _written({"code": name, "meaning": CODES[name], "page": page_of(name)})


def of_plugin(rule: Rule) -> str:
    """As `code`, of a plugin's rule."""
    return _written({"code": rule.code, "meaning": rule.name, "page": page(rule).strip()})


def _written(body: dict[str, Any]) -> str:
    return json.dumps(body, indent=2, ensure_ascii=False)


def _key(key: Key) -> dict[str, Any]:
    return {"kind": key.kind, "id": key.id}


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.start.line, "column": span.start.column}


def _situation(situation: Situation) -> dict[str, Any]:
    return {"on": situation.moment.date().isoformat(), "known": dict(situation.known)}


def _part(part: Made) -> dict[str, Any]:
    outside = isinstance(part.target, External)
    target = part.target.external if isinstance(part.target, External) else part.target
    terms = wording.use(part.use) if part.use is not None else ""
    found: dict[str, Any] = {"field": part.field, "id": target, "kind": part.key.kind if part.key else None, "outside": outside}
    found |= {"role": part.role} if part.role else {}
    found |= {"terms": terms} if terms else {}
    return found | ({"again": True} if part.again else {"madeOf": [_part(one) for one in part.parts]})


def _price(quote: Quote) -> dict[str, Any]:
    rows = [{"keys": list(row.keys), "amount": None if row.amount is None else str(row.amount)} for row in quote.rows]
    return {
        "name": quote.name,
        "type": quote.price.type,
        "nature": wording.nature(quote.price),
        "amount": wording.quote(quote),
        "by": list(quote.price.by),
        "table": rows,
        "depends": wording.depends(quote),
    }


def _obstacle(one: Obstacle, catalog: Catalog) -> dict[str, Any]:
    place = _place(catalog.span(one.key, one.path))
    return {"reason": one.message, **_key(one.key), **place, "because": [_obstacle(cause, catalog) for cause in one.causes]}


def _domain(domain: Domain) -> dict[str, Any]:
    return {"values": list(domain.values)} if domain.is_listed else {"values": list(domain.values), "also": domain.words()}
