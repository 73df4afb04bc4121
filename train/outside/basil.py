"""The reader on BASIL (Fan et al., EMNLP 2019): is a quoted span within a statement, and does that name the speaker.

BASIL marks spans that colour the news, and of those within a quotation it gives a speaker. Nothing else of what is said
is marked, so there is no precision. A span is

* *found* when a statement of ours holds at least half of its words in its content; of several the one that holds most,
  then the one with the shortest content, is asked who speaks;
* its speaker a *person* ("Ana_Duarte"): right when a word of the entity begins with the last name, "Jr." left out (the
  corpus cuts names at a letter with an accent);
* or a *group* ("House_Democrats", "Obama_campaign"): right when entity, party or source words hold one of the group's
  words that is no word of kind ("members", "lawmakers"), singular and plural alike;
* or *other* ("other_anti": none of the main entities): right when the entity holds no last name of a main entity.

Texts are the corpus's: the title and then the paragraphs, parted by empty lines, sentences by a space.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from inquit.records import Span
from train.outside.reading import Said, statements, word_starts

_KIND = {
    "committee",
    "companies",
    "lawmakers",
    "members",
    "officials",
    "of",
    "the",
    "and",
    "house",
    "senate",
    "campaign",
}
_GROUPS = re.compile(
    r"(?i)lawmakers|democrats|republicans|campaign|party|members|companies|catholics|plaintiffs|^naacp"
)


class Case(NamedTuple):
    """One span with its speaker, and the statement of ours that holds most of it."""

    ident: str
    outlet: str
    span: Span
    speaker: str
    kind: str  # person, group or other
    said: Said | None
    share: float  # of the span's words that our content holds
    right: bool


class Article(NamedTuple):
    """One text with its spans and its main entities."""

    ident: str
    outlet: str
    text: str
    spans: list[tuple[Span, str]]
    entities: list[str]


def measured(corpus: Path, out: Path) -> list[Case]:
    """Read all of the corpus and look for every span within a quotation. Raises ValueError when a span is not there."""
    articles = list(loaded(corpus))
    read = statements({a.ident: a.text for a in articles}, out)
    return [_case(a, span, speaker, read.get(a.ident, [])) for a in articles for span, speaker in a.spans]


def loaded(corpus: Path) -> Iterator[Article]:
    """Every article, by path. Raises ValueError when a span does not hold the words that it quotes."""
    for path in sorted((corpus / "articles").glob("*/*.json")):
        given = json.loads(path.read_text(encoding="utf-8"))
        marked = json.loads(
            (corpus / "annotations" / path.parent.name / f"{path.stem}_ann.json").read_text(encoding="utf-8")
        )
        text, starts = _joined(given)
        spans = {_span(m, text, starts, path) for m in marked["phrase-level-annotations"] if m["quote"] == "yes"}
        yield Article(path.stem, given["source"].lower(), text, sorted(spans), given["main-entities"])


def _joined(given: dict[str, Any]) -> tuple[str, dict[str, int]]:
    """The text, and where each sentence begins by the name that the annotations give it."""
    text, starts, number = given["title"], {"title": 0}, 0
    for paragraph in given["body-paragraphs"]:
        for i, sentence in enumerate(paragraph):
            text += " " if i else "\n\n"
            starts[f"p{number}"], number = len(text), number + 1
            text += sentence
    return text, starts


def _span(marked: dict[str, Any], text: str, starts: dict[str, int], path: Path) -> tuple[Span, str]:
    begin = starts[marked["id"]]
    span = begin + marked["start"], begin + marked["end"]
    if text[slice(*span)] != marked["txt"]:
        raise ValueError(f"{path.name}: {span} does not hold {marked['txt']!r}")
    return span, marked["speaker"]


def _case(article: Article, span: Span, speaker: str, read: list[Said]) -> Case:
    wanted = word_starts(article.text, [span])
    held = [(len(wanted & ours) / len(wanted), -len(ours), i) for i, ours in enumerate(_contents(article, read))]
    share, _, best = max(held, default=(0.0, 0, 0))
    said = read[best] if share >= 0.5 else None
    kind = (
        "other" if speaker.startswith("other") else "group" if _GROUPS.search(speaker.replace("_", " ")) else "person"
    )
    right = said is not None and _named(article, speaker, kind, said)
    return Case(article.ident, article.outlet, span, speaker, kind, said, share, right)


def _contents(article: Article, read: list[Said]) -> list[set[int]]:
    return [word_starts(article.text, said.content) for said in read]


def _named(article: Article, speaker: str, kind: str, said: Said) -> bool:
    entity = _words(said.entity)
    if kind == "other":
        return not any(_last(name) in entity for name in article.entities)
    if kind == "person":
        return any(word.startswith(_last(speaker.replace("_", " "))) for word in entity)
    source = " ".join(article.text[a:b] for a, b in said.source)
    stems = {w.rstrip("s") for w in _words(f"{said.entity} {said.party} {source}")}
    return any(w.rstrip("s") in stems for w in _words(speaker.replace("_", " ")) - _KIND)


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower().replace("democratic", "democrats")))


def _last(name: str) -> str:
    words: list[str] = re.findall(r"\w+", name.lower())
    return [w for w in words if w not in ("jr", "sr")][-1]


def table(cases: list[Case]) -> Iterator[str]:
    """Lines of a Markdown table, an outlet each, and all of them together."""
    yield "| outlet | spans | found | words held | speaker right: person | group | other |"
    yield "|---|---|---|---|---|---|---|"
    by: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by[case.outlet].append(case)
    for outlet, some in (*sorted(by.items()), ("all", cases)):
        found = [c for c in some if c.said]
        kinds = [[c.right for c in found if c.kind == kind] for kind in ("person", "group", "other")]
        yield (
            f"| {outlet} | {len(some)} | {100 * len(found) / len(some):.0f}"
            f" | {100 * sum(c.share for c in some) / len(some):.0f} | "
            + " | ".join(f"{100 * sum(k) / max(1, len(k)):.0f} of {len(k)}" for k in kinds)
            + " |"
        )
