"""A DMN decision table, run by a workflow engine and by a FEEL interpreter: two readers that share no code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs import BpmnProcessSpec
from SpiffWorkflow.dmn.parser.BpmnDmnParser import SCHEMAS
from SpiffWorkflow.spiff.parser.process import VALIDATOR, SpiffBpmnParser

from tests.targets.node import ask

Answer = dict[str, list[Any]]
CALLER = """\
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:caller"
             xmlns:spiff="http://spiffworkflow.org/bpmn/schema/1.0/core">
  <process id="caller" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="first" sourceRef="start" targetRef="decide"/>
    <businessRuleTask id="decide">
      <extensionElements><spiff:calledDecisionId>{decision}</spiff:calledDecisionId></extensionElements>
    </businessRuleTask>
    <sequenceFlow id="last" sourceRef="decide" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>
"""


@dataclass(frozen=True)
class Table:
    """A decision table as written: the expression of each input, the name of each output, and rules of (tests, results)."""

    decision: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rules: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def tables(xml: bytes) -> list[Table]:
    """Every decision table of a DMN file, of whatever DMN version."""
    return [table(decision) for decision in etree.fromstring(xml).iterfind("{*}decision") if decision.find("{*}decisionTable") is not None]


def table(decision: Any) -> Table:
    body = decision.find("{*}decisionTable")
    return Table(
        decision.get("id"),
        tuple(texts(body, "{*}input/{*}inputExpression")),
        tuple(output.get("name") for output in body.iterfind("{*}output")),
        tuple((tuple(texts(rule, "{*}inputEntry")), tuple(texts(rule, "{*}outputEntry"))) for rule in body.iterfind("{*}rule")),
    )


def texts(element: Any, path: str) -> list[str]:
    return [found.findtext("{*}text", "").strip() for found in element.iterfind(path)]


def run_by_spiff(xml: bytes, decision: str, contexts: Sequence[Mapping[str, Any]]) -> list[Answer]:
    """What SpiffWorkflow answers in each context, by name of the output; the table collects (hit policy COLLECT).

    The engine keeps inputs and outputs in one place, so a name that is both is refused here rather than mixed there.
    """
    outputs = {name for table in tables(xml) for name in table.outputs}
    assert [sorted(outputs & set(context)) for context in contexts if outputs & set(context)] == []
    spec = process({"decision.dmn": xml}, CALLER.format(decision=decision).encode(), "caller")
    return [{name: value for name, value in finished(spec, context).items() if name in outputs} for context in contexts]


def process(decisions: Mapping[str, bytes], bpmn: bytes, name: str) -> BpmnProcessSpec:
    """A BPMN process with the decisions that it calls, as SpiffWorkflow reads them; both are held to OMG's schemas on the way."""
    parser = SpiffBpmnParser(validator=VALIDATOR)
    for file, xml in decisions.items():
        root = etree.fromstring(xml)
        assert etree.QName(root).namespace in SCHEMAS, f"{file} is of no DMN version with a schema, so that nothing would check it"
        parser.add_dmn_xml(root, file)
    parser.add_bpmn_xml(etree.fromstring(bpmn), f"{name}.bpmn")
    return parser.get_spec(name)


def finished(spec: BpmnProcessSpec, context: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a process that began with a context and has come to its end."""
    workflow = BpmnWorkflow(spec)
    workflow.get_next_task(state=TaskState.READY).data.update(context)
    workflow.run_all()
    assert workflow.completed, "the process waits for somebody"
    data: dict[str, Any] = workflow.data
    return data


def run_by_feelin(node_modules: Path, table: Table, contexts: Sequence[Mapping[str, Any]]) -> list[Answer]:
    """What feelin answers in each context, rule by rule in the order of the table; what feelin warns of is an error here."""
    (answers,) = run_all_by_feelin(node_modules, [(table, contexts)])
    return answers


def run_all_by_feelin(node_modules: Path, asked: Sequence[tuple[Table, Sequence[Mapping[str, Any]]]]) -> list[list[Answer]]:
    """As `run_by_feelin`, for several tables at once: Node takes longer to start than to answer."""
    question = [{"inputs": table.inputs, "rules": table.rules, "contexts": contexts} for table, contexts in asked]
    found = ask(node_modules, "table", question)
    assert [warning for answers in found for answer in answers for warning in answer["warnings"]] == []
    return [[collected(table.outputs, answer["rows"]) for answer in answers] for (table, _), answers in zip(asked, found, strict=True)]


def collected(outputs: Sequence[str], rows: Sequence[Sequence[Any]]) -> Answer:
    """The rows column by column; no row gives no column, as with SpiffWorkflow."""
    return {name: list(column) for name, column in zip(outputs, zip(*rows, strict=True), strict=True)} if rows else {}
