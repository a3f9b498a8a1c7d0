"""The tables of legacy commands are valid by their JSON Schema, as a second validator sees it."""

import json
from pathlib import Path

from tests.generators.legacy.test_legacy import ADAPTERS
from tests.generators.running import example_files
from tests.targets.node import ajv_errors


def test_ajv_accepts_every_table_and_refuses_a_broken_one(node_modules: Path) -> None:
    jobs = []
    for system in ADAPTERS:
        made = example_files(system, "legacy")
        table = json.loads(made["commands.json"])
        broken = {**table, "services": [{**service, "actions": {"add": ["A{b"]}} for service in table["services"]]}
        jobs.append((json.loads(made["commands.schema.json"]), [table, broken]))
    for accepted, refused in ajv_errors(node_modules, jobs):
        assert accepted == []
        assert refused
