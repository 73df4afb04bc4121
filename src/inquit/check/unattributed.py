"""``unattributed``: the draft asserts by itself what elsewhere it puts down to somebody."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inquit.check.draft import Draft, Remark, hull
from inquit.extract.lexicon import words_of
from inquit.link.compared import Said
from inquit.records import Stance

_SAID: frozenset[Stance] = frozenset({"affirms", "denies", "speculates"})
_WORDS = 6  # of the attributed content: fewer name a topic
_SUBJECT = 5  # words in which a sentence names its subject
_BOTH = 0.35  # part of either that the other has at least
_SURE = 0.4  # score from which either counts as a statement
_QUOTE_MARKS = "\"“”„«‘'`"


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``least``: how likely the two must be one claim; ``shared``: how much of both must be the same words, 0 to 2."""

    least: float = 0.8
    shared: float = 1.15


def unattributed(draft: Draft, options: Options) -> Iterator[Remark]:
    """Every sentence in own voice whose claim an attributed statement of the draft makes, with the likest of those."""
    said = draft.compared.said
    attributed = [s for s in said if _counts(draft, s)]
    for own in said:
        if own.statement.attribution is not None or own.statement.score < _SURE or _quoted(draft, own):
            continue
        rated = [(rating, i) for i, s in enumerate(attributed) if (rating := _rating(draft, own, s, options))]
        if rated:
            yield _remark(draft, own, attributed[max(rated)[1]])


def _quoted(draft: Draft, own: Said) -> bool:
    """Whether it is a quotation of somebody whom the reader did not find."""
    return own.text.startswith(tuple(_QUOTE_MARKS)) or draft.quoted(hull(own.statement.content))


def _counts(draft: Draft, said: Said) -> bool:
    attribution = said.statement.attribution
    return (
        attribution is not None
        and attribution.standing != "none"
        and not draft.ours(attribution)
        and attribution.stance in _SAID
        and said.statement.score >= _SURE
        and len(said.content.words) >= _WORDS
    )


def _rating(draft: Draft, own: Said, said: Said, options: Options) -> float:
    """How alike they are; 0 where they are not one claim."""
    one, other = own.content, said.content
    opposed = (one.negated ^ other.negated) & one.stems & other.stems
    if one.mode != other.mode or opposed or _begins(draft, own, said):
        return 0.0
    mine, theirs = draft.compared.covered(own, said)
    if min(mine, theirs) < _BOTH or mine + theirs < options.shared:
        return 0.0
    return mine + theirs if draft.compared.agreement(own, said) >= options.least else 0.0


def _begins(draft: Draft, own: Said, said: Said) -> bool:
    """Whether the sentence begins with the speaker: it is then an attribution that the reader did not see."""
    attribution = said.statement.attribution
    name = words_of(draft.who(attribution))[-1:] if attribution else []
    return bool(name) and name[0] in words_of(own.text)[:_SUBJECT]


def _remark(draft: Draft, own: Said, said: Said) -> Remark:
    attribution = said.statement.attribution
    assert attribution is not None  # noqa: S101 - _counts has seen to it
    there = hull(said.statement.content)
    who, line = draft.who(attribution), draft.line(there)
    has = f"has {who} deny it" if attribution.stance == "denies" else f"has it on the word of {who}"
    message = f"in own voice here; line {line} {has}: “{draft.short(said.statement.content)}”"
    return Remark(hull(own.statement.content), message, own.statement, (there,))
