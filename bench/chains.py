"""``python -m bench.chains [-v]``: what linking finds in the invented chains of tests/chains, task by task.

Each chain is linked twice: with its statements as they are marked, and with those that the reader finds.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.chain_files import Chain, Told, Wanted, load, reading
from inquit import pipeline
from inquit.link.claims import find_claims
from inquit.link.copies import find_copies
from inquit.link.owners import known_outlets, outlet_key
from inquit.link.sources import name_parts
from inquit.records import Claim, Copy, Reading, Statement

_COVER = 0.5  # part of a marked content that a found one has to cover to be the same statement
GOALS = {
    "direction": 0.9,
    "credit": 0.9,
    "carriage": 0.8,
    "origin": 0.75,
    "independent within one": 0.85,
    "denials": 0.6,
    "laundering": 0.6,
}


@dataclass
class Tally:
    """Right ones of all for each task, and true positives, found and wanted ones where a task has an F1."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def judge(self, task: str, *, right: bool, note: str) -> None:
        """Count one answer; a wrong one leaves a note."""
        self.all[task] += 1
        self.right[task] += right
        if not right:
            self.notes.append(f"{task}: {note}")

    def compare(self, task: str, found: Iterable[object], wanted: Iterable[object], note: str) -> None:
        """Count two sets of answers."""
        mine, theirs = set(found), set(wanted)
        self.met[task] += len(mine & theirs)
        self.found[task] += len(mine)
        self.wanted[task] += len(theirs)
        if mine != theirs:
            self.notes.append(f"{task}: {note}: {_told(mine)} instead of {_told(theirs)}")

    def figures(self) -> dict[str, tuple[float, int]]:
        """Each task's rate or F1, with the number of answers wanted."""
        rates = {task: (self.right[task] / count, count) for task, count in self.all.items()}
        scores = {
            task: (2 * self.met[task] / max(1, self.found[task] + self.wanted[task]), self.wanted[task])
            for task in self.wanted
        }
        return rates | scores


@dataclass
class Linked:
    """What was found in one chain; ``ids`` maps ``key.number`` to the statement that was found for it."""

    keys: dict[str, str]
    ids: dict[str, str | None]
    copies: list[Copy]
    claims: list[Claim]

    def called(self, statement: str) -> str:
        """``key.number`` of a statement; its id where it was not marked."""
        return next((name for name, ident in self.ids.items() if ident == statement), statement)

    def articles(self, copy: Copy) -> tuple[str, str]:
        """Keys of the two articles."""
        return self.keys[copy.from_], self.keys[copy.to]


def linked(chain: Chain, *, by_reader: bool) -> Linked:
    """Link a chain: with its marked statements, or with those that the reader finds."""
    readings: list[Reading] = []
    ids: dict[str, str | None] = {}
    for told in chain.article:
        given, numbers = reading(told)
        found = pipeline.reading(given.article) if by_reader else given
        readings.append(found)
        ids.update(_matched(told, given, numbers, found))
    outlets = known_outlets().with_file(chain.owners.encode(), chain.name)
    copies = find_copies([r.article for r in readings], outlets)
    claims = find_claims(readings, copies, outlets)
    return Linked({r.article.id: str(r.article.external_id) for r in readings}, ids, copies, claims)


def _matched(told: Told, given: Reading, numbers: Mapping[int, str], found: Reading) -> dict[str, str | None]:
    """For each marked statement the one found that covers most of its content, if it covers half."""
    by_id = {s.id: s for s in given.statements}
    return {f"{told.key}.{n}": _best(by_id[ident], found.statements) for n, ident in numbers.items()}


def _best(wanted: Statement, found: Sequence[Statement]) -> str | None:
    want = _places(wanted)
    scored = [(len(want & got) / len(want | got), s.id) for s in found if (got := _places(s)) and _covers(want, got)]
    return max(scored)[1] if scored else None


def _places(statement: Statement) -> set[int]:
    return {place for start, end in statement.content for place in range(start, end)}


def _covers(want: set[int], got: set[int]) -> bool:
    return len(want & got) >= _COVER * len(want)


def score(chain: Chain, out: Linked, tally: Tally) -> None:
    """Compare what was found in one chain with what is to be found."""
    _score_copies(chain, out, tally)
    told = chain.name
    for wanted in chain.claim:
        _score_claim(told, wanted, out, tally)
    for task in ("denied_by", "corrected_by", "circular"):
        want = [s for c in chain.claim for s in getattr(c, task)]
        got = [out.called(s) for c in out.claims for s in getattr(c, task)]
        tally.compare({"denied_by": "denials", "corrected_by": "corrections"}.get(task, task), got, want, told)
    steps = [(out.called(s.to), s.lost) for c in out.claims for s in c.laundering]
    tally.compare("laundering", steps, [(s.to, s.lost) for c in chain.claim for s in c.laundering], told)


