"""Links are replaced as a whole, and claims keep their ids."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_sample import claim, links, reading

from inquit import ids
from inquit.errors import UsageError, WorkError
from inquit.keep import Ledger
from inquit.keep.claim_ids import ClaimId, settle
from inquit.records import Claim, Copy, Statement

KEPT = [reading(number) for number in range(8)]
INNER = [found.statements[2] for found in KEPT]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(KEPT)
        yield ledger


def of(*numbers: int) -> Claim:
    """The claim of those occurrences, in that order."""
    return claim("it is safe", *(INNER[number] for number in numbers))


def minted(number: int) -> str:
    return ids.claim_id(INNER[number].id)


def stored(ledger: Ledger) -> dict[str, list[int]]:
    numbers = {s.id: number for number, s in enumerate(INNER)}
    return {c.id: [numbers[o.statement] for o in c.occurrences] for c in ledger.claims()}


def test_links_come_back_as_they_were_kept(ledger: Ledger) -> None:
    ledger.keep([reading(number) for number in range(8, 40)])
    copies, claims = links(ledger.readings())
    ledger.keep_links(copies, claims)
    assert sorted(ledger.claims(), key=lambda c: c.id) == sorted(claims, key=lambda c: c.id)
    assert sorted(ledger.copies(), key=repr) == sorted(copies, key=repr)
    assert (ledger.counts().copies, ledger.counts().claims) == (len(copies), len(claims))
    assert ledger.claim(claims[0].id) == claims[0]
    assert ledger.verify() == []


def test_links_are_due_after_keeping_and_forgetting_until_they_are_stored(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        assert not ledger.links_due()
        ledger.keep(KEPT[0])
        assert ledger.links_due()
    with Ledger.open(tmp_path / "l", write=True) as ledger:
        assert ledger.links_due()
        ledger.keep_links([], [])
        assert not ledger.links_due()
        ledger.keep(KEPT[0])
        assert not ledger.links_due()
        ledger.forget(KEPT[0].article.id)
        assert ledger.links_due()


def test_an_article_kept_while_links_were_made_keeps_them_due(ledger: Ledger) -> None:
    revision = ledger.revision()
    ledger.keep(reading(50))
    ledger.keep_links([], [], made_from=revision)
    assert ledger.links_due()
    ledger.keep_links([], [], made_from=ledger.revision())
    assert not ledger.links_due()


def test_a_claim_that_grows_keeps_its_id(ledger: Ledger) -> None:
    ledger.keep_links([], [of(2, 3)])
    ledger.keep_links([], [of(0, 2, 3)])
    assert stored(ledger) == {minted(2): [0, 2, 3]}


def test_claims_that_merge_keep_the_older_id_and_the_other_leads_to_it(ledger: Ledger) -> None:
    ledger.keep_links([], [of(4, 5)])
    ledger.keep_links([], [of(4, 5), of(0, 1)])
    ledger.keep_links([], [of(0, 1, 4, 5)])
    assert stored(ledger) == {minted(4): [0, 1, 4, 5]}
    assert ledger.claim(minted(0)) == ledger.claim(minted(4))
    assert ledger.resolve(minted(0)[:14]) == ledger.resolve(minted(0)) == minted(4)
    assert ledger.verify() == []


def test_an_alias_of_an_alias_leads_to_the_claim(ledger: Ledger) -> None:
    for claims in ([of(0, 1)], [of(0, 1), of(2, 3)], [of(0, 1), of(2, 3), of(4, 5)]):
        ledger.keep_links([], claims)
    ledger.keep_links([], [of(0, 1), of(2, 3, 4, 5)])
    ledger.keep_links([], [of(0, 1, 2, 3, 4, 5)])
    assert {ledger.resolve(minted(n)) for n in (0, 2, 4)} == {minted(0)}
    assert ledger.verify() == []


def test_claims_that_part_again_have_the_ids_they_had(ledger: Ledger) -> None:
    for claims in ([of(0, 1), of(2, 3)], [of(0, 1, 2, 3)], [of(0, 1), of(2, 3)]):
        ledger.keep_links([], claims)
    assert stored(ledger) == {minted(0): [0, 1], minted(2): [2, 3]}
    assert ledger.verify() == []


def test_a_claim_that_was_gone_comes_back_under_its_id(ledger: Ledger) -> None:
    for claims in ([of(2, 3)], [], [of(1, 2)]):
        ledger.keep_links([], claims)
    assert stored(ledger) == {minted(2): [1, 2]}


def test_a_claim_whose_first_statement_is_forgotten_keeps_its_id(ledger: Ledger) -> None:
    ledger.keep_links([], [of(0, 1, 2)])
    ledger.forget(KEPT[0].article.id)
    ledger.keep_links([], [of(1, 2)])
    assert stored(ledger) == {minted(0): [1, 2]}
    ledger.keep(KEPT[0])
    ledger.keep_links([], [of(0, 3), of(1, 2)])
    assert stored(ledger) == {minted(0): [1, 2], ids.claim_id(minted(0)): [0, 3]}
    ledger.keep_links([], [of(0, 3), of(1, 2)])
    assert len(stored(ledger)) == 2
    assert ledger.verify() == []


CLUSTERS = st.permutations(range(8)).flatmap(
    lambda order: st.lists(st.integers(1, 7), max_size=4).map(
        lambda cuts: [
            order[a:b] for a, b in zip([0, *sorted(set(cuts))], [*sorted(set(cuts)), 8], strict=True) if b - a > 1
        ]
    )
)


def settled(claims: Sequence[Claim], known: dict[str, ClaimId]) -> tuple[list[str], list[ClaimId]]:
    """Ids of claims by those of the known ones that concern them."""
    own = {o.statement for claim in claims for o in claim.occurrences}
    run = 1 + max((ident.run for ident in known.values()), default=0)
    return settle(claims, [i for i in known.values() if i.minted_from in own], run=run, taken=known.__contains__)


@settings(max_examples=150, deadline=None)
@given(st.lists(CLUSTERS, min_size=1, max_size=6), st.integers())
def test_ids_do_not_depend_on_order_and_a_second_time_changes_nothing(runs: list[list[list[int]]], seed: int) -> None:
    known: dict[str, ClaimId] = {}
    for clusters in runs:
        claims = [of(*cluster) for cluster in clusters]
        given_ids, changed = settled(claims, known)
        shuffled: Sequence[Claim] = random.Random(seed).sample(claims, len(claims))
        again, changed_again = settled(shuffled, dict(reversed(known.items())))
        assert dict(zip((c.id for c in claims), given_ids, strict=True)) == dict(
            zip((c.id for c in shuffled), again, strict=True)
        )
        assert sorted(changed) == sorted(changed_again)
        assert len(set(given_ids)) == len(claims)
        known |= {ident.id: ident for ident in changed}
        assert settled(claims, known) == (given_ids, [])
        assert all(known[ident].alias_of is None for ident in given_ids)
        for ident in known:
            steps, at = 0, ident
            while (above := known[at].alias_of) is not None:
                steps, at = steps + 1, above
                assert steps <= len(known)


def test_storing_the_same_links_twice_leaves_the_tables_as_they_are(ledger: Ledger) -> None:
    copies, claims = (
        [Copy(from_=KEPT[0].article.id, to=KEPT[1].article.id, share=1, credit="kept", score=1)],
        [of(2, 3)],
    )
    tables = [f"SELECT * FROM {table}" for table in ("claim", "claim_id", "occurrence", "copy", "state")]  # noqa: S608
    ledger.keep_links(copies, claims)
    before = [ledger._store.rows(table) for table in tables]
    ledger.keep_links(copies, claims)
    assert [ledger._store.rows(table) for table in tables] == before


def test_links_that_name_what_is_not_held_change_nothing(ledger: Ledger) -> None:
    ledger.keep_links([], [of(0, 1)])
    foreign: Statement = msgspec.structs.replace(INNER[2], id="s1:gone")
    bad = Copy(from_="a1:gone", to=KEPT[0].article.id, share=1, credit="kept", score=1)
    with pytest.raises(WorkError, match="run the same command again"):
        ledger.keep_links([], [claim("x", INNER[3], foreign)])
    with pytest.raises(WorkError, match="run the same command again"):
        ledger.keep_links([bad], [])
    assert stored(ledger) == {minted(0): [0, 1]}


def test_a_statement_in_two_claims_is_refused(ledger: Ledger) -> None:
    for claims in ([of(0, 1), of(1, 2)], [of(0, 0)]):
        with pytest.raises(UsageError, match="counted already"):
            ledger.keep_links([], claims)
