"""Invented records with every field set, hostile ones, and exports of them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import msgspec

from inquit import ids
from inquit.export import export
from inquit.records import (
    Article,
    Attribution,
    Claim,
    Copy,
    Evidence,
    Link,
    Occurrence,
    Origin,
    Problem,
    Reason,
    Record,
    Ruling,
    Span,
    Statement,
    Step,
)

TEXT = (
    "“The crane was cracked,” harbour master Ana Duarte told the Daily Lantern on Monday, “and we knew.”\n"
    "She spoke for the Port of Ellin 🏗. A port official said that the inspectors had warned of cracks.\n\n"
    "The ministry denied that there was a warning, without giving evidence. The quay is closed.\n"
)
TAKEN = "The crane was cracked, reports say. The quay is closed.\n"


def exported(name: str, found: Iterable[Record]) -> bytes:
    """What the format makes of the records."""
    stream = io.BytesIO()
    export(found, name, stream)
    return stream.getvalue()


def rulings(found: Iterable[Record]) -> list[Ruling]:
    """What a person has ruled of the first statement of the records, and of the one who says it."""
    said = next(one for one in found if isinstance(one, Statement))
    assert said.attribution is not None
    correction = Ruling(
        id="r1:1",
        about=said.id,
        says="wrong-source",
        value='{"entity":"Ana Duarte"}',
        who="Ida Moor",
        at="2031-05-02T09:00:00Z",
        article=said.article,
    )
    rating = Ruling(
        id="r1:2",
        about=said.attribution.entity or "",
        says="reliability",
        value="B",
        who="Ida Moor",
        at="2031-05-02T09:01:00Z",
        reason="has been right on the port",
    )
    return [correction, rating]


def sample() -> list[Record]:
    """Two articles, six statements, a copy, a claim and a problem: every field of the records has a value somewhere."""
    first = article(
        TEXT,
        external_id="crane.html",
        url="https://harbourpost.example/port/crane?day=2&lang=en",
        outlet="Harbour Post",
        title="Crane “cracked” & <closed>",
        published="2031-04-08T07:10:00+01:00",
        authors=("Mara Voss", "Jonas Velde"),
    )
    taken = article(TAKEN, external_id="echo.html", outlet="Ellin Courier", published="2031-04-09", title=None)
    said = list(_first(first)) + list(_taken(taken))
    denial, later = said[3], said[5]
    claim = Claim(
        id=ids.claim_id(said[0].id),
        text="The crane was cracked",
        occurrences=tuple(
            Occurrence(statement=one.id, article=one.article, carriage=carriage)
            for one, carriage in ((said[0], "origin"), (denial, "origin"), (later, "vague"))
        ),
        origins=(Origin(entity="Ana Duarte", party="Port of Ellin", when="2031-04-07"),),
        independent_sources=1,
        denied_by=(denial.id,),
        laundering=(Step(from_=said[0].id, to=later.id, lost="source"),),
        score=0.875,
        reasons=("same actors",),
    )
    copy = Copy(
        from_=first.id,
        to=taken.id,
        share=0.625,
        credit="dropped",
        origin="Meridian Wire",
        score=0.75,
        reasons=("runs",),
    )
    problem = Problem(code="quote-unclosed", message="a mark", input="crane.html", article=first.id, span=(0, 1))
    return [first, *said[:5], taken, *said[5:], copy, claim, problem]


def article(text: str, **fields: object) -> Article:
    """An article with its true id."""
    kept = {"external_id": None, "outlet": None, "published": None, "title": None} | fields
    named = {name: kept[name] for name in ("external_id", "outlet", "published", "title")}
    return msgspec.convert({"type": "article", "id": ids.article_id(text=text, **named), "text": text, **kept}, Article)


def statement(about: Article, *content: Span, **fields: object) -> Statement:
    """A statement with its true id; ``source`` and ``cue`` are spans, the rest its fields and its attribution's."""
    own = {name: fields.pop(name) for name in ("inside", "form", "evidence", "when", "why") if name in fields}
    source, cue = fields.pop("source", ()), fields.pop("cue", ())
    said = None
    if fields:
        given = {"standing": "person", "stance": "affirms", "framing": "neutral"} | fields
        said = Attribution(source=source, cue=cue, **given)
    ident = ids.statement_id(
        article=about.id, source=source, cue=cue, content=content, inside=own.get("inside"), attributed=said is not None
    )
    return Statement(id=ident, article=about.id, content=content, attribution=said, score=0.9375, by="test/1", **own)


