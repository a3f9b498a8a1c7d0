"""Small catalogs for the decomposition: every way to feed and to ask, and names that are legal here and nowhere else."""

SYSTEMS = """
---
kind: System
id: com
name: COM
role: com
generator: decomposition
---
kind: System
id: som
name: SOM
role: som
generator: decomposition
---
kind: System
id: nso
name: NSO
role: domain-controller
"""

SMALL = (
    """
kind: Vocabulary
languages: [en]
channels: [shop, web]
segments: [home, work]
places: [north, south]
---
kind: ProductOffering
id: access
name: Access
product: access
lifecycle: Active
prices: {monthly: {type: recurring, every: 1 month, amount: 10.00 EUR}}
---
kind: ProductSpecification
id: access
name: Access
characteristics:
  speed: {type: quantity, unit: Mbit/s, min: 10, max: 1000}
  users: {type: integer, min: 1, max: 40}
  kind: {values: [basic, plus, pro], default: basic}
  spare: {type: boolean, default: false}
  note: {optional: true}
  level: {type: integer, min: 0, max: 9, optional: true}
  extras: {values: [fax, mail, film], many: {min: 0, max: 3}, optional: true}
  tags: {many: {min: 0, max: 5}, optional: true}
  ports: {type: integer, min: 0, max: 99, many: {min: 0, max: 5}, optional: true}
services:
  line:
    with:
      rate: {from: speed}
      band: {from: speed, map: {10..50: slow, 50..100: middle, 1000: top}, else: fast}
      seats: {from: users, per: 8, round: up}
      floor: {from: users, per: 8, round: down}
      near: {from: users, per: 5, round: nearest}
      grade: {by: [kind, users], table: {basic: {else: g1}, plus: {1..10: g2, else: g3}, pro: {else: g4}}}
      spare: {from: spare}
      words: {from: note, map: {hello: greeting, bye: farewell}, else: other}
      memo: {from: note}
      level: {from: level}
      extras: {from: extras}
      codes: {from: extras, map: {fax: F, mail: M}, else: X}
      tags: {from: tags}
      marks: {from: tags, map: {vip: V, "it's?": Q}, else: O}
      ports: {from: ports}
      zones: {by: [ports, kind], table: {0..9: {basic: low, else: mid}, else: {pro: top, else: high}}}
  assurance:
    when: {kind: [plus, pro], speed: 100..1000}
    unless: {extras: fax, spare: true}
    with: {target: 99}
  web-help: {service: help, when: {channel: web}}
  vip: {service: help, when: {tags: [vip, gold]}, unless: {line: 2..}}
  special: {service: help, when: {ports: 50..60, place: north}}
  later: {service: help, when: {ordered: {from: 2027-01-01, until: 2027-07-01}}}
  fax: {service: help, when: {extras: [fax, film]}, unless: {note: hello}}
  each: {service: help, count: users}
  every: {service: help, count: extras}
---
kind: CustomerFacingServiceSpecification
id: line
name: Line
characteristics:
  rate: {type: quantity, unit: kbit/s, min: 10000, max: 1000000}
  band: {values: [slow, middle, fast, top]}
  seats: {type: integer, min: 0, max: 40}
  floor: {type: integer, min: 0, max: 40}
  near: {type: integer, min: 0, max: 40}
  grade: {values: [g1, g2, g3, g4]}
  spare: {type: boolean}
  words: {optional: true}
  memo: {optional: true}
  level: {type: integer, min: 0, max: 9, optional: true}
  extras: {values: [fax, mail, film], many: {min: 0, max: 3}, optional: true}
  codes: {values: [F, M, X], many: {min: 0, max: 3}, optional: true}
  tags: {many: {min: 0, max: 5}, optional: true}
  marks: {values: [V, Q, O], many: {min: 0, max: 3}, optional: true}
  ports: {type: integer, many: {min: 0, max: 5}, optional: true}
  zones: {values: [low, mid, high, top], many: {min: 0, max: 4}, optional: true}
services:
  port: {with: {size: {from: rate}, level: {from: level}, spare: {from: spare}}}
  session: {with: {circuit: {from: port/circuit}, profile: {from: port/circuit, map: {C-1: p1}, else: p2}}}
  second: {service: port, when: {spare: true, grade: [g3, g4]}, with: {size: {from: rate}}}
---
kind: CustomerFacingServiceSpecification
id: assurance
name: Assurance
characteristics: {target: {type: integer, values: [95, 99]}}
services: {port: {with: {size: 10}}}
---
kind: CustomerFacingServiceSpecification
id: help
name: Help
services: {desk: {}}
---
kind: ResourceFacingServiceSpecification
id: port
name: Port
controller: nso
characteristics:
  size: {type: quantity, unit: Mbit/s, min: 1, max: 10000}
  level: {type: integer, optional: true}
  spare: {type: boolean, default: false}
  circuit: {setBy: network}
resources:
  card: {when: {spare: true}, with: {size: {from: size, map: {..100: s, 100..: l}}}}
---
kind: ResourceFacingServiceSpecification
id: session
name: Session
controller: nso
characteristics: {circuit: {}, profile: {values: [p1, p2]}}
requires: [port]
---
kind: ResourceFacingServiceSpecification
id: desk
name: Desk
controller: nso
---
kind: LogicalResourceSpecification
id: card
name: Card
characteristics: {size: {values: [s, l]}}
"""
    + SYSTEMS
)

