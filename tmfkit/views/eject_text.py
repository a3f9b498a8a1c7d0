"""What `eject` says: what the project has now, and what to do next."""

from tmfkit.starter.taking_over import TakenOver


def as_text(taken: TakenOver) -> str:
    """The files, and three sentences."""
    lines = [f"took over `{taken.generator}`: {len(taken.files):,} files", *(f"  {name}" for name in taken.files)]
    return "\n".join((*lines, "", *_next(taken)))


def _next(taken: TakenOver) -> tuple[str, ...]:
    return (
        f"These files are yours now, and go before those of tmfkit. Change {' and '.join(taken.places)}, then see what comes of it:",
        "  tmfkit generate --check",
        "A later tmfkit changes nothing here: to compare, eject into another folder. To go back, delete these files.",
    )
