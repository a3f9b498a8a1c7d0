"""Runbooks: for each service that people make by hand, a page with checklists that a technician can print, in every language."""

from collections.abc import Iterator, Mapping

from tmfkit.api import Artifact, Capabilities, Context, Feature, Finding, ResourceFacingServiceSpecification

from .options import Options as Options
from .page import page_of
from .reading import Reader
from .words import WORDS, Words, in_language

ROLES = ("manual",)


def capabilities(options: Options) -> Capabilities:
    """A page shows what a person must know to do the work."""
    return Capabilities(
        carried=(
            Feature.NAME,
            Feature.DESCRIPTION,
            Feature.TRANSLATION,
            Feature.CODE,
            Feature.VALIDITY,
            Feature.CHARACTERISTIC,
            Feature.CONSTRAINT,
            Feature.RESOURCE,
        ),
        mapped={Feature.LIFECYCLE: "there is a page as long as the service is tested, sold or in use"},
        dropped={Feature.DESCRIPTOR: "a descriptor is for software, and people read this"},
    )


def generate(context: Context[Options]) -> Iterator[Artifact | Finding]:
    """One page for each service and language; a single one without a language where the vocabulary names none."""
    services = {service.id: service for service in context.controlled()}
    yield from _strange(context, services)
    for service in services.values():
        for language in context.catalog.vocabulary.languages or ("",):
            words = in_language(WORDS, context.options.words, language)
            page = page_of(service, context.system, context.options, Reader(context.catalog, language, words))
            path = f"{service.id}.{language}.md" if language else f"{service.id}.md"
            yield context.artifact(path, "runbook.md.j2", (service, *page.resources), mentions=page.mentions, page=page, words=words)


def _strange(context: Context[Options], services: Mapping[str, ResourceFacingServiceSpecification]) -> Iterator[Finding]:
    """Options about services and words that there are not."""
    known = ", ".join(f"`{id}`" for id in services)
    for id in context.options.steps:
        if id not in services:
            help = f"its services are {known}" if known else "no service in use names it as its controller"
            yield Finding(context.at("steps", id), f"`{context.system.id}` makes no service `{id}`", help, at_key=True)
    for language, said in context.options.words.items():
        for word in said:
            if word not in Words._fields:
                help = f"the words are {', '.join(Words._fields)}"
                yield Finding(context.at("words", language, word), f"a page has no word `{word}`", help, at_key=True)
