"""What somebody has to say about their Salesforce org, and what is asked of it before anything is made."""

import re

from tmfkit.api import Context
from tmfkit.api import Options as CommonOptions

_ID = re.compile(r"01s[0-9A-Za-z]{12}([0-9A-Za-z]{3})?")


class Options(CommonOptions):
    """`standardPricebook` is the id of the org's standard price book, which exists in every org and cannot be imported.

    `channels` are those that get a price book, all of them without it. `currency` is that of an org with one currency; an org with
    several says `multiCurrency: true`.
    """

    standard_pricebook: str
    channels: tuple[str, ...] = ()
    currency: str = ""
    multi_currency: bool = False


def checked(context: Context[Options]) -> None:
    """Refuses an id that is no price book's, and channels that the vocabulary does not have."""
    options, known = context.options, context.catalog.vocabulary.channels
    if not _ID.fullmatch(options.standard_pricebook):
        help = "it begins with 01s and has 15 or 18 characters; `SELECT Id FROM Pricebook2 WHERE IsStandard = true` finds it"
        context.refuse(f"`{options.standard_pricebook}` is no id of a price book", "standardPricebook", help=help)
    for index, channel in enumerate(options.channels):
        if channel not in known:
            said = f"the vocabulary has {', '.join(f'`{name}`' for name in known)}" if known else "the vocabulary has no channels"
            context.refuse(f"no channel is called `{channel}`", "channels", index, help=said)


def channels_of(context: Context[Options]) -> tuple[str, ...]:
    """The channels that get a price book, in the order of the vocabulary."""
    wanted = context.options.channels
    return tuple(channel for channel in context.catalog.vocabulary.channels if not wanted or channel in wanted)
