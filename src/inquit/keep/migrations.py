"""The ledger's tables, as the numbered steps that made them; docs/design/ledger.md says why each is as it is.

A step that has been released is never edited: a change is a new step at the end of ``MIGRATIONS``.
"""

from __future__ import annotations

from collections.abc import Callable

import apsw

M001_LEDGER = """
CREATE TABLE article (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  external_id ANY, url ANY, outlet ANY, title ANY, published ANY,
  instant REAL,                -- seconds since 1970 in UTC; null where published is
  authors ANY NOT NULL,        -- a JSON list
  text ANY NOT NULL
) STRICT;
CREATE INDEX article_in_time ON article (instant, id);

CREATE TABLE statement (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  position INTEGER NOT NULL,
  entity ANY, party ANY,
  standing TEXT,               -- null in the outlet's own voice
  content ANY NOT NULL,        -- the words of the content's spans
  body ANY NOT NULL,           -- the record in JSON
  UNIQUE (article, position)
) STRICT;

CREATE TABLE problem (
  number INTEGER PRIMARY KEY,
  article INTEGER REFERENCES article ON DELETE CASCADE,
  body ANY NOT NULL UNIQUE     -- the record in JSON
) STRICT;
CREATE INDEX problem_of_article ON problem (article);

CREATE TABLE copy (
  from_article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  to_article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  body ANY NOT NULL,           -- the record in JSON
  PRIMARY KEY (from_article, to_article)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_to_article ON copy (to_article);

CREATE TABLE claim_id (        -- every id that a claim ever had
  id TEXT PRIMARY KEY,
  minted_from TEXT NOT NULL,   -- id of a statement, which may be forgotten since
  run INTEGER NOT NULL,        -- 1 for the first storing of links that minted any, then 2 and so on
  alias_of TEXT REFERENCES claim_id DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE REFERENCES claim_id,
  body ANY NOT NULL            -- the record in JSON, without its occurrences
) STRICT;

CREATE TABLE occurrence (
  claim INTEGER NOT NULL REFERENCES claim ON DELETE CASCADE,
  position INTEGER NOT NULL,
  statement INTEGER NOT NULL UNIQUE REFERENCES statement ON DELETE CASCADE,
  carriage TEXT NOT NULL,
  PRIMARY KEY (claim, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE vector (
  model TEXT NOT NULL,
  statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
  value BLOB NOT NULL,
  PRIMARY KEY (model, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX vector_of_statement ON vector (statement);

CREATE TABLE state (
  revision INTEGER NOT NULL,   -- one more with every article kept or forgotten
  linked INTEGER NOT NULL      -- the revision from which the links were made
) STRICT;
INSERT INTO state VALUES (0, 0);

CREATE VIRTUAL TABLE article_words USING fts5 (
  title, text, content='article', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO article_words (article_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE article_terms USING fts5vocab (article_words, row);
CREATE TRIGGER article_kept AFTER INSERT ON article BEGIN
  INSERT INTO article_words (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER article_forgotten AFTER DELETE ON article BEGIN
  INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
END;

CREATE VIRTUAL TABLE statement_words USING fts5 (
  content, entity, content='statement', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO statement_words (statement_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE statement_terms USING fts5vocab (statement_words, row);
CREATE TRIGGER statement_kept AFTER INSERT ON statement BEGIN
  INSERT INTO statement_words (rowid, content, entity) VALUES (new.number, new.content, new.entity);
END;
CREATE TRIGGER statement_forgotten AFTER DELETE ON statement BEGIN
  INSERT INTO statement_words (statement_words, rowid, content, entity)
  VALUES ('delete', old.number, old.content, old.entity);
END;
"""

MIGRATIONS: list[str] = [M001_LEDGER]
"""Step ``i`` leads from version ``i`` to version ``i + 1``."""

APPLICATION_ID = int.from_bytes(b"inqt", "big")


def migrate(connection: apsw.Connection, begun: Callable[[], object]) -> None:
    """Bring a ledger, or an empty database, to the newest version; one transaction a step.

    ``begun`` is called after each BEGIN, with the right to write held. Raises apsw.Error.
    """
    while (version := connection.pragma("user_version")) < len(MIGRATIONS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            begun()
            # Another process may have taken the step while this one waited.
            if connection.pragma("user_version") == version:
                connection.execute(MIGRATIONS[version])
                connection.pragma("application_id", APPLICATION_ID)
                connection.pragma("user_version", version + 1)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
