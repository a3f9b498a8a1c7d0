"""The table of servers: how each sort of catalog server behaves, one row for each."""

from tmfkit.tmf.profile import Arrays, Ids, PatchType, Profile, Sort

ROWS = (
    Profile(
        name=Sort.EMBEDDED.value,
        title="the catalog that tmfkit serves itself",
        ids=Ids.KEPT,
        patch=PatchType.MERGE,
        page=1000,
        links=True,
        tags=True,
        body_limit=8 * 1024 * 1024,
    ),
    Profile(
        name=Sort.REFERENCE.value,
        title="the reference engine of TM Forum, version 4 of the APIs",
        ids=Ids.REFUSED,
        patch=PatchType.PLAIN,
        nulls=False,
        unknown=False,
        strict_patch=True,
        patched=201,
        partial=206,
        links=True,
        body_limit=100 * 1024,
    ),
    Profile(
        name=Sort.STRICT.value,
        title="a server that holds to version 4 of the official files to the letter",
        ids=Ids.REFUSED,
        patch=PatchType.PLAIN,
        unknown=False,
        strict_patch=True,
        checks_references=True,
        page=50,
    ),
    Profile(
        name=Sort.LENIENT.value,
        title="a server of version 5 that takes what it does not know",
        ids=Ids.KEPT,
        patch=PatchType.MERGE,
        partial=206,
        links=True,
    ),
    Profile(
        name=Sort.MINTING.value,
        title="a server that gives ids of its own, adds to lists, and makes candidates itself",
        ids=Ids.MINTED,
        patch=PatchType.MERGE,
        arrays=Arrays.APPENDED,
        counts=False,
        filters=False,
        page=20,
        makes_candidates=True,
        removes_candidates=True,
    ),
)
"""The sorts of servers, the one that comes with tmfkit first."""

PROFILES = {row.name: row for row in ROWS}
"""Every row by the name that a target gives as its `profile`."""