TRICKY = (
    r"""
kind: ProductOffering
id: odd
name: "Odd <b> & \"quoted\" | 'piped'"
product: odd
lifecycle: Active
prices: {monthly: {type: recurring, every: 1 month, amount: 10.00 EUR}}
---
kind: ProductOffering
id: far
name: Far
product: {external: FAR-1, name: Far}
lifecycle: Active
prices: {monthly: {type: recurring, every: 1 month, amount: 10.00 EUR}}
---
kind: ProductOffering
id: farther
name: Farther
product: {external: FAR-2, name: Farther}
lifecycle: Active
prices: {monthly: {type: recurring, every: 1 month, amount: 12.00 EUR}}
---
kind: ProductOffering
id: both
name: Both
bundle: {odd: {}, others: {of: [far, farther], min: 0, max: 2}}
lifecycle: Active
prices: {monthly: {type: recurring, every: 1 month, amount: 1.00 EUR}}
---
kind: ProductSpecification
id: odd
name: "<script>alert('x')</script> & \"more\""
description: "two\nlines, ]]> and --"
characteristics:
  "5g": {values: ["a?b", "it's? so", "c\\d", "say \"hi\"?", "x<y&z", "naïve 😀", "why?'s so", "what?a'b", "c\\u0041d"]}
  in: {type: integer, values: [-1, 0, 7]}
  a.b: {values: [one, two]}
  a-b: {values: [one, two]}
  a_b: {values: [one, two]}
  role: {values: ["-", "true", "1..2x"]}
  services: {type: number, min: -1.5, max: 1.5}
  été: {type: boolean, optional: true}
  made_line: {optional: true}
  len: {values: [a, b], many: {min: 0, max: 2}, optional: true}
  len has: {values: [a, b]}
services:
  "the <line> 'a'":
    service: line
    with:
      first: {from: "5g", map: {"a?b": "?'f", "it's? so": "k\\l"}, else: "m\"n?"}
      second: {from: in, map: {-1: below, 0: zero}, else: above}
      third: {by: [a.b, a-b, a_b], table: {one: {one: {one: "111", else: 11x}, else: {else: 1xx}}, else: {else: {else: else-where}}}}
      fourth: {from: role}
      fifth: {from: services, map: {..0: low, 0..1: mid}, else: high}
      sixth: {from: été, map: {true: "yes", false: "no"}}
      seventh: {from: made_line, map: {"b'c": B, "a?": A}, else: Z}
      eighth: {from: len}
      ninth: {from: len has}
  "the-line":
    service: line
    when: {"5g": ["it's? so", "say \"hi\"?"]}
    with: {first: fixed, second: above, third: "111", fourth: "-", fifth: low, ninth: a}
  partner: {service: {external: "P & Q"}, when: {len: a, len has: b}}
---
kind: CustomerFacingServiceSpecification
id: line
name: Line
characteristics:
  first: {}
  second: {values: [below, zero, above]}
  third: {}
  fourth: {}
  fifth: {values: [low, mid, high]}
  sixth: {optional: true}
  seventh: {optional: true}
  eighth: {values: [a, b], many: {min: 0, max: 2}, optional: true}
  ninth: {values: [a, b]}
services:
  a.b: {service: port}
  a-b: {service: port, when: {second: zero}}
  a_b: {service: port, unless: {second: zero}, with: {circuit: {from: a-b/circuit}}}
---
kind: ResourceFacingServiceSpecification
id: port
name: Port
controller: nso
characteristics: {circuit: {optional: true}}
"""
    + SYSTEMS
)
