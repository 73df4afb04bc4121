"""Forgetting an article: its words leave the file."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from inquit.errors import WorkError
from inquit.keep import reading
from inquit.keep.rows import said
from inquit.keep.store import Store
from inquit.keep.stored import packed, stored, words
from inquit.keep.units import forget_marks, forget_units
from inquit.records import Claim, Occurrence

# An index of words keeps, for finding its pages, the beginnings of some words. Deleting leaves those there; an index in
# which one is the beginning of no word any more is made anew.
_STALE_ARTICLE_WORDS = """
SELECT 1 FROM article_words_idx AS page WHERE length(page.term) > 1 AND NOT EXISTS (
  SELECT 1 FROM article_terms AS word WHERE word.term
  BETWEEN CAST(substr(page.term, 2) AS TEXT) AND CAST(substr(page.term, 2) AS TEXT) || char(1114111)) LIMIT 1
"""
_STALE_STATEMENT_WORDS = """
SELECT 1 FROM statement_words_idx AS page WHERE length(page.term) > 1 AND NOT EXISTS (
  SELECT 1 FROM statement_terms AS word WHERE word.term
  BETWEEN CAST(substr(page.term, 2) AS TEXT) AND CAST(substr(page.term, 2) AS TEXT) || char(1114111)) LIMIT 1
"""
# Old words that ``renaming`` has left in the index, which is not told to take them out at once since.
_LEFT = "SELECT 1 FROM statement_words_config WHERE k = 'secure-delete' AND v = 0"
_STATEMENT_WORDS_ANEW = "INSERT INTO statement_words (statement_words) VALUES ('rebuild')"
_INDEXES = (
    (_LEFT, _STATEMENT_WORDS_ANEW),
    (_LEFT, "INSERT INTO statement_words (statement_words, rank) VALUES ('secure-delete', 1)"),
    (_STALE_STATEMENT_WORDS, _STATEMENT_WORDS_ANEW),
    (_STALE_ARTICLE_WORDS, "INSERT INTO article_words (article_words) VALUES ('rebuild')"),
)


def forget(store: Store, article_id: str) -> bool:
    """Remove an article with all that hangs on it; False when it is not held. Its words are in no file afterwards.

    A claim that keeps two occurrences stays, without what was known from the article alone, until links are made
    again. Raises WorkError, with the article forgotten, when another program that reads keeps the words in the log.
    """
    row = store.row("SELECT number FROM article WHERE id = ?", stored(article_id))
    if row is not None:
        with store.transaction():
            _unlink(store, row[0])
            store.rows("DELETE FROM article WHERE number = ?", row[0])
            store.rows("UPDATE state SET revision = revision + 1")
            for stale, rebuild in _INDEXES:
                if store.row(stale):
                    store.rows(rebuild)
    busy = store.row("PRAGMA wal_checkpoint(TRUNCATE)")
    if busy and busy[0]:
        raise WorkError(
            f"{article_id} is forgotten, but another program reads {store.path} and so its words are still in the "
            "file beside it that ends in -wal: they go when that program is done and you forget the article again"
        )
    return row is not None


def retire(store: Store, number: int) -> None:
    """Within a transaction: links are made as if the article had been forgotten; the article itself stays."""
    _unlink(store, number)
    for sql in (
        "DELETE FROM occurrence WHERE statement IN (SELECT number FROM statement WHERE article = ?1)",
        "DELETE FROM saying WHERE statement IN (SELECT number FROM statement WHERE article = ?1)",
        "DELETE FROM copy WHERE from_article = ?1 OR to_article = ?1",
        "DELETE FROM alike WHERE article = ?1 OR other = ?1",
        "DELETE FROM signed WHERE article = ?1",
        "DELETE FROM due_article WHERE article = ?1",
        "DELETE FROM prepared WHERE article = ?1",
    ):
        store.rows(sql, number)


def _unlink(store: Store, number: int) -> None:
    rows = store.rows("SELECT id FROM statement WHERE article = ?", number)
    trim_claims(store, [words(ident) for (ident,) in rows])
    forget_units(store, number)
    forget_marks(store, number)


def trim_claims(store: Store, gone: Collection[str]) -> None:
    """Within a transaction, before statements go: their claims are told as those that are left tell them."""
    sql = (
        "SELECT claim.number, claim.id FROM claim JOIN occurrence ON occurrence.claim = claim.number"
        " JOIN statement ON statement.number = occurrence.statement WHERE statement.id = ?"
    )
    touched = {row for ident in gone for row in store.rows(sql, stored(ident))}
    for claim_number, ident in sorted(touched):
        claim = reading.claim(store, ident)
        left = tuple(o for o in claim.occurrences if o.statement not in gone) if claim else ()
        if claim is None or len(left) < 2:
            store.rows("DELETE FROM claim WHERE number = ?", claim_number)
            continue
        body = packed(_trimmed(store, claim, left))
        store.rows("UPDATE claim SET body = ? WHERE number = ?", body, claim_number)
        # It is told anew when links are made, also where all that went has come back by then.
        store.rows(
            "INSERT INTO due_unit SELECT unit, 'said', NULL FROM occurrence JOIN saying USING (statement)"
            " WHERE claim = ? ON CONFLICT (unit) DO NOTHING",
            claim_number,
        )
        # A later run finds the claim again by a statement that is still there.
        for statement in {o.statement for o in claim.occurrences} - {o.statement for o in left}:
            store.rows(
                "UPDATE claim_id SET minted_from = ? WHERE id = ? AND minted_from = ?",
                left[0].statement,
                ident,
                statement,
            )


def _trimmed(store: Store, claim: Claim, left: tuple[Occurrence, ...]) -> Claim:
    """The claim as the occurrences that are left tell it, in their words."""
    held = {o.statement for o in left}
    first, article = reading.statement(store, left[0].statement), reading.article(store, left[0].article)
    who = [reading.statement(store, o.statement) for o in left]
    named = {s.attribution.entity for s in who if s and s.attribution} | {
        a.outlet for o in left if (a := reading.article(store, o.article))
    }
    origins = tuple(origin for origin in claim.origins if origin.entity in named)
    return msgspec.structs.replace(
        claim,
        text=said(article.text, first) if first and article else "",
        occurrences=(),
        origins=origins,
        independent_sources=min(claim.independent_sources, len(origins)),
        denied_by=tuple(ident for ident in claim.denied_by if ident in held),
        laundering=tuple(step for step in claim.laundering if step.from_ in held and step.to in held),
        corrected_by=tuple(ident for ident in claim.corrected_by if ident in held),
        circular=tuple(ident for ident in claim.circular if ident in held),
        draws=tuple(draw for draw in claim.draws if draw.from_ in held and draw.to in held),
        reasons=(),
    )
