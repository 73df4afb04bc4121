"""FollowTheMoney entities as JSON lines, for Aleph and OpenSanctions' tools; written without the library.

| in the ledger | schema |
|---|---|
| an article | Article |
| who speaks, the bodies they speak for, outlets | Person, Organization, LegalEntity |
| "speaks for" | Representation, the office as its role |
| a source named in an article | Mention, resolved to its entity |
| a statement | Note about who speaks, with the article as proof; Documentation joins the article with who speaks |
| a claim | Note, with an UnknownLink from each statement's |
| a copy | UnknownLink from the article that takes over |

A held-back source is a Mention and no entity: its description would be matched with other people's. A Note's keywords
are its labels, each as ``stance:affirms``. Dates are brought to UTC, as the model wants them.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import BinaryIO

import msgspec

from inquit.clock import stretch
from inquit.export.graph import part
from inquit.export.speaking import Agent, Speaking, body_named, speaking
from inquit.export.wording import on_one_line, web_address, words
from inquit.records import Article, Claim, Copy, Record, Standing, Statement

Properties = dict[str, list[str]]

_DAY = 86_400
_PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,120}")
_REFERENCES = ("document", "entity", "resolved", "proof", "agent", "client", "subject", "object")

_SCHEMATA: dict[Standing | None, str] = {"person": "Person", "group": "LegalEntity"}


class FollowTheMoney:
    """An entity a line; in memory are the ids of the agents and links that were written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._encode = msgspec.json.Encoder().encode
        self._article: Article | None = None
        self._written: set[str] = set()

    def write(self, record: Record) -> None:
        """Write the record's entities; problems have none."""
        if isinstance(record, Article):
            self._article = record
            self._entity(record.id, "Article", _article(record))
        elif isinstance(record, Statement) and self._article is not None:
            self._statement(self._article, record)
        elif isinstance(record, Copy):
            self._copy(record)
        elif isinstance(record, Claim):
            self._claim(record)

    def close(self) -> None:
        """Nothing is left to do."""

    def _entity(self, ident: str, schema: str, properties: Properties) -> None:
        kept = {name: values for name, given in properties.items() if (values := [v for v in given if v.strip()])}
        kept |= {name: [_id(value) for value in kept[name]] for name in _REFERENCES if name in kept}
        self._stream.write(self._encode({"id": _id(ident), "schema": schema, "properties": kept}) + b"\n")

    def _once(self, ident: str, schema: str, properties: Properties) -> None:
        if ident not in self._written:
            self._written.add(ident)
            self._entity(ident, schema, properties)

    def _agent(self, agent: Agent) -> str:
        """The id of somebody's entity, which is written once."""
        if agent.standing == "document":
            self._once(agent.id, "Document", {"fileName": [agent.name], "title": [agent.name]})
        else:
            self._once(agent.id, _SCHEMATA.get(agent.standing, "Organization"), {"name": [agent.name]})
        return agent.id

    def _statement(self, article: Article, statement: Statement) -> None:
        said = statement.attribution
        who = speaking(said, article.id)
        speakers: list[str] = []
        if said is None:
            speakers = [self._agent(body_named(article.outlet))] if article.outlet else []
        elif who is not None and who.speaker.standing != "anonymous":
            speakers = [self._agent(who.speaker)]
        if who is not None and who.speaker.standing != "document":
            self._mention(article, who, speakers)
        if who is not None and speakers:
            self._represented(who)
        if said is not None:
            for speaker in speakers:
                joint: Properties = {"document": [article.id], "entity": [speaker], "role": [said.stance]}
                self._once(f"{article.id}/{speaker}/{said.stance}", "Documentation", joint)
        self._entity(statement.id, "Note", _note(article, statement, who) | {"entity": speakers})

    def _mention(self, article: Article, who: Speaking, speakers: list[str]) -> None:
        detected = "Person" if who.speaker.standing == "anonymous" else _SCHEMATA.get(who.speaker.standing)
        named = {"document": [article.id], "name": [who.speaker.name], "resolved": speakers}
        named["detectedSchema"] = [detected or "Organization"]
        self._once(f"{article.id}/{who.speaker.id}", "Mention", named)

    def _represented(self, who: Speaking) -> None:
        if who.speaker.standing == "document":
            return
        for agent, client in pairwise((who.speaker, *who.bodies)):
            role = [who.office] if who.office and agent is who.speaker else []
            joint = {"agent": [self._agent(agent)], "client": [self._agent(client)], "role": role}
            self._once("/".join((agent.id, client.id, *role)), "Representation", joint)

    def _copy(self, copy: Copy) -> None:
        role = f"takes over {copy.share:.0%} of its text from, credit {copy.credit}"
        joint = {"subject": [copy.to], "object": [copy.from_], "role": [role], "description": list(copy.reasons)}
        self._entity(f"{copy.to}/{copy.from_}", "UnknownLink", joint)

    def _claim(self, claim: Claim) -> None:
        origins = [", ".join(filter(None, (one.entity, one.party, one.when))) for one in claim.origins]
        notes = [f"independent sources: {claim.independent_sources}", *(f"origin: {one}" for one in origins)]
        self._entity(claim.id, "Note", {"description": [claim.text], "keywords": ["claim"], "notes": notes})
        for one in claim.occurrences:
            verb = part(claim, one.statement).replace("_", " ")
            joint = {"subject": [one.statement], "object": [claim.id], "role": [f"{verb}, carriage {one.carriage}"]}
            self._entity(f"{one.statement}/{claim.id}", "UnknownLink", joint)
        for step in claim.laundering:
            joint = {"subject": [step.to], "object": [step.from_], "role": [f"{step.lost} lost since"]}
            self._entity(f"{step.to}/{step.from_}/{step.lost}", "UnknownLink", joint)


