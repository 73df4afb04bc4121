"""What rulings make of what was read: statements corrected, taken away, added; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from inquit import ids
from inquit.keep.quoting import Quoted
from inquit.records import Article, Attribution, Form, Ruling, Span, Spans, Statement
from inquit.text import WORD

OWN_VOICE = "null"
"""The value of a ruling ``wrong-source``: nobody is made to say it."""

LABELS = ("entity", "party", "through", "standing", "stance", "framing")
ROLES = ("source", "cue", "content")
BY = "person:"
"""How ``Statement.by`` begins where a person has added it."""

_QUOTATION = re.compile(r"“[^”\n]*(?:”|$)|«[^»\n]*»|\"[^\"\n]*(?:\"|$)", re.MULTILINE)


class Anchor(msgspec.Struct, frozen=True):
    """Where a ruling is fastened in an article: the words ruled on, and those that its value names, by their roles.

    ``alone``: the statement was compared with others before any ruling on it, as far as is known.
    """

    words: tuple[Quoted, ...] = ()
    attributed: bool = False
    roles: dict[str, tuple[Quoted, ...]] = {}
    alone: bool = False


class Ruled(NamedTuple):
    """The statements that are shown, in their order; and the ids of all in theirs, those not shown included."""

    shown: list[Statement]
    order: list[str]


class Fastened(msgspec.Struct, frozen=True):
    """A ruling in force at its place in one article; ``statement`` is None for one about the article itself."""

    ruling: Ruling
    statement: str | None
    anchor: Anchor


def folded(name: str) -> str:
    """A name in the form in which names are compared."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def ruled_article(article: Article, fastened: Iterable[Fastened]) -> Article:
    """The article with the outlet and the date that the last rulings give it; its id stays."""
    changes = {
        field: one.ruling.value
        for one in fastened
        for says, field in (("wrong-outlet", "outlet"), ("wrong-date", "published"))
        if one.ruling.says == says
    }
    return msgspec.structs.replace(article, **changes)


def ruled_statements(
    article: Article, read: Sequence[Statement], fastened: Sequence[Fastened], names: Mapping[str, str]
) -> Ruled:
    """What is shown: statements in the order in which they were read, those added where their words are; ids stay.

    ``names`` lead from a name, in the form of ``folded``, to the one that it shall have.
    """
    found = {one.id: one for one in read}
    hidden: set[str] = set()
    for one in fastened:
        if one.ruling.says == "missed" and one.statement in found:
            # Read by now, as it was missed then.
            continue
        if one.ruling.says == "missed":
            added = missed(article, one)
            found.setdefault(added.id, added)
        elif one.statement in found:
            if one.ruling.says == "not-a-statement":
                hidden.add(one.statement)
            found[one.statement] = _corrected(article, found[one.statement], one)
    order = _ordered(read, found)
    outer = {one.id: one.inside for one in found.values()}
    shown = [renamed(_placed(found[ident], outer, hidden), names) for ident in order if ident not in hidden]
    return Ruled(shown, order)


def missed(article: Article, one: Fastened) -> Statement:
    """The statement that a ruling ``missed`` adds."""
    spans = _spans(one.anchor)
    value: dict[str, Any] = msgspec.json.decode(one.ruling.value or "{}")
    inside = value.get("inside")
    said = _attribution(None, spans, value) if spans.keys() & {"source", "cue"} or value.keys() & set(LABELS) else None
    ident = ids.statement_id(
        article=article.id,
        source=said.source if said else (),
        cue=said.cue if said else (),
        content=spans["content"],
        inside=inside,
        attributed=said is not None,
    )
    return Statement(
        id=ident,
        article=article.id,
        content=spans["content"],
        form=form(article.text, spans["content"]) if said else None,
        inside=inside,
        attribution=said if said is None or said.entity else _named(article.text, said),
        score=1.0,
        by=BY + one.ruling.who,
    )


