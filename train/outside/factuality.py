"""Force on corpora of event factuality, in the form of Jiang and de Marneffe (TACL 2021).

MegaVeridicality (White et al. 2018), the implicatives of Ross and Pavlick (2019) and the CommitmentBank (de Marneffe et
al. 2019) put a verb, with or without a negation, before a clause; people rated from -3 to 3 whether the clause holds.
A finite clause ("that …") after a verb that the lexicon knows is labelled as a statement would be: source what stands
before the verb and its auxiliaries, content the clause. We expect that it *holds* (1.5 or more) where the framing is
endorsing and nothing is denied or asked, that it *fails* (-0.75 or less) where the source denies it, and else that it
stays *open*. A rating is of what a reader believes, ours is of the outlet's words: the two may differ, the order not.

Of the events in news that UW (Lee et al. 2015) and MEANTIME (Minard et al. 2016) rate, we ask in whose content they
stand and with what force: what is said plainly is rated higher than what is guessed, planned or denied.

Nothing of the corpora's development parts is read.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import correlation, mean
from typing import Any, Literal, NamedTuple, TypeAlias

from inquit.extract.force import force
from inquit.extract.lexicon import entries, words_of
from inquit.records import Framing, Span, Stance
from train.outside.reading import Said, statements

Outcome: TypeAlias = Literal["holds", "open", "fails"]

NEWS = {"UW": "UW/train.jsonl", "MEANTIME": "MEANTIME/train.jsonl"}
PARTS = {"MV": "MV2/mv2/train.jsonl", "RP": "RP/rp/train.jsonl", "CB": "CB/CB/train.jsonl"}
OUTCOMES: tuple[Outcome, ...] = ("holds", "open", "fails")
_HOLDS, _FAILS = 1.5, -0.75
_REACH = 3  # words at most between a verb and its clause
_PARTICLE = re.compile(r" (?:out|in|up|on|off)\b")
_GLUED = re.compile(r"[,.;:?!%]|'(?:s|re|ve|ll|d|m)?|n't")
_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z'\"])")
_LEAD = re.compile(
    r"(?:(?:(?:do|does|did|have|has|had|is|are|was|were|will|would|can|could|should|may|might|must|be|been|ca|wo|wouldn"
    r"|never|not|n't|\w+ly) )|'(?:d|ll|ve|s|re) )*$"
)


class Case(NamedTuple):
    """One clause with its verb, what people made of it and what we do."""

    corpus: str
    text: str
    cue: str
    label: float
    stance: Stance
    framing: Framing
    wanted: Outcome
    given: Outcome


def measured(corpus: Path) -> list[Case]:
    """Every finite clause after a known verb. ``corpus`` is the folder with ``MV2``, ``RP`` and ``CB``."""
    return [case for name in PARTS for case in _cases(name, corpus / PARTS[name])]


def _cases(name: str, path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        written = json.loads(line)
        for target in written["targets"]:
            spans = _spans(written["text"], target)
            if spans is not None:
                yield _case(name, written["text"], spans, target["label"])


def _case(name: str, text: str, spans: tuple[Span, Span, Span], label: float) -> Case:
    source, cue, content = spans
    power = force(text, source=(source,) if source[0] < source[1] else (), cue=(cue,), content=(content,), quoted=False)
    wanted: Outcome = "holds" if label >= _HOLDS else "fails" if label <= _FAILS else "open"
    return Case(
        name,
        text,
        text[slice(*cue)],
        label,
        power.stance,
        power.framing,
        wanted,
        _expected(power.stance, power.framing),
    )


def _expected(stance: Stance, framing: Framing) -> Outcome:
    if stance == "denies":
        return "fails"
    return "holds" if framing == "endorsing" else "open"


def _spans(text: str, target: dict[str, Any]) -> tuple[Span, Span, Span] | None:
    """Source, cue and content in code points; None where no finite clause follows a known verb."""
    starts = [0]
    for word in text.split(" "):
        starts.append(starts[-1] + len(word) + 1)
    begin, end = starts[target["span1"][0]], starts[target["span1"][1]] - 1
    sentence = max((m.end() for m in _SENTENCE.finditer(text, 0, begin)), default=0)
    clause = _clause(text, sentence, begin, single=target["span1"][1] - target["span1"][0] == 1)
    if clause is None:
        return None
    verb = _verb(text, sentence, clause)
    if verb is None:
        return None
    lead = _LEAD.search(text, sentence, verb[0])
    first = lead.start() if lead else verb[0]
    stop = next((m.start() for m in _SENTENCE.finditer(text, end)), len(text))
    return (sentence, max(sentence, first - 1)), (first, verb[1]), (clause, len(text[:stop].rstrip(" .?!'\"")))


def _clause(text: str, sentence: int, head: int, *, single: bool) -> int | None:
    """Where the clause begins whose head or first word is at ``head``: at the last "that" before it, if any."""
    that = text.rfind(" that ", sentence, head + 1)
    if that >= 0:
        return that + 1
    return None if single or text.startswith("to ", head) else head


def _verb(text: str, sentence: int, clause: int) -> Span | None:
    """The last verb, adjective or phrase of the lexicon that ends close before the clause."""
    places = [m.span() for m in re.finditer(r"\S+", text[sentence:clause])]
    for i in range(len(places) - 1, max(-1, len(places) - 1 - _REACH), -1):
        start, end = places[i]
        words = text[sentence + start : sentence + end]
        known = [e.cue.kind for e in entries(words_of(words))]
        if any(kind in ("verb", "adjective", "phrase", "noun") for kind in known):
            particle = _PARTICLE.match(text, sentence + end)
            return sentence + start, particle.end() if particle else sentence + end
    return None


def table(cases: list[Case]) -> Iterator[str]:
    """Lines of Markdown: agreement by corpus, then the ratings by what the cue was given."""
    yield "| corpus | clauses | agree | macro F1 | holds P / R | fails P / R | r |"
    yield "|---|---|---|---|---|---|---|"
    for name in (*PARTS, "all"):
        some = [c for c in cases if name in (c.corpus, "all")]
        same = sum(c.given == c.wanted for c in some) / len(some)
        by = {o: _prf(some, o) for o in OUTCOMES}
        holds, fails = (f"{by[o][0]:.2f} / {by[o][1]:.2f}" for o in ("holds", "fails"))
        macro = mean(f for _, _, f in by.values())
        yield f"| {name} | {len(some)} | {same:.2f} | {macro:.2f} | {holds} | {fails} | {_order(some):.2f} |"
    yield ""
    yield "| stance | framing | clauses | mean rating | hold | fail |"
    yield "|---|---|---|---|---|---|"
    groups: dict[tuple[Stance, Framing], list[float]] = defaultdict(list)
    for case in cases:
        groups[case.stance, case.framing].append(case.label)
    for (stance, framing), labels in sorted(groups.items(), key=lambda g: -mean(g[1])):
        hold, fail = (sum(x >= _HOLDS for x in labels), sum(x <= _FAILS for x in labels))
        yield (
            f"| {stance} | {framing} | {len(labels)} | {mean(labels):+.2f}"
            f" | {100 * hold / len(labels):.0f} % | {100 * fail / len(labels):.0f} % |"
        )


class Event(NamedTuple):
    """One event of the news, its rating, and the innermost statement that tells it; None: the outlet itself."""

    corpus: str
    text: str
    word: str
    label: float
    said: Said | None


def told(corpus: Path, out: Path) -> list[Event]:
    """Every rated event. ``corpus`` holds ``UW`` and ``MEANTIME``; ``out`` keeps the sentences and what was read."""
    sentences = {
        f"{name}{i:05}": _written(json.loads(line))
        for name, part in NEWS.items()
        for i, line in enumerate((corpus / part).read_text(encoding="utf-8").splitlines())
    }
    read = statements({ident: text for ident, (text, _) in sentences.items()}, out)
    return [
        Event(ident[:-5], text, text[slice(*span)], label, _innermost(read.get(ident, []), span[0]))
        for ident, (text, events) in sentences.items()
        for span, label in events
    ]


def _written(line: dict[str, Any]) -> tuple[str, list[tuple[Span, float]]]:
    """The sentence as it would be printed, without spaces before its stops, and its events."""
    text, places, opened = "", [], False
    for word in line["text"].split(" "):
        opens = word in ("``", "(", "-LRB-") or (word == '"' and not opened)
        closes = word in ("''", ")", "-RRB-") or (word == '"' and opened)
        opened = (opened or word in ("``", '"')) and not (word in ("''", '"') and opened)
        glued = closes or _GLUED.fullmatch(word) is not None
        text += "" if glued or not text or text.endswith(("(", "“")) else " "
        printed = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", '"': "“" if opens else "”"}.get(word, word)
        places.append((len(text), len(text) + len(printed)))
        text += printed
    return text, [((places[t["span1"][0]][0], places[t["span1"][1] - 1][1]), t["label"]) for t in line["targets"]]


def _innermost(read: list[Said], at: int) -> Said | None:
    holding = [
        (sum(b - a for a, b in s.content), i) for i, s in enumerate(read) if any(a <= at < b for a, b in s.content)
    ]
    return read[min(holding)[1]] if holding else None


def events_table(events: list[Event]) -> Iterator[str]:
    """Lines of Markdown: ratings of events by the stance and framing of what tells them."""
    yield "| told by | events | mean rating | 2.5 and more | below 0.5 |"
    yield "|---|---|---|---|---|"
    groups: dict[str, list[float]] = defaultdict(list)
    for event in events:
        said = event.said
        groups[f"{said.stance}, {said.framing}" if said else "the outlet"].append(event.label)
    for name, labels in sorted(groups.items(), key=lambda g: -mean(g[1])):
        high, low = (
            100 * sum(chosen) / len(labels) for chosen in zip(*((x >= 2.5, x < 0.5) for x in labels), strict=True)
        )
        yield f"| {name} | {len(labels)} | {mean(labels):+.2f} | {high:.0f} % | {low:.0f} % |"


def _prf(cases: list[Case], outcome: Outcome) -> tuple[float, float, float]:
    right = sum(c.given == c.wanted == outcome for c in cases)
    given, wanted = (sum(getattr(c, side) == outcome for c in cases) for side in ("given", "wanted"))
    return right / max(given, 1), right / max(wanted, 1), 2 * right / max(given + wanted, 1)


def _order(cases: list[Case]) -> float:
    """Pearson's r of the ratings with ours: holds 1, open 0, fails -1."""
    return correlation([c.label for c in cases], [1.0 - OUTCOMES.index(c.given) for c in cases])
