"""Carries out a plan: level after level, the steps of a level side by side; what fails keeps back only what needs it."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from threading import Event
from typing import NamedTuple

from tmfkit.errors import TmfkitError
from tmfkit.plan.steps import Action, Plan, Step
from tmfkit.publish.lease import LostLease
from tmfkit.publish.readback import read_back
from tmfkit.publish.records import Skipped
from tmfkit.publish.run import Run
from tmfkit.publish.writing import Outcome, carry_out, complete
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.references import at_target, references
from tmfkit.tmf.roles import called
from tmfkit.workers import Tell, unheard

Work = Callable[[Run, Step], Outcome]


class Obstacle(NamedTuple):
    """Why a step is not begun, and the item that this comes from."""

    reason: str
    cause: Address


class Course:
    """How far a run has come: what was not written and why, and whether it goes on at all."""

    def __init__(self, run: Run, total: int, tell: Tell, *, stop_on_error: bool) -> None:
        self._run = run
        self._total = total
        self._tell = tell
        self._stop_on_error = stop_on_error
        self._finished = 0
        self._ended = Event()
        self._why = ""
        self._told: set[Address] = set()
        self._missing: dict[Address, Address] = {}
        self.written: set[Address] = set()

    def tried(self, work: Work, step: Step) -> Outcome | None:
        """What became of a step; None when nothing is begun any more."""
        if self._ended.is_set():
            return None
        self._told.add(step.address)
        outcome = work(self._run, step)
        if not outcome.reason:
            self._note_written(step)
        if outcome.reason and (outcome.fatal or self._stop_on_error):
            self.end(f"the run stopped when {called(step.address)} failed")
        return outcome

    def _note_written(self, step: Step) -> None:
        """What closes a circle of references is begun a second time."""
        if step.later and step.address not in self.written:
            self._told.discard(step.address)
        self.written.add(step.address)

    def take(self, step: Step, outcome: Outcome | None) -> bool:
        """Notes what became of a step; whether it was done."""
        self._finished += 1
        self._tell(f"publishing: {self._finished:,} of {self._total:,}")
        if outcome is None:
            self._leave(step)
            return False
        if outcome.reason:
            self._missing[step.address] = step.address
        return not outcome.reason

    def end(self, why: str) -> None:
        """Begins nothing more."""
        self._why = self._why or why
        self._ended.set()
        self._run.pace.end()

    @contextmanager
    def broken_off(self) -> Iterator[None]:
        """Begins nothing more after an error or an interrupt: what waits for its turn would else be written all the same."""
        try:
            yield
        except BaseException:
            self.end("the run was broken off")
            raise

    def skip(self, step: Step, why: Obstacle) -> None:
        """Notes a step that cannot be begun."""
        self._missing[step.address] = why.cause
        self._note_skipped(step, why.reason)

    def _leave(self, step: Step) -> None:
        """Notes a step that is not begun because nothing is any more."""
        self._note_skipped(step, self._why)

    def _note_skipped(self, step: Step, reason: str) -> None:
        self._told.add(step.address)
        partly = f"written without {', '.join(f'`{name}`' for name in step.later)}: " if step.address in self.written else ""
        self._run.journal.note(Skipped(step.address, partly + reason))

    def leave(self, steps: Iterable[Step]) -> None:
        """Notes every step that was not begun, and every one whose second half was not."""
        for step in steps:
            if step.address not in self._told:
                self._leave(step)

    def obstacle(self, needs: Iterable[Address]) -> Obstacle | None:
        """Why a step cannot be done: of what was not written and is needed for it, where all of that began."""
        cause = next((self._missing[address] for address in sorted(needs) if address in self._missing), None)
        return None if cause is None else Obstacle(f"{called(cause)} is needed first, and was not written", cause)


def carried_out(run: Run, plan: Plan, tell: Tell = unheard, *, stop_on_error: bool = False) -> None:
    """Does everything that a plan says; what became of it stands in the journal.

    Raises what makes going on pointless: a server that does not answer any more, a lease that is lost, a journal that cannot be written.
    """
    course = Course(run, len(plan.steps) + sum(bool(step.later) for step in plan.steps), tell, stop_on_error=stop_on_error)
    try:
        with ThreadPoolExecutor(run.destination.concurrency) as pool, course.broken_off():
            _all_levels(run, course, pool, plan)
    except LostLease:
        raise  # The journal may be somebody else's by now.
    except BaseException:
        with suppress(TmfkitError):
            course.leave(plan.steps)
        raise


def _all_levels(run: Run, course: Course, pool: ThreadPoolExecutor, plan: Plan) -> None:
    for steps in plan.levels:
        _level(run, course, pool, steps, carry_out, lambda step: _before_it(course, step))
    closing = [step for step in plan.steps if step.later and step.address in course.written]
    _level(run, course, pool, closing, complete, lambda step: _circle(run, course, step))


def _level(
    run: Run, course: Course, pool: ThreadPoolExecutor, steps: Iterable[Step], work: Work, obstacle: Callable[[Step], Obstacle | None]
) -> None:
    run.lists.clear()
    ready = []
    for step in steps:
        if found := obstacle(step):
            course.skip(step, found)
        else:
            ready.append(step)
    done = [step for step, outcome in _all(course, pool, ready, work) if course.take(step, outcome)]
    done.sort(key=lambda step: step.address)
    read_back(run, [step.address for step in done if step.action is not Action.REMOVE], pool)


def _all(course: Course, pool: ThreadPoolExecutor, steps: list[Step], work: Work) -> Iterator[tuple[Step, Outcome | None]]:
    """Steps with what became of them, in the order in which they end."""
    waiting: dict[Future[Outcome | None], Step] = {pool.submit(course.tried, work, step): step for step in steps}
    try:
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    except BaseException:
        for future in waiting:
            future.cancel()
        raise


def _before_it(course: Course, step: Step) -> Obstacle | None:
    if step.action is Action.ADOPT:
        return Obstacle("on the server already, and not made by tmfkit: `tmfkit adopt` takes over", step.address)
    return course.obstacle(step.needs)


def _circle(run: Run, course: Course, step: Step) -> Obstacle | None:
    """Why a circle of references cannot be closed here."""
    dialects = frozenset(run.destination.dialects)
    body = {name: value for name, value in run.wanted(step.address).items() if name in step.later}
    targets = (at_target(one.target, dialects) for one in references(step.address.dialect, step.address.resource, body))
    return course.obstacle(target for target in targets if target is not None)
