"""Runbooks say what a technician has to know, in every language, and nothing in the catalog breaks a page."""

from collections.abc import Callable

import pytest

from tests.catalogs import validated
from tests.generators.running import SETTINGS, example_ran, projected
from tmfkit.generate.discover import Sources
from tmfkit.generate.run import Job, run

VOCABULARY = "kind: Vocabulary\nname: Words\nlanguages: [en, fr]\n---\n"
SYSTEM = "kind: System\nid: desk\nname: {en: Desk, fr: Bureau}\nrole: manual\ngenerator: runbooks\n"
SERVICE = """---
kind: ResourceFacingServiceSpecification
id: visit
name: {en: Visit, fr: Visite}
description: {en: Go there., fr: Y aller.}
controller: desk
code: V-7
validFor: {from: 2026-01-01, until: 2027-01-01}
characteristics:
  work:
    name: {en: Kind of work, fr: Genre de travail}
    description: {en: What is done, fr: Ce qui est fait}
    values: {fix: {en: Repair, fr: Réparer}, make: {en: Build, fr: Construire}}
    default: fix
  sockets: {type: integer, min: 1, max: 4, optional: true}
  rooms: {values: [hall, attic], many: {min: 1, max: 2}}
  length: {type: quantity, unit: m, values: [5, 10], default: 5}
  state: {name: {en: State of the line, fr: État de la ligne}, setBy: network}
constraints: {attic-needs-sockets: {when: {rooms: attic}, then: {sockets: [2, 3]}}}
resources:
  box: {resource: wall-box, count: sockets}
  number: {resource: line-number}
  loop: {resource: {external: LOOP-1, name: Local loop, type: PhysicalResourceSpecification}}
requires: [duct]
---
kind: ResourceFacingServiceSpecification
id: duct
name: {en: Duct, fr: Fourreau}
controller: desk
---
kind: PhysicalResourceSpecification
id: wall-box
name: {en: Wall box, fr: Boîtier mural}
vendor: Acme
model: WB-2
partNumber: ACM-WB2
characteristics: {serial: {name: {en: Serial number, fr: Numéro de série}, setBy: network}}
---
kind: LogicalResourceSpecification
id: line-number
name: {en: Line number, fr: Numéro de ligne}
"""
ORDERED = """---
kind: CustomerFacingServiceSpecification
id: help
name: {en: Help, fr: Aide}
services: {visit: {with: {work: make, rooms: hall}}}
---
kind: ProductSpecification
id: helper
name: {en: Helper, fr: Assistant}
services: {help: {}}
---
kind: ProductOffering
id: help-me
name: {en: Help me, fr: Aidez-moi}
product: helper
lifecycle: Launched
prices: {once: {type: oneTime, amount: 10.00 EUR}}
---
kind: ProductOffering
id: never-sold
name: Never sold
product: helper
lifecycle: In study
"""


def pages(text: str) -> dict[str, str]:
    """The pages of the system `desk`."""
    checked = validated(text)
    ran = run(Job("runbooks", "desk"), checked.value, SETTINGS, Sources())
    assert not ran.found, [found.message for found in ran.found]
    return {artifact.path: artifact.text for artifact in ran.artifacts}


def page(language: str = "en") -> str:
    return pages(VOCABULARY + SYSTEM + SERVICE + ORDERED)[f"visit.{language}.md"]


SAID = [
    ("en", "# Runbook: Visit"),
    ("fr", "# Fiche d'intervention: Visite"),
    ("en", "Desk · visit · Code V-7 · Valid from 2026-01-01 until 2027-01-01"),
    ("fr", "Bureau · visit"),
    ("en", "**Visit**: Go there."),
    ("fr", "**Visite**: Y aller."),
    ("en", "- Offerings: Help me (help-me)\n- Products: Helper (helper)\n- Services: Help (help)"),
    ("fr", "- Offres: Aidez-moi (help-me)"),
    ("en", "- [ ] Make sure that it is there: Duct"),
    ("en", "| **Kind of work** (work) | What is done | Repair (fix), Build (make); unless said: Repair (fix) | |"),
    ("fr", "| **Genre de travail** (work) | Ce qui est fait | Réparer (fix), Construire (make); sauf indication: Réparer (fix) | |"),
    ("en", "| **sockets** |  | 1–4; optional | |"),
    ("en", "| **rooms** |  | hall, attic; several (1–2) | |"),
    ("en", "| **length** |  | 5 m, 10 m; unless said: 5 m | |"),
    ("en", "- When rooms: attic: then sockets: 2 / 3"),
    ("en", "| Wall box | sockets | Acme | WB-2 | ACM-WB2 | equipment |"),
    ("en", "| Line number | 1 |  |  |  | number, port or software |"),
    ("en", "| Local loop (LOOP-1) | 1 |  |  |  | kept elsewhere |"),
    ("en", "- [ ] Take along: Wall box, Acme WB-2, ACM-WB2"),
    ("en", "- [ ] Reserve: Line number"),
    ("en", "- [ ] Do the work: Go there."),
    ("en", "- [ ] Compare old and new: Kind of work"),
    ("en", "- [ ] Bring back: Wall box, Acme WB-2, ACM-WB2"),
    ("en", "- [ ] Release: Line number"),
    ("en", "- [ ] Write down: State of the line\n- [ ] Write down: Serial number of Wall box"),
    ("en", "| **State of the line** (state) | |"),
    ("en", "| **Serial number** of Wall box (box/serial) | |"),
    ("fr", "| **Numéro de série** de Boîtier mural (box/serial) | |"),
    ("en", "Leave the order open, write down why, and tell your dispatcher."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "says"), SAID)
