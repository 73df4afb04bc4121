"""STIX 2.1 (OASIS 2021): a bundle for threat intelligence platforms.

| in the ledger | object |
|---|---|
| an article | report; grouping where no date is known, since a report must have one |
| outlets, who speaks, the bodies they speak for | identity |
| "speaks for" | relationship ``related-to`` |
| a statement | note by its source; its labels and spans in an extension |
| a claim | note over the notes of its occurrences |
| a denial | opinion ``disagree`` on the claim's note, by the one who denies |
| a copy; a step of laundering | relationship ``derived-from`` |
| a rating, or a note, of a person in force | note by that person on what it is about |

An opinion is always that of a source, never the ledger's, and no ``confidence`` is written: that is a judgement of
truth. In the Admiralty scale, as the MISP taxonomy ``admiralty-scale`` writes it, that is F for a source and 6 for what
it says, cannot be judged, until a person has: then the label is the person's. Ids are UUIDs of version 5 in a namespace
of our own, so a second export updates the first. The times of objects are those of the articles, the first second of
1970 where there is none. Held-back sources and documents are authors of notes but no identities: a platform would merge
all "officials".
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import UTC, datetime
from typing import BinaryIO

import msgspec

from inquit.clock import instant
from inquit.export.json_array import JsonArray, told
from inquit.export.shelf import Shelf
from inquit.export.speaking import Agent, Speaking, body_named, speaking
from inquit.export.wording import on_one_line, web_address, words
from inquit.records import Article, Claim, Copy, Record, Ruling, Says, Standing, Statement

Object = dict[str, object]

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:inquit")
_CLASSES: dict[Standing | None, str] = {"person": "individual", "group": "class"}
_RATED: dict[Says, str] = {
    "reliability": 'admiralty-scale:source-reliability="{}"',
    "credibility": 'admiralty-scale:information-credibility="{}"',
}
_UNRATED: dict[Says, str] = {
    "reliability": _RATED["reliability"].format("f"),
    "credibility": _RATED["credibility"].format("6"),
}
_UNNAMED: tuple[Standing, ...] = ("anonymous", "document")


def _ref(kind: str, ident: str) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, ident)}"


_US = _ref("identity", "inquit")
_EXTENSION = _ref("extension-definition", "statement/1")


class _Kept(msgspec.Struct, frozen=True):
    """What is needed again of an article or statement: its object, its time, who says what."""

    ref: str
    moment: float
    authors: list[str]
    words: str


class StixBundle:
    """Objects are written as they come; what claims need again waits in a temporary file.

    Rulings have to come before what they are about.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._objects = JsonArray(stream, '{"type":"bundle","objects":')
        self._written: set[str] = set()
        self._kept = Shelf(_Kept)
        self._article: Article | None = None
        self._refs: list[str] = []
        self._remarks: dict[str, list[Ruling]] = defaultdict(list)
        self._remarked: dict[str, str] = {}
        self._bundle = uuid.uuid5(_NAMESPACE, "bundle")
        self._add(_US, 0, {"name": "inquit", "identity_class": "system"})
        self._add(_EXTENSION, 0, _DEFINITION)

    def write(self, record: Record) -> None:
        """Take one record; problems have no object."""
        if isinstance(record, Ruling):
            if record.withdrawn is None and (record.says in _RATED or record.says == "note"):
                self._remarks[_key(record.about)].append(record)
            return
        if isinstance(record, Statement) and self._article is not None:
            self._statement(self._article, record)
            return
        self._end_article()
        if isinstance(record, Article):
            self._begin_article(record)
        elif isinstance(record, Copy):
            self._copy(record)
        elif isinstance(record, Claim):
            self._claim(record)

    def close(self) -> None:
        """End the bundle; its id is made of those of its objects."""
        self._end_article()
        self._remark()
        self._kept.close()
        self._objects.end(f',"id":"bundle--{self._bundle}"' + "}")

    def _add(self, ref: str, moment: float, properties: Object, modified: float | None = None) -> str:
        """Write an object, an identity or relationship once; ``moment`` and ``modified`` in seconds since 1970."""
        if ref not in self._written:
            if ref.startswith(("identity", "relationship")):
                self._written.add(ref)
            self._bundle = uuid.uuid5(self._bundle, ref)
            head: Object = {"type": ref.partition("--")[0], "spec_version": "2.1", "id": ref}
            head |= {"created": _stamp(moment), "modified": _stamp(moment if modified is None else modified)}
            self._objects.add(head | {"created_by_ref": None if ref == _US else _US} | properties)
        return ref

    def _begin_article(self, article: Article) -> None:
        moment = instant(article.published)
        ref = _ref("grouping" if moment is None else "report", article.id)
        self._article, self._refs = article, []
        self._kept.put(article.id, _Kept(ref, moment or 0, [], ""))
        if article.outlet:
            self._refs.append(self._identity(body_named(article.outlet), moment or 0))

    def _end_article(self) -> None:
        """Write the report of the article whose statements are over."""
        article, self._article = self._article, None
        kept = self._kept.get(article.id) if article is not None else None
        if article is None or kept is None:
            return
        reference = {"source_name": article.outlet or "article", "url": web_address(article)}
        reference["external_id"] = article.external_id or article.id
        name = on_one_line(article.title or "") or article.external_id or article.id
        properties: Object = {"name": name, "external_references": [told({**reference})]}
        properties["object_refs"] = list(dict.fromkeys(self._refs)) or [_US]
        report = kept.ref.startswith("report")
        properties |= {"published": _stamp(kept.moment)} if report else {"context": "unspecified"}
        self._add(kept.ref, kept.moment, properties)

    def _identity(self, agent: Agent, moment: float, roles: list[str] | None = None) -> str:
        kind = _CLASSES.get(agent.standing, "organization")
        properties: Object = {"name": agent.name, "identity_class": kind, "roles": roles}
        properties["labels"] = [self._rated("reliability", agent.name) or _UNRATED["reliability"]]
        ref = self._add(_ref("identity", agent.id), moment, properties)
        self._remarked.setdefault(_key(agent.name), ref)
        return ref

    def _rated(self, says: Says, about: str) -> str | None:
        """The label of what a person has rated last; None where nobody has."""
        ratings = [one.value or "" for one in self._remarks.get(_key(about), ()) if one.says == says]
        return _RATED[says].format(ratings[-1].lower()) if ratings else None

    def _statement(self, article: Article, statement: Statement) -> None:
        moment = instant(article.published) or 0
        said, who = statement.attribution, speaking(statement.attribution, article.id)
        about = self._refs[:1] if article.outlet else [_US]
        authors = [who.speaker.name] if who else [article.outlet] if said is None and article.outlet else []
        if who is not None and who.speaker.standing not in _UNNAMED:
            about = self._speaker(who, moment)
            self._refs += about
        content = words(article.text, statement.content)
        verb = said.stance if said else "says in its own voice"
        properties: Object = {
            "abstract": on_one_line(f"{authors[0] if authors else 'Nobody named'} {verb}"),
            "content": content,
            "authors": authors,
            "object_refs": about[:1],
            "labels": self._labels(statement),
            "extensions": {_EXTENSION: _extension(statement, who)},
        }
        ref = self._add(_ref("note", statement.id), moment, properties)
        self._refs.append(ref)
        self._kept.put(statement.id, _Kept(ref, moment, authors, content))

    def _speaker(self, who: Speaking, moment: float) -> list[str]:
        """The identities of the speaker and of those for whom it speaks, joined by relationships."""
        refs = [self._identity(who.speaker, moment, [who.office] if who.office else None)]
        for body in who.bodies:
            refs.append(self._identity(body, moment))
            self._relate("related-to", refs[-2], refs[-1], moment, "speaks for")
        return refs

    def _relate(self, kind: str, source: str, target: str, moment: float, description: str) -> None:
        properties: Object = {"relationship_type": kind, "source_ref": source, "target_ref": target}
        ref = _ref("relationship", f"{source} {kind} {target}")
        self._add(ref, moment, properties | {"description": description})

    def _copy(self, copy: Copy) -> None:
        taker, giver = self._kept.get(copy.to), self._kept.get(copy.from_)
        if taker is not None and giver is not None:
            share = f"takes over {copy.share:.0%} of its text; credit {copy.credit}"
            share += f"; words of {on_one_line(copy.origin)}" if copy.origin else ""
            self._relate("derived-from", taker.ref, giver.ref, taker.moment, share)

    def _claim(self, claim: Claim) -> None:
        found = {one.statement: kept for one in claim.occurrences if (kept := self._kept.get(one.statement))}
        moments = [kept.moment for kept in found.values()] or [0]
        properties: Object = {
            "abstract": f"claim; independent sources: {claim.independent_sources}",
            "content": claim.text,
            "authors": list(dict.fromkeys(origin.entity for origin in claim.origins)),
            "object_refs": [kept.ref for kept in found.values()] or [_US],
            "labels": ["claim", *filter(None, [self._rated("credibility", claim.id)])],
        }
        ref = self._add(_ref("note", claim.id), min(moments), properties, max(moments))
        self._remarked[claim.id] = ref
        for step in claim.laundering:
            later, earlier = self._kept.get(step.to), self._kept.get(step.from_)
            if later is not None and earlier is not None:
                self._relate("derived-from", later.ref, earlier.ref, later.moment, f"{step.lost} lost")
        for statement in claim.denied_by:
            if (denial := self._kept.get(statement)) is not None:
                opinion: Object = {"opinion": "disagree", "explanation": denial.words, "authors": denial.authors}
                ident = _ref("opinion", f"{statement} {claim.id}")
                self._add(ident, denial.moment, opinion | {"object_refs": [ref]})

    def _labels(self, statement: Statement) -> list[str]:
        said, rated = statement.attribution, self._rated("credibility", statement.id)
        if said is None:
            return ["own-voice", *filter(None, [rated])]
        rated = rated or _UNRATED["credibility"]
        labels = [rated, f"standing:{said.standing}", f"stance:{said.stance}", f"framing:{said.framing}"]
        return labels + ([f"evidence:{statement.evidence.kind}"] if statement.evidence else [])

    def _remark(self) -> None:
        """What people have said of what is in the bundle, each as a note of theirs."""
        for key, remarks in self._remarks.items():
            kept = self._kept.get(key)
            ref = kept.ref if kept else self._remarked.get(key)
            for one in remarks if ref else ():
                value = one.value or ""
                properties: Object = {
                    "abstract": on_one_line(one.says if one.says == "note" else f"{one.says} {value}"),
                    "content": (value if one.says == "note" else one.reason) or f"{one.says} {value}",
                    "authors": [on_one_line(one.who)],
                    "object_refs": [ref],
                    "labels": [_RATED[one.says].format(value.lower())] if one.says in _RATED else [one.says],
                }
                self._add(_ref("note", one.id), instant(one.at) or 0, properties)


