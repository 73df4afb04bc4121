"""What changed in the statements between two versions of an article.

Statements are one another's when their contents have the same letters, else when their contents are alike (``ALIKE``
of the characters, by the ratio of insertions and deletions), the most alike first. Of those that are, every label is
compared that says on whose word, and how, the outlet puts the content forward.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec
from rapidfuzz import fuzz, process

from inquit.records import Reading, Statement

Kind: TypeAlias = Literal["new", "gone", "words", "source", "party", "stance", "framing", "evidence"]

ALIKE = 70.0
"""Of 100; under it a statement is gone and another one is new."""


class Change(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="change"):
    """One thing that is not as it was. ``before`` and ``after`` are the ids of the statement in the two versions.

    ``was`` and ``now`` hold what changed: the content's words (``new``, ``gone``, ``words``) or a label; None for a
    label that is not set, as all but evidence are in the outlet's own voice. ``content``: what the statement says.
    """

    kind: Kind
    before: str | None
    after: str | None
    was: str | None
    now: str | None
    content: str


def changes(old: Reading, new: Reading) -> list[Change]:
    """Everything that changed: what the new version says in its order, then what it says no more."""
    pairs = _pairs(old, new)
    found: list[Change] = []
    for statement in new.statements:
        before = pairs.get(statement.id)
        said = _content(new, statement)
        if before is None:
            found.append(Change(kind="new", before=None, after=statement.id, was=None, now=said, content=said))
        else:
            found.extend(_differences(before, _content(old, before), statement, said))
    known = {statement.id for statement in pairs.values()}
    for statement in old.statements:
        if statement.id not in known:
            said = _content(old, statement)
            found.append(Change(kind="gone", before=statement.id, after=None, was=said, now=None, content=said))
    return found


def _differences(before: Statement, was: str, after: Statement, now: str) -> Iterator[Change]:
    if _key(was) != _key(now):
        yield Change(kind="words", before=before.id, after=after.id, was=was, now=now, content=now)
    old, new = _labels(before), _labels(after)
    for kind in old:
        # Where there is no attribution any more, or was none, the change of source says all.
        if old[kind] != new[kind] and (kind in {"source", "evidence"} or (before.attribution and after.attribution)):
            yield Change(kind=kind, before=before.id, after=after.id, was=old[kind], now=new[kind], content=now)


def _labels(statement: Statement) -> dict[Kind, str | None]:
    who = statement.attribution
    return {
        "source": _named(statement),
        "party": who.party if who else None,
        "stance": who.stance if who else None,
        "framing": who.framing if who else None,
        "evidence": statement.evidence.kind if statement.evidence else None,
    }


def _pairs(old: Reading, new: Reading) -> dict[str, Statement]:
    """By the id of a statement of the new version the one that it was in the old one."""
    pairs: dict[str, Statement] = {}
    left = list(old.statements)
    for statement in new.statements:
        key = _key(_content(new, statement))
        same = [one for one in left if _key(_content(old, one)) == key]
        if same:
            pairs[statement.id] = min(same, key=lambda one: _named(one) != _named(statement))
            left.remove(pairs[statement.id])
    rest = [statement for statement in new.statements if statement.id not in pairs]
    for one, other in _alike([_content(new, s) for s in rest], [_content(old, s) for s in left]):
        pairs[rest[one].id] = left[other]
    return pairs


def _alike(new: Sequence[str], old: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Positions of texts that are alike, each in one pair at most, the most alike first."""
    if not new or not old:
        return
    scores = process.cdist(list(map(_key, new)), list(map(_key, old)), scorer=fuzz.ratio, score_cutoff=ALIKE)
    ranked = sorted(zip(*scores.nonzero(), strict=True), key=lambda place: -scores[place])
    used: tuple[set[int], set[int]] = set(), set()
    for one, other in ranked:
        if one not in used[0] and other not in used[1]:
            used[0].add(one)
            used[1].add(other)
            yield int(one), int(other)


def _content(reading: Reading, statement: Statement) -> str:
    return " … ".join(reading.article.text[start:end] for start, end in statement.content)


def _named(statement: Statement) -> str | None:
    """Who says it; None in the outlet's own voice."""
    who = statement.attribution
    return None if who is None else who.entity or f"({who.standing})"


def _key(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))
