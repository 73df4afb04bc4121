"""What remains: sentences that assert something checkable and that nobody is made to say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sentencex import segment

from inquit.extract.decode import Draft
from inquit.extract.headings import is_heading
from inquit.records import Span
from inquit.text import WORD, merged, trimmed

_FURNITURE = re.compile(
    r"(?:leave a (?:reply|comment)|read (?:more|also|next)|(?:sign|log) (?:up|in)|subscribe|share this|follow us|"
    r"advertisement|related(?: articles| stories)?:|photo(?:graph)?s?\b|image\b|picture\b|file photo|getty|credit:|"
    r"click here|copyright|all rights reserved|©|reporting by|editing by|additional reporting|this (?:story|article) "
    r"(?:was|has been)|correction|e-?mail|contact us|by [A-Z])",
    re.IGNORECASE,
)
# calls to whoever reads, wherever in the sentence they stand
_CALL = re.compile(
    r"\S@\w+\.\w|\b(?:get in touch|stay (?:informed|tuned|up to date)|share your (?:thoughts|views|story)|let us know|"
    r"follow live|for more (?:stories|news|information)|(?:email|contact|join|follow|emailing|contacting) (?:us|our)|"
    r"you can (?:submit|sign up|subscribe|follow|read|watch)|in the comments(?: section)?(?: below)?|"
    r"our (?:newsletter|news (?:page|team)|website|app|podcast|channel|community guidelines))\b",
    re.IGNORECASE,
)
# "Think twice before you spend it": nobody commands in news but whoever speaks to its readers
_COMMAND = re.compile(
    r"(?:Think|Make sure|Remember|Don[’']t|Do not|Never|Always|Keep|Try|Check|Look|Avoid|Find out) .*\byour?\b"
)
_CREDITED = re.compile(
    r"(?:AP[’']s Role|Today[’']s news|Read|Watch|Listen|More|Related|Source|Credit|Explainer)(?: \w+)?: "
)
_HEAD = re.compile(
    r"(?P<clause>[^“”\"]+?)(?:,? (?:after|because|although|though|while|when|before|since|even though)|"
    r"[,;] (?:and|but|as|yet)) "
)
_TAIL = re.compile(r"[”\"’]?(?:,? (?:but|although|though|while|even though)|, and) (?P<clause>[^“”\"]+?)\.")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|\w{2,}ed|fell|rose|won|lost|left|took|began|found|"
    r"went|came|made|held|met|saw|shot|hit|cut|set|gave|got|grew|kept|led|paid|put|ran|sold|sent|spent|stood|told|wrote)\b"
)
# a clause that hangs on another, one without a subject, a list
_PART = re.compile(
    r"(?:As|That|When|While|If|Because|Although|Though|After|Before|Since|Unless|Despite|Whether|How|What|Why|Where|With|"
    r"In)\b|(?:is|are|was|were|has|have|had|will|would|can|could|did|does|during|in|at|on|not|its?|that)\b"
    r"(?! (?:is|was|has|had)\b)|[^,]+, [^,]+, [^,]{1,20}$"
)
_SPACE = re.compile(r"[^\S\n]")
_ENDS = re.compile(r"[.!…][\"”’')\]]*$")
_FEW = 4  # words; fewer assert nothing by themselves


def own_voice(text: str, title: str | None, drafts: Sequence[Draft]) -> list[Span]:
    """Spans of the outlet's own assertions in order: sentences, and the clauses beside an attribution in one."""
    taken = merged(s for d in drafts for s in (*d.source, *d.cue, *d.content))
    starts = [start for start, _ in taken]
    found = []
    for start, end in sentences(text):
        if title is not None and text[start:end].rstrip(".") in title:
            continue
        if not checkable(text[start:end]):
            continue
        last = bisect_left(starts, end) - 1
        if last < 0 or taken[last][1] <= start:
            found.append((start, end))
            continue
        first = next(i for i in range(bisect_left(starts, start + 1) - 1, last + 1) if i >= 0 and taken[i][1] > start)
        found += _beside(text, (start, taken[first][0]), (taken[last][1], end))
    return found


def _beside(text: str, head: Span, tail: Span) -> Iterator[Span]:
    """The clauses that stand whole before and after what a sentence attributes, less what joins them to it."""
    before, after = _HEAD.fullmatch(text, *head), _TAIL.fullmatch(text, *tail)
    for met in (before, after):
        clause = met["clause"] if met else ""
        if met and len(WORD.findall(clause)) > _FEW and _VERB.search(clause) and not _PART.match(clause):
            yield met.span("clause")


@lru_cache(maxsize=2)  # several stages of one article ask for them
def sentences(text: str) -> tuple[Span, ...]:
    """Trimmed sentences of every line, in order; they cover all words."""
    found: list[Span] = []
    line = 0
    # The segmenter breaks off at white space of more than one byte; one space is as long in code points.
    for words in _SPACE.sub(" ", text).split("\n"):
        at = line
        for sentence in segment("en", words) if words.strip() else ():
            begin = line + words.find(sentence, at - line)
            if begin < line:
                continue
            at = begin + len(sentence)
            start, end = trimmed(text, begin, at)
            if start < end:
                found.append((start, end))
        line += len(words) + 1
    return tuple(found)


def checkable(sentence: str) -> bool:
    """Whether a sentence asserts something: no question, heading, caption, credit or invitation."""
    if not _ENDS.search(sentence) or _FURNITURE.match(sentence) or _CREDITED.match(sentence):
        return False
    if _CALL.search(sentence) or _COMMAND.match(sentence):
        return False
    return len(WORD.findall(sentence)) >= _FEW and not is_heading(sentence)
