"""Texts with marked mentions, in the one form that all corpora are brought to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from inquit.extract.who import KINDS, Form
from inquit.records import Span

Marked: TypeAlias = Literal["all", "heads", "names"]
"""What a corpus marks: every mention; some mentions, perhaps cut to their heads; names, perhaps cut."""

UNKNOWN = -100
_AHEAD = re.compile(r"(?:['’]s\b|[^\w$“\"‘(])*")
PRONOUNS = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "him",
        "her",
        "them",
        "his",
        "hers",
        "its",
        "their",
        "theirs",
        "himself",
        "herself",
        "itself",
        "themselves",
        "i",
        "we",
        "you",
        "me",
        "us",
        "my",
        "our",
        "your",
        "who",
        "whom",
        "whose",
        "which",
        "that",
        "this",
        "these",
        "those",
    ]
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention as a span of code points that ends with its head; ``chain`` is empty where none is marked."""

    span: Span
    kind: int  # an index of KINDS, or UNKNOWN
    form: Form
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One document; ``known`` are the stretches in which chains are marked."""

    ident: str
    corpus: str
    text: str
    mentions: list[Mention]
    marked: Marked
    known: list[Span]
    dev: bool


def held_out(ident: str, share: int) -> bool:
    """Whether a document is one of the 1 in ``share`` that are not learnt from."""
    return int.from_bytes(hashlib.blake2b(ident.encode(), digest_size=4).digest()) % share == 0


def flat(mentions: Iterable[Mention], text: str) -> list[Mention]:
    """Mentions that do not overlap, in order: the outer one keeps what stands between an inner one and its head.

    "[Norland]'s [foreign minister]", "[the mayor] of [Lunholm]".
    """
    taken: set[int] = set()
    out: list[Mention] = []
    for m in sorted(mentions, key=lambda m: m.span[1] - m.span[0]):
        start, end = m.span
        if end - 1 in taken:
            continue
        begin = end
        while begin > start and begin - 1 not in taken:
            begin -= 1
        taken.update(range(begin, end))
        begin = _AHEAD.match(text, begin, end).end()  # type: ignore[union-attr]
        out.append(replace(m, span=(begin, end)))
    return sorted(out, key=lambda m: m.span)


def form_of(words: list[str], head: str, *, opens: bool) -> Form:
    """The form of a mention by its words; ``opens``: it stands at the start of a sentence, where all have capitals."""
    if len(words) == 1 and words[0].lower() in PRONOUNS:
        return "pronoun"
    small = words[0].lower() in ("the", "a", "an", "his", "her", "its", "their", "some", "many", "all")
    if not head[:1].isupper() or (opens and (len(words) == 1 or small) and head[1:].islower() and len(words) < 3):
        return "name" if opens and len(words) == 1 and head[:1].isupper() else "nominal"
    return "name"


def kind(name: str) -> int:
    """The number of a kind."""
    return KINDS.index(name)  # type: ignore[arg-type]
