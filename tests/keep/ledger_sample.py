"""Invented readings with true ids, as many as are asked for, and the links between them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from inquit import ids
from inquit.records import (
    Article,
    Attribution,
    Claim,
    Copy,
    Evidence,
    Occurrence,
    Origin,
    Problem,
    Reading,
    Span,
    Statement,
    Step,
)

OUTLETS = ("Harbour Post", "Meridian Wire", "Daily Lantern", "Ellin Courier", "Capital Standard")
PEOPLE = (
    ("Ana Duarte", "Port of Ellin", "person"),
    ("Jonas Velde", "Port of Ellin", "person"),
    ("Ministry of Works", "Ellin", "institution"),
    ("a port official", None, "anonymous"),
)
THINGS = ("crane", "pier", "lock", "dam", "ferry", "lighthouse", "tunnel", "sluice", "quay", "beacon")
WORDS = ("harbour", "storm", "council", "budget", "gravel", "timber", "winter", "ballast", "signal", "tide", "cargo")
_PUBLISHED = ("2031-04-08T07:10:00+01:00", "2031-04-08", "2031-04", "2031", None, "soon")


def reading(number: int) -> Reading:
    """The reading of that number: own voice, an attributed statement and one inside it, about one of ten things."""
    chance = random.Random(number)
    who, party, standing = chance.choice(PEOPLE)
    thing = THINGS[number % len(THINGS)]
    filler = " ".join(chance.choices(WORDS, k=chance.randint(5, 120))).capitalize()
    text = (
        f"The {thing} stands at berth {number}. {who} said that the council claims "
        f"the {thing} is safe and gave no proof. {filler}."
    )
    return made(
        text,
        [
            {"content": f"The {thing} stands at berth {number}."},
            {"source": who, "cue": "said", "content": f"that the council claims the {thing} is safe", "party": party}
            | {"standing": standing, "evidence": "gave no proof"},
            {"source": "the council", "cue": "claims", "content": f"the {thing} is safe", "inside": 1},
        ],
        external_id=f"{number}.txt",
        outlet=chance.choice(OUTLETS),
        title=f"Doubts about the {thing}",
        published=chance.choice(_PUBLISHED),
        authors=("Mara Voss",),
        problem="quote-unclosed" if number % 3 == 0 else None,
    )


def made(
    text: str, said: Iterable[dict[str, object]] = (), *, problem: str | None = None, **article: object
) -> Reading:
    """A reading of ``text`` in which each dict is a statement, given by its words."""
    fields = dict.fromkeys(("external_id", "outlet", "published", "title")) | article
    authors = fields.pop("authors", ())
    ident = ids.article_id(text=text, **fields)
    whole = Article(id=ident, text=text, authors=authors, url="https://harbourpost.example/port", **fields)
    statements: list[Statement] = []
    for given in said:
        inside = given.get("inside")
        statements.append(_statement(whole, given, None if inside is None else statements[inside].id))
    problems = (Problem(code=problem, message="a mark", article=ident, span=(0, 3)),) if problem else ()
    return Reading(article=whole, statements=tuple(statements), problems=problems)


def _statement(article: Article, given: dict[str, object], inside: str | None) -> Statement:
    content, evidence = (_span(article, given["content"]),), given.get("evidence")
    source, cue = ((_span(article, given[key]),) if key in given else () for key in ("source", "cue"))
    attributed = "source" in given
    return Statement(
        id=ids.statement_id(
            article=article.id, source=source, cue=cue, content=content, inside=inside, attributed=attributed
        ),
        article=article.id,
        content=content,
        form="indirect" if attributed else None,
        inside=inside,
        attribution=Attribution(
            source=source,
            cue=cue,
            entity=given.get("entity", given["source"]),
            party=given.get("party"),
            standing=given.get("standing", "institution"),
            stance="affirms",
            framing="neutral",
        )
        if attributed
        else None,
        evidence=Evidence(kind="lacking", span=_span(article, evidence)) if evidence else None,
        when="2031-04" if attributed else None,
        score=0.75,
        by="test/1",
    )


def _span(article: Article, words: object) -> Span:
    start = article.text.index(str(words))
    return start, start + len(str(words))


def links(readings: Iterable[Reading]) -> tuple[list[Copy], list[Claim]]:
    """One claim for every thing that two articles or more call safe, and a copy from each of them to the next."""
    about: dict[str, list[Statement]] = defaultdict(list)
    for found in sorted(readings, key=lambda r: int((r.article.external_id or "0").split(".")[0])):
        inner = found.statements[2]
        about[found.article.text[slice(*inner.content[0])]].append(inner)
    groups = [group for group in about.values() if len(group) > 1]
    copies = [
        Copy(from_=one.article, to=other.article, share=0.5, credit="dropped", score=0.9, reasons=("same words",))
        for group in groups
        for one, other in pairwise(group)
    ]
    return copies, [claim(words, *group) for words, group in about.items() if len(group) > 1]


def claim(text: str, *statements: Statement) -> Claim:
    """A claim with these occurrences, its provisional id, and a step from the first to the second."""
    occurrences = tuple(Occurrence(statement=s.id, article=s.article, carriage="origin") for s in statements)
    return Claim(
        id=ids.claim_id(statements[0].id),
        text=text,
        occurrences=occurrences,
        origins=(Origin(entity="the council", when="2031-04"),),
        independent_sources=1,
        laundering=tuple(Step(from_=statements[0].id, to=s.id, lost="framing") for s in statements[1:2]),
        score=0.8,
        reasons=("same actors",),
    )
