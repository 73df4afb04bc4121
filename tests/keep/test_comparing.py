"""What a ruling on claims makes due: units of statements that it changes and no others, however large the claim."""

from __future__ import annotations

import msgspec
import pytest

from inquit import pipeline
from inquit.export import records
from inquit.keep import Draft, Ledger
from inquit.records import Claim, Ruling

WHO = "Ana Duarte"


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "news.db") as kept:
        list(pipeline.add(kept, ["examples"]))
        pipeline.link(kept)
        yield kept


def due(kept):
    return len(kept._store.rows("SELECT article FROM due_saying"))


def shown(kept):
    found = [msgspec.structs.replace(r, id="") if isinstance(r, Claim) else r for r in records(kept)]
    return sorted(msgspec.json.encode(r) for r in found if not isinstance(r, Ruling))


def largest(kept):
    return max(kept.claims(), key=lambda claim: len(claim.occurrences))


def test_of_a_large_claim_no_article_is_prepared_anew_for_one_statement_that_leaves_it_or_comes_back(ledger):
    claim, before = largest(ledger), shown(ledger)
    words = {o.statement: ledger.statement(o.statement) for o in claim.occurrences}
    one = next(o.statement for o in claim.occurrences if words[o.statement].attribution is None)
    ruling = ledger.rule(Draft(about=one, says="not-same-claim", value=claim.id, who=WHO))
    assert due(ledger) <= 1
    pipeline.link(ledger)
    assert one not in {o.statement for o in ledger.claim(claim.id).occurrences}
    ledger.withdraw(ruling.id, who=WHO)
    assert due(ledger) <= 1
    pipeline.link(ledger)
    assert shown(ledger) == before


@pytest.mark.parametrize("first", [0, 1])
def test_a_statement_that_says_too_little_is_compared_while_any_ruling_compares_it(ledger, first):
    before = shown(ledger)
    compared = set(ledger._store.rows("SELECT statement.id FROM saying JOIN statement ON number = statement"))
    short = [s.id for r in ledger.readings() for s in r.statements if (s.id,) not in compared][:3]
    rulings = []
    for other in short[1:]:
        rulings.append(ledger.rule(Draft(about=short[0], says="same-claim", value=other, who=WHO)))
        pipeline.link(ledger)
    ledger.withdraw(rulings.pop(first).id, who=WHO)
    pipeline.link(ledger)
    assert any(short[0] in {o.statement for o in claim.occurrences} for claim in ledger.claims())
    ledger.withdraw(rulings.pop().id, who=WHO)
    pipeline.link(ledger)
    assert shown(ledger) == before


def test_what_was_ruled_otherwise_too_is_looked_at_again(ledger):
    """A statement that said enough before its words were corrected, and says too little since."""
    before, claim = shown(ledger), largest(ledger)
    one, other = claim.occurrences[0].statement, claim.occurrences[-1].statement
    pair = ledger.rule(Draft(about=one, says="same-claim", value=other, who=WHO))
    start, _ = ledger.statement(one).content[0]
    text = ledger.article(claim.occurrences[0].article).text
    word = text[start:].split()[0]
    span = ledger.rule(Draft(about=one, says="wrong-span", value=f'{{"content": ["{word}"]}}', who=WHO))
    pipeline.link(ledger)
    ledger.withdraw(pair.id, who=WHO)
    pipeline.link(ledger)
    assert not any(one in {o.statement for o in claim.occurrences} for claim in ledger.claims())
    assert ledger.verify() == []
    ledger.withdraw(span.id, who=WHO)
    pipeline.link(ledger)
    assert shown(ledger) == before
