"""Network services of every shape: several functions, flavours, counts, conditions, and texts that XML does not like."""

from tests.generators.sol006.references import Vnfd

SHAPES = """
kind: System
id: nfvo
name: NFVO
role: nfvo
generator: sol006
options:
  designer: 'A & B <"designers">'
  given: [from-outside]
  links:
    chain:
      lan: {points: {router: lan-ext, cache: ext}, maxBitrate: 500, minBitrate: 5}
      wan: {points: {router: wan-ext}}
---
kind: ResourceFacingServiceSpecification
id: chain
name: 'Chain -- "one" <&>'
version: 2.1-beta
controller: nfvo
descriptor: nsd-chain
characteristics:
  size: {values: [s, l]}
  routers: {type: integer, min: 2, max: 4, default: 3}
  caching: {type: boolean, default: false}
  caches: {type: integer, values: [1, 2, 8]}
  zone: {}
  mode: {values: [a, b], default: a}
  address: {setBy: network}
resources:
  router: {resource: vrouter, count: routers, with: {flavour: {from: size, map: {s: small, l: large}}}}
  cache: {resource: vcache, count: caches, when: {caching: true}, with: {flavour: {from: size}}}
  probe: {resource: vprobe}
  block: {resource: addresses}
---
kind: ResourceFacingServiceSpecification
id: many
name: Many
controller: nfvo
descriptor: nsd-many
characteristics:
  users: {type: integer, min: 1, max: 100000}
  cells: {type: integer, min: 1}
resources:
  user-plane: {resource: vprobe, count: users}
  control-plane: {resource: vprobe, count: cells}
---
kind: ResourceFacingServiceSpecification
id: from-outside
name: Made by its vendor
controller: nfvo
descriptor: nsd-outside
---
kind: LogicalResourceSpecification
id: vrouter
name: Router
descriptor: vnfd-router
characteristics: {flavour: {values: [small, medium, large]}}
---
kind: LogicalResourceSpecification
id: vcache
name: Cache
descriptor: vnfd-cache
characteristics: {flavour: {values: [s, l]}}
---
kind: LogicalResourceSpecification
id: vprobe
name: Probe
descriptor: 'vnfd-<probe>'
---
kind: LogicalResourceSpecification
id: addresses
name: Addresses
"""
GIVEN = (
    Vnfd("vnfd-router", ("small", "medium", "large"), ("lan-ext", "wan-ext")),
    Vnfd("vnfd-cache", ("s", "l")),
    Vnfd("vnfd-<probe>"),
)
"""What the vendors of the functions deliver."""

EXAMPLE = (Vnfd("vnfd-bastion-vfw-11", ("vfw-small", "vfw-medium", "vfw-large"), ("mgmt-ext", "inside-ext", "outside-ext")),)
"""The same for the example operator."""
