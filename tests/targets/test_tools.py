"""The checkers of the target systems do what the tests of generated files rely on: each accepts what is right and refuses what is wrong."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.targets.dmn import run_by_feelin, run_by_spiff, tables
from tests.targets.node import NodeError, ajv_errors, feel_tests, feel_values, moddle
from tests.targets.salesforce import STANDARD_PRICEBOOK, import_plan
from tests.targets.yang import data_model, pyang_faults, yangson_fault

DMN = """\
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions" name="Access" namespace="urn:example">
  <decision id="access" name="Access">
    <decisionTable id="table" hitPolicy="COLLECT">
      <input id="i1"><inputExpression id="e1" typeRef="number"><text>speed</text></inputExpression></input>
      <input id="i2"><inputExpression id="e2" typeRef="string"><text>technology</text></inputExpression></input>
      <output id="o1" name="service" typeRef="string"/>
      <rule id="r1">
        <inputEntry id="a1"><text>&gt;= 500</text></inputEntry><inputEntry id="b1"><text>"gpon"</text></inputEntry>
        <outputEntry id="c1"><text>"fast-line"</text></outputEntry>
      </rule>
      <rule id="r2">
        <inputEntry id="a2"><text>-</text></inputEntry><inputEntry id="b2"><text>"gpon"</text></inputEntry>
        <outputEntry id="c2"><text>"gpon-line"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""
BPMN = """\
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" targetNamespace="urn:example">
  <process id="order" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="flow" sourceRef="start" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>
"""
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "prefixItems": [{"const": "downstream"}],
    "items": {"type": ["integer", "string"]},
    "contains": {"type": "integer"},
    "maxContains": 1,
}
SITE = {
    "ietf-l3vpn-svc:l3vpn-svc": {
        "vpn-services": {"vpn-service": [{"vpn-id": "blue", "vpn-service-topology": "ietf-l3vpn-svc:any-to-any"}]},
        "sites": {
            "site": [
                {
                    "site-id": "north",
                    "management": {"type": "ietf-l3vpn-svc:provider-managed"},
                    "locations": {"location": [{"location-id": "hq"}]},
                    "devices": {"device": [{"device-id": "cpe", "location": "hq"}]},
                }
            ]
        },
    }
}
PRODUCTS = [{"attributes": {"type": "Product2", "referenceId": "Product2Ref1"}, "Name": "Fibre Home", "IsActive": True}]
PRICES = [
    {
        "attributes": {"type": "PricebookEntry", "referenceId": "PricebookEntryRef1"},
        "Pricebook2Id": STANDARD_PRICEBOOK,
        "Product2Id": "@Product2Ref1",
        "UnitPrice": 39.9,
        "IsActive": True,
    }
]


def test_ajv_reads_json_schema_2020_12(node_modules: Path) -> None:
    instances = [["downstream", 500], ["upstream", 500], ["downstream", 500, 1000], ["downstream", 500, None]]
    answers, (other,) = ajv_errors(node_modules, [(SCHEMA, instances), ({"type": "string", "format": "date"}, ["2026-13-01"])])
    assert [errors[-1]["keyword"] if errors else None for errors in answers] == [None, "const", "contains", "type"]
    assert [error["keyword"] for error in other] == ["format"]


def test_ajv_refuses_a_keyword_that_nobody_declared(node_modules: Path) -> None:
    schema = {"type": "string", "x-message": "a text"}
    with pytest.raises(NodeError, match="x-message"):
        ajv_errors(node_modules, [(schema, ["text"])])
    assert ajv_errors(node_modules, [(schema, ["text"])], keywords=["x-message"]) == [[[]]]


def test_feelin_evaluates_expressions_and_unary_tests(node_modules: Path) -> None:
    assert [one.value for one in feel_values(node_modules, [("speed * 2", {"speed": 50}), ('"a" + "b"', {})])] == [100, "ab"]
    passed = feel_tests(node_modules, [(">= 100", 100), (">= 100", 99), ('"gpon"', "gpon"), ('"gpon"', "vdsl"), ("[1..10]", 10), ("-", 1)])
    assert [one.value for one in passed] == [True, False, True, False, True, True]
    (unknown,) = feel_values(node_modules, [("speed", {})])
    assert unknown.value is None
    assert unknown.warnings


@pytest.mark.parametrize(
    ("language", "text", "right", "wrong"),
    [("dmn", DMN, "<inputEntry id", "<inputEntrance id"), ("bpmn", BPMN, 'targetRef="end"', 'targetRef="nowhere"')],
)
def test_modelling_tools_warn_of_what_they_do_not_understand(node_modules: Path, language: Any, text: str, right: str, wrong: str) -> None:
    sound, slip, none = moddle(node_modules, language, [text, text.replace(right, wrong), "no XML"])
    assert (sound.root, sound.warnings) == (f"{language}:Definitions", ())
    assert slip.warnings
    assert none.root is None


CONTEXTS = [{"speed": 1000, "technology": "gpon"}, {"speed": 100, "technology": "gpon"}, {"speed": 100, "technology": "vdsl"}]
SERVICES = [{"service": ["fast-line", "gpon-line"]}, {"service": ["gpon-line"]}, {}]


def test_a_workflow_engine_runs_a_decision_table() -> None:
    assert run_by_spiff(DMN.encode(), "access", CONTEXTS) == SERVICES


def test_feelin_runs_the_same_table_to_the_same_end(node_modules: Path) -> None:
    (table,) = tables(DMN.encode())
    assert run_by_feelin(node_modules, table, CONTEXTS) == SERVICES


