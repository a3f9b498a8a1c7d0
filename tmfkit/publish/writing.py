"""Carries out one step of a plan: announces it in the journal, sends it, and finds out what became of it when no answer comes."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, assert_never

from tmfkit.errors import TmfkitError
from tmfkit.plan.packed import Packed, formed, opened
from tmfkit.plan.patch import creation, merge_patch, retirement
from tmfkit.plan.states import Known
from tmfkit.plan.steps import Action, Step
from tmfkit.publish.lookup import CANDIDATES, Several, differences, looked_up, made_by_itself
from tmfkit.publish.records import Done, Failed
from tmfkit.publish.run import Run, after, learnt
from tmfkit.remote.api import Body, Held
from tmfkit.remote.wire import Doubtful, Moved, Refused, Unreached
from tmfkit.remote.wording import one_line
from tmfkit.tmf.roles import RETIRED, STATUS, called

LOOKS = 4
"""How often a write is sent whose answer is lost each time; in between, the server is asked whether it was done."""

Patches = Callable[[Body], tuple[Body, ...]]
"""What has to be sent to an item as the server has it; nothing where it is right already."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step: done without a reason, else why not. After a `fatal` one nothing else would go better."""

    step: Step
    reason: str = ""
    fatal: bool = False


def carry_out(run: Run, step: Step) -> Outcome:
    """Does what a step says; attributes that close a circle of references are left for `complete`."""
    match step.action:
        case Action.CREATE:
            return _create(run, step)
        case Action.UPDATE | Action.CONFLICT:
            return _change(run, step, {field.attribute for field in step.fields} - {*step.later}, step.later)
        case Action.RETIRE:
            return _retire(run, step)
        case Action.REMOVE:
            return _remove(run, step)
        case Action.ADOPT:
            return Outcome(step, "the server has it already, and it is not adopted")
        case Action.NOTHING:
            return Outcome(step)
        case _:
            assert_never(step.action)


def complete(run: Run, step: Step) -> Outcome:
    """Writes the attributes that closed a circle of references: everything that they refer to exists by now."""
    second = replace(step, action=Action.UPDATE, server_id=run.known[step.address].server_id)
    return _change(run, second, step.later, (), afresh=True)


def _create(run: Run, step: Step) -> Outcome:
    address, profile = step.address, run.profile(step.address)
    body = creation(address, run.wanted(address), profile, step.later)
    item = after(run, step, run.form_of_wanted(address, body))
    body = run.identity.sent(address, body)
    found = step.server_id or (_by_itself(run, item) if profile.makes_candidates and address.resource in CANDIDATES else "")
    if found:
        return _take_over(run, step, replace(item, server_id=found), body)
    return _written(run, step, item, lambda _: _made(run, item, body))


def _take_over(run: Run, step: Step, item: Known, body: Body) -> Outcome:
    """The server made it by itself: only what is missing is written."""

    def patches(held: Body) -> tuple[Body, ...]:
        return _what_differs(run, item, item.sent.keys(), body, held)

    run.identity.learn(step.address, item.server_id)
    return _written(run, step, item, lambda sent: _patched(run, item, patches, sent, afresh=True))


def _change(run: Run, step: Step, attributes: Collection[str], later: Collection[str], *, afresh: bool = False) -> Outcome:
    address = step.address
    wanted = run.wanted(address)
    body = run.identity.sent(address, wanted)
    item = after(run, step, _without(later, run.form_of_wanted(address, wanted), run.known[address].sent))

    def patches(held: Body) -> tuple[Body, ...]:
        return _what_differs(run, item, attributes, body, held)

    return _written(run, step, item, lambda done: _patched(run, item, patches, done, afresh=afresh))


def _without(later: Collection[str], form: Packed, before: Mapping[str, Any]) -> Packed:
    """What is sent now: attributes that are written later stay as they were."""
    if not later:
        return form
    old = opened(before)
    new = {name: value for name, value in opened(form).items() if name not in later}
    return formed(new | {name: old[name] for name in later if name in old})


def _retire(run: Run, step: Step) -> Outcome:
    before = run.known[step.address]
    item = replace(before, sent=formed({**opened(before.sent), STATUS: RETIRED}), launched=True, retired=True)

    def patches(held: Body) -> tuple[Body, ...]:
        return () if held.get(STATUS) == RETIRED else (retirement(step.address, held),)

    return _written(run, step, item, lambda sent: _patched(run, item, patches, sent))


def _remove(run: Run, step: Step) -> Outcome:
    item = run.known[step.address]

    def send(sent: list[Body]) -> None:
        for number in range(1, LOOKS):
            try:
                run.sending(lambda: run.api(step.address).remove(step.address.resource, item.server_id))
                return
            except Doubtful:
                run.pace.wait(number)
        run.sending(lambda: run.api(step.address).remove(step.address.resource, item.server_id))

    return _written(run, step, item, send)


def _written(run: Run, step: Step, item: Known, send: Callable[[list[Body]], Body | None]) -> Outcome:
    """Announces a write, sends it and notes what came of it; `send` adds to its list what the server has done already."""
    number = run.journal.begin(step.action, item)
    sent: list[Body] = []
    try:
        answer = send(sent)
    except (Unreached, Refused) as error:
        reason = _of_it(item, error.message)
        run.journal.note(Failed(number, reason, bool(sent)))
        return Outcome(step, reason, fatal=isinstance(error, Unreached) or error.status == 401)
    except (Doubtful, Several) as error:
        return Outcome(step, f"{error.message}; whether it was done is looked up the next time")
    _note_done(run, step, number, item, answer)
    return Outcome(step)


