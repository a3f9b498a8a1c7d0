"""Names that another format allows: what is legal there keeps its name, what is not gets one that nothing else has."""

from collections.abc import Callable, Iterable, Mapping


def legal_names(names: Iterable[str], spell: Callable[[str], str], taken: Iterable[str] = (), joint: str = "-") -> Mapping[str, str]:
    """For each name the one that it has in another format; no two are the same there, whatever the size of their letters.

    `spell` makes a name legal and leaves legal ones alone. Names that collide are told apart by a number, the legal one
    and then the alphabet first, so that the result does not depend on the order given. `taken` are names that are no longer free;
    `joint` stands before the number.
    """
    given = tuple(dict.fromkeys(names))
    used = {name.casefold() for name in taken}
    found: dict[str, str] = {}
    for name in sorted(given, key=lambda one: (spell(one) != one, one)):
        base = legal = spell(name)
        number = 2
        while legal.casefold() in used:
            legal, number = f"{base}{joint}{number}", number + 1
        used.add(legal.casefold())
        found[name] = legal
    return {name: found[name] for name in given}