def test_the_engine_holds_a_table_to_the_schema_of_its_standard() -> None:
    with pytest.raises(Exception, match="inputEntrance"):
        run_by_spiff(DMN.replace("inputEntry", "inputEntrance").encode(), "access", [])


@pytest.mark.parametrize("module", ["ietf-l3vpn-svc", "ietf-l2vpn-svc", "ietf-l3vpn-ntw", "ietf-l2vpn-ntw"])
def test_pyang_reads_the_modules_of_the_ietf(reference: Path, module: str) -> None:
    assert pyang_faults(reference / "schemas" / "ietf" / f"{module}.yang") == []


def test_pyang_finds_a_fault_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "slip.yang"
    file.write_text('module slip {\n  namespace "urn:slip";\n  prefix s;\n  leaf speed {\n    type nummer;\n  }\n}\n', encoding="utf-8")
    assert [fault.partition(": ")[0] for fault in pyang_faults(file)] == ["slip.yang:5"]


def test_yangson_holds_a_site_to_the_vpn_service_model(reference: Path) -> None:
    model = data_model([reference / "schemas" / "ietf"], ["ietf-l3vpn-svc"])
    assert yangson_fault(model, SITE) is None
    elsewhere = json.loads(json.dumps(SITE).replace('"location": "hq"', '"location": "moon"'))
    assert "location" in (yangson_fault(model, elsewhere) or "")


@pytest.mark.parametrize("module", ["etsi-nfv-descriptors", "etsi-nfv-nsd"])
def test_yanglint_reads_the_modules_of_etsi(reference: Path, yanglint: Callable[..., tuple[bool, str]], module: str) -> None:
    folder = reference / "schemas" / "sol006"
    assert yanglint("-p", folder, folder / f"{module}.yang") == (True, "")


def test_yanglint_refuses_a_descriptor_without_a_deployment_flavour(
    reference: Path, tmp_path: Path, yanglint: Callable[..., tuple[bool, str]]
) -> None:
    folder, file = reference / "schemas" / "sol006", tmp_path / "nsd.json"
    file.write_text(json.dumps({"etsi-nfv-nsd:nsd": {"nsd": [{"id": "vpn", "designer": "us"}]}}), encoding="utf-8")
    accepted, complaints = yanglint("-t", "config", "-p", folder, folder / "etsi-nfv-nsd.yang", file)
    assert not accepted
    assert '"df"' in complaints


def plan(folder: Path, **files: list[dict[str, Any]]) -> Path:
    """An import plan with a file for each sObject, in the order given."""
    parts = [{"sobject": sobject, "files": [f"{sobject}.json"]} for sobject in files]
    (folder / "plan.json").write_text(json.dumps(parts), encoding="utf-8")
    for sobject, records in files.items():
        (folder / f"{sobject}.json").write_text(json.dumps({"records": records}), encoding="utf-8")
    return folder


def test_the_importer_of_salesforce_sends_a_plan_with_its_references_resolved(node_modules: Path, tmp_path: Path) -> None:
    done = import_plan(node_modules, plan(tmp_path, Product2=PRODUCTS, PricebookEntry=PRICES))
    assert done.refused is None
    assert [(request.sobject, len(request.records)) for request in done.requests] == [("Product2", 1), ("PricebookEntry", 1)]
    assert done.requests[1].records[0]["Product2Id"] == done.ids["Product2Ref1"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"Product2Id": "@Product2Ref2"}, "Product2Ref2"),
        ({"Vlan": 12}, "Vlan"),
        ({"Pricebook2Id": "01s000000000009AAA"}, "Pricebook2"),
        ({"UnitPrice": None}, "UnitPrice"),
        ({"Name": "Fibre Home"}, "Name cannot be written"),
    ],
)
def test_an_org_refuses_what_breaks_its_rules(node_modules: Path, tmp_path: Path, change: dict[str, Any], says: str) -> None:
    done = import_plan(node_modules, plan(tmp_path, Product2=PRODUCTS, PricebookEntry=[PRICES[0] | change]))
    assert says in (done.refused or "")


def test_a_price_of_a_price_book_needs_a_standard_price_first(node_modules: Path, tmp_path: Path) -> None:
    book = [{"attributes": {"type": "Pricebook2", "referenceId": "Pricebook2Ref1"}, "Name": "Web shop", "IsActive": True}]
    custom = PRICES[0] | {"attributes": {"type": "PricebookEntry", "referenceId": "PricebookEntryRef2"}, "Pricebook2Id": "@Pricebook2Ref1"}
    alone = import_plan(node_modules, plan(tmp_path, Product2=PRODUCTS, Pricebook2=book, PricebookEntry=[custom]))
    assert "create a standard price" in (alone.refused or "")
    assert import_plan(node_modules, plan(tmp_path, Product2=PRODUCTS, Pricebook2=book, PricebookEntry=[*PRICES, custom])).refused is None


def test_the_erp_is_there(tryton_python: Path) -> None:
    modules = ["account_product", "product_attribute", "product_kit", "sale_price_list", "sale_subscription"]
    imports = "".join(f"import trytond.modules.{module}\n" for module in modules)
    program = f"import proteus, trytond\n{imports}print(trytond.__version__, proteus.__version__)"
    done = subprocess.run([tryton_python, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert [version.rpartition(".")[0] for version in done.stdout.split()] == ["8.0", "8.0"]
