"""CoNLL-U Plus (Universal Dependencies): a token a line, sentences apart, with two columns of our own.

``INQUIT:BIO`` has the role in the outermost statement (``B-source``, ``I-content``, ``B-own_voice``, ``O``), begun anew
in each sentence, for sequence labelling. ``INQUIT:ROLES`` has every role with the number of its statement in the
article (``B-content:2|I-source:5``), so statements inside others and across sentences are whole. ``MISC`` has the place
of the token in code points of the article's text (``TokenRange=12:17``). Comments before an article's first sentence
have the article and, as JSON, each statement by its number. A token of which a span has a part belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from inquit.export.whole import WholeArticles
from inquit.export.wording import on_one_line
from inquit.extract.voice import sentences
from inquit.records import Article, Span, Spans, Statement

_TOKEN = re.compile(r"\w+(?:[’'.,-]\w+)*|[^\w\s]")
_HEAD = "# global.columns = ID FORM MISC INQUIT:BIO INQUIT:ROLES\n"

Labels = dict[int, list[tuple[int, str, bool]]]
"""For each token its roles: number of the statement, role, whether the span begins there."""


class ConllPlus(WholeArticles):
    """Articles are written one by one."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._stream.write(_HEAD.encode())

    def _add(self, article: Article, statements: list[Statement]) -> None:
        for line in _lines(article, statements):
            self._stream.write(line.encode())


def _lines(article: Article, statements: list[Statement]) -> Iterator[str]:
    text = article.text
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(text)]
    labels = _labels(tokens, statements)
    outer = {number for number, statement in enumerate(statements, 1) if statement.inside is None}
    comments = list(_comments(article, statements))
    starts = [start for start, _ in tokens]
    for number, (start, end) in enumerate(sentences(text), 1):
        within = range(bisect_left(starts, start), bisect_left(starts, end))
        if not within:
            continue
        yield from comments
        comments = []
        yield f"# sent_id = {article.id}-{number}\n# text = {on_one_line(text[start:end])}\n"
        before = "O"
        for ident, token in enumerate(within, 1):
            begin, stop = tokens[token]
            glued = "" if text[stop : stop + 1].isspace() or stop == len(text) else "SpaceAfter=No|"
            bio = _outermost(labels[token], outer, before)
            before = bio
            roles = "|".join(f"{'B' if first else 'I'}-{role}:{n}" for n, role, first in labels[token]) or "_"
            yield f"{ident}\t{text[begin:stop]}\t{glued}TokenRange={begin}:{stop}\t{bio}\t{roles}\n"
        yield "\n"


def _comments(article: Article, statements: list[Statement]) -> Iterator[str]:
    yield f"# newdoc id = {article.id}\n"
    told = {"external_id": article.external_id, "url": article.url, "outlet": article.outlet, "title": article.title}
    told |= {"published": article.published, "authors": "; ".join(article.authors)}
    for name, value in told.items():
        if value:
            yield f"# {name} = {on_one_line(value)}\n"
    for number, statement in enumerate(statements, 1):
        # In JSON a line end is written as an escape, but for two that some readers take for one.
        line = msgspec.json.encode(statement).decode()
        for odd in "\x85\u2028\u2029":
            line = line.replace(odd, f"\\u{ord(odd):04x}")
        yield f"# statement_{number} = {line}\n"


def _labels(tokens: list[Span], statements: list[Statement]) -> Labels:
    ends = [end for _, end in tokens]
    found: Labels = defaultdict(list)
    for number, statement in enumerate(statements, 1):
        for role, spans in _roles(statement):
            for start, end in spans:
                token = first = bisect_left(ends, start + 1)
                while token < len(tokens) and tokens[token][0] < end:
                    found[token].append((number, role, token == first))
                    token += 1
    return found


def _roles(statement: Statement) -> list[tuple[str, Spans]]:
    said = statement.attribution
    if said is None:
        return [("own_voice", statement.content)]
    return [("source", said.source), ("cue", said.cue), ("content", statement.content)]


def _outermost(labels: list[tuple[int, str, bool]], outer: set[int], before: str) -> str:
    """The tag of a token in one column; ``before`` is the tag of the token before it in the sentence."""
    role, first = next(((role, first) for number, role, first in labels if number in outer), ("", False))
    if not role:
        return "O"
    return f"I-{role}" if not first and before in {f"B-{role}", f"I-{role}"} else f"B-{role}"
