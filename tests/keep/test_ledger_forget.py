"""What is forgotten is gone: from every table, and from the bytes of the files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from ledger_sample import WORDS, claim, links, made, reading

from inquit.errors import WorkError
from inquit.keep import Ledger, opening
from inquit.records import Copy, Problem, Reading

RARE = "abcdefghijklmnopqrstuvwxyz"


def secret(number: int) -> tuple[Reading, list[bytes]]:
    """A reading with words, and a problem, that no other has; and the beginnings of those words in any form."""
    chance = random.Random(number)
    own = ["q" + "".join(chance.choices(RARE, k=9)) for _ in range(30)]
    filler = chance.choices(WORDS, k=chance.choice((10, 400, 1500)))
    text = " ".join(chance.sample(own + filler, len(own + filler)))
    found = made(
        text,
        [{"content": text}, {"source": own[0], "cue": own[1], "content": own[2]}],
        title=own[3],
        external_id=own[4],
        authors=(own[5],),
    )
    problem = Problem(code="row", message=own[6], article=found.article.id)
    kept = Reading(article=found.article, statements=found.statements, problems=(problem,))
    return kept, [word[:9].encode() for word in own]


def files(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(path.parent.iterdir()))


def test_everything_that_hangs_on_an_article_goes_with_it(tmp_path: Path) -> None:
    kept = [reading(number) for number in range(30)]
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(kept)
        ledger.keep_links(*links(ledger.readings()))
        gone, left = kept[10].article.id, kept[:10] + kept[11:]
        assert ledger.forget(gone) is True
        assert not ledger.holds(gone)
        assert ledger.links_due()
        assert {r.article.id: r for r in ledger.readings()} == {r.article.id: r for r in left}
        assert all(gone not in (c.from_, c.to) for c in ledger.copies())
        assert all(o.article != gone for c in ledger.claims() for o in c.occurrences)
        assert not ledger.search('"berth 10"', limit=5)
        assert ledger.verify() == []
        assert ledger.forget(gone) is False


def test_a_claim_with_fewer_than_two_occurrences_left_goes(tmp_path: Path) -> None:
    kept = [reading(number) for number in (1, 2, 4, 3, 5)]
    inner = [r.statements[2] for r in kept]
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(kept)
        ledger.keep_links([], [claim("words of one", *inner[:2]), claim("words of three", *inner[2:])])
        ledger.forget(kept[0].article.id)
        ledger.forget(kept[2].article.id)
        (left,) = ledger.claims()
        assert [o.statement for o in left.occurrences] == [inner[3].id, inner[4].id]
        assert left.text == "the dam is safe"
        assert left.laundering == ()
        assert ledger.verify() == []


def test_its_words_are_in_no_file_afterwards(tmp_path: Path) -> None:
    path, chance = tmp_path / "l", random.Random(4)
    held: dict[str, list[bytes]] = {}
    gone: list[bytes] = []
    with Ledger.create(path) as ledger:
        for number in range(150):
            found, rare = secret(number)
            ledger.keep(found)
            held[found.article.id] = rare
            if number % 3 == 2:
                ident = chance.choice(sorted(held))
                gone += held.pop(ident)
                ledger.forget(ident)
        found = files(path)
        assert all(word in found for words in held.values() for word in words)
        assert [word for word in gone if word in found] == []
        assert ledger.verify() == []


def test_a_reader_that_keeps_the_words_in_the_log_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    path = tmp_path / "l"
    found, rare = secret(1)
    with Ledger.create(path) as ledger, Ledger.open(path) as reader:
        ledger.keep(found)
        reader._store.rows("BEGIN")
        assert reader.counts().articles == 1
        with pytest.raises(WorkError, match="another program reads"):
            ledger.forget(found.article.id)
        assert not ledger.holds(found.article.id)
        reader._store.rows("COMMIT")
        assert ledger.forget(found.article.id) is False
        assert not any(word in files(path) for word in rare)


def test_copies_of_other_articles_stay(tmp_path: Path) -> None:
    one, two, three = (reading(number).article.id for number in (1, 2, 3))
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.keep(reading(number) for number in (1, 2, 3))
        stays = Copy(from_=two, to=three, share=0.5, credit="dropped", score=0.5)
        ledger.keep_links([stays, Copy(from_=one, to=two, share=0.5, credit="dropped", score=0.5)], [])
        ledger.forget(one)
        assert list(ledger.copies()) == [stays]


def test_its_words_are_not_left_in_the_tree_of_the_index(tmp_path: Path) -> None:
    path = tmp_path / "l"
    # Words of two articles in turn on pages of the index; the first word of a page stands in the tree above it too.
    gone, stays = (made(" ".join(f"zq{number:05}" for number in range(first, 6000, 2))) for first in (0, 1))
    with Ledger.create(path) as ledger:
        ledger.keep([gone, stays])
        ledger._store.rows("INSERT INTO article_words (article_words) VALUES ('optimize')")
        ledger.forget(gone.article.id)
        assert [word for word in gone.article.text.split() if word.encode() in files(path)] == []
        assert len(ledger.search("zq00001 zq05999", limit=5)) == 1
        assert ledger.verify() == []
