"""The tools: each a question to the ledger, answered in few words, with the ids and addresses that lead on.

The ledger is only read. Words of strangers are made safe to look at and cut; where there is more, an answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from inquit import api
from inquit.clock import stretch
from inquit.errors import UsageError
from inquit.keep.browsing import Slice, WantedClaims
from inquit.keep.lines import ClaimLine
from inquit.keep.sieve import Sieve
from inquit.mcp import asked
from inquit.records import Article, Statement
from inquit.show.account import who, words
from inquit.show.chain import Chain, Link
from inquit.show.notes import notes
from inquit.show.pen import cut
from inquit.show.safe import one_line

Answer = dict[str, Any]

_WORDS = 300
_CLAIM = 400


class Tool(NamedTuple):
    """A tool: what it is called and for, its arguments, and what it does with them."""

    name: str
    description: str
    asked: type[msgspec.Struct]
    answer: Callable[[api.Ledger, Any], Answer]


def answer(ledger: api.Ledger, name: str, arguments: Mapping[str, object]) -> Answer:
    """What a tool answers; keys without a value are left out.

    Raises UsageError, which says what is wrong, where there is no such tool, the arguments do not fit it, or they name
    what there is not; WorkError for the machine's trouble.
    """
    tool = next((one for one in TOOLS if one.name == name), None)
    if tool is None:
        raise UsageError(f"there is no tool {one_line(name)[:_WORDS]!r}: {', '.join(one.name for one in TOOLS)}")
    try:
        given = msgspec.convert(arguments, tool.asked, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"these arguments do not fit: {error}") from error
    return tool.answer(ledger, given)


def _search_statements(ledger: api.Ledger, given: asked.SearchStatements) -> Answer:
    return _said(
        ledger,
        _sieve(given, stance=given.stance, standing=given.standing, framing=given.framing, voice=given.voice),
        given,
    )


def _statements_of_source(ledger: api.Ledger, given: asked.StatementsOfSource) -> Answer:
    since, until = _times(given.since, given.until)
    return _said(ledger, Sieve(like_entity=given.source, since=since, until=until), given)


def _said(ledger: api.Ledger, sieve: Sieve, given: asked.SearchStatements | asked.StatementsOfSource) -> Answer:
    lines, total = ledger.kept.browsing().said(sieve, Slice(given.after, given.limit))
    articles = _articles(ledger, (line.article.id for line in lines))
    rows = [_statement(line.statement, articles.get(line.article.id), claim=line.claim) for line in lines]
    return {"statements": rows} | _rest(total, given.after, len(rows))


def _list_claims(ledger: api.Ledger, given: asked.ListClaims) -> Answer:
    wanted = WantedClaims(sieve=_sieve(given), order=given.sort)
    lines, total = ledger.kept.browsing().claims(wanted, Slice(given.after, given.limit))
    return {"claims": [_claim(line) for line in lines]} | _rest(total, given.after, len(lines))


def _trace_claim(ledger: api.Ledger, given: asked.TraceClaim) -> Answer:
    chain = ledger.trace(given.claim).chain
    origins = [
        _told(entity=one.entity, party=one.party if one.party != one.entity else None, when=one.when)
        for one in chain.claim.origins[: given.limit]
    ]
    links = chain.links[: given.limit]
    return {
        "claim": chain.claim.id,
        "text": _cut(chain.claim.text, _CLAIM),
        "glance": chain.glance,
        "independent_sources": chain.claim.independent_sources,
        "origins": origins,
        "chain": [_link(chain, link) for link in links],
    } | _rest(len(chain.links), 0, len(links))


def _statements_of_article(ledger: api.Ledger, given: asked.StatementsOfArticle) -> Answer:
    [found] = ledger.reading(given.article)
    claims = ledger.kept.browsing().claims_of(found.article.id)
    some = found.statements[given.after : given.after + given.limit]
    rows = [_statement(one, found.article, claim=claims.get(one.id), placed=False) for one in some]
    return _place(found.article) | {"statements": rows} | _rest(len(found.statements), given.after, len(rows))


def _outlets(ledger: api.Ledger, given: asked.Outlets) -> Answer:
    lines, total = ledger.kept.browsing().names("outlet", Slice(given.after, given.limit))
    rows = [{"outlet": _cut(line.name), "statements": line.statements} for line in lines]
    return {"outlets": rows} | _rest(total, given.after, len(rows))


def _statement(one: Statement, article: Article | None, *, claim: str | None, placed: bool = True) -> Answer:
    text, said = article.text if article else "", one.attribution
    return _told(
        statement=one.id,
        says=_cut(words(text, one.content)),
        who=_cut(who(text, said)) if said else "the outlet itself",
        party=_cut(said.party) if said and said.party and said.party != said.entity else None,
        standing=said.standing if said else None,
        cue=_cut(words(text, said.cue)) if said and said.cue else None,
        stance=said.stance if said else None,
        framing=said.framing if said and said.framing != "neutral" else None,
        evidence=one.evidence.kind if one.evidence else None,
        inside=one.inside,
        when=one.when,
        claim=claim,
        **(_place(article) if article and placed else {}),
    )


def _place(article: Article) -> Answer:
    return _told(
        article=article.id,
        outlet=_cut(article.outlet or "") or None,
        published=article.published,
        title=_cut(article.title or "") or None,
        url=_cut(article.url or "") or None,
    )


def _claim(line: ClaimLine) -> Answer:
    return _told(
        claim=line.id,
        text=_cut(line.text, _CLAIM),
        articles=line.articles,
        outlets=[_cut(name) for name in line.names[: asked.MOST]],
        independent_sources=line.sources,
        losses=line.losses or None,
        denials=line.denials or None,
        corrections=line.corrections or None,
        circular=line.circular or None,
        first=line.first,
        last=line.last,
    )


def _link(chain: Chain, link: Link) -> Answer:
    return _told(
        number=link.number,
        when=link.when,
        outlet=_cut(link.outlet),
        title=_cut(link.title),
        url=_cut(link.url or "") or None,
        who=_cut(link.entity or link.source_words or "") or None,
        stance=link.stance,
        framing=link.framing if link.framing != "neutral" else None,
        carriage=link.carriage,
        happened=[_cut(note.text) for note in notes(chain, link)],
        sentence=_cut(link.passage.words) if link.passage else None,
        statement=link.statement,
        article=link.article,
    )


def _articles(ledger: api.Ledger, ids: Iterable[str]) -> dict[str, Article]:
    found = ((ident, ledger.kept.article(ident)) for ident in dict.fromkeys(ids))
    return {ident: article for ident, article in found if article is not None}


def _sieve(given: asked.SearchStatements | asked.ListClaims, **labels: str | None) -> Sieve:
    since, until = _times(given.since, given.until)
    return Sieve(
        words=given.words,
        like_entity=given.source,
        like_party=given.party,
        like_outlet=given.outlet,
        since=since,
        until=until,
        **labels,
    )


def _times(since: str | None, until: str | None) -> tuple[float | None, float | None]:
    for date in (since, until):
        if date is not None and stretch(date) is None:
            raise UsageError(f"{date!r} is no date: write 2026, 2026-03 or 2026-03-02")
    first, last = stretch(since), stretch(until)
    return first[0] if first else None, last[1] if last else None


def _rest(total: int, after: int, shown: int) -> Answer:
    left = total - after - shown
    return {"total": total, "more": f"{left} more: ask with after={after + shown}"} if left > 0 else {"total": total}


def _cut(text: str, most: int = _WORDS) -> str:
    return cut(one_line(text), most)


def _told(**fields: Any) -> Answer:  # noqa: ANN401 - what JSON has
    return {name: value for name, value in fields.items() if value is not None and value != []}


TOOLS = (
    Tool(
        "search_statements",
        "Who says what: statements by words, source, party, outlet, date and labels, those of the newest first.",
        asked.SearchStatements,
        _search_statements,
    ),
    Tool(
        "list_claims",
        "What several statements say: claims, how many outlets carry each, and on how many independent sources.",
        asked.ListClaims,
        _list_claims,
    ),
    Tool(
        "trace_claim",
        "One claim through time and outlets: who said it first, who took it over from whom, where its source was lost.",
        asked.TraceClaim,
        _trace_claim,
    ),
    Tool(
        "statements_of_source",
        "What one source is made to say over all articles, the newest first.",
        asked.StatementsOfSource,
        _statements_of_source,
    ),
    Tool(
        "statements_of_article",
        "Every statement of one article in the order of its text.",
        asked.StatementsOfArticle,
        _statements_of_article,
    ),
    Tool("outlets", "The outlets in the ledger and how many statements each has.", asked.Outlets, _outlets),
)
"""Every tool, in the order in which they are listed."""
