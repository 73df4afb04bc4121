"""Whether a ledger is what it should be: the file sound, every id true, every span within its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from inquit import ids
from inquit.errors import WorkError
from inquit.keep import reading
from inquit.keep.claim_ids import ClaimId
from inquit.keep.store import Store
from inquit.keep.stored import words
from inquit.keep.writing import said
from inquit.records import Article, Reading, Span, Statement


def verify(store: Store) -> list[str]:
    """What is wrong, one line a finding; nothing when the ledger is sound.

    Whether the index of words agrees with the texts can be told only of a ledger opened for writing.
    """
    checks: tuple[Callable[[Store], Iterable[str]], ...] = (_file, _keys, _index, _readings, _claims, _aliases, _units)
    findings: list[str] = []
    for check in checks:
        try:
            findings.extend(check(store))
        except WorkError as error:
            findings.append(str(error))
    return list(dict.fromkeys(findings))


def _file(store: Store) -> Iterator[str]:
    for (line,) in store.rows("PRAGMA integrity_check"):
        if line != "ok":
            yield f"file: {line}"


def _keys(store: Store) -> Iterator[str]:
    for table, row, parent, _ in store.rows("PRAGMA foreign_key_check"):
        yield f"table {table}: row {row} names a row of {parent} that is not there"


def _index(store: Store) -> Iterator[str]:
    if not store.write:
        return
    for sql in (
        "INSERT INTO article_words (article_words, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO statement_words (statement_words, rank) VALUES ('integrity-check', 1)",
    ):
        try:
            store.rows(sql)
        except WorkError:
            yield f"{sql.split()[2]}: the index does not agree with the texts"


def _readings(store: Store) -> Iterator[str]:
    for found in reading.readings(store):
        article = found.article
        if article.id != _article_id(article):
            yield f"{article.id}: the id is not that of the article's content"
        for problem in found.problems:
            if problem.span and not _within((problem.span,), article.text):
                yield f"{article.id}: the span of a problem {problem.code} is not within the text"
        yield from _statements(store, found)


def _article_id(article: Article) -> str:
    return ids.article_id(
        external_id=article.external_id,
        outlet=article.outlet,
        published=article.published,
        title=article.title,
        text=article.text,
    )


def _statements(store: Store, found: Reading) -> Iterator[str]:
    text, held = found.article.text, {statement.id for statement in found.statements}
    rows = store.rows(
        "SELECT s.id, s.entity, s.party, s.standing, s.content FROM statement s JOIN article a ON a.number = s.article"
        " WHERE a.id = ? ORDER BY s.position",
        found.article.id,
    )
    for statement, (ident, *columns) in zip(found.statements, rows, strict=True):
        who = statement.attribution
        shown = [who and who.entity, who and who.party, who and who.standing, said(text, statement)]
        if statement.id != ident or statement.article != found.article.id or ident != _statement_id(statement):
            yield f"{ident}: the id is not that of the statement's place in the article"
        if [None if column is None else words(column) for column in columns] != shown:
            yield f"{ident}: the columns do not agree with the record"
        if not _within(_spans(statement), text):
            yield f"{ident}: a span is not within the text"
        if statement.inside is not None and statement.inside not in held:
            yield f"{ident}: it is inside {statement.inside}, which the article does not have"


def _statement_id(statement: Statement) -> str:
    who = statement.attribution
    return ids.statement_id(
        article=statement.article,
        source=who.source if who else (),
        cue=who.cue if who else (),
        content=statement.content,
        inside=statement.inside,
        attributed=who is not None,
    )


def _spans(statement: Statement) -> Iterator[Span]:
    yield from statement.content
    if statement.attribution is not None:
        yield from statement.attribution.source
        yield from statement.attribution.cue
    if statement.evidence is not None:
        yield statement.evidence.span


def _within(spans: Iterable[Span], text: str) -> bool:
    return all(0 <= start < end <= len(text) for start, end in spans)


def _claims(store: Store) -> Iterator[str]:
    known = {ident for (ident,) in store.rows("SELECT id FROM claim")}
    for claim in reading.claims(store):
        known.discard(claim.id)
        named = {*claim.denied_by, *(end for step in claim.laundering for end in (step.from_, step.to))}
        for ident in sorted(named):
            if reading.statement(store, ident) is None:
                yield f"{claim.id}: it names {ident}, which is not in the ledger"
    for ident in sorted(known):
        yield f"{ident}: the claim has no occurrence"


def _aliases(store: Store) -> Iterator[str]:
    known = {
        row[1]: ClaimId(*row) for row in store.rows("SELECT run, id, minted_from, alias_of FROM claim_id ORDER BY id")
    }
    for ident, first in known.items():
        seen = {ident}
        at = first.alias_of
        while at is not None and at in known and at not in seen:
            seen.add(at)
            at = known[at].alias_of
        if at in seen:
            yield f"{ident}: its aliases run in a circle"
    for (ident,) in store.rows("SELECT id FROM claim JOIN claim_id USING (id) WHERE alias_of IS NOT NULL"):
        yield f"{ident}: a claim is an alias of another one"


def _units(store: Store) -> Iterator[str]:
    for (ident,) in store.rows(
        "SELECT id FROM saying JOIN statement ON statement.number = saying.statement"
        " WHERE unit NOT IN (SELECT number FROM unit)"
    ):
        yield f"{ident}: what is compared of it is not there"
    for (number,) in store.rows("SELECT number FROM unit WHERE number NOT IN (SELECT unit FROM saying)"):
        yield f"unit {number}: no statement has it"
    for table in ("bond", "home"):
        # Those that are gone are taken away when links are made.
        for (number,) in store.rows(
            f"SELECT unit FROM {table} WHERE unit NOT IN (SELECT number FROM unit UNION SELECT unit FROM due_unit)"  # noqa: S608 - names of our own
        ):
            yield f"unit {number}: it is not there, but in the table {table}"
