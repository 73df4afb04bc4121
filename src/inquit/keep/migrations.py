"""The ledger's tables, as the numbered steps that made them; docs/design/ledger.md says why each is as it is.

A step that has been released is never edited: a change is a new step at the end of ``MIGRATIONS``.
"""

from __future__ import annotations

from collections.abc import Callable

import apsw

from inquit.keep.browsing_tables import BROWSING
from inquit.keep.naming_tables import NAMING
from inquit.keep.ruling_tables import RULINGS

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

M002_GROWTH = """
DROP TABLE vector;

CREATE TABLE unit (            -- a wording that is compared, once however many statements have it
  number INTEGER PRIMARY KEY,  -- a hash of it
  body BLOB NOT NULL,
  vector BLOB NOT NULL,
  keys BLOB NOT NULL           -- the numbers of what it is found by
) STRICT;

CREATE TABLE saying (
  statement INTEGER PRIMARY KEY REFERENCES statement ON DELETE CASCADE,
  unit INTEGER NOT NULL
) STRICT;
CREATE INDEX saying_of_unit ON saying (unit);

CREATE TABLE unit_key (        -- of units that are linked
  key INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  PRIMARY KEY (key, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE bond (
  unit INTEGER PRIMARY KEY,
  body BLOB NOT NULL           -- the units it is bonded to, then the scores
) STRICT;

CREATE TABLE home (            -- of units that are not alone
  unit INTEGER PRIMARY KEY,
  last INTEGER NOT NULL,
  body BLOB NOT NULL           -- the least unit of its cluster after each round of merging
) STRICT;
CREATE INDEX home_last ON home (last);

CREATE TABLE due_unit (        -- what the links are not brought up to yet
  unit INTEGER PRIMARY KEY,
  why TEXT NOT NULL,           -- new, gone, or said: by other statements than before
  keys BLOB                    -- of one that is gone
) STRICT, WITHOUT ROWID;

CREATE TABLE prepared (        -- articles whose statements have their units
  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  marks BLOB NOT NULL          -- the fingerprints of its text
) STRICT;

CREATE TABLE mark (            -- of articles that are linked
  mark INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (mark, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE alike (           -- articles of which one may be a copy of the other; both ways
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX alike_other ON alike (other);

CREATE TABLE due_article (     -- what the copies are not brought up to yet
  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  fresh INTEGER NOT NULL       -- 1: new; 0: was like one that is gone
) STRICT, WITHOUT ROWID;

CREATE TABLE due_mark (        -- of articles that are gone, where others have them
  mark INTEGER PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_id_from ON claim_id (minted_from);
DELETE FROM claim;
DELETE FROM copy;
UPDATE state SET linked = -1 WHERE revision > 0;
"""

WATCH = """
CREATE TABLE watched_feed (
  address ANY PRIMARY KEY,
  body ANY NOT NULL            -- the record in JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE watched_page (    -- the address of an article that a feed named
  number INTEGER PRIMARY KEY,
  address ANY NOT NULL UNIQUE,
  due REAL,                    -- when it is fetched next, seconds since 1970 in UTC; null: when its entry changes
  body ANY NOT NULL            -- the record in JSON
) STRICT;
CREATE INDEX watched_page_due ON watched_page (due, number);

CREATE TABLE version (         -- the articles that stood under an address, in order
  page ANY NOT NULL REFERENCES watched_page (address) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  at REAL NOT NULL,            -- when it was fetched
  PRIMARY KEY (page, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_of_article ON version (article);

CREATE VIEW superseded AS      -- articles that are the newest version of no address
SELECT DISTINCT article FROM version AS old WHERE NOT EXISTS (
  SELECT 1 FROM version AS own WHERE own.article = old.article AND NOT EXISTS (
    SELECT 1 FROM version AS later WHERE later.page = own.page AND later.position > own.position));

CREATE TABLE fetch (           -- every request
  number INTEGER PRIMARY KEY,
  address ANY NOT NULL,
  at REAL NOT NULL,
  seconds REAL NOT NULL,
  status INTEGER,
  size INTEGER NOT NULL,       -- bytes as they came
  outcome TEXT NOT NULL
) STRICT;
CREATE INDEX fetch_at ON fetch (at);
"""

ARRIVALS = """
CREATE TABLE arrival (         -- when an article came into the ledger; none of those that were there before this table
  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  at REAL NOT NULL             -- seconds since 1970 in UTC
) STRICT;
CREATE INDEX arrival_at ON arrival (at);
CREATE TRIGGER article_arrived AFTER INSERT ON article BEGIN
  INSERT INTO arrival VALUES (new.number, unixepoch('subsec'));
END;
INSERT INTO arrival SELECT article, min(at) FROM version GROUP BY article;

CREATE INDEX fetch_of_address ON fetch (address, number);
CREATE INDEX version_at ON version (at);
"""

