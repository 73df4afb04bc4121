"""Whom a pronoun or a definite description means: chances over the mentions before it and over none of them.

Features of a pair: how far apart in mentions, sentences, paragraphs; whether both are quoted; for each class of
anaphor the form, kind, sex, number of what may be meant, whether it is the first of its sentence, owned by, governed,
near a cue, named often; words shared; how many of its kind stand in between. Beside them the product of two views of
the encoder's states. One hidden layer scores a pair (``Heads.first``, ``second``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from inquit.extract.features import Pieces
from inquit.extract.names import ABBREVIATED
from inquit.extract.quotes import OUTSIDE
from inquit.extract.sexes import callings, first_names
from inquit.extract.who import FORMS, KINDS, Floats, Gathering, Heads, Ints, Mentions, softmax
from inquit.records import Span

K = 48  # mentions before an anaphor that it can mean
KEPT = 6  # of them, the likeliest
TOGETHER = 128  # anaphors that are scored at once
CUE_NEAR = 8  # pieces
_LEAST = 0.02  # chance below which an antecedent is not followed

_CLASSES = ("he him his himself", "she her hers herself", "it its itself", "they them their theirs themselves")
CLASS_OF = {word: i for i, words in enumerate(_CLASSES) for word in words.split()}
ONE_DEFINED, MANY_DEFINED = len(_CLASSES), len(_CLASSES) + 1
CLASSES = len(_CLASSES) + 2
_SPEAKERS = frozenset(
    ["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours", "yourself"]
)
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both"])
_INDEFINITE = frozenset(
    ["a", "an", "some", "another", "any", "several", "many", "few", "one", "two", "three", "four", "five"]
)
_PREPOSITIONS = frozenset(
    [
        "to",
        "with",
        "by",
        "of",
        "for",
        "from",
        "at",
        "in",
        "on",
        "into",
        "across",
        "near",
        "against",
        "about",
        "than",
        "between",
        "and",
    ]
)
_MANY = frozenset(["people", "men", "women", "children", "police", "officials", "members", "residents"])
_BREAK = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[“\"‘(]*[A-Z])|\n+")
_LAST_WORD = re.compile(r"(\w+)\W*$")
_STEPS = np.array([1, 2, 3, 4, 6, 9, 14, 22, 34])
_SENTENCES = np.array([0, 1, 2, 3, 5, 9])
_LINES = np.array([0, 1, 2, 4])


@dataclass(frozen=True, slots=True)
class Antecedents:
    """For each of ``a`` anaphors the likeliest mentions that it means, with their chances; the rest is "none"."""

    anaphors: Ints  # (a,) indices of mentions, ascending
    meant: Ints  # (a, KEPT) indices of mentions
    chances: Floats  # (a, KEPT), descending


def antecedents(pairs: Pairs, heads: Heads) -> Antecedents:
    """Score the anaphors of a text, some at a time."""
    anaphors = pairs.anaphors
    meant, chances = np.zeros((len(anaphors), KEPT), np.int64), np.zeros((len(anaphors), KEPT), np.float32)
    for start in range(0, len(anaphors), TOGETHER):
        some = slice(start, start + TOGETHER)
        earlier, open_ = pairs.candidates(anaphors[some])
        found = softmax(scores(pairs, heads, anaphors[some], earlier, open_))[:, :-1]
        best = np.argsort(-found, 1, kind="stable")[:, :KEPT]
        meant[some] = np.take_along_axis(earlier, best, 1)
        chances[some] = np.take_along_axis(found, best, 1)
    return Antecedents(anaphors, meant, chances)


def scores(pairs: Pairs, heads: Heads, anaphors: Ints, earlier: Ints, open_: npt.NDArray[np.bool_]) -> Floats:
    """Log odds of each of the mentions ``earlier`` ``(a, K)`` and, last, of none: ``(a, K + 1)``."""
    m = pairs.mentions
    product = m.later[anaphors][:, None] * m.earlier[earlier]
    x = np.concatenate([pairs.features(anaphors, earlier), product], 2)
    scored = np.maximum(x @ heads.first + heads.first_bias, 0) @ heads.second
    classes = np.eye(CLASSES, dtype=np.float32)[pairs.classes[anaphors]]
    none = np.concatenate([m.later[anaphors], classes], 1) @ heads.none
    found: Floats = np.concatenate([np.where(open_, scored, -1e9), none[:, None]], 1) * heads.warmth
    return found


class Pairs:
    """The mentions of one text and what can be said of two of them. ``cue_chance`` as in ``Reading``."""

    def __init__(self, text: str, cut: Pieces, mentions: Mentions, cue_chance: Floats, heads: Heads) -> None:
        self.mentions = mentions
        self._text = text
        self._words = [text[a:b].lower().replace("’", "'") for a, b in mentions.spans.tolist()]
        self._quoted = cut.quote[mentions.last] != OUTSIDE
        self._line = np.cumsum(cut.breaks)[mentions.last]
        self._meaning = heads.meaning(cut.ids[mentions.last])
        near = cue_chance > 0.3
        counts = np.concatenate([[0], np.cumsum(near)])
        low, high = np.maximum(mentions.first - CUE_NEAR, 0), np.minimum(mentions.last + CUE_NEAR + 1, len(cut))
        self._near_cue = (counts[high] - counts[low]) > 0
        self.classes = np.array([self._class(i) for i in range(len(mentions))], np.int64)
        self.anaphors = np.flatnonzero(self.classes >= 0)

    def _class(self, i: int) -> int:
        form, words = FORMS[self.mentions.forms[i]], self._words[i].split()
        if form == "pronoun" or len(words) == 1:
            return CLASS_OF.get(words[0] if words else "", -1)
        if form == "nominal" and words[0] in _DEFINITE:
            return MANY_DEFINED if _plural(words[-1]) else ONE_DEFINED
        return -1

    def candidates(self, anaphors: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """The mentions before each of some anaphors, the nearest first, and whether each can be meant: ``(a, K)``."""
        earlier = anaphors[:, None] - 1 - np.arange(K)
        return np.maximum(earlier, 0), (earlier >= 0) & self._third[np.maximum(earlier, 0)]

    @cached_property
    def _third(self) -> npt.NDArray[np.bool_]:
        return np.array([w not in _SPEAKERS for w in self._words], np.bool_)

    @cached_property
    def _sentence(self) -> Ints:
        found = _BREAK.finditer(self._text)
        breaks = [m.end() for m in found if not ABBREVIATED.search(self._text, max(0, m.start() - 8), m.start())]
        return np.array([bisect_right(breaks, int(at)) for at in self.mentions.spans[:, 0]], np.int64)

    @cached_property
    def _head(self) -> Ints:
        """A number for the last word of each mention."""
        numbers: dict[str, int] = {}
        found = (_LAST_WORD.search(words) for words in self._words)
        return np.array([numbers.setdefault(m[1] if m else "", len(numbers)) for m in found], np.int64)

    @cached_property
    def _sex(self) -> Ints:
        """Above 0 "she", below "he": by titles, callings, first names of all mentions with the same last word."""
        signs, named = callings(), first_names()
        weights: Counter[int] = Counter()
        for head, words, form in zip(self._head.tolist(), self._words, self.mentions.forms.tolist(), strict=True):
            own = [w.strip(".") for w in words.split()]
            weights[head] += next((signs[w] for w in own if w in signs), 0.0)  # type: ignore[assignment]
            if FORMS[form] == "name":
                weights[head] += next((named[w] for w in own if w in named), 0.0)  # type: ignore[assignment]
        return np.sign([weights[h] for h in self._head.tolist()]).astype(np.int64)

    @cached_property
    def _own(self) -> Floats:
        """What may be meant, by itself: ``(m, OWN)``."""
        m = self.mentions
        opening = np.array([(w.split() or [""])[0] for w in self._words])
        sex = self._sex
        often = np.bincount(self._head, minlength=1)[self._head] if len(m) else np.zeros(0)
        columns = [
            *np.eye(len(FORMS))[m.forms].T,
            *m.kinds.T,
            sex > 0,
            sex < 0,
            [_plural(w) for w in self._words],
            np.isin(opening, list(_INDEFINITE)),
            np.isin(opening, list(_DEFINITE)),
            np.diff(self._sentence, prepend=-1) > 0,
            self._near_cue,
            self._quoted,
            [self._text.startswith(("'s", "’s", "' ", "’ "), end) for end in m.spans[:, 1].tolist()],
            [self._governed(start) for start in m.spans[:, 0].tolist()],
            np.minimum(np.log1p(often), 3) / 2,
        ]
        found: Floats = np.stack([np.asarray(c, np.float32) for c in columns], 1).reshape(len(m), OWN)
        return found

    def _governed(self, start: int) -> bool:
        before = self._text[max(0, start - 12) : start].split()
        return bool(before) and before[-1].lower() in _PREPOSITIONS

    def features(self, later: Ints, earlier: Ints) -> Floats:
        """Of each anaphor ``(a,)`` with each of its candidates ``(a, K)``: ``(a, K, FEATURES)``."""
        i = later[:, None]
        own = self._own[earlier]
        same_head = self._head[earlier] == self._head[i]
        classes = np.eye(CLASSES, dtype=np.float32)[self.classes[later]]
        crossed = classes[:, None, :, None] * np.concatenate([own, same_head[..., None]], 2)[:, :, None, :]
        sentences = self._sentence[i] - self._sentence[earlier]
        quoted = self._quoted[i] * 2 + self._quoted[earlier]
        parts: list[npt.NDArray[np.float32]] = [
            crossed.reshape(*earlier.shape, -1),
            _bucket(i - earlier, _STEPS),
            _bucket(sentences, _SENTENCES),
            _bucket(self._line[i] - self._line[earlier], _LINES),
            np.eye(4, dtype=np.float32)[quoted.astype(np.int64)],
            *(c[..., None].astype(np.float32) for c in self._together(i, earlier)),
        ]
        return np.concatenate(parts, 2)

    def _together(self, i: Ints, earlier: Ints) -> Iterator[npt.NDArray[np.float32]]:
        """What only both show: cues near, words shared, meanings alike, how many of a kind stand between."""
        yield self._near_cue[i] & self._near_cue[earlier]
        rows = zip(i[:, 0].tolist(), earlier.tolist(), strict=True)
        lasts = [w.split()[-1] if w.split() else "" for w in self._words]
        yield np.array([[lasts[a] in self._words[b].split() for b in those] for a, those in rows])
        meaning = self._meaning / (np.linalg.norm(self._meaning, axis=1, keepdims=True) + 1e-6)
        yield (meaning[i] * meaning[earlier]).sum(-1)
        kind = self.mentions.kinds.argmax(1)[earlier]
        between = np.stack([np.cumsum(kind == k, 1) for k in range(len(KINDS))], -1)
        nth = np.take_along_axis(between, kind[..., None], 2)[..., 0]
        yield np.minimum(nth, 8) / 8
        yield nth == 1


OWN = len(FORMS) + len(KINDS) + 11
FEATURES = CLASSES * (OWN + 1) + len(_STEPS) + len(_SENTENCES) + len(_LINES) + 4 + 5


def _bucket(values: Ints, edges: Ints) -> Floats:
    """One column for each stretch between the edges."""
    place = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 1)
    columns: Floats = np.eye(len(edges), dtype=np.float32)[place]
    return columns


def _plural(words: str) -> bool:
    last = words.rsplit(maxsplit=1)[-1] if words.split() else ""
    return (last.endswith("s") and not last.endswith(("ss", "us", "is", "'s"))) or last in _MANY


@dataclass(frozen=True, slots=True)
class Who:
    """What the heads say of a text: its ``m`` mentions in order, and whom its anaphors mean."""

    spans: Ints  # (m, 2) code points
    kinds: Floats  # (m, len(KINDS)) chances
    forms: Ints  # (m,) of FORMS
    antecedents: Antecedents
    _known: dict[int, dict[int, float]] = field(default_factory=dict, repr=False)

    def at(self, span: Span) -> int | None:
        """The first mention that shares a word with a span."""
        i = int(np.searchsorted(self.spans[:, 1], span[0], side="right"))
        return i if i < len(self.spans) and self.spans[i, 0] < span[1] else None

    def meant(self, span: Span) -> dict[int, float]:
        """Chances of the mentions that the one at ``span`` means, itself among them where it is none of the earlier.

        An anaphor among them means in its turn what it means, so that only names and first descriptions are left.
        """
        i = self.at(span)
        return self._settled(i) if i is not None else {}

    def _settled(self, i: int) -> dict[int, float]:
        todo, a, known = [i], self.antecedents, self._known
        while todo:
            row = int(np.searchsorted(a.anaphors, todo[-1]))
            if row == len(a.anaphors) or a.anaphors[row] != todo[-1]:
                known[todo.pop()] = {}
                continue
            links = [(int(j), float(p)) for j, p in zip(a.meant[row], a.chances[row], strict=True) if p > _LEAST]
            missing = [j for j, _ in links if j not in known]
            if missing:
                todo += missing
                continue
            here: dict[int, float] = {}
            for j, p in links:
                for k, q in (known[j] or {j: 1.0}).items():
                    here[k] = here.get(k, 0.0) + p * q
            here[todo[-1]] = 1 - sum(here.values())
            known[todo.pop()] = {k: p for k, p in here.items() if p > _LEAST}
        return known[i]


def who(text: str, cut: Pieces, gathering: Gathering, cue_chance: Floats) -> Who:
    """Whom the mentions of a text mean, when all its windows are gathered."""
    mentions, heads = gathering.mentions(cut), gathering.heads
    found = antecedents(Pairs(text, cut, mentions, cue_chance, heads), heads)
    return Who(mentions.spans, mentions.kinds, mentions.forms, found)
