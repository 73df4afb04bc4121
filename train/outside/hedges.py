"""Force on the Wikipedia part of the Szeged uncertainty corpus (Farkas et al., CoNLL 2010; Szarvas et al. 2012).

Two of its kinds of cue bear on what is said. *Doxastic* words give somebody's belief (alleged, considered, believed,
supposedly): a statement of ours should stand there, never with an endorsing framing. *Probable* words (may, likely,
suggests) make what they govern a guess: a statement with one as its cue, or in the first clause of its content,
should speculate, and one without should not. Every sentence with a doxastic or a probable cue is read by itself, and of
the others every twentieth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from inquit.records import Span
from train.outside.reading import Said, statements, word_starts

FILE = Path("corpora") / "old" / "wiki.xml"
_SENTENCE = re.compile(r'<Sentence id="[^"]*">(.*?)</Sentence>', re.DOTALL)
_CUE = re.compile(r'<ccue type="speculation_([a-z_]+?)[ _]*">(.*?)</ccue>', re.DOTALL)
_KINDS = {"hypo_doxastic": "doxastic", "modal_probable": "probable"}
_EVERY = 20
_CLAUSE = 12  # words of a content in which a guess shows


class Hedge(NamedTuple):
    """One cue of the corpus and the statement whose cue has one of its words."""

    sentence: str
    span: Span
    kind: str  # doxastic or probable
    said: Said | None


class Sentence(NamedTuple):
    """A sentence, its cues by kind, and what was read of it."""

    text: str
    cues: list[tuple[str, Span]]
    read: list[Said]


def measured(corpus: Path, out: Path) -> list[Sentence]:
    """Read the sentences of the corpus that are looked at. ``corpus`` holds ``corpora``."""
    chosen = list(_chosen(corpus / FILE))
    texts = {f"s{i:05}": text for i, (text, _) in enumerate(chosen)}
    read = statements(texts, out)
    return [Sentence(text, cues, read.get(f"s{i:05}", [])) for i, (text, cues) in enumerate(chosen)]


def _chosen(path: Path) -> Iterator[tuple[str, list[tuple[str, Span]]]]:
    plain = 0
    for match in _SENTENCE.finditer(path.read_text(encoding="utf-8")):
        text, cues = _parsed(match[1])
        if not text.endswith((".", "!", "?")):
            continue
        plain += not cues
        if cues or plain % _EVERY == 1:
            yield text, cues


def _parsed(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    """The plain sentence, and its cues of the two kinds."""
    text, cues, last = "", [], 0
    for cue in _CUE.finditer(marked):
        text += _plain(marked[last : cue.start()])
        start = len(text)
        text += _plain(cue[2])
        if cue[1] in _KINDS:
            cues.append((_KINDS[cue[1]], (start, len(text))))
        last = cue.end()
    return text + _plain(marked[last:]).rstrip(), cues


def _plain(marked: str) -> str:
    return " ".join(re.split(r"\s", unescape(re.sub(r"<[^>]*>", "", marked))))


def hedges(sentences: list[Sentence]) -> list[Hedge]:
    """Every cue with the statement of ours that shares a word with it, if any."""
    return [
        Hedge(
            s.text,
            span,
            kind,
            next((r for r in s.read if word_starts(s.text, r.cue) & word_starts(s.text, [span])), None),
        )
        for s in sentences
        for kind, span in s.cues
    ]


def guesses(sentences: list[Sentence]) -> Iterator[tuple[Sentence, Said, bool]]:
    """Statements that affirm or speculate, less those of mere belief, and whether a cue of a guess is theirs."""
    for sentence in sentences:
        probable, believed = (
            {w for kind, span in sentence.cues if kind == wanted for w in word_starts(sentence.text, [span])}
            for wanted in ("probable", "doxastic")
        )
        for said in sentence.read:
            cue = word_starts(sentence.text, said.cue)
            if said.stance in ("affirms", "speculates") and not cue & believed:
                head = sorted(word_starts(sentence.text, said.content))[:_CLAUSE]
                yield sentence, said, bool(probable & {*cue, *head})


def table(sentences: list[Sentence]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| cue of the corpus | cues | a statement's cue | endorsing | distancing | speculates | no source |"
    yield "|---|---|---|---|---|---|---|"
    found = hedges(sentences)
    for kind in _KINDS.values():
        of_kind = [h for h in found if h.kind == kind]
        read = [h.said for h in of_kind if h.said]
        framing, stance = Counter(r.framing for r in read), Counter(r.stance for r in read)
        nobody = sum(r.standing == "none" for r in read)
        shares = (framing["endorsing"], framing["distancing"], stance["speculates"], nobody)
        yield f"| {kind} | {len(of_kind)} | {len(read)} | " + " | ".join(str(n) for n in shares) + " |"
    yield ""
    cells = Counter((guess, said.stance) for _, said, guess in guesses(sentences))
    right, given = cells[True, "speculates"], cells[True, "speculates"] + cells[False, "speculates"]
    wanted = right + cells[True, "affirms"]
    p, r, f = right / max(given, 1), right / max(wanted, 1), 2 * right / max(given + wanted, 1)
    yield f"Of {sum(cells.values())} that affirm or speculate {wanted} should guess: P {p:.2f}, R {r:.2f}, F1 {f:.2f}"