def _of_it(item: Known, message: str) -> str:
    """A message about an item without its name, which stands beside it: what failed alike reads alike."""
    for name in (item.address.id, item.server_id, item.name):
        shorter, found = re.subn(rf" \w+ {re.escape(one_line(name))}(?=[\s:]|$)", " it", message, count=1) if name else ("", 0)
        if found:
            return shorter
    return message


def _note_done(run: Run, step: Step, number: int, item: Known, answer: Body | None) -> None:
    server_id = str(answer["id"]) if answer is not None else item.server_id
    if step.action is Action.REMOVE:
        run.journal.note(Done(number, server_id))
        run.known.pop(step.address)
        run.identity.forget(step.address)
        return
    run.identity.learn(step.address, server_id)
    seen = None if answer is None else run.form_of_live(step.address, answer, item.sent)
    run.journal.note(Done(number, server_id, None if seen == item.sent else seen))
    learnt(run, item, server_id, seen)


def _made(run: Run, item: Known, body: Body) -> Body:
    """The item that was made, even where the answer of the server was lost.

    Once an answer is lost only a success counts: what is refused later may have been done before.
    """
    api, resource = run.api(item.address), item.address.resource
    doubt: Doubtful | None = None
    for number in range(1, LOOKS + 1):
        try:
            return run.sending(lambda: api.create(resource, body)).body
        except Doubtful as error:
            doubt = error
        except (Refused, Unreached) as error:
            if doubt is None:
                return _arrived_twice(run, item, error)
        run.pace.wait(number)
        with _staying_in(doubt):
            found = looked_up(api, item, run.identity)
        if found is not None:
            return found.body
    assert doubt is not None
    raise doubt


def _arrived_twice(run: Run, item: Known, error: Refused | Unreached) -> Body:
    """The item that the server has made and refuses to make again, because the request came twice; raises `error` where there is none."""
    if isinstance(error, Refused) and error.status == 409:
        found = looked_up(run.api(item.address), item, run.identity)
        if found is not None and _is_as_sent(run, item, found.body):
            return found.body
    raise error


@contextmanager
def _staying_in(doubt: Doubtful) -> Iterator[None]:
    """What cannot be looked up stays in doubt."""
    try:
        yield
    except Several:
        raise
    except TmfkitError as error:
        raise doubt from error


def _is_as_sent(run: Run, item: Known, body: Body) -> bool:
    return not any(differences(item.sent, body, item.address, run.profile(item.address), run.identity))


def _patched(run: Run, item: Known, patches: Patches, sent: list[Body], *, afresh: bool = False) -> Body | None:
    """The item as the server answers it once its patches are done; when an answer is lost, what is still missing is sent again."""
    current = _current(run, item, afresh=afresh)
    doubt: Doubtful | None = None
    for number in range(1, LOOKS + 1):
        try:
            return _send_all(run, item, patches(current.body), current, sent)
        except Doubtful as error:
            doubt = error
        except (Refused, Unreached) as error:
            if doubt is None:
                raise
            if not isinstance(error, Moved):
                raise doubt from error
        run.pace.wait(number)
        with _staying_in(doubt):
            current = _read(run, item)
    assert doubt is not None
    raise doubt


def _send_all(run: Run, item: Known, patches: tuple[Body, ...], current: Held, sent: list[Body]) -> Body | None:
    api, tag = run.api(item.address), current.tag
    answer: Held | None = current
    for patch in patches:
        answer = run.sending(lambda patch=patch, tag=tag: api.change(item.address.resource, item.server_id, patch, tag))  # type: ignore[misc]
        sent.append(patch)
        tag = answer.tag if answer is not None else ""
    return None if answer is None else answer.body


def _what_differs(run: Run, item: Known, attributes: Collection[str], body: Body, held: Body) -> tuple[Body, ...]:
    """The patches for those of some attributes that the server does not have as they are wanted."""
    here, there = (opened(run.form_of_live(item.address, one)) for one in (body, held))
    names = {name for name in attributes if here.get(name) != there.get(name)}
    return merge_patch(item.address, names, body, held, run.profile(item.address))


def _current(run: Run, item: Known, *, afresh: bool) -> Held:
    """The item as it is changed: as the plan saw it, which a server with tags is asked to confirm."""
    planned = run.live(item.address, item.server_id)
    if not (afresh or run.profile(item.address).tags):
        return Held(planned)
    held = _read(run, item)
    if not afresh and run.form_of_live(item.address, held.body) != run.form_of_live(item.address, planned):
        raise Moved(412, f"somebody changed {called(item.address)} on the server since the plan was made", "plan again")
    return held


def _read(run: Run, item: Known) -> Held:
    held = run.api(item.address).read(item.address.resource, item.server_id)
    if held is None:
        raise Refused(404, f"{called(item.address)} is gone from the server", "plan again: it is made anew then")
    return held


def _by_itself(run: Run, item: Known) -> str:
    """The id of the candidate that the server made with its specification; empty where it made none."""
    found = made_by_itself(item, run.wanted(item.address), run.listed(item.address), run.identity)
    return "" if found is None else str(found["id"])
