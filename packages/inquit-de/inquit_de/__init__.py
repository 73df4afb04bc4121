"""German for inquit: who says what in German news. ``extract`` is its entry point ``de`` in ``inquit.extractors``.

The model is trained on a corpus under CC BY-NC-SA 4.0 and ships under that licence, apart from inquit itself.
"""

from __future__ import annotations

from inquit.extract.decode import Draft, form
from inquit.extract.quotes import INSIDE, quotations, states
from inquit.extract.reader import Reader
from inquit.extract.resolved import Resolved
from inquit.ids import statement_id
from inquit.records import Article, Attribution, Problem, Statement
from inquit_de.bare import completed
from inquit_de.force import force
from inquit_de.reading import NAME, drafts, plain_marks, reader
from inquit_de.who import Resolver

__all__ = ["NAME", "extract"]


def extract(article: Article, model: Reader | None = None) -> tuple[list[Statement], list[Problem]]:
    """Statements of a German article, outer before inner, in order of their first word; and what is odd about it.

    ``model`` is the reader that ships unless another is given. Raises WorkError when the reader cannot be loaded.
    """
    text = plain_marks(article.text)
    found = completed(text, drafts(text, (model or reader()).read(text)))
    resolver = Resolver(text)
    made: dict[int, tuple[Statement, Resolved]] = {}
    for i in sorted(range(len(found)), key=lambda i: (_depth(found, i), i)):
        draft = found[i]
        outer = made[draft.outer] if draft.outer is not None else None
        who = resolver.resolve(draft.source, outer[1] if outer else None)
        made[i] = _statement(article, text, draft, who, outer[0].id if outer else None), who
    by_id = {statement.id: statement for statement, _ in made.values()}
    return list(by_id.values()), [*_unclosed(article, text), _unlinked(article)]


def _depth(found: list[Draft], i: int) -> int:
    outer = found[i].outer
    return 0 if outer is None else 1 + _depth(found, outer)


def _statement(article: Article, text: str, draft: Draft, who: Resolved, inside: str | None) -> Statement:
    marks = states(text)
    quoted = inside is not None and bool(draft.cue) and bool(marks[draft.cue[0][0]] == INSIDE)
    power = force(text, source=draft.source, cue=draft.cue, content=draft.content, quoted=quoted)
    said = Attribution(
        source=draft.source,
        cue=draft.cue,
        entity=who.entity,
        through=who.through,
        party=who.party,
        standing=who.standing,
        stance=power.stance,
        framing=power.framing,
        chain=who.chain,
    )
    ident = statement_id(
        article=article.id, source=said.source, cue=said.cue, content=draft.content, inside=inside, attributed=True
    )
    return Statement(
        id=ident,
        article=article.id,
        content=draft.content,
        form=form(draft.content, text, marks),
        inside=inside,
        attribution=said,
        score=round(min(max(draft.score, 0.0), 1.0), 4),
        by=NAME,
        why=(*who.reasons(), power.stance_why.of("stance"), power.framing_why.of("framing")),
    )


def _unclosed(article: Article, text: str) -> list[Problem]:
    return [
        Problem(
            code="quote-unclosed",
            message="a quotation opens here and never closes; it is taken to end with its paragraph",
            input=article.external_id,
            article=article.id,
            span=(q.opened, q.start),
        )
        for q in quotations(text)
        if not q.closed and not q.runs_on
    ]


def _unlinked(article: Article) -> Problem:
    return Problem(
        code="language",
        message="the article is in German: its statements are kept, but not compared with those of other articles, and "
        "the outlet's own voice, evidence and times of speaking are not read",
        input=article.external_id,
        article=article.id,
    )
