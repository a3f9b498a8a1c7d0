"""A catalog whose names and texts YANG and XML do not like, and one of every kind of characteristic."""

HOSTILE = r"""
kind: System
id: nso
name: "Orchestrator \"one\" <&> {/device}"
role: domain-controller
generator: nso
options: {namespace: "urn:example", inputs: ["3play./port id"]}
---
kind: ResourceFacingServiceSpecification
id: 3play.
name: "Three -- \"plays\" </description> {/nowhere} \\ ]]>"
description: "First line\nsecond; } line with a tab\t and \uFDD0\U0001FFFF -- <!-- dashes -->"
version: 2.1-beta
controller: nso
characteristics:
  "line;speed": {values: [a, b], default: a}
  "line speed": {values: {"": empty, " padded": padded}, optional: true}
  line-speed: {optional: true}
  service-id: {optional: true}
  device: {optional: true}
  modified: {optional: true}
  "port id": {setBy: network}
  é: {type: quantity, unit: Mbit/s, min: 0.25, max: 10, default: 1.5}
resources:
  device: {resource: box, with: {slot: "{/gone} --"}}
  boxes: {resource: box, count: boxes, with: {slot: {from: line-speed, map: {a: b}, else: c}}}
---
kind: ResourceFacingServiceSpecification
id: x-3play
name: Taken
controller: nso
resources: [plain, other]
---
kind: ResourceFacingServiceSpecification
id: tailf-ncs
name: Taken by the vendor
controller: nso
resources: {outside: {resource: {external: "<b>", name: "A -- \"loop\""}}}
---
kind: PhysicalResourceSpecification
id: box
name: Box -- <b>
vendor: "{/evil}"
characteristics:
  slot: {}
  number: {setBy: network}
---
kind: LogicalResourceSpecification
id: plain
name: Plain
---
kind: LogicalResourceSpecification
id: other
name: Other
""".replace("  é:", "  boxes: {type: integer, min: 1, max: 4}\n  é:")

KINDS = r"""
kind: System
id: nso
name: Orchestrator
role: domain-controller
generator: nso
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: nso
characteristics:
  text: {}
  free: {optional: true}
  shaped: {pattern: "^A[XP]-\\d{3}$"}
  odd: {pattern: "(?i)abc"}
  flag: {type: boolean}
  always: {type: boolean, values: [true], default: true}
  count: {type: integer, min: 1, max: 300}
  sizes: {type: integer, values: [29, 30, 32]}
  deep: {type: integer, min: -5}
  ratio: {type: number}
  rate: {type: quantity, unit: Mbit/s, values: [50, 0.5, 100]}
  speed: {type: quantity, unit: Mbit/s, values: [1000, 50]}
  exact: {type: number, min: 0.0000000001, max: 99999999999999, optional: true}
  day: {type: date, min: 2026-01-01}
  tags: {values: [a, b, c], many: {min: 1, max: 2}}
  maybe: {many: {min: 2, max: 4}, optional: true}
  found: {setBy: network}
  site: {setBy: qualification}
constraints:
  fast: {when: {speed: 1000, tags: [a, b]}, then: {count: 10..20, flag: true}}
  reported: {when: {found: x}, then: {flag: true}}
"""
