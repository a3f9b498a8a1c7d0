"""The table of impacts: what each sort of change means to customers, orders and systems, and why.

A row is a line `kinds | path | sorts | impact | reach` with its reason below. In a path `*` is one name, `**` all that follows, and
`{a,b}` either. The first row that fits counts.
"""

from types import MappingProxyType

from tmfkit.diff.change import Impact, Reach
from tmfkit.diff.rows import Row, rows

IDENTITY = """
any | (itself) | added | additive | new customers
    It is new: nobody depends on it yet.
any | (itself) | renamed | breaking | installed base
    The id under which it is published, ordered and billed is another one.
offering | (itself) | never sold | cosmetic | nobody
    It was a draft.
offering | (itself) | removed | breaking | installed base
    Customers and running orders refer to it; retire it and leave it in the catalog.
shared price | (itself) | removed | breaking | installed base
    Customers are billed by it; end its period and leave it in the catalog.
specification | (itself) | removed | breaking | installed base
    What customers have was made from it, and inventories refer to it.
grouping | (itself) | removed | commercial | new customers
    Those who look for offerings or services there find nothing; nothing that was sold changes.
system | (itself) | removed | breaking | running orders
    Nothing is generated for it any more, and what it controls has nobody to realise it.
vocabulary | (itself) | removed | breaking | installed base
    Every channel, segment, place, tax and usage of the catalog loses its meaning.
any | published | any | commercial | installed base
    It means the same, and single prices are published under other ids: billing has to learn them.
"""
"""Entities as a whole."""

WORDS = """
any | {name,description}/** | any | cosmetic | new customers
    What people read; no system depends on it.
any | */*/{name,description}/** | any | cosmetic | new customers
    What people read about a part; no system depends on it.
product | brand | any | cosmetic | new customers
    What people read; no system depends on it.
specification | characteristics/*/values/* | changed | cosmetic | new customers
    The label of a value; the value stays.
specification | characteristics/*/values/*/* | any | cosmetic | new customers
    The label of a value in one language; the value stays.
vocabulary | languages/** | any | cosmetic | nobody
    In which languages texts are expected.
any | version | any | cosmetic | nobody
    It says that something changed; what did is in the other rows.
any | code | added | additive | nobody
    Outside systems learn an id that they did not have.
any | code | any | breaking | installed base
    Outside systems know it by this id.
any | extra/** | any | commercial | installed base
    The catalog does not know what this means; the APIs that receive it may.
"""
"""What people read, and ids that others know."""

LIFE = """
offering | lifecycle | goes on sale | additive | new customers
    Customers can buy it from now on.
offering | lifecycle | leaves sale | commercial | running orders
    Nobody can buy it any more; those who have it keep it.
offering | lifecycle | ends | breaking | installed base
    Those who have it lose it.
offering | lifecycle | changed | additive | new customers
    It takes a step before or after the time in which it is sold.
specification | lifecycle | goes on sale | additive | new customers
    It can be used from now on.
specification | lifecycle | leaves sale | commercial | running orders
    Nothing new is made from it; what exists stays.
specification | lifecycle | ends | breaking | installed base
    What was made from it has to go.
shared price | lifecycle | leaves sale, ends | breaking | installed base
    Offerings that use this price are no longer billed by it.
any | lifecycle | any | additive | new customers
    A step that takes nothing from anybody.
offering | validFor/** | narrowed | commercial | running orders
    It is sold for a shorter time.
offering | validFor/** | widened | additive | new customers
    It is sold for a longer time.
specification | validFor/** | widened | additive | new customers
    It can be used for a longer time.
specification | validFor/** | any | breaking | installed base
    What is made from it has to end earlier or begin later.
shared price | validFor/** | widened | commercial | installed base
    It is charged for a longer time.
any | validFor/** | any | commercial | installed base
    It holds at another time.
"""
"""Lifecycle and dates."""

