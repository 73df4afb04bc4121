"""What follows a statement's names when they change and nothing else does: a step of ``migrations.MIGRATIONS``.

To tell a statement anew takes its cue out of the article's text; a name that thousands of statements have would make
everybody wait for that.
"""

from __future__ import annotations

NAMING = """
DROP TRIGGER statement_retold;
CREATE TRIGGER statement_retold AFTER UPDATE OF standing, content ON statement BEGIN
  DELETE FROM told WHERE statement = new.number;
  INSERT INTO told SELECT * FROM telling
  WHERE statement = new.number AND article NOT IN (SELECT article FROM superseded);
END;
CREATE TRIGGER statement_renamed AFTER UPDATE OF entity, party ON statement
WHEN new.entity IS NOT old.entity OR new.party IS NOT old.party BEGIN
  UPDATE told SET
    entity = iif(new.standing = 'none', NULL, iif(typeof(new.entity) = 'blob', new.entity, lower(new.entity))),
    party = iif(typeof(new.party) = 'blob', new.party, lower(new.party))
  WHERE statement = new.number;
END;
CREATE TRIGGER told_entity AFTER UPDATE OF entity ON told WHEN new.entity IS NOT old.entity BEGIN
  INSERT INTO named SELECT 'entity', new.entity, 1 WHERE new.entity IS NOT NULL
  ON CONFLICT DO UPDATE SET statements = statements + 1;
  UPDATE named SET statements = statements - 1 WHERE kind = 'entity' AND key = old.entity;
  DELETE FROM named WHERE kind = 'entity' AND key = old.entity AND statements = 0;
END;
CREATE TRIGGER told_party AFTER UPDATE OF party ON told WHEN new.party IS NOT old.party BEGIN
  INSERT INTO named SELECT 'party', new.party, 1 WHERE new.party IS NOT NULL
  ON CONFLICT DO UPDATE SET statements = statements + 1;
  UPDATE named SET statements = statements - 1 WHERE kind = 'party' AND key = old.party;
  DELETE FROM named WHERE kind = 'party' AND key = old.party AND statements = 0;
END;

DROP TRIGGER statement_reworded;
CREATE TRIGGER statement_reworded AFTER UPDATE OF content, entity ON statement
WHEN new.content IS NOT old.content OR new.entity IS NOT old.entity BEGIN
  INSERT INTO statement_words (statement_words, rowid, content, entity)
  VALUES ('delete', old.number, old.content, old.entity);
  INSERT INTO statement_words (rowid, content, entity) VALUES (new.number, new.content, new.entity);
END;
"""
