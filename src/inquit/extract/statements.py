"""The stages of extraction in their order: reader, decoding, resolution, force, own voice."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import numpy.typing as npt

from inquit import ids
from inquit.extract import quotes, voice
from inquit.extract.acts import said
from inquit.extract.bare import completed
from inquit.extract.clauses import settled
from inquit.extract.decode import Draft, drafts, form
from inquit.extract.evidence import Grounded, grounds
from inquit.extract.force import Force, force
from inquit.extract.links import Who
from inquit.extract.reader import Reader, Reading, reader
from inquit.extract.resolve import Resolver
from inquit.extract.resolved import Resolved
from inquit.extract.when import Dated, times
from inquit.records import Article, Attribution, Problem, Span, Spans, Statement
from inquit.text import paragraphed


def extract(article: Article, model: Reader | None = None) -> tuple[list[Statement], list[Problem]]:
    """Statements of an article, outer before inner, in order of their first word; and what is odd about its text.

    ``model`` is the reader that ships unless another is given. Raises WorkError when the reader cannot be loaded.
    """
    model = model or reader()
    article = msgspec.structs.replace(article, text=paragraphed(article.text))
    reading = model.read(article.text)
    found = drafted(article.text, reading)
    told = attributed(article, found, model.name, reading.who)
    own = [_own(article, span, reading, model.name) for span in _own_voice(article, found)]
    statements = {s.id: s for s in (*told, *own)}
    ordered = sorted(statements.values(), key=lambda s: (_first(s), s.inside is not None))
    return ordered, unclosed(article)


def drafted(text: str, reading: Reading) -> list[Draft]:
    """What the model reads, with what the grammar of its clauses settles and what structure adds to that."""
    return completed(text, said(text, settled(text, drafts(text, reading))))


def attributed(article: Article, found: list[Draft], by: str, meant: Who | None = None) -> list[Statement]:
    """Statements of drafts in their order: who is meant, with what force, inside which.

    ``by`` names the reader, ``meant`` is what its heads say of who is meant.
    """
    marks = quotes.states(article.text)
    resolver = Resolver(article.text, meant)
    made: list[tuple[Statement, Resolved]] = []
    by_draft: dict[int, tuple[Statement, Resolved]] = {}
    for i in _outer_first(found):
        draft = found[i]
        outer = by_draft.get(draft.outer) if draft.outer is not None else None
        who = resolver.resolve(draft.source, draft.cue, outer[1] if outer else None, draft.content)
        quoted = in_quotation(draft, marks, inside=outer is not None)
        power = force(article.text, source=draft.source, cue=draft.cue, content=draft.content, quoted=quoted)
        statement = stated(article, draft, who=who, power=power, inside=outer[0].id if outer else None, by=by)
        by_draft[i] = (statement, who)
        made.append(by_draft[i])
    return _grounded_and_dated(article, [statement for statement, _ in made])


def _grounded_and_dated(article: Article, found: list[Statement]) -> list[Statement]:
    told = zip(found, grounds(article.text, found), times(article.text, article.published, found), strict=True)
    return [_with(statement, ground, when) for statement, ground, when in told]


def _with(statement: Statement, ground: Grounded | None, dated: Dated | None) -> Statement:
    """A statement with its evidence and its time, as far as there are any, and why."""
    if ground is not None:
        why = (*statement.why, ground.why.of("evidence"))
        statement = msgspec.structs.replace(statement, evidence=ground.evidence, why=why)
    if dated is not None and dated.when is not None:
        statement = msgspec.structs.replace(statement, when=dated.when, why=(*statement.why, dated.why.of("when")))
    return statement


def in_quotation(draft: Draft, marks: npt.NDArray[np.int8], *, inside: bool) -> bool:
    """Whether a statement ``inside`` another is told in the other's quoted words: the outlet does not speak there."""
    return inside and bool(draft.cue) and bool(marks[draft.cue[0][0]] == quotes.INSIDE)


def stated(article: Article, draft: Draft, *, who: Resolved, power: Force, inside: str | None, by: str) -> Statement:
    """The statement of a draft: ``who`` and ``power`` are of it, ``inside`` is the id of what it stands in."""
    return Statement(
        id=ids.statement_id(
            article=article.id,
            source=draft.source,
            cue=draft.cue,
            content=draft.content,
            inside=inside,
            attributed=True,
        ),
        article=article.id,
        content=draft.content,
        form=form(draft.content, article.text, quotes.states(article.text)),
        inside=inside,
        attribution=Attribution(
            source=draft.source,
            cue=draft.cue,
            entity=who.entity,
            through=who.through,
            party=who.party,
            standing=who.standing,
            stance=power.stance,
            framing=power.framing,
            chain=who.chain,
        ),
        score=_rounded(draft.score),
        by=by,
        why=(*who.reasons(), power.stance_why.of("stance"), power.framing_why.of("framing")),
    )


def unclosed(article: Article) -> list[Problem]:
    """A problem for each quotation that opens and never closes."""
    return [
        Problem(
            code="quote-unclosed",
            message="a quotation opens here and never closes; it is taken to end with its paragraph",
            input=article.external_id,
            article=article.id,
            span=(q.opened, q.start),
        )
        for q in quotes.quotations(article.text)
        if not q.closed and not q.runs_on
    ]


def _own_voice(article: Article, found: list[Draft]) -> list[Span]:
    """The outlet's assertions; that a bare quotation's speaker is named in one does not make it the speaker's."""
    claimed = [draft if draft.cue else replace(draft, source=()) for draft in found]
    return voice.own_voice(article.text, article.title, claimed)


def _own(article: Article, span: Span, reading: Reading, by: str) -> Statement:
    first, last = np.searchsorted(reading.pieces.spans[:, 0], span)
    inside = reading.cue_chance[first:last]
    likeliest_cue = float(inside.max()) if len(inside) else 0.0
    content: Spans = (span,)
    ident = ids.statement_id(article=article.id, source=(), cue=(), content=content, inside=None, attributed=False)
    return Statement(id=ident, article=article.id, content=content, score=_rounded(1 - likeliest_cue), by=by)


def _outer_first(found: list[Draft]) -> list[int]:
    """Indices in text order, but every draft after the one that it stands in."""
    depth: dict[int, int] = {}
    for i in range(len(found)):
        chain, at = 0, found[i].outer
        while at is not None:
            chain, at = chain + 1, found[at].outer
        depth[i] = chain
    return sorted(range(len(found)), key=lambda i: (depth[i] > 0, depth[i], i))


def _first(statement: Statement) -> int:
    spans = statement.content
    if statement.attribution is not None:
        spans = (*spans, *statement.attribution.source, *statement.attribution.cue)
    return min(start for start, _ in spans)


def _rounded(score: float) -> float:
    return round(min(max(score, 0.0), 1.0), 4)