_DEFINITION: Object = {
    "name": "inquit statement",
    "description": "How an article attributes a statement: its labels, and its spans in code points of the text.",
    "schema": "The words are those of inquit's docs/scheme.md; spans are [start, end], the end excluded.",
    "version": "1.0.0",
    "extension_types": ["property-extension"],
}


def _key(about: str) -> str:
    """By which what a ruling is about is known: an id, or a name in whatever case."""
    return about.casefold().strip()


def _extension(statement: Statement, who: Speaking | None) -> Object:
    said, evidence = statement.attribution, statement.evidence
    properties: Object = {"extension_type": "property-extension", "statement": statement.id, "inside": statement.inside}
    properties |= {"form": statement.form, "said_when": statement.when, "score": statement.score}
    properties |= {"read_by": statement.by, "content_spans": statement.content}
    properties["why"] = [f"{reason.label}: {reason.ground}" for reason in statement.why]
    if evidence is not None:
        properties |= {"evidence": evidence.kind, "evidence_span": evidence.span}
    if said is not None:
        named = ("entity", "through", "party", "standing", "stance", "framing")
        properties |= {name: getattr(said, name) for name in named}
        properties |= {"source_spans": said.source, "cue_spans": said.cue, "office": who.office if who else None}
        properties["chain"] = [f"{link.kind}: {link.name}" for link in said.chain]
    return told(properties)


def _stamp(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