LINKED_WITH = """
ALTER TABLE state ADD COLUMN outlets TEXT; -- names those that links were made with; null where that is not known
"""

HYPERLINKS = """
ALTER TABLE article ADD COLUMN links ANY; -- a JSON list; null where there are none
"""

# As SQLite's documentation has it for changes of constraints alone (ALTER TABLE, 7). Programs that read the schema of
# a file they do not know, such as Datasette, need the column named that a key refers to.
KEYS_NAMED = """
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(replace(replace(sql,
  'REFERENCES article ON', 'REFERENCES article (number) ON'),
  'REFERENCES statement ON', 'REFERENCES statement (number) ON'),
  'REFERENCES claim ON', 'REFERENCES claim (number) ON'),
  'REFERENCES ruling ON', 'REFERENCES ruling (number) ON'),
  'REFERENCES claim_id', 'REFERENCES claim_id (id)')
WHERE type = 'table';
PRAGMA writable_schema = RESET;
"""

_UNITS_ANEW = """
DELETE FROM bond;
DELETE FROM home;
DELETE FROM claim;
DELETE FROM linked_pair;
DELETE FROM due_unit;
INSERT INTO due_unit SELECT number, 'new', NULL FROM unit;
UPDATE state SET linked = -1 WHERE revision > 0;
"""

FIRST_UNITS = """
DROP TABLE unit_key;
CREATE TABLE unit_key (        -- of units that are linked
  key INTEGER NOT NULL,
  place INTEGER NOT NULL,      -- the unit's number XOR the key: an order of its own for each key
  PRIMARY KEY (key, place)
) STRICT, WITHOUT ROWID;
"""

# Bonds were scored in another way, too: units are linked anew.
TAKEN = """
DROP TABLE prepared;
CREATE TABLE prepared (        -- articles whose statements have their units
  article INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
  marks BLOB NOT NULL,         -- the fingerprints of its text
  hows BLOB NOT NULL,          -- for each how it has it: 1 in a caption, 2 in a quotation
  text BLOB NOT NULL           -- its words, for comparing
) STRICT;

DROP TABLE mark;
CREATE TABLE mark (            -- of articles that are linked
  mark INTEGER NOT NULL,
  place INTEGER NOT NULL,      -- 4 * the article, and how it has it
  PRIMARY KEY (mark, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE signed (          -- of articles that are linked
  article INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
  kinds BLOB NOT NULL,         -- for each fingerprint whether it is of captions (1), quotations (2), furniture (4)
  body BLOB NOT NULL           -- its credits in JSON
) STRICT;

DROP TABLE alike;
CREATE TABLE alike (           -- articles of which one may be a copy of the other; both ways
  article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE,
  strength REAL NOT NULL,      -- how sure it is that text was taken
  share REAL NOT NULL,         -- the part of the article's words that stand in the other
  taken BLOB NOT NULL,         -- which these are, a bit for each word
  certainty REAL NOT NULL,     -- how sure it is that the article took from the other; less than 0: the other way round
  parent INTEGER NOT NULL,     -- 1: what it has from there covers most of it, or two sentences more
  PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX alike_other ON alike (other);

DELETE FROM due_mark;
DELETE FROM due_article;
DELETE FROM copy;
DELETE FROM unit_key;
"""

# Units are kept in another way: they are made again from the articles, and linked anew.
ARRAYS = """
DROP TABLE unit;
CREATE TABLE unit (            -- a wording that is compared, once however many statements have it
  number INTEGER PRIMARY KEY,  -- a hash of it
  arrays BLOB NOT NULL,        -- what is compared
  vector BLOB NOT NULL,
  keys BLOB NOT NULL,          -- the numbers of what it is found by
  body BLOB NOT NULL           -- what is told
) STRICT;

DELETE FROM unit_key;
DELETE FROM saying;
DELETE FROM prepared;
DELETE FROM mark;
DELETE FROM signed;
DELETE FROM alike;
DELETE FROM copy;
DELETE FROM due_mark;
DELETE FROM due_article;
"""

# Clusters keep what was nearest to them: found when units are linked anew.
NEAR = """
CREATE TABLE near (            -- of units that are linked: of the clusters whose least unit each was, round by round
  unit INTEGER PRIMARY KEY,
  body BLOB NOT NULL           -- rounds from which another one was nearest, how near, the least unit of that: 1 + 8 + 8
) STRICT;
"""

MIGRATIONS: list[str] = [
    *(M001_LEDGER, M002_GROWTH, WATCH, BROWSING, RULINGS, ARRIVALS, NAMING, LINKED_WITH, HYPERLINKS),
    *(KEYS_NAMED, FIRST_UNITS + _UNITS_ANEW, TAKEN + _UNITS_ANEW, ARRAYS + NEAR + _UNITS_ANEW),
]
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
