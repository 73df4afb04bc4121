"""``quote-changed``: the same speaker is quoted twice with nearly, but not quite, the same words."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inquit.check.align import difference, nearest
from inquit.check.draft import Draft, Remark
from inquit.check.quoting import Quote, Word


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words``: of the shorter quotation at least; ``least``: how like they must be, 0 to 1."""

    words: int = 5
    least: float = 0.8


def quote_changed(draft: Draft, options: Options) -> Iterator[Remark]:
    """Every quotation that differs from an earlier one of the same speaker, at the words that differ."""
    earlier: dict[str, list[Quote]] = {}
    for quote in draft.quotes:
        said = quote.statement.attribution if quote.statement else None
        speaker = draft.compared.entity(said) if said and not draft.ours(said) else ""
        if speaker:
            for before in earlier.get(speaker, ()):
                yield from _changed(draft, before, quote, options)
            earlier.setdefault(speaker, []).append(quote)


def _changed(draft: Draft, before: Quote, quote: Quote, options: Options) -> Iterator[Remark]:
    said = before.statement.attribution if before.statement else None
    for old in before.pieces:
        for new in quote.pieces:
            if said is None or min(len(old), len(new)) < options.words:
                continue
            pair = _pair(old, new, options.least)
            if pair is None:
                continue
            one, other = pair
            if draft.line((one[0].start, 0)) == draft.line((other[0].start, 0)):
                continue  # "I believe in it, I do not believe in it": said in one breath
            shown = difference(one, draft.text, other, draft.text)
            there = one[0].start, one[-1].end
            message = f"{draft.who(said)} is quoted with other words in line {draft.line(there)}: “{shown.shown}”"
            span = other[shown.start].start, other[shown.end - 1].end
            yield Remark(span, message, quote.statement, (there,))


def _pair(
    old: tuple[Word, ...], new: tuple[Word, ...], least: float
) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """The stretches of both that are nearly the same; None where they are the same, or others."""
    wanted, text = (old, new) if len(old) <= len(new) else (new, old)
    found = nearest(wanted, text, least)
    if found is None or found.likeness == 1:
        return None
    stretch = text[found.start : found.end]
    return (wanted, stretch) if wanted is old else (stretch, wanted)
