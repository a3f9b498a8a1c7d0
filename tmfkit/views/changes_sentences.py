"""What happens to an entity, a sentence for each sort of place in it; read from the top, the first one that fits counts."""

SENTENCES = """
(itself) | added | is new
(itself) | removed | is gone from the catalog
(itself) | renamed | has a new id: {now}, before {was}
(itself) | suggested | may be {was} under a new id
version | any | has the version {now}, before {was}
lifecycle | any | goes from {was} to {now}: {reason}
validFor/from | added | begins on {now}
validFor/from | removed | has no first day any more; it was {was}
validFor/from | changed | begins on {now} instead of {was}
validFor/until | added | ends on {now}
validFor/until | removed | has no last day any more; it was {was}
validFor/until | changed | ends on {now} instead of {was}
validFor | any | holds in another period: {now} instead of {was}
name/* | added | has a name in one more language ({last}): {now}
name/* | removed | has no name in the language {last} any more; it was {was}
name,name/* | changed | is called {now}, before {was}
*/*/name,*/*/name/* | any | calls a part of it {now}, before {was}
*/*/description,*/*/description/* | any | describes {name} in another way
description,description/* | added | is described for the first time: {now}
description,description/* | removed | has no description any more
description,description/* | changed | has another description: {now}
code | any | has the outside id {now}, before {was}
product | any | sells the product {now} instead of {was}
categories/* | added | is found in the category {now} too
categories/* | removed | is no longer found in the category {was}
categories | any | is found in the category {now} instead of {was}
channels/* | added | is sold in one more channel: {word}
channels/* | removed | is no longer sold in the channel {word}
segments/* | added | is sold to one more segment: {word}
segments/* | removed | is no longer sold to the segment {word}
places/* | added | is sold in one more place: {word}
places/* | removed | is no longer sold in {word}
channels,segments,places | added | is sold only here from now on: {now}
channels,segments,places | removed | is sold everywhere from now on; before only here: {was}
channels,segments,places | changed | is sold in {now} instead of {was}
terms/* | added | has one more contract term: {name}
terms/* | removed | no longer has the contract term {name}
terms/*/commitment | any | binds for {now} instead of {was} with the term {name}
choices/*/* | added | lets customers choose one more value of {name}: {last}
choices/*/* | removed | no longer lets customers choose {last} as {name}
choices/* | any | lets customers choose another set of values of {name}: {now} instead of {was}
prices | any | applies its discounts in another order: {now}
prices/* | added | has one more price, {name}: {now}
prices/* | removed | no longer has the price {name}: it was {was}
prices/*/table/** | added | {name} has amounts for {row} too: {cells}{when}
prices/*/table/** | removed | {name} has no amounts for {row} any more{when}: before {cells}
prices/*/table/** | changed | {name} for {row}: {was} → {now}{when}
prices/*/tiers/*,prices/*/tiers/*/* | added | {name} has one more step, {row}: {now}{when}
prices/*/tiers/*,prices/*/tiers/*/* | removed | {name} no longer has the step {row}{when}: before {was}
prices/*/tiers/*,prices/*/tiers/*/* | changed | {name} {row}: {was} → {now}{when}
prices/*/{amount,percent,quantity,tiers,minimum,first,increment}/** | added | {name}: {now}{when}, nothing before
prices/*/{amount,percent,quantity,tiers,minimum,first,increment}/** | removed | {name}: nothing{when}, before {was}
prices/*/{amount,percent,quantity,tiers,minimum,first,increment}/** | changed | {name}: {was} → {now}{when}
prices/*/when/** | added | {name} is only charged if {last} is {now}
prices/*/when/** | removed | {name} is charged whatever {last} is; before only if it is {was}
prices/*/when/** | changed | {name} is charged if {last} is {now}, before if it is {was}
prices/*/unless/** | added | {name} is not charged if {last} is {now}
prices/*/unless/** | removed | {name} is charged even if {last} is {was}
prices/*/chargeCode | any | {name} is posted under the charge code {now}, before {was}
prices/*/glAccount | any | {name} is booked on the account {now}, before {was}
prices/*/tax | any | {name} is taxed by {now}, before by {was}
prices/*/every | any | {name} is charged every {now}, before every {was}
prices/*/for | any | {name} lasts for {now}, before for {was}
prices/*/use | any | {name} uses the shared price {now}, before {was}
prices/*/reduces/** | any | {name} reduces {now}, before {was}
bundle/* | added | has one more role, {name}: {now}
bundle/* | removed | no longer contains {name}
bundle/*/max | removed | no longer limits {name}; before at most {was}
bundle/*/min | any | asks for at least {now} of {name}, before {was}
bundle/*/max | any | allows at most {now} of {name}, before {was}
bundle/*/of/* | added | lets customers choose one more offering as {name}: {last}
bundle/*/of/* | removed | no longer lets customers choose {last} as {name}
bundle/*/included | any | gives {now} of {name} for free, before {was}
bundle/*/offering | any | contains {now} as {name} instead of {was}
requires/* | added | can only be bought together with {last}
requires/* | removed | can be bought without {last}
excludes/* | added | can no longer be bought together with {last}
excludes/* | removed | can be bought together with {last}
replaces/* | added | replaces {last}
replaces/* | removed | no longer replaces {last}
characteristics/* | added | asks for one more thing, {name}: {now}
characteristics/* | removed | no longer asks for {name}
characteristics/*/values/* | added | allows one more value of {name}: {last}
characteristics/*/values/* | removed | no longer allows {last} as {name}
characteristics/*/values/* | changed | calls a value of {name} {now} instead of {was}
characteristics/*/values/*/* | any | calls a value of {name} {now} instead of {was}
characteristics/*/values | added | only allows listed values of {name}: {now}
characteristics/*/values | removed | allows any value of {name}
characteristics/*/min | added | asks for at least {now} as {name}
characteristics/*/min | removed | has no least value of {name} any more; it was {was}
characteristics/*/max | added | allows at most {now} as {name}
characteristics/*/max | removed | has no greatest value of {name} any more; it was {was}
characteristics/*/default | added | takes {now} as {name} where nobody chooses
characteristics/*/default | removed | no longer takes {was} as {name} where nobody chooses
characteristics/*/setBy | any | gets {name} from the {now} instead of the {was}
characteristics/*/pattern | any | has another pattern for {name}: {now} instead of {was}
characteristics/*/min | any | asks for at least {now} as {name}, before {was}
characteristics/*/max | any | allows at most {now} as {name}, before {was}
characteristics/*/default | any | takes {now} as {name} where nobody chooses, before {was}
characteristics/*/optional | any | {name} {may} from now on
characteristics/*/unit | any | measures {name} in {now} instead of {was}
characteristics/*/type | any | keeps {name} as {now} instead of {was}
constraints/* | added | has one more rule about combinations: {last}
constraints/* | removed | drops the rule about combinations {last}
constraints/** | any | changes the rule about combinations {name}
services/* | added | needs one more service: {role}
services/* | removed | no longer uses the service {role}
services/*/service | any | is delivered by {now} instead of {was}
services/*/with/*/map/** | added | sends one more value to {role}: {last} becomes {now}
services/*/with/*/map/** | removed | no longer sends {last} to {role}
services/*/with/** | added | sends one more thing to {role}: {last}
services/*/with/** | removed | no longer sends {last} to {role}
services/*/with/** | changed | sends something else to {role}: {now} instead of {was}
services/*/when/*/* | added | needs {role} in one more case: {last}
services/*/when/*/* | removed | no longer needs {role} in the case {last}
services/*/when/** | any | needs {role} in other cases: {now}, before {was}
resources/* | added | needs one more resource: {role}
resources/* | removed | no longer uses the resource {role}
controller | any | is realised by {now} instead of {was}
generator | any | receives files of the generator {now}, before {was}
masters/* | added | becomes the source of record of {last}
masters/* | removed | is no longer the source of record of {last}
parent | added | stands below {now}
parent | removed | no longer stands below {was}
parent | any | stands below {now} instead of {was}
vocabulary/*/* | added | knows one more word under `{field}`: {last}
vocabulary/*/* | removed | no longer knows the word {last} under `{field}`
payment | changed | is {now} instead of {was}
vocabulary/taxes/*/** | any | sets the tax {tax} to {now} instead of {was}{when}
timezone | any | begins its days at midnight in {now}, before in {was}
published | any | publishes the same under other ids
"""
"""`path | what happened | sentence about the entity`. Where a sentence does not begin with a name, the entity is its subject."""
