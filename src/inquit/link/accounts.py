"""The account of one claim: who is for and against it, where it leads back to, and what was lost on the way.

Everything here depends on the claim's statements, their articles and the copies that touch these, and on static data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.ids import claim_id
from inquit.link import laundering
from inquit.link.carriage import Carried, Media, carried
from inquit.link.compared import Said
from inquit.link.contents import text_of
from inquit.link.corrections import takes_back, witnessed
from inquit.link.hyperlinks import by_link
from inquit.link.mentions import Copying, Mention, Side
from inquit.link.origins import Trace
from inquit.link.owners import Outlets, known_outlets
from inquit.link.restated import (
    Quotations,
    both_say_it,
    come_about,
    of_a_size,
    says_it,
    stands_in,
    tells_of,
)
from inquit.link.sides import sides
from inquit.link.sources import Sources
from inquit.link.telling import reasons, telling
from inquit.link.uttered import uttered
from inquit.link.words import lists, saying_phrases, stem
from inquit.records import Article, Attribution, Claim, Draw, Occurrence
from inquit.text import extent

Floats = npt.NDArray[np.float32]

Agree: TypeAlias = Callable[[Said, Said], float]
"""The bond of two statements, 0 to 1: how likely they are one claim; 0 where there is none."""

_NEAR = 250  # code points before a content in which an act of an authority bears on it
CLOSE = 0.8  # score of a statement with the claim's text from which it may add an origin: most such pairs are the same


def account(
    said: Sequence[Said],
    rows: Floats,
    copying: Copying,
    agree: Agree,
    *,
    score: float,
    outlets: Outlets | None = None,
) -> Claim:
    """The claim that the statements ``said`` put forward; row i of ``rows`` is the vector of the i-th.

    ``score`` tells how well all of them agree.
    """
    names = outlets or known_outlets()
    found = mentions_of(said, names)
    order = sorted(range(len(said)), key=lambda i: found[i].order)
    mentions = [found[i] for i in order]
    # Where there is nobody but deniers, they are what is known of the claim.
    ahead = [i for i in order if found[i].side == "for"] or order
    forward = [found[i] for i in ahead]
    told = said[ahead[telling([said[i] for i in ahead], rows[ahead])]]
    by_id = {one.statement.id: one for one in said}
    trace = traced(mentions, copying, names, _close(said, ahead, told, agree))
    groups = trace.groups()
    return Claim(
        id=claim_id(mentions[0].statement.id),
        text=told.text,
        occurrences=tuple(
            Occurrence(statement=m.statement.id, article=m.article.id, carriage=m.carried.carriage) for m in mentions
        ),
        origins=tuple(trace.origins()),
        independent_sources=max(1, len(groups)),
        denied_by=_of(mentions, "against"),
        laundering=tuple(laundering.steps(forward, trace, _alike(by_id, agree))),
        corrected_by=_of(mentions, "takes back"),
        circular=tuple(m.statement.id for m, _ in trace.circles()),
        draws=tuple(_draws(forward, trace, copying, by_id, agree)),
        score=score,
        reasons=tuple(reasons(mentions, [said[i] for i in order], trace, groups)),
    )


def _close(said: Sequence[Said], ahead: Sequence[int], told: Said, agree: Agree) -> AbstractSet[str]:
    """The statements that agree with the claim's text; where some of these say it, not those who but welcome it."""
    close = [said[i] for i in ahead if agree(said[i], told) >= CLOSE]
    return {one.statement.id for one in [one for one in close if one.stance != "affirms" or says_it(one)] or close}


def _of(mentions: Sequence[Mention], side: Side) -> tuple[str, ...]:
    return tuple(m.statement.id for m in mentions if m.side == side)


def _alike(said: Mapping[str, Said], agree: Agree) -> Callable[[Mention, Mention], float]:
    """How likely two mentions say the same; 0 where the later one's article names the source after all.

    Only along a link are a phrase and what says far more alike, or a quotation and who has its very words.
    """
    quotations = Quotations(said.values())

    def alike(one: Mention, other: Mention) -> float:
        source, later = said[one.statement.id], said[other.statement.id]
        found = agree(source, later)
        if found < laundering.LEAST:
            return found
        if not both_say_it(source, later) or come_about(source, later):
            return 0.0
        if _stands_in(source, later.article) or tells_of(later, source.statement.attribution, _cue(source)):
            return 0.0
        plain = of_a_size(source.content, later.content) and not quotations.hold(later)
        return found if plain else min(found, laundering.LEAST)

    return alike


def _draws(
    mentions: Sequence[Mention], trace: Trace, copying: Copying, said: Mapping[str, Said], agree: Agree
) -> Iterator[Draw]:
    """Which statement has the claim from which, in order of the latter."""
    for mention in mentions:
        drawn = trace.drawn(mention)
        if drawn is not None:
            source, by = drawn
            copied = copying.score(source.article.id, mention.article.id) if by == "copy" else 0.0
            score = copied or agree(said[source.statement.id], said[mention.statement.id])
            yield Draw(from_=source.statement.id, to=mention.statement.id, by=by, score=round(score, 4))


def traced(mentions: Sequence[Mention], copying: Copying, outlets: Outlets, close: AbstractSet[str]) -> Trace:
    """The paths of those that put the claim forward; ``mentions`` in order of time."""
    ended = {m.medium or m.outlet: m.time for m in mentions if m.side == "takes back"}
    return Trace([m for m in mentions if m.side == "for"] or list(mentions), copying, outlets, close, ended)


