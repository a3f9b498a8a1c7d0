"""Carries out a plan: level after level, the steps of a level side by side; what fails keeps back only what needs it."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event

from tmfkit.plan.steps import Action, Plan, Step
from tmfkit.publish.readback import read_back
from tmfkit.publish.records import Skipped
from tmfkit.publish.run import Run
from tmfkit.publish.writing import Outcome, carry_out, complete
from tmfkit.tmf.addresses import Address
from tmfkit.tmf.references import at_target, references
from tmfkit.tmf.roles import called
from tmfkit.workers import Tell, unheard

Work = Callable[[Run, Step], Outcome]


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
        self._missing: set[Address] = set()

    def tried(self, work: Work, step: Step) -> Outcome | None:
        """What became of a step; None when nothing is begun any more."""
        if self._ended.is_set():
            return None
        outcome = work(self._run, step)
        if outcome.reason and (outcome.fatal or self._stop_on_error):
            self.end("the run stopped before: " + (outcome.reason if outcome.fatal else f"{called(step.address)} failed"))
        return outcome

    def take(self, step: Step, outcome: Outcome | None) -> bool:
        """Notes what became of a step; whether it was done."""
        self._finished += 1
        self._tell(f"publishing: {self._finished:,} of {self._total:,}")
        if outcome is None:
            self.skip(step, self._why)
            return False
        if not outcome.reason:
            return True
        self._missing.add(step.address)
        return False

    def end(self, why: str) -> None:
        """Begins nothing more."""
        self._why = self._why or why
        self._ended.set()
        self._run.pace.end()

    def skip(self, step: Step, reason: str) -> None:
        """Notes a step that is not begun."""
        self._missing.add(step.address)
        self._run.journal.note(Skipped(step.address, reason))

    def obstacle(self, needs: Iterable[Address]) -> str:
        """Why a step cannot be done; empty when it can."""
        missing = next((address for address in sorted(needs) if address in self._missing), None)
        return "" if missing is None else f"it needs {called(missing)}, which was not written"


def carried_out(run: Run, plan: Plan, tell: Tell = unheard, *, stop_on_error: bool = False) -> None:
    """Does everything that a plan says; what became of it stands in the journal.

    Raises what makes going on pointless: the lease is lost, or the journal cannot be written.
    """
    second = [step for step in plan.steps if step.later]
    course = Course(run, len(plan.steps) + len(second), tell, stop_on_error=stop_on_error)
    with ThreadPoolExecutor(run.destination.concurrency) as pool:
        written: set[Address] = set()
        for steps in plan.levels:
            done = _level(run, course, pool, steps, carry_out, lambda step: _before_it(course, step))
            written.update(step.address for step in done)
        closing = [step for step in second if step.address in written]
        _level(run, course, pool, closing, complete, lambda step: _circle(run, course, step))


def _level(
    run: Run, course: Course, pool: ThreadPoolExecutor, steps: Iterable[Step], work: Work, obstacle: Callable[[Step], str]
) -> list[Step]:
    run.lists.clear()
    ready = []
    for step in steps:
        if reason := obstacle(step):
            course.skip(step, reason)
        else:
            ready.append(step)
    done = [step for step, outcome in _all(course, pool, ready, work) if course.take(step, outcome)]
    done.sort(key=lambda step: step.address)
    read_back(run, [step.address for step in done if step.action is not Action.REMOVE], pool)
    return done


def _all(course: Course, pool: ThreadPoolExecutor, steps: list[Step], work: Work) -> Iterator[tuple[Step, Outcome | None]]:
    """Steps with what became of them, in the order in which they end."""
    waiting: dict[Future[Outcome | None], Step] = {pool.submit(course.tried, work, step): step for step in steps}
    try:
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    except BaseException:
        course.end("the run was broken off")
        for future in waiting:
            future.cancel()
        raise


def _before_it(course: Course, step: Step) -> str:
    if step.action is Action.ADOPT:
        return "the server has it already, and tmfkit did not make it: `tmfkit adopt` takes it over"
    return course.obstacle(step.needs)


def _circle(run: Run, course: Course, step: Step) -> str:
    """Why a circle of references cannot be closed here."""
    dialects = frozenset(run.destination.dialects)
    body = {name: value for name, value in run.wanted(step.address).body.items() if name in step.later}
    targets = (at_target(one.target, dialects) for one in references(step.address.dialect, step.address.resource, body))
    return course.obstacle(target for target in targets if target is not None)
