"""Whether a ledger is what it should be: the file sound, every id true, every span within its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from inquit import ids
from inquit.errors import WorkError
from inquit.keep import derived, reading, shown
from inquit.keep.claim_ids import ClaimId
from inquit.keep.drafts import key
from inquit.keep.rows import said
from inquit.keep.store import Store
from inquit.keep.stored import unpacked, words
from inquit.keep.watching import Watching
from inquit.records import Article, Claim, Copy, Problem, Reading, Ruling, Span, Statement

RESTORE = "restore a backup, or add the inputs to a new ledger"
MEND = "`inquit verify --mend` makes it anew"


def verify(store: Store) -> list[str]:
    """What is wrong and what mends it, one line a finding; nothing when the ledger is sound.

    Whether the index of words agrees with the texts can be told only of a ledger opened for writing.
    """
    findings: list[str] = []
    for check, repair in _CHECKS:
        try:
            findings.extend(f"{finding} [{repair}]" for finding in check(store))
        except WorkError as error:
            findings.append(str(error))
    return list(dict.fromkeys(findings))


def verify_file(store: Store) -> list[str]:
    """What is wrong with the file and the references in it: what can be told of a ledger of any version."""
    return [*_file(store), *_keys(store)]


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


def _records(store: Store) -> Iterator[str]:
    """Whether each record can be read at all; the other checks stop at the first that cannot."""
    for kind, sql in (
        (Statement, "SELECT id, body FROM statement"),
        (Claim, "SELECT id, body FROM claim"),
        (Problem, "SELECT 'problem ' || number, body FROM problem"),
        (Copy, "SELECT 'copy ' || from_article || ' ' || to_article, body FROM copy"),
    ):
        for ident, body in store.rows(sql):
            try:
                unpacked(body, kind)
            except WorkError:
                yield f"{words(ident)}: the record is damaged"


def _readings(store: Store) -> Iterator[str]:
    known = shown.names(store)
    for (number,) in store.rows("SELECT number FROM article ORDER BY number"):
        found, read = reading.numbered(store, number), shown.as_read(store, number)
        if found is None or read is None:
            continue
        article = found.article
        if article.id != _article_id(read.article):
            yield f"{article.id}: the id is not that of the article's content"
        for one in read.statements:
            if one.article != article.id or one.id != _statement_id(one):
                yield f"{one.id}: the id is not that of the statement's place in the article"
        due, statements = shown.due(store, number, article, known)
        if due != article or statements.shown != list(found.statements):
            yield f"{article.id}: it is not shown as the rulings on it have it"
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
        wanted = [who and who.entity, who and who.party, who and who.standing, said(text, statement)]
        if statement.id != words(ident):
            yield f"{ident}: the id is not that of the statement's place in the article"
        if [None if column is None else words(column) for column in columns] != wanted:
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


def _rulings(store: Store) -> Iterator[str]:
    for ident, about, says, who, body in store.rows("SELECT id, about, says, who, body FROM ruling"):
        found = unpacked(body, Ruling)
        made = ids.ruling_id(about=found.about, says=found.says, value=found.value, who=found.who, at=found.at)
        if made != found.id:
            yield f"{found.id}: the id is not that of the ruling"
        if (ident, words(about), says, words(who)) != (found.id, key(found.about), found.says, found.who):
            yield f"{found.id}: the columns do not agree with the record"


def _watched(store: Store) -> Iterator[str]:
    watching = Watching(store)
    for (address,) in store.rows("SELECT address FROM watched_feed"):
        if (feed := watching.feed(words(address))) is None or feed.address != words(address):
            yield f"{words(address)}: the feed's address does not agree with the record"
    for address, due in store.rows("SELECT address, due FROM watched_page"):
        page = watching.page(words(address))
        if page is None or (page.address, page.due) != (words(address), due):
            yield f"{words(address)}: the page's columns do not agree with the record"
        times = [version.at for version in watching.versions(words(address))]
        if times != sorted(times) or (page and page.kept < len(times)):
            yield f"{words(address)}: the versions of the page are not in order, or more than were kept"


def _claims(store: Store) -> Iterator[str]:
    known = {ident for (ident,) in store.rows("SELECT id FROM claim")}
    for claim in reading.claims(store):
        known.discard(claim.id)
        named = {*claim.denied_by, *claim.corrected_by, *claim.circular}
        named.update(end for step in claim.laundering for end in (step.from_, step.to))
        named.update(end for draw in claim.draws for end in (draw.from_, draw.to))
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


_CHECKS: tuple[tuple[Callable[[Store], Iterable[str]], str], ...] = (
    (_file, RESTORE),
    (_keys, RESTORE),
    (_records, RESTORE),
    (_readings, RESTORE),
    (_rulings, RESTORE),
    (_watched, RESTORE),
    (_index, MEND),
    (_claims, MEND),
    (_aliases, MEND),
    (derived.findings, MEND),
)
