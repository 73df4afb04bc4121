"""What lists for people go by, kept narrow beside the records: a step of ``migrations.MIGRATIONS``, never edited.

All of it follows the records by triggers, so whoever writes them need not know of it.
"""

from __future__ import annotations

BROWSING = """
DROP VIEW superseded;
CREATE VIEW superseded AS      -- as before, by other aliases: within a trigger old is the row that was
SELECT DISTINCT article FROM version AS one WHERE NOT EXISTS (
  SELECT 1 FROM version AS own WHERE own.article = one.article AND NOT EXISTS (
    SELECT 1 FROM version AS later WHERE later.page = own.page AND later.position > own.position));

CREATE TABLE told (            -- statements of articles that are no old version; names in small letters
  statement INTEGER PRIMARY KEY REFERENCES statement ON DELETE CASCADE,
  article INTEGER NOT NULL,
  instant REAL,
  outlet ANY NOT NULL,         -- empty where there is none
  entity ANY, party ANY,
  standing TEXT,               -- null in the outlet's own voice
  stance TEXT, framing TEXT,
  cue ANY                      -- its words; null in an article of more than 200 kB, or with surrogates
) STRICT;
CREATE INDEX told_entity ON told (entity, instant, outlet, framing, standing, party);
CREATE INDEX told_party ON told (party, instant, outlet, framing);
CREATE INDEX told_outlet ON told (outlet, standing, instant, entity, cue);
CREATE INDEX told_article ON told (article);

CREATE VIEW telling AS
SELECT s.number AS statement, s.article, a.instant,
  iif(typeof(a.outlet) = 'blob', a.outlet, lower(coalesce(a.outlet, ''))) AS outlet,
  iif(s.standing = 'none', NULL, iif(typeof(s.entity) = 'blob', s.entity, lower(s.entity))) AS entity,
  iif(typeof(s.party) = 'blob', s.party, lower(s.party)) AS party, s.standing,
  json_extract(CAST(s.body AS TEXT), '$.attribution.stance') AS stance,
  json_extract(CAST(s.body AS TEXT), '$.attribution.framing') AS framing,
  iif(length(CAST(a.text AS BLOB)) <= 200000 AND typeof(a.text) = 'text', (
    SELECT lower(group_concat(substr(a.text, value ->> 0 + 1, value ->> 1 - value ->> 0), ' … '))
    FROM json_each(CAST(s.body AS TEXT), '$.attribution.cue')), NULL) AS cue
FROM statement s JOIN article a ON a.number = s.article;

CREATE INDEX article_of_outlet ON article (lower(coalesce(outlet, '')), instant);

CREATE TABLE named (           -- every name among what is told, and how often
  kind TEXT NOT NULL,          -- entity, party, outlet
  key ANY NOT NULL,            -- in small letters
  statements INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX named_most ON named (kind, statements);

CREATE TRIGGER told_came AFTER INSERT ON told BEGIN
  INSERT INTO named SELECT * FROM (
    SELECT 'entity' AS kind, new.entity AS key, 1 UNION ALL SELECT 'party', new.party, 1
    UNION ALL SELECT 'outlet', new.outlet, 1) WHERE key IS NOT NULL
  ON CONFLICT DO UPDATE SET statements = statements + 1;
END;
CREATE TRIGGER told_went AFTER DELETE ON told BEGIN
  UPDATE named SET statements = statements - 1 WHERE (kind, key) IN (
    VALUES ('entity', old.entity), ('party', old.party), ('outlet', old.outlet));
  DELETE FROM named WHERE statements = 0 AND (kind, key) IN (
    VALUES ('entity', old.entity), ('party', old.party), ('outlet', old.outlet));
END;
CREATE TRIGGER statement_told AFTER INSERT ON statement BEGIN
  INSERT INTO told SELECT * FROM telling WHERE statement = new.number;
END;
CREATE TRIGGER statement_retold AFTER UPDATE ON statement BEGIN
  DELETE FROM told WHERE statement = new.number;
  INSERT INTO told SELECT * FROM telling
  WHERE statement = new.number AND article NOT IN (SELECT article FROM superseded);
END;
CREATE TRIGGER article_retold AFTER UPDATE OF outlet, published, instant ON article BEGIN
  DELETE FROM told WHERE article = new.number;
  INSERT INTO told SELECT * FROM telling
  WHERE article = new.number AND article NOT IN (SELECT article FROM superseded);
END;
CREATE TRIGGER version_came AFTER INSERT ON version BEGIN
  DELETE FROM told WHERE article IN (
    SELECT article FROM version WHERE page = new.page AND article IN (SELECT article FROM superseded));
  INSERT INTO told SELECT * FROM telling
  WHERE article = new.article AND statement NOT IN (SELECT statement FROM told WHERE article = new.article);
END;
CREATE TRIGGER version_went AFTER DELETE ON version BEGIN
  INSERT INTO told SELECT * FROM telling
  WHERE article IN (SELECT article FROM version WHERE page = old.page)
  AND article NOT IN (SELECT article FROM superseded) AND statement NOT IN (SELECT statement FROM told);
END;

CREATE TABLE tally (           -- of every claim; first and last in seconds since 1970
  claim INTEGER PRIMARY KEY REFERENCES claim ON DELETE CASCADE,
  articles INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  sources INTEGER NOT NULL,    -- independent ones
  losses INTEGER NOT NULL,
  denials INTEGER NOT NULL,
  first REAL, last REAL
) STRICT;

CREATE VIEW tallying AS
SELECT claim.number AS claim, count(DISTINCT a.number), count(DISTINCT lower(coalesce(a.outlet, ''))),
  json_extract(CAST(body AS TEXT), '$.independent_sources'),
  json_array_length(CAST(body AS TEXT), '$.laundering'), json_array_length(CAST(body AS TEXT), '$.denied_by'),
  min(a.instant), max(a.instant)
FROM claim JOIN occurrence o ON o.claim = claim.number
  JOIN (SELECT number, article FROM statement) s ON s.number = o.statement JOIN article a ON a.number = s.article
GROUP BY claim.number;

CREATE TRIGGER claim_changed AFTER UPDATE ON claim BEGIN
  INSERT OR REPLACE INTO tally SELECT * FROM tallying WHERE claim = new.number;
END;
CREATE TRIGGER occurrence_went AFTER DELETE ON occurrence BEGIN
  INSERT OR REPLACE INTO tally SELECT * FROM tallying WHERE claim = old.claim;
END;

INSERT INTO told SELECT * FROM telling WHERE article NOT IN (SELECT article FROM superseded);
INSERT INTO tally SELECT * FROM tallying;
"""