PRICES = """
offering | prices/* | other currency | commercial | new customers
    It is sold in a currency in which it was not: accounts, taxes and postings have to take it.
offering | prices/* | added | commercial | installed base
    There is one more price: charge or discount, it changes what customers pay.
offering | prices/* | removed | commercial | installed base
    A price is gone: customers who have it are billed otherwise.
offering | prices | any | commercial | installed base
    Discounts apply in the order written, and that is another one: bills come out differently.
price holder | prices/*/{amount,percent,table,tiers,quantity,minimum,first,increment}/** | dearer | commercial | installed base
    Customers pay more, or get less for what they pay.
price holder | prices/*/{amount,percent,table,tiers,quantity,minimum,first,increment}/** | cheaper | commercial | installed base
    Customers pay less, or get more for what they pay.
price holder | prices/*/{amount,percent,table,tiers,quantity,minimum,first,increment}/** | other currency | breaking | installed base
    Accounts and bills are kept in one currency.
price holder | prices/*/table/** | no longer sold | commercial | running orders
    This combination is no longer sold; orders for it are refused.
price holder | prices/*/table/** | sold from now on | additive | new customers
    This combination is sold from now on.
price holder | prices/*/table/** | never sold | additive | new customers
    A row says, or says no more, that a combination is not sold.
price holder | prices/*/table/** | added | additive | new customers
    The table has one more cell; nobody was charged by it.
price holder | prices/*/table/** | removed | breaking | installed base
    The table has no cell any more for those who have this combination.
price holder | prices/*/amount/** | added | commercial | installed base
    It costs something in a time in which it cost nothing.
price holder | prices/*/amount/** | removed | commercial | installed base
    It costs nothing in a time in which it cost something, or is priced in another way.
price holder | prices/*/percent/** | any | commercial | installed base
    The share of another price is a different one.
price holder | prices/*/tiers/** | any | commercial | installed base
    The bounds between tiers, or what they cost, are different ones.
price holder | prices/*/by/** | any | breaking | installed base
    The price depends on something else: every system that looks it up has to ask for that.
price holder | prices/*/type | any | breaking | installed base
    It is another sort of charge: systems bill, tax and post it in another way.
price holder | prices/*/use | any | commercial | installed base
    It is charged by another shared price.
price holder | prices/*/every | any | commercial | installed base
    It is charged in another rhythm.
price holder | prices/*/charged | any | commercial | installed base
    It is billed at another time of the period.
price holder | prices/*/usage | any | breaking | installed base
    It charges the use of something else: rating has to meter that.
price holder | prices/*/count | any | breaking | installed base
    It is charged by the number of something else, which orders have to state.
price holder | prices/*/quantity/** | any | commercial | installed base
    The allowance is another one.
price holder | prices/*/minimum/** | any | commercial | installed base
    The least that is charged is another one.
price holder | prices/*/first/** | any | commercial | installed base
    The first unit that is charged is another one.
price holder | prices/*/increment/** | any | commercial | installed base
    What is used is rounded in another way.
price holder | prices/*/per/** | any | commercial | installed base
    The unit in which is counted is another one.
price holder | prices/*/tierMode/** | any | commercial | installed base
    The tiers are added up in another way.
price holder | prices/*/shared/** | any | commercial | installed base
    Other members share the allowance.
price holder | prices/*/rollover/** | any | commercial | installed base
    What is left of an allowance lives on in another way.
price holder | prices/*/reduces/** | any | commercial | installed base
    The discount reduces another price.
price holder | prices/*/for/** | any | commercial | installed base
    The price lasts for another time.
price holder | prices/*/after/** | any | commercial | installed base
    The price begins at another time.
price holder | prices/*/{when,unless}/** | any | commercial | installed base
    The price holds for other customers or choices.
price holder | prices/*/validFor/** | any | commercial | installed base
    The price holds at another time.
price holder | prices/*/tax/** | any | commercial | installed base
    It is taxed by another tax.
price holder | prices/*/chargeCode | added | additive | nobody
    Billing learns under which code it posts this charge.
price holder | prices/*/chargeCode | any | breaking | installed base
    Billing knows the charge by this code, on bills that were sent too.
price holder | prices/*/glAccount | any | commercial | nobody
    Revenue is posted to another account; customers see nothing of it.
price holder | prices/*/code | added | additive | nobody
    Outside systems learn an id that they did not have.
price holder | prices/*/code | any | breaking | installed base
    Outside systems know it by this id.
price holder | prices/*/extra/** | any | commercial | installed base
    The catalog does not know what this means; the APIs that receive it may.
"""
"""What customers pay."""