def _score_copies(chain: Chain, out: Linked, tally: Tally) -> None:
    found = {out.articles(copy): copy for copy in out.copies}
    for taken in chain.copies:
        pair = (taken.from_, taken.to)
        tally.judge("copies found", right=pair in found or pair[::-1] in found, note=f"{chain.name}: {pair}")
        tally.judge("direction", right=pair in found, note=f"{chain.name}: {pair}")
        copy = found.get(pair)
        credit = copy.credit if copy else None
        tally.judge("credit", right=credit == taken.credit, note=f"{chain.name}: {credit} of {pair}")
        if taken.origin:
            named = copy.origin if copy else None
            tally.judge(
                "credited origin",
                right=outlet_key(named or "") == outlet_key(taken.origin),
                note=f"{chain.name}: {named} of {pair}",
            )
        cut = [(pair, word) for word in ("credit", "denial", "hedge") if copy and _is_cut(copy, word)]
        tally.compare("cut", cut, [(pair, word) for word in taken.cut], chain.name)
    for pair in chain.apart:
        joined = pair in found or pair[::-1] in found
        tally.judge("kept apart", right=not joined, note=f"{chain.name}: {pair}")


def _is_cut(copy: Copy, what: str) -> bool:
    return any(reason.startswith(f"leaves out a {what}") for reason in copy.reasons)


def _score_claim(told: str, wanted: Wanted, out: Linked, tally: Tally) -> None:
    home = {o.statement: (c, o.carriage) for c in out.claims for o in c.occurrences}
    mine = {name: home.get(out.ids[name] or "") for name in wanted.occurrences}
    counted = Counter(c.id for c, _ in filter(None, mine.values()))
    claim = next((c for c in out.claims if counted and c.id == counted.most_common(1)[0][0]), None)
    for name, carriage in wanted.occurrences.items():
        place = mine[name]
        tally.judge("in the claim", right=place is not None and place[0] is claim, note=f"{told}: {name}")
        tally.judge(
            "carriage",
            right=place is not None and place[1] == carriage,
            note=f"{told}: {name} {place and place[1]} instead of {carriage}",
        )
    origins = [o.entity for o in claim.origins] if claim else []
    note = f"{told}: {origins} instead of {list(wanted.origins)}"
    tally.judge("origin", right=any(_same(x, y) for x in origins for y in wanted.origins), note=note)
    every = len(origins) == len(wanted.origins) and all(any(_same(x, y) for x in origins) for y in wanted.origins)
    tally.judge("all origins", right=every, note=note)
    count = claim.independent_sources if claim else None
    either = {wanted.independent, wanted.or_independent} - {None}
    note = f"{told}: {count} instead of {wanted.independent}"
    tally.judge("independent exact", right=count in either, note=note)
    near = count is not None and any(abs(count - n) <= 1 for n in either if n)
    tally.judge("independent within one", right=near, note=note)


def _same(one: str, other: str) -> bool:
    """Whether all the words that tell one name are in the other."""
    mine, theirs = _telling(one), _telling(other)
    return bool(mine and theirs and (mine <= theirs or theirs <= mine))


def _telling(name: str) -> set[str]:
    return set(name_parts(name.title())) | {w for w in name.lower().split() if w not in ("the", "a", "an", "who", "to")}


def _told(answers: set[object]) -> str:
    return ", ".join(sorted(map(str, answers))) or "nothing"


def run(chains: Sequence[Chain], *, by_reader: bool) -> Tally:
    """The tally of all chains."""
    tally = Tally()
    for chain in chains:
        score(chain, linked(chain, by_reader=by_reader), tally)
    return tally


def main() -> None:
    """Print the figures, and with ``-v`` every answer that is wrong."""
    chains = load()
    marked, found = run(chains, by_reader=False), run(chains, by_reader=True)
    sys.stdout.write(f"{len(chains)} chains{'':17}marked  reader  goal   n\n")
    figures = found.figures()
    for task, (value, count) in marked.figures().items():
        goal = f"{GOALS[task]:.2f}" if task in GOALS else ""
        sys.stdout.write(f"{task:26s}{value:6.3f}  {figures[task][0]:6.3f}  {goal:4s}  {count:3d}\n")
    if "-v" in sys.argv:
        for name, tally in (("marked", marked), ("reader", found)):
            sys.stdout.writelines(f"{name}: {note}\n" for note in tally.notes)


if __name__ == "__main__":
    main()
