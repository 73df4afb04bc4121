"""The source summary statement of a claim: on what it rests, and what speaks against resting on it.

ICD 206 asks for a statement of the strengths and weaknesses of the sourcing. What is said here was counted from the
ledger or suggested by a machine; what a person ruled is marked so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from inquit.brief.model import Remark
from inquit.brief.wording import several
from inquit.link.credibility import suggested
from inquit.records import Carriage, Claim, Origin, Statement
from inquit.show.account import counted
from inquit.show.chain import Chain, Link
from inquit.show.stamp import full

UNSURE = 0.6
"""Score of a claim under which a brief warns that its statements may not say one thing."""

_CARRIAGES: Mapping[Carriage, tuple[str, str]] = {
    "origin": ("names the first source", "name the first source"),
    "relay": ("names another outlet or a go-between", "name another outlet or a go-between"),
    "vague": ("names nobody", "name nobody"),
    "bare": ("gives no source", "give no source"),
}


def summary(
    chain: Chain, statements: Mapping[str, Statement], notes: Mapping[str, int], *, rated: bool = False
) -> tuple[Remark, ...]:
    """The remarks on a claim's sourcing; ``notes`` has the notes of statements, ``rated``: a person rated the claim."""
    return tuple(_Summary(chain, statements, notes, rated).remarks())


def origin_words(origin: Origin) -> str:
    """An origin as people read it: ``Ines Hallgard (for Ellinport), Mon 2 Mar 2026``."""
    party = origin.party if origin.party and origin.party.casefold() not in origin.entity.casefold() else None
    return origin.entity + (f" (for {party})" if party else "") + (f", {full(origin.when)}" if origin.when else "")


class _Summary:
    def __init__(
        self, chain: Chain, statements: Mapping[str, Statement], notes: Mapping[str, int], rated: bool
    ) -> None:
        self._chain = chain
        self._claim: Claim = chain.claim
        self._statements = statements
        self._notes = notes
        self._rated = rated

    def remarks(self) -> Iterator[Remark]:
        yield self._basis()
        yield self._carried()
        yield from self._against()
        yield from self._copied()
        yield from self._lost()
        yield from self._returning()
        yield from self._grounds()
        yield from self._credibility()

    def _basis(self) -> Remark:
        count, names = self._claim.independent_sources, "; ".join(map(origin_words, self._claim.origins))
        if not names or not count:
            return Remark(text="Leads back to no source that the articles name.", by="machine")
        named = len(self._claim.origins)
        if count == 1:
            text = f"Rests on one source only{', by several names' if named > 1 else ''}: {names}."
        else:
            by = f", by {named:,} names" if named > count else ""
            text = f"Rests on {counted(count, 'independent source')}{by}: {names}."
        return Remark(text=text, by="machine")

    def _carried(self) -> Remark:
        found = Counter(link.carriage for link in self._chain.links)
        parts = [
            f"{found[carriage]:,} {one if found[carriage] == 1 else many}"
            for carriage, (one, many) in _CARRIAGES.items()
            if found[carriage]
        ]
        total = counted(found.total(), "statement")
        anonymous = sum(link.standing == "anonymous" for link in self._chain.links)
        held = f" {anonymous} {'rests' if anonymous == 1 else 'rest'} on an anonymous source." if anonymous else ""
        return Remark(text=f"Of {total} {', '.join(parts)}.{held}", by="machine")

    def _against(self) -> Iterator[Remark]:
        against = [link for link in self._chain.links if link.denies]
        if against:
            yield self._named("Denied by", against, who=True)
        back = [link for link in self._chain.links if link.takes_back]
        if back:
            yield self._named("Taken back by", back)

    def _copied(self) -> Iterator[Remark]:
        copied = [link for link in self._chain.links if link.copied]
        dropped = [link for link in copied if link.copied and link.copied.copy.credit == "dropped"]
        articles = len({link.article for link in copied})
        if copied:
            verb = "takes" if articles == 1 else "take"
            text = f"{counted(articles, 'article')} {verb} over another one's text"
            credit = f"; the credit was dropped by {_outlets(dropped)}" if dropped else ""
            first = {link.article: link for link in reversed(copied)}
            yield Remark(text=f"{text}{credit}.", by="machine", notes=self._of(list(reversed(first.values()))))

    def _lost(self) -> Iterator[Remark]:
        for what, words in (("source", "Attribution was lost or grew weaker at"), ("framing", "Distance was lost at")):
            links = [link for link in self._chain.links if any(loss.lost == what for loss in link.losses)]
            if links:
                yield self._named(words, links)

    def _returning(self) -> Iterator[Remark]:
        links = [link for link in self._chain.links if link.circular is not None]
        if links:
            text = f"Circular: {_outlets(links)} {'names' if len(links) == 1 else 'name'} as confirmation what has the"
            yield Remark(text=f"{text} claim from its own report.", by="machine", notes=self._of(links))

    def _grounds(self) -> Iterator[Remark]:
        for kind, words in (("offered", "Evidence is offered by"), ("lacking", "Evidence is said to be lacking by")):
            links = [link for link in self._chain.links if self._evidence(link) == kind]
            if links:
                yield self._named(words, links)

    def _credibility(self) -> Iterator[Remark]:
        if self._claim.score < UNSURE:
            text = f"That these statements are one claim is not sure (score {self._claim.score:.2f} of 1)."
            yield Remark(text=text, by="machine")
        ground = None if self._rated else suggested(self._claim)
        if ground:
            text = f"Credibility 1 (confirmed by other sources) on the Admiralty scale may be considered: {ground}."
            yield Remark(text=text, by="machine")

    def _evidence(self, link: Link) -> str | None:
        statement = self._statements.get(link.statement)
        return statement.evidence.kind if statement and statement.evidence else None

    def _named(self, words: str, links: list[Link], *, who: bool = False) -> Remark:
        names = _sources(links) if who else _outlets(links)
        return Remark(text=f"{words} {names}.", by="machine", notes=self._of(links))

    def _of(self, links: list[Link]) -> tuple[int, ...]:
        found = (self._notes.get(link.statement) for link in links)
        return tuple(dict.fromkeys(number for number in found if number is not None))


def _outlets(links: list[Link]) -> str:
    return several(link.outlet for link in links)


def _sources(links: list[Link]) -> str:
    return several(f"{link.entity or link.source_words or 'the outlet itself'} ({link.outlet})" for link in links)