def first(statement: Statement) -> int:
    """Where a statement begins, source and cue included."""
    who = statement.attribution
    spans = (*statement.content, *who.source, *who.cue) if who else statement.content
    return min(start for start, _ in spans)


def form(text: str, content: Spans) -> Form:
    """Whether all, none or some of the content's words stand in quotation marks, each pair within one line."""
    marked = [match.span() for match in _QUOTATION.finditer(text)]
    words = [match.start() for start, end in content for match in WORD.finditer(text, start, end)]
    inside = sum(any(start < word < end for start, end in marked) for word in words)
    if not inside:
        return "indirect"
    return "direct" if inside == len(words) else "mixed"


def _ordered(read: Sequence[Statement], found: Mapping[str, Statement]) -> list[str]:
    order = [one.id for one in read]
    for ident in [one for one in found if one not in set(order)]:
        begins = first(found[ident])
        order.insert(next((n for n, other in enumerate(order) if first(found[other]) > begins), len(order)), ident)
    return order


def _corrected(article: Article, statement: Statement, one: Fastened) -> Statement:
    if one.ruling.says not in ("wrong-span", "wrong-source"):
        return statement
    said, spans = statement.attribution, _spans(one.anchor)
    content = spans.get("content", statement.content)
    if one.ruling.says == "wrong-source" and one.ruling.value == OWN_VOICE:
        return msgspec.structs.replace(statement, attribution=None, form=None, why=())
    value: dict[str, Any] = msgspec.json.decode(one.ruling.value or "{}")
    told = {key: value[key] for key in LABELS if key in value}
    if said is not None or told or spans.keys() & {"source", "cue"}:
        said = _attribution(said, spans, told)
        said = said if said.entity or "entity" in told else _named(article.text, said)
    changed = set(told) | ({"party"} if "entity" in told else set())
    return msgspec.structs.replace(
        statement,
        content=content,
        attribution=said,
        form=form(article.text, content) if said else None,
        why=tuple(reason for reason in statement.why if reason.label not in changed),
    )


def _attribution(said: Attribution | None, spans: Mapping[str, Spans], told: Mapping[str, Any]) -> Attribution:
    before = said or Attribution(source=(), cue=(), standing="person", stance="affirms", framing="neutral")
    labels = {key: told[key] for key in LABELS if key in told}
    if "entity" in labels:
        # For whom another one speaks, and by which steps, is not known.
        labels = {"party": None, "chain": (), **labels}
    elif "party" in labels:
        labels["chain"] = ()
    return msgspec.structs.replace(before, **{k: spans[k] for k in ("source", "cue") if k in spans}, **labels)


def _named(text: str, said: Attribution) -> Attribution:
    """Who is not named otherwise is called by the words of the source; nobody where there are none."""
    words = " ".join(text[start:end] for start, end in said.source)
    return msgspec.structs.replace(said, entity=words or None, standing=said.standing if words else "none")


def _placed(statement: Statement, outer: Mapping[str, str | None], hidden: set[str]) -> Statement:
    """What stood inside a statement that is none stands inside the one around that."""
    inside = statement.inside
    while inside is not None and (inside in hidden or inside not in outer):
        inside = outer.get(inside)
    return statement if inside == statement.inside else msgspec.structs.replace(statement, inside=inside)


def renamed(statement: Statement, names: Mapping[str, str]) -> Statement:
    """The statement with the names that people have ruled right, as for ``ruled_statements``."""
    said = statement.attribution
    if said is None or not names:
        return statement
    entity, party = (name if name is None else names.get(folded(name), name) for name in (said.entity, said.party))
    if (entity, party) == (said.entity, said.party):
        return statement
    return msgspec.structs.replace(statement, attribution=msgspec.structs.replace(said, entity=entity, party=party))


def _spans(anchor: Anchor) -> dict[str, Spans]:
    return {role: tuple(_span(one) for one in words) for role, words in anchor.roles.items()}


def _span(words: Quoted) -> Span:
    return words.start, words.end