def test_a_page_says(language: str, says: str) -> None:
    assert says in page(language)


def test_what_the_network_finds_out_is_no_input_and_what_is_not_sold_leads_nowhere() -> None:
    inputs = page().partition("## What the order says")[2].partition("## ")[0]
    assert "State of the line" not in inputs
    assert "Never sold" not in page()


def test_a_service_that_nobody_sells_says_so() -> None:
    assert "No offering on sale leads to this service." in pages(VOCABULARY + SYSTEM + SERVICE)["visit.en.md"]


def test_a_catalog_without_languages_has_one_page_a_service() -> None:
    assert sorted(pages(SYSTEM + SERVICE)) == ["duct.md", "visit.md"]


OPTIONS: list[tuple[str, str, str, str]] = [
    ("escalation", "options: {escalation: {en: Call 112., fr: Appeler le 112.}}\n", "fr", "Appeler le 112."),
    ("own steps", "options: {steps: {visit: {add: [{en: Ring., fr: Sonner.}]}}}\n", "fr", "- [ ] Sonner."),
    ("a step for taking down", "options: {steps: {visit: {delete: Sweep.}}}\n", "en", "## Take down\n\n- [ ] Sweep."),
    ("other words", "options: {words: {en: {runbook: Job sheet}}}\n", "en", "# Job sheet: Visit"),
]


@pytest.mark.parametrize(("case", "options", "language", "says"), OPTIONS, ids=[case for case, *_ in OPTIONS])
def test_options(case: str, options: str, language: str, says: str) -> None:
    assert says in pages(VOCABULARY + SYSTEM + options + SERVICE)[f"visit.{language}.md"]


def test_words_of_a_language_that_tmfkit_does_not_know() -> None:
    text = VOCABULARY.replace("fr", "pt-BR") + SYSTEM.replace("fr:", "pt-BR:") + SERVICE.replace("fr:", "pt-BR:")
    assert "# Runbook: Visite" in pages(text)["visit.pt-BR.md"]
    own = SYSTEM.replace("fr:", "pt-BR:") + "options: {words: {pt: {runbook: Roteiro}}}\n"
    assert "# Roteiro: Visite" in pages(VOCABULARY.replace("fr", "pt-BR") + own + SERVICE.replace("fr:", "pt-BR:"))["visit.pt-BR.md"]


FAULTS = [
    ("options: {steps: {vist: {add: Ring.}}}\n", "10:19", "`desk` makes no service `vist`"),
    ("options: {words: {en: {runbok: Sheet}}}\n", "10:24", "a page has no word `runbok`"),
]


@pytest.mark.parametrize(("options", "place", "says"), FAULTS)
def test_options_that_fit_nothing(options: str, place: str, says: str) -> None:
    checked = validated(VOCABULARY + SYSTEM + options + SERVICE)
    (found,) = run(Job("runbooks", "desk"), checked.value, SETTINGS, Sources()).found
    assert str(found.primary).endswith(f".yaml:{place}")
    assert says in found.message


HOSTILE = "'<script>alert(1)</script> | a \\| `code` **bold** [link](javascript:x) & # ~~x~~'"


def test_hostile_text_stays_text() -> None:
    text = SERVICE.replace("{en: Visit, fr: Visite}", HOSTILE).replace("{en: Kind of work, fr: Genre de travail}", HOSTILE)
    text = text.replace("{en: Go there., fr: Y aller.}", '"one\\n# two\\n- three"')
    found = pages(VOCABULARY + SYSTEM + text)["visit.en.md"]
    assert "<script>" not in found
    assert "`code`" not in found
    assert "](" not in found.replace("\\](", "")
    assert "\n# two" not in found
    for line in found.splitlines():
        if line.startswith("|"):
            assert line.replace("\\\\", "").replace("\\|", "").count("|") == header_bars(found, line)


def header_bars(text: str, line: str) -> int:
    """How many bars the head of the table has in which a line stands."""
    lines = text.splitlines()
    start = lines.index(line)
    while lines[start - 1].startswith("|"):
        start -= 1
    return lines[start].count("|")


def test_the_losses_are_told(golden: Callable[[str, str], None]) -> None:
    outcome = projected(VOCABULARY + SYSTEM + SERVICE)
    assert not outcome.failed
    said = {(loss.feature.value, loss.status.value) for loss in outcome.value.losses}
    assert {("characteristic", "carried"), ("lifecycle", "mapped"), ("resource", "carried"), ("constraint", "carried")} <= said
    assert not [loss for loss in outcome.value.losses if loss.status.value == "dropped"]


@pytest.mark.parametrize(("system", "path"), [("field-force", "premises-visit.fr.md"), ("warehouse", "device-delivery.en.md")])
def test_the_example_operator(system: str, path: str, golden: Callable[[str, str], None]) -> None:
    ran = example_ran(system, "runbooks")
    golden(f"generators/runbooks/{path}", {artifact.path: artifact.text for artifact in ran.artifacts}[path])


def test_every_language_says_every_word() -> None:
    from tmfkit.generate.discover import load

    found = Sources().find("runbooks")
    assert found is not None
    words = load(found).WORDS
    english = words["en"]
    for language, said in words.items():
        assert all(said), language
        same = [name for name in english._fields if getattr(said, name) == getattr(english, name)]
        assert language == "en" or len(same) < 10, same
