"""The article's text with its statements marked in place, as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from inquit.records import Article, Reading
from inquit.show.account import Entry, who
from inquit.show.markup import Markup, element, joined
from inquit.show.runs import Part, Run, first, paragraphs, runs
from inquit.text import paragraphed

_DEEPEST = 3
_OPENING = "\"'“‘«»„‚‹›「『"
_INNER_FIRST = {"source": 0, "cue": 0, "content": 1, "own": 1, "evidence": 2}


def text_pane(reading: Reading, entries: Sequence[Entry], key: str) -> Markup:
    """The text in paragraphs of runs; each statement's number stands where it begins and links to its entry."""
    article = msgspec.structs.replace(reading.article, text=paragraphed(reading.article.text))
    blocks = paragraphs(article.text) or [(0, len(article.text))]
    placed = _placed(article, entries, key)
    cuts = (cut for block in (*blocks, [place for place, _ in placed]) for cut in block)
    pieces = runs(len(article.text), reading.statements, cuts)
    labels = _Labels(placed)
    by_index = {entry.index: entry for entry in entries}
    place = 0
    shown: list[Markup] = []
    for number, (start, end) in enumerate(blocks):
        children: list[str] = []
        while place < len(pieces) and pieces[place].start < end:
            run = pieces[place]
            place += 1
            if run.start >= start:
                children += labels.upto(run.start)
                children.append(_drawn(run, article.text, by_index))
        if number == len(blocks) - 1:
            children += labels.upto(None)
        headline = number == 0 and article.text[start:end].strip() == (article.title or "").strip()
        shown.append(element("p", *children, dir="auto", class_="headline" if headline else None))
    return joined(shown)


class _Labels:
    """Numbers waiting for their place in the text, by falling position."""

    def __init__(self, placed: list[tuple[int, Markup]]) -> None:
        # Reversed, yet stable: outer numbers stand before inner ones at the same place.
        self._waiting = sorted(placed, key=lambda label: label[0])[::-1]

    def upto(self, position: int | None) -> Iterator[Markup]:
        """The labels due at ``position`` or before; all that are left for None."""
        while self._waiting and (position is None or self._waiting[-1][0] <= position):
            yield self._waiting.pop()[1]


def _placed(article: Article, entries: Sequence[Entry], key: str) -> list[tuple[int, Markup]]:
    placed: list[tuple[int, Markup]] = []
    for entry in entries:
        begin = first(entry.statement)
        placed.append((_before_mark(article.text, begin), _number(article, entry, key)))
        again = element("span", f"…{entry.number}", class_="again", aria_hidden="true", data_s=entry.index)
        later = (start for start, _ in entry.statement.content[1:] if start != begin)
        placed += [(_before_mark(article.text, start), again) for start in later]
    return placed


def _before_mark(text: str, place: int) -> int:
    # A content leaves out its quotation marks; its number should not stand between the two.
    while 0 < place <= len(text) and text[place - 1] in _OPENING:
        place -= 1
    return place


def _number(article: Article, entry: Entry, key: str) -> Markup:
    attribution = entry.statement.attribution
    name = "own voice" if attribution is None else who(article.text, attribution)
    return element(
        "a",
        entry.number,
        class_="num own" if attribution is None else "num",
        id=f"{key}-t{entry.index}",
        href=f"#{key}-s{entry.index}",
        data_s=entry.index,
        aria_label=f"Statement {entry.number}, {name}: go to its entry in the ledger",
    )


def _drawn(run: Run, text: str, entries: dict[int, Entry]) -> str:
    words = text[run.start : run.end]
    if not run.parts or not words.strip():
        return words
    parts = sorted(run.parts, key=lambda part: _inner_first(part, entries))
    depth = len({index for index, role in parts if role == "content"})
    names: list[str] = list(dict.fromkeys(role for _, role in parts))
    if depth > 1:
        names.append(f"d{min(depth, _DEEPEST)}")
    covering = dict.fromkeys(str(index) for index, _ in parts)
    return element("span", words, class_=" ".join(["run", *names]), data_s=" ".join(covering))


def _inner_first(part: Part, entries: dict[int, Entry]) -> tuple[int, int, int]:
    index, role = part
    return -entries[index].depth, _INNER_FIRST[role], index
