"""Which id a claim has: the same one from run to run, though clusters grow, merge and part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec

from inquit import ids
from inquit.records import Claim


class ClaimId(msgspec.Struct, frozen=True, order=True):
    """An id with the run that minted it, the statement that it was minted from, and the id that it is an alias of.

    In order of age; those of one run by their ids.
    """

    run: int
    id: str
    minted_from: str
    alias_of: str | None = None


def settle(
    claims: Sequence[Claim], known: Iterable[ClaimId], *, run: int, taken: Callable[[str], bool]
) -> tuple[list[str], list[ClaimId]]:
    """The ids of ``claims``, in their order, and those ids of the ledger that are new or have changed.

    ``known`` are the ids minted from the claims' occurrences; ``run`` numbers this storing of links, and ``taken``
    tells whether the ledger has an id. A claim takes over the oldest id minted from one of its occurrences, and the
    other such ids become its aliases; without any its own id is minted. No two claims may share an occurrence. The
    order of ``claims`` does not matter, and a second time nothing changes.
    """
    before = {ident.id: ident for ident in known}
    minted = defaultdict(list)
    for ident in before.values():
        minted[ident.minted_from].append(ident)
    after = dict(before)
    given = [""] * len(claims)
    for i in sorted(range(len(claims)), key=lambda i: claims[i].id):
        first = claims[i].occurrences[0].statement
        own = sorted(ident for o in claims[i].occurrences for ident in minted[o.statement])
        kept = own[0] if own else ClaimId(run, _free(claims[i].id, after, taken), first)
        given[i] = kept.id
        after[kept.id] = msgspec.structs.replace(kept, alias_of=None)
        for other in own[1:]:
            after[other.id] = msgspec.structs.replace(other, alias_of=kept.id)
    return given, [ident for ident in after.values() if before.get(ident.id) != ident]


def _free(ident: str, after: Collection[str], taken: Callable[[str], bool]) -> str:
    """The id, or one made from it where a claim has it that has lost the statement it was minted from."""
    while ident in after or taken(ident):
        ident = ids.claim_id(ident)
    return ident
