"""The invented chains of tests/chains, linked with their statements as they are marked: every task reaches its goal.

``python -m bench.chains`` prints the figures, those with the reader's own statements too.
"""

from __future__ import annotations

import pytest

from bench.chain_files import Chain, load
from bench.chains import GOALS, Tally, run

CHAINS = load()


@pytest.fixture(scope="module")
def tally() -> Tally:
    return run(CHAINS, by_reader=False)


@pytest.mark.parametrize("task", GOALS)
def test_a_task_reaches_its_goal_over_all_chains(tally: Tally, task: str):
    value, count = tally.figures()[task]
    assert count > 5
    assert value >= GOALS[task], "\n".join(note for note in tally.notes if note.startswith(task))


@pytest.mark.parametrize("task", ["corrections", "circular", "cut"])
def test_corrections_circles_and_cuts_are_all_found_and_no_others(tally: Tally, task: str):
    assert tally.figures()[task][0] == 1.0, tally.notes


@pytest.mark.parametrize("chain", CHAINS, ids=lambda c: c.name)
def test_a_chain_names_articles_and_statements_that_it_has(chain: Chain):
    keys = {told.key for told in chain.article}
    assert len(keys) == len(chain.article) > 1
    assert {key for taken in chain.copies for key in (taken.from_, taken.to)} <= keys
    for claim in chain.claim:
        named = {*claim.denied_by, *claim.corrected_by, *claim.circular}
        named |= {key for loss in claim.laundering for key in (loss.from_, loss.to)}
        assert named <= claim.occurrences.keys()
        assert {name.partition(".")[0] for name in claim.occurrences} <= keys