def span(text: str, words: str) -> Span:
    """Where the words are first."""
    start = text.index(words)
    return start, start + len(words)


def _first(about: Article) -> Iterator[Statement]:
    def at(words: str) -> Span:
        return span(TEXT, words)

    chain = (
        Link(kind="person", name="Ana Duarte", words=at("Ana Duarte")),
        Link(kind="office", name="harbour master", words=at("harbour master")),
        Link(kind="body", name="Ellin Harbour Office"),
        Link(kind="party", name="Port of Ellin", words=at("Port of Ellin")),
    )
    yield statement(
        about,
        at("The crane was cracked"),
        at("and we knew"),
        source=(at("harbour master Ana Duarte"),),
        cue=(at("told"),),
        entity="Ana Duarte",
        through="an interview with the Daily Lantern",
        party="Port of Ellin",
        chain=chain,
        form="direct",
        when="2031-04-07",
        evidence=Evidence(kind="offered", span=at("on Monday")),
        why=(Reason(label="stance", ground="told affirms", words=(at("told"),)),),
    )
    outer = statement(
        about,
        at("that the inspectors had warned of cracks"),
        source=(at("A port official"),),
        cue=(at("said"),),
        entity="port official",
        standing="anonymous",
        framing="distancing",
        form="indirect",
    )
    yield outer
    yield statement(
        about,
        at("of cracks"),
        source=(at("the inspectors"),),
        cue=(at("had warned"),),
        entity="inspectors",
        standing="group",
        form="mixed",
        inside=outer.id,
    )
    yield statement(
        about,
        at("that there was a warning"),
        source=(at("The ministry"),),
        cue=(at("denied"),),
        entity="Ministry of Works",
        party="Norland",
        standing="institution",
        stance="denies",
        form="indirect",
        evidence=Evidence(kind="lacking", span=at("without giving evidence")),
    )
    yield statement(about, at("The quay is closed."))


def _taken(about: Article) -> Iterator[Statement]:
    yield statement(
        about,
        span(TAKEN, "The crane was cracked"),
        cue=(span(TAKEN, "reports say"),),
        standing="none",
        form="indirect",
    )


HOSTILE = {
    "surrogates": "\ud800He\udfff said \ud83d that it was \udc00safe",
    "controls": "\x00He\x01 said\x0b that\x1f it\x7f was\x85 \ufffe\uffffsafe",
    "astral": "🏗He𝔘 said 👩‍👩‍👧 that it was 𐍈safe",
    "right to left": "قال הוא \u202ethat it was\u202c آمن said safe",
    "markup": "<b>He</b> &amp; said ]]> that \"it\" 'was' \\u0041 --> safe {t x}",
    "line ends": "He\r\nsaid\n\n\tthat\rit\u2028was\u2029\n safe\r",
    "formula": "=He said that it was safe",
}
"""Texts that formats are broken with."""


def hostile(words: str) -> list[Record]:
    """Records that have the words wherever a record has words."""
    end = len(words)
    middle = end // 2
    first, second = (
        article(
            f"{words} {number}",
            external_id=words,
            url=f"https://harbourpost.example/{words}",
            outlet=words,
            title=words,
            published=words,
            authors=(words,),
        )
        for number in (1, 2)
    )
    fields = {"entity": words, "through": words, "party": f"{words} party", "form": "indirect", "when": words}
    fields["chain"] = (Link(kind="office", name=words), Link(kind="body", name=f"{words} body"))
    fields["why"] = (Reason(label="stance", ground=words, words=((0, end),)),)
    pieces = {"source": ((0, middle),), "cue": ((middle, end),)}
    said = [statement(about, (0, middle), (middle, end), **fields, **pieces) for about in (first, second)]
    claim = Claim(
        id=ids.claim_id(said[0].id),
        text=words,
        occurrences=tuple(Occurrence(statement=one.id, article=one.article, carriage="origin") for one in said),
        origins=(Origin(entity=words, party=words, when=words),),
        independent_sources=1,
        denied_by=(said[1].id,),
        score=0.5,
        reasons=(words,),
    )
    copy = Copy(from_=first.id, to=second.id, share=1.0, credit="kept", origin=words, score=1.0, reasons=(words,))
    return [first, said[0], second, said[1], copy, claim, Problem(code="date", message=words, input=words)]