SALE = """
offering | {channels,segments,places}/* | added | additive | new customers
    It is offered in one more channel, segment or place.
offering | {channels,segments,places}/* | removed | commercial | running orders
    It is not offered in this channel, segment or place any more.
offering | {channels,segments,places} | narrowed | commercial | running orders
    It was offered in every channel, segment or place, and now in some.
offering | {channels,segments,places} | widened | additive | new customers
    It is offered in every channel, segment or place now.
offering | {channels,segments,places} | any | commercial | running orders
    It is offered in another channel, segment or place.
offering | product | any | breaking | installed base
    It sells another product; those who have the old one cannot be changed to it in silence.
offering | categories/** | any | cosmetic | new customers
    It is found elsewhere; what it is stays the same.
offering | sellable | any | commercial | new customers
    Whether it is sold alone changes.
offering | payment | any | breaking | installed base
    Charging runs through another system.
offering | terms/* | added | additive | new customers
    There is one more contract term to choose from.
offering | terms/* | removed | breaking | installed base
    Customers have contracts with this term, and orders name it.
offering | terms/*/commitment | any | commercial | new customers
    New contracts bind for another time; those that exist keep theirs.
offering | terms/*/lasts | any | commercial | new customers
    New contracts last for another time.
offering | terms/*/renews | any | commercial | installed base
    What happens at the end of a contract changes.
offering | terms/*/validFor/** | any | commercial | new customers
    The term is offered at another time.
offering | terms/*/code | any | breaking | installed base
    Outside systems know the term by this id.
offering | choices/* | narrowed | commercial | running orders
    Customers can choose less; orders for the rest are refused.
offering | choices/* | widened | additive | new customers
    Customers can choose all that the product allows.
offering | choices/*/* | added | additive | new customers
    There is one more value to choose from.
offering | choices/*/* | removed | commercial | running orders
    A value can no longer be chosen; those who have it keep it.
offering | choices/* | any | commercial | running orders
    Customers choose from other values.
"""
"""To whom something is sold, and how."""

BUNDLES = """
offering | bundle/*/min | widened | additive | new customers
    Fewer of it have to be taken.
offering | bundle/*/min | any | breaking | running orders
    More of it have to be taken: orders and bundles that exist do not have them.
offering | bundle/*/max | widened | additive | new customers
    More of it can be taken.
offering | bundle/*/max | any | breaking | installed base
    Fewer of it can be taken than customers may have.
offering | bundle/*/of/* | added | additive | new customers
    There is one more offering to choose from.
offering | bundle/*/of/* | removed | breaking | installed base
    Bundles that exist contain this offering.
offering | bundle/*/default | any | commercial | new customers
    Another number is taken unless the customer says so.
offering | bundle/*/included | any | commercial | installed base
    Another number of members is free.
offering | bundle/* | mandatory | breaking | running orders
    The bundle has one more role that has to be filled: orders and bundles that exist do not fill it.
offering | bundle/* | added | additive | new customers
    The bundle has one more role, and nobody has to fill it.
offering | bundle/* | removed | breaking | installed base
    Bundles that exist have this role filled.
offering | bundle/** | any | breaking | installed base
    Bundles that exist are made of something else.
offering | requires/* | removed | additive | new customers
    It can be had without the other one.
offering | requires/* | added | breaking | installed base
    Customers who have it without the other one break the rule.
offering | excludes/* | removed | additive | new customers
    It can be had together with the other one.
offering | excludes/* | added | breaking | installed base
    Customers who have both break the rule.
offering | replaces/** | any | commercial | installed base
    Whether customers can move between the two, or until when, changes.
offering | {requires,excludes}/** | any | commercial | running orders
    The rule between the two holds at another time.
"""
"""What bundles are made of, and rules between offerings."""

