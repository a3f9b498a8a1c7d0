"""The ledger of codes: each stands for one kind of finding, for ever, and is never used again for another."""

from types import MappingProxyType

CODES = MappingProxyType(
    {
        # reading
        "TK001": "a file cannot be read",
        "TK002": "a file is not UTF-8 text",
        "TK003": "a file holds a character that has no place in YAML",
        "TK004": "a file is not YAML",
        "TK005": "a file is too large, too deep, or grows too large when its aliases are expanded",
        "TK006": "a key is written twice in one mapping",
        "TK007": "YAML that the language does not use: tags and merge keys",
        "TK008": "a document is not a mapping",
        "TK009": "the catalog is empty",
        "TK010": "the kind of a document is missing or unknown",
        "TK011": "a key that the language does not know here",
        "TK012": "something mandatory is missing",
        "TK013": "a list, a mapping or a text where another of the three is due",
        "TK014": "a value that is not understood",
        "TK015": "an id that is not legal",
        "TK016": "a key that has no meaning together with the others",
        "TK017": "a table file that cannot be used",
        "TK018": "a file that holds nothing",
        "TK019": "a suppression that gives no reason, or is not understood",
        "TK020": "an import: a file that holds no payloads",
        "TK021": "a suppression whose date has come",
        "TK022": "a suppression or a setting that names a code that does not exist, or that cannot be accepted",
        "TK023": "an import: a file or an id that the project has already",
        "TK024": "a suppression of a finding that is not there",
        "TK025": "a baseline that cannot be used",
        "TK026": "a baseline that holds more than is needed",
        # linking
        "TK101": "a reference to something that does not exist",
        "TK102": "a reference to an entity of the wrong kind",
        "TK103": "entities that refer to each other in a circle",
        "TK104": "an id that is declared twice",
        "TK105": "`remove` names something that the base does not have",
        "TK106": "an entity extends one of another kind",
        "TK107": "two parts of the catalog get the same id in the catalog APIs",
        # prices
        "TK201": "a combination that can be sold has no price, or more than one",
        "TK202": "a row of a price table that no customer can reach",
        "TK203": "a discount reduces a price that does not exist",
        "TK204": "a percentage that makes no sense",
        "TK205": "a dated value with a gap or an overlap",
        "TK206": "tiers that do not rise or do not end",
        "TK207": "more than one currency in an offering",
        "TK208": "a condition asks about something that is not there",
        "TK209": "a condition that can never hold",
        "TK210": "a recurring price of nothing or less",
        "TK211": "a word that the vocabulary does not know",
        "TK212": "a row of a table whose keys are not those of `by`",
        # characteristics and decomposition
        "TK301": "a default outside the values allowed",
        "TK302": "a choice outside the specification",
        "TK303": "a feed into a characteristic that the target does not have",
        "TK304": "a feed from something that is not there",
        "TK305": "a mandatory characteristic that nothing feeds",
        "TK306": "a value that can arrive has no row",
        "TK307": "a feed between types or units that do not agree",
        "TK308": "a feed of a value that its target does not allow",
        "TK309": "a row of a feed that no value can reach",
        # lifecycle and dates
        "TK401": "an offering is further in its life than what it is made of",
        "TK402": "an interval that ends before it begins",
        # bundles
        "TK501": "a number of members that cannot be",
        "TK502": "an offering that is required and excluded at once",
        # layers and ownership
        "TK601": "a resource-facing service that no system controls",
        "TK602": "a controller whose role does not fit",
        "TK603": "two systems that are the source of record of one entity",
        # what TMF cannot say
        "TK701": "something that this version of a TM Forum API has no place for",
    }
)
"""Every code and what it stands for."""
