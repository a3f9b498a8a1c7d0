"""What Kill Bill 0.25 takes of the catalog as it is, what in another form, and what not at all: the words of the loss report."""

from tmfkit.api import Feature

CARRIED = (
    Feature.NAME,
    Feature.RECURRING,
    Feature.ONE_TIME,
    Feature.USAGE,
    Feature.TIERS,
    Feature.VOLUME,
    Feature.DATED,
    Feature.IN_ARREARS,
)

MAPPED = {
    Feature.CODE: "it stands in the list of charges",
    Feature.LIFECYCLE: "what is retired stays billed, in a price list that nobody is sold from",
    Feature.VALIDITY: "a version of the catalog begins on each date",
    Feature.CHANNEL: "a channel whose prices differ has a price list of its own; where else it is sold, order management knows",
    Feature.SEGMENT: "a segment that changes a price chooses the plan; who may buy, order management knows",
    Feature.PLACE: "a place that changes a price chooses the plan; where it is sold, order management knows",
    Feature.TERM: "a term that changes a price chooses the plan; its commitment is kept by order management",
    Feature.RENEWAL: "a term that ends by itself is a last phase of that length, any other goes on",
    Feature.PAYMENT: "what is prepaid is cancelled and changed at the end of what is paid",
    Feature.CHARACTERISTIC: "a value that changes a price chooses the plan; billing needs no other",
    Feature.MEMBER: "members are subscriptions of their own; what a bundle changes of their price is a plan of its own",
    Feature.CARDINALITY: "the greatest number is `plansAllowedInBundle`; order management sees to the least",
    Feature.GROUP: "each member that can be chosen has its own plans; order management sees to the choice",
    Feature.INCLUDED: "a member for nothing is a plan at no price",
    Feature.REQUIRES: "an add-on that is available with what it requires",
    Feature.DISCOUNT: "computed into the plans of those who get it: as a phase where it ends, else for good",
    Feature.ALLOWANCE: "a first tier at no price",
    Feature.PENALTY: "a plan with one fixed price, which order management orders when it falls due",
    Feature.DEPOSIT: "a plan with one fixed price, which order management orders and gives back",
    Feature.PRICE_TABLE: "a plan for each cell",
    Feature.COUNT: "a subscription for each one; with tiers, a usage that is reported for each billing period",
    Feature.DIMENSION: "a unit for each price, such as `voice-national`; the list of charges says what counts as it",
    Feature.METERING: "mediation rounds before it reports; Kill Bill charges whole blocks of what a billing period comes to",
    Feature.CONDITION: "order management chooses the plan; the list of charges says when each applies",
    Feature.COHORT: "a price of existing customers too has `effectiveDateForExistingSubscriptions`; theirs alone is a plan of its own",
    Feature.LIMITED: "a phase of that length; of a penalty or a fee, order management knows when it is due",
    Feature.TAX: "the list of charges has the category and all its rates",
    Feature.GL_ACCOUNT: "the list of charges has it",
    Feature.CHARGE_CODE: "the list of charges has it",
}

DROPPED = {
    Feature.DESCRIPTION: "Kill Bill has names only",
    Feature.TRANSLATION: "Kill Bill has one name: the first one written",
    Feature.EXCLUDES: "Kill Bill refuses no two plans together: order management does",
    Feature.REPLACES: "Kill Bill moves nobody by itself: order management does",
    Feature.ROLLOVER: "Kill Bill forgets what is left at the end of a billing period",
    Feature.SHARED: "Kill Bill has no allowance that several subscriptions share",
}
