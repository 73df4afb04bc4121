"""MEANTIME and ECB+ as mentions: token-anchored markables with relations to what they refer to (CAT's XML).

The texts are tokens; they are written out as an article has them, with the quotation marks and spaces of print.
"""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inquit.records import Span
from train.who.texts import UNKNOWN, Mention, Text, flat, form_of, held_out, kind

_MEANTIME = {"PER": "person", "ORG": "body", "LOC": "place", "PRO": "other", "FIN": "other"}
_ECB = {"HUMAN_PART_PER": "person", "HUMAN_PART_ORG": "body", "LOC_GEO": "place", "HUMAN_PART_GPE": "place"}
_ECB |= {"LOC_FAC": "place", "NON_HUMAN_PART": "other", "HUMAN_PART_GENERIC": "person"}
_BEHIND_HEAD = re.compile(
    r",|\(|--?|of|in|for|who|whom|that|which|to|from|at|with|on|by|about|as|whose|where|and", re.IGNORECASE
)
_CLOSES_UP = re.compile(r"[.,)?!;:%'’”]|''|['’](?:s|re|ve|ll|d|m)|n['’]t")  # no space before it
_OPENS = re.compile(r"[($“‘#]")  # no space behind it
_PRINT = {"``": "“", "''": "”", "`": "‘", "-LRB-": "(", "-RRB-": ")"}


def meantime(folder: Path) -> Iterator[Text]:
    """The English articles; ``folder`` holds ``intra-doc_annotation``. One in four is held out."""
    for path in sorted((folder / "intra-doc_annotation").glob("*/*.xml")):
        root = ET.parse(path).getroot()  # noqa: S314 - a corpus on our own disk
        document = written(root)
        types = {m.get("m_id"): m.get("ent_type") or "" for m in root.iter("ENTITY")}
        mentions = flat(
            (
                document.mention(ident, anchors, _MEANTIME.get(types.get(document.chains.get(ident, ""), ""), ""))
                for tag, ident, anchors in _anchored(root)
                if tag == "ENTITY_MENTION"
            ),
            document.text,
        )
        end = max((m.span[1] for m in mentions), default=0)
        yield Text(path.stem, "meantime", document.text, mentions, "heads", [(0, end)], held_out(path.stem, 4))


def ecbplus(folder: Path) -> Iterator[Text]:
    """ECB+; ``folder`` has ``ECB+`` and the list of sentences with chains. One topic in eight is held out."""
    listed: dict[str, set[str]] = defaultdict(set)
    with (folder / "ECBplus_coreference_sentences.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            listed[f"{row['Topic']}_{row['File']}"].add(row["Sentence Number"])
    for path in sorted((folder / "ECB+").glob("*/*.xml")):
        root = ET.parse(path).getroot()  # noqa: S314
        document = written(root)
        mentions = flat(
            (document.mention(ident, anchors, _ECB[tag]) for tag, ident, anchors in _anchored(root) if tag in _ECB),
            document.text,
        )
        known = document.stretches(listed[path.stem])
        dev = held_out(f"topic {path.parent.name}", 8)
        yield Text(path.stem, "ecbplus", document.text, mentions, "heads", known, dev)


@dataclass(frozen=True, slots=True)
class Document:
    """A text, by the ids of its tokens their spans and sentences, and by those of its mentions their chains."""

    text: str
    place: dict[str, Span]
    sentence: dict[str, str]
    chains: dict[str, str]

    def mention(self, ident: str, anchors: list[str], named: str) -> Mention:
        """A mention of some tokens, up to its head: what stands before the first comma, preposition or clause."""
        words = [self.text[slice(*self.place[a])] for a in anchors]
        cut = next((i for i, w in enumerate(words) if i and _BEHIND_HEAD.fullmatch(w)), len(words))
        start, end = self.place[anchors[0]][0], self.place[anchors[cut - 1]][1]
        own = self.sentence[anchors[0]]
        opens = not any(end <= start and self.sentence[t] == own for t, (_, end) in self.place.items())
        form = form_of(words[:cut], words[cut - 1], opens=opens)
        return Mention((start, end), kind(named) if named else UNKNOWN, form, self.chains.get(ident, ""))

    def stretches(self, wanted: set[str]) -> list[Span]:
        """The spans of some sentences."""
        spans: dict[str, Span] = {}
        for token, (start, end) in self.place.items():
            known = spans.get(self.sentence[token], (start, end))
            spans[self.sentence[token]] = known[0], end
        return [span for name, span in spans.items() if name in wanted]


def written(root: ET.Element) -> Document:
    """The text of a document's tokens; headline and dateline are lines of their own."""
    out = Document("", {}, {}, {})
    text, last, behind, doubles = "", "", "", 0
    for token in root.iter("token"):
        word, own, ident = _PRINT.get(token.text or "", token.text or ""), token.get("sentence"), token.get("t_id")
        if word == '"':
            doubles += 1
            word = "“" if doubles % 2 else "”"
        if text and own != last:
            behind = "\n" if last in ("0", "1") else " "
        text += "" if behind == " " and _CLOSES_UP.fullmatch(word) else behind
        out.place[ident or ""], out.sentence[ident or ""] = (len(text), len(text) + len(word)), own or ""
        text += word
        last, behind = own or "", "" if _OPENS.fullmatch(word) else " "
    return Document(text, out.place, out.sentence, _chains(root))


def _anchored(root: ET.Element) -> Iterator[tuple[str, str, list[str]]]:
    for markable in root.find("Markables") or ():
        anchors = [a.get("t_id") or "" for a in markable.findall("token_anchor")]
        if anchors:
            yield markable.tag, markable.get("m_id") or "", anchors


def _chains(root: ET.Element) -> dict[str, str]:
    chains: dict[str, str] = {}
    for relation in root.find("Relations") or ():
        target = relation.find("target")
        if relation.tag in ("REFERS_TO", "CROSS_DOC_COREF", "INTRA_DOC_COREF") and target is not None:
            chains |= {s.get("m_id") or "": target.get("m_id") or "" for s in relation.findall("source")}
    return chains
