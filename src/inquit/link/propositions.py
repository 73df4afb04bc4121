"""What of a statement is compared with others: its sentences one by one, and the clause that makes it.

A content of several sentences puts several propositions forward, and shares a claim by one of them. Where the verb of
saying says more than that something was said ("asked for a meeting"), source, verb and content together are one too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inquit.link.contents import Capitals, Content, Mode, Number, bag_of, particulars, text_of
from inquit.link.words import TOKEN, lists, name_form, stem, uncompared, whole
from inquit.records import Spans, Stance, Statement
from inquit.text import extent

NAME = "="
"""Begins a term that is a name; the rest is its one form."""

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’']*\s+(?=[\"“‘']?[A-Z])")
_MOST = 8  # sentences of a content that are compared
_BEFORE, _AFTER = 350, 120  # code points around a short content that tell what it speaks of
_SHORT = 4  # terms up to which a content leaves to its surroundings what it speaks of
_NAMED = 3  # words of a source up to which the entity's name stands for it


@dataclass(frozen=True, slots=True)
class Proposition:
    """One proposition: its terms in order, each once, and what it says of number, time, negation and person.

    A term is a word in small letters, or NAME and a name in its one form. ``first``: the speaker is an actor of it;
    ``third``: it speaks of somebody by pronoun; ``framed``: source and verb of saying are a part of it.
    """

    terms: tuple[str, ...]
    names: frozenset[str]
    numbers: tuple[Number, ...]
    years: frozenset[int]
    days: frozenset[str]
    negated: frozenset[str]
    mode: Mode
    first: bool
    third: bool
    framed: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What is told of a unit: its content, and the entity that has put it so."""

    content: Content
    entity: str


@dataclass(frozen=True, slots=True)
class Unit(Wording):
    """A wording by one entity with one stance: what is compared of one statement, or of several that are equal in it.

    ``speaker`` holds the forms of the entity's name, ``around`` the terms beside a short content.
    """

    speaker: frozenset[str]
    stance: Stance | None
    propositions: tuple[Proposition, ...] = ()
    around: frozenset[str] = frozenset()


def propositions(article: str, statement: Statement, capitals: Capitals) -> tuple[Proposition, ...]:
    """The propositions of a statement in the article of that text; the first is its content's first sentence."""
    said = statement.attribution
    stance = said.stance if said else None
    sentences = _sentences(article, statement.content)
    found = [_proposition(text, stance, capitals) for text in sentences[:_MOST]]
    kept = [one for one in found if len(one.terms) > 1] or found[:1]
    if said and _tells(text_of(article, said.cue)):
        source = text_of(article, said.source)
        who = said.entity if said.entity and len(source.split()) <= _NAMED else source
        clause = f"{who} {text_of(article, said.cue)} {sentences[0]}"
        kept.append(_proposition(clause, stance, capitals, framed=True))
    return tuple(kept)


def around(article: str, statement: Statement, own: tuple[Proposition, ...], capitals: Capitals) -> frozenset[str]:
    """Terms beside a short content, as ``key`` has them; of a longer one none."""
    if not own or len(own[0].terms) > _SHORT:
        return frozenset()
    first, last = extent(statement.content)
    beside = f"{article[max(0, first - _BEFORE) : first]} {article[last : last + _AFTER]}"
    return frozenset(key(term) for term in terms_in(beside, capitals))


def key(term: str) -> str:
    """What makes two terms the same: a name's form, a word's stem."""
    return term[1:] if term.startswith(NAME) else stem(term)


def _sentences(article: str, content: Spans) -> list[str]:
    """The sentences of a content; where a new span begins like one, it is one."""
    text = ""
    for start, end in content:
        span = article[start:end]
        ends = not text or text.rstrip()[-1:] in ".!?" or not span.lstrip("\"“‘' ")[:1].isupper()
        text += (" " if ends else ". ") + span
    return _SENTENCE.split(text_of(text, ((0, len(text)),)))


def _proposition(text: str, stance: Stance | None, capitals: Capitals, *, framed: bool = False) -> Proposition:
    terms = tuple(dict.fromkeys(terms_in(text, capitals)))
    bag = bag_of(TOKEN.findall(text))
    return Proposition(
        terms=terms,
        names=frozenset(term[1:] for term in terms if term.startswith(NAME)),
        **particulars(text, bag, stance),
        framed=framed,
    )


def terms_in(text: str, capitals: Capitals) -> Iterator[str]:
    """The terms of a text in order, as ``Proposition.terms`` has them, with repetitions."""
    pairs = lists().pairs
    tokens = TOKEN.findall(text)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        two = pairs.get(f"{token} {tokens[at + 1]}".lower()) if at + 1 < len(tokens) and token[0].isupper() else None
        at += 1 if two is None else 2
        if two is not None:
            yield NAME + two
        elif capitals.named(token):
            yield NAME + name_form(token)
        elif len(word := whole(token)) > 1 and word not in uncompared() and not word[0].isdigit():
            yield word


def _tells(cue: str) -> bool:
    """Whether a verb of saying says more than that something was said."""
    words = [whole(token) for token in TOKEN.findall(cue)]
    return any(len(w) > 1 and w not in uncompared() and w not in lists().plain_saying for w in words)
