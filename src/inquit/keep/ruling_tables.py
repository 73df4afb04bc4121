"""What rulings are kept in, and what was read where they have changed it: a step of ``migrations.MIGRATIONS``.

``article`` and ``statement`` hold what is shown; what was read stands in ``read_article`` and ``read_statement`` where
a ruling has changed it, and nowhere else.
"""

from __future__ import annotations

RULINGS = """
CREATE TABLE ruling (          -- never changed, and removed only with the article that it is about
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  about ANY NOT NULL,          -- an id, or a name in the form in which names are compared
  says TEXT NOT NULL,
  who ANY NOT NULL,
  article INTEGER REFERENCES article ON DELETE CASCADE,
  body ANY NOT NULL            -- the record in JSON, as if it was not withdrawn
) STRICT;
CREATE INDEX ruling_about ON ruling (about, number);
CREATE INDEX ruling_who ON ruling (who, number);
CREATE INDEX ruling_says ON ruling (says, number);
CREATE INDEX ruling_article ON ruling (article);

CREATE TABLE withdrawal (
  number INTEGER PRIMARY KEY,
  ruling INTEGER NOT NULL UNIQUE REFERENCES ruling ON DELETE CASCADE,
  who ANY NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE VIEW in_force AS SELECT * FROM ruling WHERE number NOT IN (SELECT ruling FROM withdrawal);

CREATE TABLE anchor (          -- where in an article a ruling is fastened
  ruling INTEGER NOT NULL REFERENCES ruling ON DELETE CASCADE,
  place INTEGER NOT NULL,      -- 0: what it is about; 1 and on: what that is compared with
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  statement TEXT,              -- an id; null for an article's own
  lost INTEGER NOT NULL,       -- 1: its words were not found again
  body ANY NOT NULL,           -- the words and their spans in JSON
  PRIMARY KEY (ruling, place, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX anchor_article ON anchor (article);
CREATE INDEX anchor_statement ON anchor (statement);
CREATE INDEX anchor_lost ON anchor (ruling) WHERE lost;

CREATE TABLE apart (           -- statements that were ruled no claim with another one of the same words
  ruling INTEGER PRIMARY KEY REFERENCES ruling ON DELETE CASCADE
) STRICT;

CREATE TABLE read_statement (
  id TEXT PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  position INTEGER NOT NULL,
  body ANY NOT NULL            -- the record in JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX read_statement_of_article ON read_statement (article);

CREATE TABLE read_article (
  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  outlet ANY, published ANY
) STRICT;

CREATE TABLE due_saying (       -- articles whose statements were changed since their units were made
  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE linked_pair (     -- the units that rulings joined, or kept apart, when links were last made
  one INTEGER NOT NULL,
  other INTEGER NOT NULL,
  same INTEGER NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_entity ON statement (entity COLLATE NOCASE);
CREATE INDEX statement_party ON statement (party COLLATE NOCASE);

CREATE TRIGGER statement_reworded AFTER UPDATE OF content, entity ON statement BEGIN
  INSERT INTO statement_words (statement_words, rowid, content, entity)
  VALUES ('delete', old.number, old.content, old.entity);
  INSERT INTO statement_words (rowid, content, entity) VALUES (new.number, new.content, new.entity);
END;
"""
