"""What the reader's heads make of an article's names: whom a pronoun means, and whether a name is a body's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

import numpy as np

from inquit.extract.links import Who
from inquit.extract.names import Directory
from inquit.extract.who import FORMS, KINDS, Floats, Kind
from inquit.records import Span, Spans

_JOINED = re.compile(r"['’](?:s? )?| ")  # what stands between two mentions of one description
_COUNTING = re.compile(  # the words of "all six" do not tell who they are
    r"(?:\b(?:all|some|many|most|few|several|others?|both|each|none|half|more|any|every|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|an?|the|of|those|these|this|that|another|everyone|someone|anyone|people)\b\s*)+",
    re.IGNORECASE,
)


class Leaning:
    """The heads' answers in the words of one article; without heads there are none."""

    def __init__(self, text: str, known: Directory, who: Who | None) -> None:
        self._text = text
        self._known = known
        self._who = who
        self._spans: list[Span] = [(start, end) for start, end in who.spans.tolist()] if who else []
        self._starts = [n.span[0] for n in known.names]
        self._full = {known.fullest(n.text) for n in known.names}

    def kinds(self) -> dict[str, Kind]:
        """What each name, in its fullest form, is likeliest to be, over all its mentions."""
        found: dict[str, list[Floats]] = defaultdict(list)
        for (_, end), kind in zip(self._spans, self._who.kinds if self._who else (), strict=True):
            if name := self._name(end):
                found[name].append(kind)
        return {name: KINDS[int(np.mean(chances, 0).argmax())] for name, chances in found.items()}

    def meant(self, at: int, barred: Spans = ()) -> dict[str, float]:
        """Whom the mention at ``at`` means, with chances: names in full, descriptions; nobody in ``barred``."""
        found: dict[str, float] = {}
        if self._who is None:
            return found
        own = self._who.at((at, at + 1))
        for i, chance in self._who.meant((at, at + 1)).items():
            start, end = self._spans[i]
            if FORMS[self._who.forms[i]] == "pronoun" or i == own or any(a <= start < b for a, b in barred):
                continue
            full = (None if self._begins_more(i) else self._name(end)) or self._described(i)
            if not _COUNTING.fullmatch(full):
                found[full] = found.get(full, 0.0) + chance
        return found

    def is_name(self, full: str) -> bool:
        """Whether an answer is a name, not a description."""
        return full in self._full

    def _name(self, end: int) -> str | None:
        """The fullest form of the name that ends where a mention does."""
        i = bisect_left(self._starts, end) - 1
        name = self._known.names[i] if i >= 0 else None
        return self._known.fullest(name.text) if name and name.span[1] >= end else None

    def _begins_more(self, i: int) -> bool:
        """Whether a mention is only the beginning of a description: "the Republican" of "the Republican nominee"."""
        start, end = self._spans[i]
        more = i + 1 < len(self._spans) and self._text[end : self._spans[i + 1][0]] == " "
        return more and self._text[start : start + 4].lower() == "the "

    def _described(self, i: int) -> str:
        """A description with its owner, and all the nouns of it: "the mayor's brother", "company officials"."""
        first = last = i
        while first and _JOINED.fullmatch(self._text, self._spans[first - 1][1], self._spans[first][0]):
            first -= 1
        while last + 1 < len(self._spans) and self._text[self._spans[last][1] : self._spans[last + 1][0]] == " ":
            last += 1
        return self._text[self._spans[first][0] : self._spans[last][1]]
