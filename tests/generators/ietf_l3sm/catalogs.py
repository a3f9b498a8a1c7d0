"""Services that fill every parameter of every shape, one of each type of characteristic."""

ALL_SHAPES = """
kind: System
id: wan
name: WAN
role: domain-controller
generator: ietf-l3sm
options:
  services:
    net:
      shape: l3vpn-network
      characteristics: {form: {parameter: topology, values: {star: hub-spoke, mesh: any-to-any}}, id: vpn-id, who: customer}
    site:
      shape: l3vpn-site
      characteristics: {role: {parameter: site-role, values: {hub: hub-role, spoke: spoke-role}}, cable: bearer-type}
    line:
      shape: l2vpn-line
      characteristics: {transparent: vlan-preservation, cos: cos-preservation}
---
kind: ResourceFacingServiceSpecification
id: net
name: 'Net "one" ${vpn-id}'
controller: wan
characteristics:
  form: {values: [star, mesh]}
  id: {setBy: network}
  who: {}
---
kind: ResourceFacingServiceSpecification
id: site
name: Site
controller: wan
characteristics:
  bandwidth: {type: quantity, unit: Gbit/s, min: 0.01, max: 10}
  mtu: {type: integer, values: [1500, 9000], optional: true}
  priority: {type: integer, min: 1, max: 4, default: 2}
  protected: {type: boolean, optional: true}
  role: {values: [hub, spoke]}
  cable: {optional: true}
  customerAs: {type: integer, min: 64512, max: 65534, setBy: qualification}
  city: {optional: true}
---
kind: ResourceFacingServiceSpecification
id: line
name: Line
controller: wan
characteristics:
  bandwidth: {type: quantity, unit: kbit/s, values: [64, 2000000]}
  burst: {type: integer, min: 1, max: 1000000}
  transparent: {type: boolean}
  cos: {type: boolean, default: true}
  nearVlan: {type: integer, min: 2, max: 4094}
"""