CHARACTERISTICS = """
specification | characteristics/* | mandatory | breaking | running orders
    It has to be given, and neither running orders nor clients do; a default would satisfy it.
specification | characteristics/* | with a default | additive | new customers
    It is new and has a default, so nobody has to give it.
specification | characteristics/* | added | additive | new customers
    It is new, and nobody has to give it.
specification | characteristics/* | removed | breaking | installed base
    Orders name it, and inventories hold values of it.
specification | characteristics/*/optional | widened | additive | new customers
    It may be left out.
specification | characteristics/*/optional | with a default | additive | new customers
    It always has a value now; the default stands in where none is given.
specification | characteristics/*/optional | mandatory | breaking | running orders
    It has to be given now, and running orders may lack it.
specification | characteristics/*/values | narrowed | breaking | installed base
    Any value was allowed, and only listed ones are now.
specification | characteristics/*/values | any | additive | new customers
    Any value of its type is allowed now.
specification | characteristics/*/values/* | added | additive | new customers
    One more value is allowed.
specification | characteristics/*/values/* | removed | breaking | installed base
    Customers and orders may have this value.
specification | characteristics/*/{min,max} | widened | additive | new customers
    More is allowed than before.
specification | characteristics/*/{min,max} | any | breaking | installed base
    Customers and orders may have values that are no longer allowed.
specification | characteristics/*/many/{min,max} | widened | additive | new customers
    More is allowed than before.
specification | characteristics/*/many/{min,max} | any | breaking | installed base
    Customers and orders may have values that are no longer allowed.
specification | characteristics/*/pattern | removed | additive | new customers
    Any text is allowed now.
specification | characteristics/*/pattern | any | breaking | installed base
    Values that exist may not fit the pattern.
specification | characteristics/*/type | any | breaking | installed base
    Systems keep its values as another type; they cannot be changed over in place.
specification | characteristics/*/unit | any | breaking | installed base
    The same number means something else.
specification | characteristics/*/default | removed | breaking | running orders
    Orders that rely on the default lack a value.
specification | characteristics/*/default | added | additive | new customers
    Who gives no value gets this one.
specification | characteristics/*/default | any | commercial | new customers
    Who gives no value gets another one.
specification | characteristics/*/setBy | any | breaking | running orders
    Somebody else has to give the value: order forms and systems change.
specification | characteristics/*/many/** | any | breaking | installed base
    It takes one value or several: systems keep that in another shape.
specification | characteristics/*/code | any | breaking | installed base
    Outside systems know it by this id.
specification | constraints/* | removed | additive | new customers
    More combinations are allowed.
specification | constraints/** | any | breaking | installed base
    Combinations that customers have or have ordered may be forbidden.
"""
"""What can be chosen or has to be said."""

