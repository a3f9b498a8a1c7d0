"""What becomes of the language in Salesforce's core objects Product2, Pricebook2 and PricebookEntry."""

from tmfkit.api import Feature

CARRIED = (Feature.NAME, Feature.DESCRIPTION, Feature.CODE, Feature.CHANNEL, Feature.ONE_TIME)

_TIERS = "one product for each tier: nobody in Salesforce chooses it by the number that is sold"

MAPPED = {
    Feature.CATEGORY: "the first category is the Family",
    Feature.LIFECYCLE: "what is launched and valid is active",
    Feature.VALIDITY: "what holds on the day of the release is imported, without dates",
    Feature.RECURRING: "the list price of one period: Salesforce does not repeat it, the words of the product say how often it comes",
    Feature.DEPOSIT: "a list price like any other",
    Feature.PRICE_TABLE: "one product for each cell",
    Feature.TIERS: _TIERS,
    Feature.VOLUME: _TIERS,
    Feature.COUNT: "the quantity of the line, which somebody enters",
    Feature.CONDITION: "said in the description; nothing in Salesforce checks it",
    Feature.LIMITED: "said in the description",
    Feature.DATED: "the amount of the day of the release; the next release brings the next one",
    Feature.COHORT: "the amount for new customers",
    Feature.TERM: "a term that decides a price stands in the name of the product",
}

_BUNDLE = "the core objects have no bundles; order capture builds them from its order form"
_METERED = "nothing is metered in a CRM: billing rates it"
_BOOKED = "a CRM books nothing: billing has it"
_RELATED = "the core objects relate no products; order capture checks it"
_NETWORK = "a CRM has data of the sale alone, never of what is installed"

DROPPED = {
    Feature.TRANSLATION: "names have one language; translations are a setting of the org",
    Feature.SEGMENT: "price books stand for channels, and nothing says who may buy",
    Feature.PLACE: "nothing says where something is sold",
    Feature.RENEWAL: "the core objects know no contract",
    Feature.PAYMENT: "the core objects know no way of paying",
    Feature.CHARACTERISTIC: "the core objects have no attributes of products; order capture asks for them",
    Feature.CONSTRAINT: "the core objects have no attributes of products; order capture checks them",
    Feature.MEMBER: _BUNDLE,
    Feature.CARDINALITY: _BUNDLE,
    Feature.GROUP: _BUNDLE,
    Feature.INCLUDED: _BUNDLE,
    Feature.REQUIRES: _RELATED,
    Feature.EXCLUDES: _RELATED,
    Feature.REPLACES: _RELATED,
    Feature.USAGE: _METERED,
    Feature.ALLOWANCE: _METERED,
    Feature.DIMENSION: _METERED,
    Feature.METERING: _METERED,
    Feature.ROLLOVER: _METERED,
    Feature.SHARED: _METERED,
    Feature.DISCOUNT: "a list price is undiscounted: billing takes off what the catalog says",
    Feature.PENALTY: "it falls due when a contract ends, and billing charges it",
    Feature.IN_ARREARS: "a list price has no due date",
    Feature.TAX: "list prices are without tax; billing has the rates",
    Feature.GL_ACCOUNT: _BOOKED,
    Feature.CHARGE_CODE: _BOOKED,
    Feature.SERVICE: _NETWORK,
    Feature.RESOURCE: _NETWORK,
    Feature.DESCRIPTOR: _NETWORK,
}
