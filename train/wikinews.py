"""The German quotations of Wikinews (Petersen-Frey and Biemann, LREC-COLING 2024) as training takes them.

The corpus marks speaker, cue and quote; what they are called here is docs/scheme.md's. Three things differ:

- It marks quotations inside quotations, so every attribution is ``known``.
- Of an indirect statement whose words stand in quotation marks in part it marks that part once more, nested, with the
  same cue: here that is one statement, of form ``mixed``. ``within`` finds those parts again.
- A third of its quotes has no cue: speech that runs on in the subjunctive (*Er habe nichts gewusst.*), *soll*, a bare
  quotation, a report of speech. They are trained with the first piece of their content for a cue; a reading whose cue
  lies in its own content has none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inquit.records import Span
from inquit.text import trimmed
from train.polnear import Attribution, Labelled


@dataclass(frozen=True, slots=True)
class Quote:
    """One quote as the corpus marks it; ``kind`` is its type there, ``nested`` whether it stands in another."""

    kind: str
    speaker: list[Span]
    cue: list[Span]
    quote: list[Span]
    addressee: list[Span]
    frame: list[Span]
    nested: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """One article with its quotes."""

    ident: str
    text: str
    quotes: list[Quote]


def quoted(folder: Path) -> list[Quoted]:
    """Articles of ``folder``, a JSON file each, by name. Raises OSError, KeyError and JSONDecodeError."""
    return [_article(path) for path in sorted(folder.glob("*.json"))]


def load(folder: Path) -> list[Labelled]:
    """The articles of ``folder`` with one reading each. Raises what ``quoted`` does."""
    return [Labelled(a.ident, a.text, [attributions(a)]) for a in quoted(folder) if a.text.strip()]


def attributions(article: Quoted) -> list[Attribution]:
    """The quotes of an article as attributions; quotes that share cue and speaker are one of several spans."""
    made: dict[object, Attribution] = {}
    for i, quote in enumerate(article.quotes):
        if within(quote, article.quotes):
            continue
        one = _attribution(article.text, quote)
        key = (*quote.cue, *quote.speaker, quote.nested) if quote.cue else i
        first = made.get(key)
        made[key] = replace(first, content=sorted({*first.content, *one.content})) if first else one
    return list(made.values())


def within(quote: Quote, others: list[Quote]) -> bool:
    """Whether a quote is but the part of another one that stands in quotation marks."""
    return quote.kind == "Direct" and any(
        other.quote != quote.quote and quote.cue in ([], other.cue) and _holds(other, quote) for other in others
    )


def _holds(outer: Quote, inner: Quote) -> bool:
    return all(any(s <= a and b <= e for s, e in outer.quote) for a, b in inner.quote)


def _attribution(text: str, quote: Quote) -> Attribution:
    content = _without(text, quote.quote, quote.speaker)  # a report of speech holds its speaker
    if quote.cue or not content:
        return Attribution(quote.speaker, quote.cue, content, known=True)
    start = content[0][0]
    return Attribution(quote.speaker, [(start, start + 1)], content, known=True)


def _without(text: str, spans: list[Span], taken: list[Span]) -> list[Span]:
    for a, b in taken:
        spans = [piece for s, e in spans for piece in ((s, min(e, a)), (max(s, b), e)) if piece[0] < piece[1]]
    return [span for s, e in spans if (span := trimmed(text, s, e)) and span[0] < span[1]]


def _article(path: Path) -> Quoted:
    raw = json.loads(path.read_text(encoding="utf-8"))
    quotes = [_quote(one) for one in raw["annotations"]]
    return Quoted(path.stem, raw["originalText"], [q for q in quotes if q.quote])


def _quote(one: dict[str, Any]) -> Quote:
    roles = {name: [(s["charBegin"], s["charEnd"]) for s in one[name]["spans"]] for name in _ROLES}
    return Quote(kind=one["type"], nested=one["isNested"], **roles)


_ROLES = ("speaker", "cue", "quote", "addressee", "frame")