NETWORK = """
product or CFS | services/* | added | commercial | running orders
    Orders are decomposed into one more service; products that exist do not have it.
product or CFS | services/* | removed | breaking | installed base
    Products that exist have this service, and nothing would end it.
product or CFS | services/*/service | any | breaking | installed base
    The role is filled by another service than the one that customers have.
product or CFS | services/*/{when,unless}/** | any | breaking | running orders
    Other orders need this service; those under way were decomposed otherwise.
product or CFS | services/*/with/*/map/* | added | additive | new customers
    One more value can be sent on.
product or CFS | services/*/with/*/table/** | added | additive | new customers
    One more value can be sent on.
product or CFS | services/*/with/** | removed | breaking | installed base
    Nothing, or something else, is sent to the service for what customers have.
product or CFS | services/*/with/* | added | commercial | running orders
    The service gets one more value.
product or CFS | services/*/with/** | any | breaking | installed base
    The service gets another value; what is configured today was made with the old one.
product or CFS | services/*/count | any | breaking | installed base
    Another number of this service is needed.
product or CFS | services/*/code | any | breaking | installed base
    Outside systems know it by this id.
RFS | resources/*/{when,unless}/** | any | breaking | running orders
    Other orders need this resource; those under way were decomposed otherwise.
RFS | resources/*/with/*/map/* | added | additive | new customers
    One more value can be sent on.
RFS | resources/*/with/*/table/** | added | additive | new customers
    One more value can be sent on.
RFS | resources/*/with/** | removed | breaking | installed base
    Nothing, or something else, is sent to the resource for what customers have.
RFS | resources/*/with/* | added | commercial | running orders
    The resource gets one more value.
RFS | resources/*/with/** | any | breaking | installed base
    The resource gets another value; what is configured today was made with the old one.
RFS | resources/*/count | any | breaking | installed base
    Another number of this resource is needed.
RFS | resources/*/code | any | breaking | installed base
    Outside systems know it by this id.
product | services/*/shared | any | breaking | installed base
    One service for a whole bundle, or one for each member: the network is built differently.
RFS | resources/* | added | commercial | running orders
    Orders reserve one more resource.
RFS | resources/* | removed | breaking | installed base
    Services that exist hold this resource, and nothing would free it.
RFS | resources/*/resource | any | breaking | installed base
    The role is filled by another resource than the one in the field.
RFS | controller | any | breaking | running orders
    Another system realises it: orders under way and services that exist are known to the old one.
RFS | requires/* | removed | additive | running orders
    It can be made without the other one.
RFS | requires/** | any | breaking | running orders
    Another service has to be there first.
RFS or software | descriptor | any | breaking | running orders
    Another descriptor is deployed.
below product | categories/** | any | cosmetic | nobody
    It is found elsewhere; what it is stays the same.
product | productNumber | any | commercial | new customers
    Stock and accounts know it by this number.
resource | {vendor,model,partNumber,sku} | any | commercial | new customers
    Other equipment is installed from now on; what is installed stays.
resource | contains/* | added | commercial | new customers
    It has one more part.
resource | contains/** | any | breaking | installed base
    What is installed has other parts.
"""
"""How a product becomes services and resources."""

LANDSCAPE = """
system | generator | added | additive | nobody
    The system receives files from now on.
system | generator/* | added | additive | nobody
    The system receives files of one more kind.
system | generator/** | any | breaking | nobody
    The system receives files of another kind.
system | options/** | any | commercial | nobody
    The files that the system receives come out differently.
system | masters/** | any | breaking | nobody
    Another system is the source of record.
system | role | any | breaking | nobody
    The system does another job; what is sent to it changes.
vocabulary | {channels,segments,places}/* | added | additive | new customers
    There is one more channel, segment or place; offerings that name none are offered there too.
vocabulary | {channels,segments,places}/* | removed | breaking | installed base
    Systems, orders and customers know this channel, segment or place.
vocabulary | {channels,segments,places}/*/code | any | breaking | installed base
    Outside systems know it by this id.
vocabulary | taxes/* | added | additive | new customers
    There is one more tax; nothing uses it yet.
vocabulary | taxes/* | removed | breaking | installed base
    Prices are taxed by it.
vocabulary | taxes/** | any | commercial | installed base
    Customers pay another rate of tax.
vocabulary | usage/* | added | additive | new customers
    One more thing can be metered; nothing uses it yet.
vocabulary | usage/*/dimensions/** | added | additive | new customers
    Use can be priced by one more thing.
vocabulary | usage/** | any | breaking | installed base
    Rating and records of use are built on it.
grouping | parent | any | cosmetic | new customers
    It is found elsewhere.
grouping | categories/** | any | cosmetic | new customers
    It shows other categories.
"""
"""Systems, the closed sets, categories."""

SECTIONS = MappingProxyType(
    {
        "Entities as a whole": rows(IDENTITY),
        "Words and outside ids": rows(WORDS),
        "Lifecycle and dates": rows(LIFE),
        "Prices": rows(PRICES),
        "Sale": rows(SALE),
        "Bundles and rules between offerings": rows(BUNDLES),
        "Characteristics and constraints": rows(CHARACTERISTICS),
        "Services and resources": rows(NETWORK),
        "Systems, vocabulary, categories": rows(LANDSCAPE),
    }
)
"""All rows, in the order in which they are tried."""

ROWS = tuple(row for section in SECTIONS.values() for row in section)

WORST = Row("any", "**", (), Impact.BREAKING, Reach.BASE, "Nothing is known of what this does to customers, so it counts as the worst.")
"""For what no row speaks of."""