def mentions_of(said: Sequence[Said], outlets: Outlets) -> list[Mention]:
    """Every statement as a mention of the claim, with names as the claim's articles use them."""
    around = _Around(said, outlets)
    return [_mention(one, side, around) for one, side in zip(said, sides(said), strict=True)]


class _Around:
    """Names of sources and media as the claim's articles use them."""

    def __init__(self, said: Sequence[Said], outlets: Outlets) -> None:
        names = list({one.article.id: one.names for one in said}.values())
        self.outlets = outlets
        self.held = Counter(stem for one in said for stem in one.content.stems)
        self.media = Media(names, outlets)
        self.sources = Sources(names)
        self.entities = {one.statement.id: self.entity(one.statement.attribution) for one in said}
        self.inside = _inside(said)

    def entity(self, attribution: Attribution | None) -> str:
        """Key of the entity; empty in own voice, and where there is none."""
        return self.sources.entity(attribution) if attribution else ""


def _mention(said: Said, side: Side, around: _Around) -> Mention:
    statement, article = said.statement, said.article
    attribution = statement.attribution
    outlet = around.outlets.key(article.outlet or "")
    nested = _nested(said, around)
    found = _carried(said, around, handed_on=nested is not None and not (said.outer and said.outer.id == nested))
    if takes_back(article, statement):
        side, found = "takes back", Carried("relay", article.outlet) if attribution else found
    medium = around.outlets.key(found.medium or "")
    if found.carriage == "relay" and medium and medium == outlet and attribution and attribution.standing != "outlet":
        # What somebody told this very outlet was handed on by nobody.
        found = Carried("origin", found.medium) if side == "for" else found
    party = around.sources.party(attribution) if attribution else None
    return Mention(
        statement=statement,
        article=article,
        time=said.time,
        carried=found,
        outlet=outlet,
        medium=medium,
        entity=around.entities[statement.id],
        party=around.sources.party_key(party),
        party_name=party,
        side=side,
        runs=said.content.runs,
        nested=nested,
        witnessed=attribution is None and witnessed(article, statement),
    )


def _inside(said: Sequence[Said]) -> Mapping[str, Sequence[str]]:
    """For each statement that has any the claim's statements inside it that a source has said."""
    found: dict[str, list[str]] = {}
    for one in said:
        outer, who = one.statement.inside, one.statement.attribution
        if outer and who and who.standing != "none" and _has_said(one):
            found.setdefault(outer, []).append(one.statement.id)
    return found


def _has_said(said: Said) -> bool:
    """Whether a source inside another's words has said what the statement says."""
    who = said.statement.attribution
    return who is not None and who.stance == "affirms" and uttered(said.article.text, who)


def _nested(said: Said, around: _Around) -> str | None:
    """The statement on whose word this one stands: one inside it that it hands on, or the one around it.

    Who says that he thinks or hopes so hands on nobody's word.
    """
    known = around.entities
    theirs = {"", known[said.statement.id]}
    handed_on = (one for one in around.inside.get(said.statement.id, ()) if known[one] not in theirs)
    inside = min(handed_on, default=None)
    # A says that B wants, denies or will say it: that is A's word. A says that B said so: that is B's.
    if inside is None and said.outer is not None and said.outer.id in known and not _has_said(said):
        return said.outer.id
    return inside


def _carried(said: Said, around: _Around, *, handed_on: bool) -> Carried:
    attribution = None if _asks_reader(said) else said.statement.attribution
    cue = _cue(said) if attribution else ""
    first, last = extent(said.statement.content)
    near = said.article.text[max(0, first - _NEAR) : last]
    found = carried(attribution, cue, said.text, around.media, near)
    if attribution is None:
        # An outlet does not speak of "I": a source that the reader has missed.
        certain = (found.certain or _acts(said, around.held)) and not said.content.first
        found = Carried(found.carriage, found.medium, certain)
    if handed_on and found.carriage == "origin":
        found = Carried("relay", found.medium)
    outer = said.outer.attribution if said.outer else None
    if outer is not None and outer.standing == "outlet" and found.medium is None:
        found = Carried(found.carriage, outer.entity)
    return by_link(found, said.statement, said.article, around.media, around.outlets)


def _cue(said: Said) -> str:
    attribution = said.statement.attribution
    return text_of(said.article.text, attribution.cue) if attribution else ""


def _asks_reader(said: Said) -> bool:
    """Whether an outlet puts it to "you", who is no source; in somebody's words he speaks, whomever he means."""
    attribution = said.statement.attribution
    entity = (attribution and attribution.entity) or ""
    return said.outer is None and entity.lower() in lists().second_person


def _stands_in(source: Said, article: Article) -> bool:
    """Whether an article has the very words of a statement, its source and cue among them: read otherwise, not lost."""
    said = source.statement.attribution
    if said is None or not (said.source or said.cue):
        return False
    first, last = extent((*said.source, *said.cue, *source.statement.content))
    return stands_in(source.article.text[first:last], article.text)


def _acts(said: Said, held: Counter[str]) -> bool:
    """Whether the words of saying in an own-voice content are what the claim is about, as others hold them too."""
    verbs = {stem(found) for found in saying_phrases().findall(said.text.lower())} & said.content.stems
    return bool(verbs) and all(held[verb] > 1 for verb in verbs)