def _id(ident: str) -> str:
    """An id as the model allows it: letters, digits, dots and hyphens; a longer name than our ids have by its hash."""
    plain = ident.replace(":", "-").replace("/", ".")
    return plain if _PLAIN.fullmatch(plain) else "l1-" + hashlib.blake2b(ident.encode(), digest_size=10).hexdigest()


def _article(article: Article) -> Properties:
    moment = _moment(article.published)
    return {
        "title": [article.title or ""],
        "author": list(article.authors),
        "publisher": [article.outlet or ""],
        "publishedAt": [moment] if moment else [],
        "sourceUrl": [address] if (address := web_address(article)) else [],
        "fileName": [article.external_id or ""],
        "bodyText": [article.text],
    }


def _note(article: Article, statement: Statement, who: Speaking | None) -> Properties:
    said = statement.attribution
    names = ("standing", "stance", "framing")
    keywords = [f"{name}:{getattr(said, name)}" for name in names] if said else ["own-voice"]
    keywords += [f"form:{statement.form}"] if statement.form else []
    keywords += [f"evidence:{statement.evidence.kind}"] if statement.evidence else []
    told = {"through": said.through if said else None, "when": statement.when, "office": who.office if who else None}
    told |= {"inside": statement.inside, "source": who.speaker.name if who else None}
    notes = [f"{name}: {value}" for name, value in told.items() if value]
    return {
        "description": [words(article.text, statement.content)],
        "summary": [on_one_line(words(article.text, (*said.source, *said.cue)))] if said else [],
        "keywords": keywords,
        "notes": [*notes, *(f"why {reason.label}: {reason.ground}" for reason in statement.why)],
        "proof": [article.id],
    }


def _moment(published: str | None) -> str | None:
    """A date as FollowTheMoney has it: as much of it as is told, in UTC where there is a time; None where unusable."""
    covered = stretch(published)
    if covered is None or published is None:
        return None
    if covered[1] - covered[0] < _DAY:
        return datetime.fromtimestamp(covered[0], UTC).strftime("%Y-%m-%dT%H:%M:%S")
    start = datetime.fromtimestamp(covered[0], UTC).strftime("%Y-%m-%d")
    days = (covered[1] - covered[0]) / _DAY
    return start if days < 8 else start[:7] if days < 32 else start[:4]
