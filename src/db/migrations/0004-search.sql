-- Full-text search. Nothing is stored twice: the tables hold the index only, `rowid` is the `key` of the row.
-- The company is a column, so that another's words are never even looked at; its id without hyphens is one token.

CREATE VIRTUAL TABLE message_search USING fts5 (
  company,
  content,
  content = '',
  contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

-- Reactions are no words, and what was deleted is empty.
CREATE TRIGGER message_search_insert AFTER INSERT ON messages
WHEN new.content <> '' AND new.message_type <> 'reaction'
BEGIN
  INSERT INTO message_search (rowid, company, content)
  VALUES (new.key, replace(new.company_id, '-', ''), new.content);
END;

CREATE TRIGGER message_search_update AFTER UPDATE OF content ON messages
WHEN new.content <> old.content AND new.message_type <> 'reaction'
BEGIN
  DELETE FROM message_search WHERE rowid = old.key;
  INSERT INTO message_search (rowid, company, content)
  SELECT new.key, replace(new.company_id, '-', ''), new.content WHERE new.content <> '';
END;

CREATE TRIGGER message_search_delete AFTER DELETE ON messages
WHEN old.content <> '' AND old.message_type <> 'reaction'
BEGIN
  DELETE FROM message_search WHERE rowid = old.key;
END;

CREATE VIRTUAL TABLE contact_search USING fts5 (
  company,
  name,
  phone,
  email,
  content = '',
  contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

-- A number is found by its beginning, with or without country and area code: hence its ends of 8 to 11 digits.
-- The losers of a merge are no contacts any more.
CREATE TRIGGER contact_search_insert AFTER INSERT ON contacts
WHEN new.merged_into IS NULL
BEGIN
  INSERT INTO contact_search (rowid, company, name, phone, email)
  VALUES (
    new.key,
    replace(new.company_id, '-', ''),
    new.name,
    concat_ws(' ', ltrim(new.phone, '+'), substr(new.phone, -11), substr(new.phone, -10), substr(new.phone, -9), substr(new.phone, -8)),
    coalesce(new.email, '')
  );
END;

CREATE TRIGGER contact_search_update AFTER UPDATE OF name, phone, email, merged_into ON contacts
BEGIN
  DELETE FROM contact_search WHERE rowid = old.key;
  INSERT INTO contact_search (rowid, company, name, phone, email)
  SELECT
    new.key,
    replace(new.company_id, '-', ''),
    new.name,
    concat_ws(' ', ltrim(new.phone, '+'), substr(new.phone, -11), substr(new.phone, -10), substr(new.phone, -9), substr(new.phone, -8)),
    coalesce(new.email, '')
  WHERE new.merged_into IS NULL;
END;

CREATE TRIGGER contact_search_delete AFTER DELETE ON contacts
BEGIN
  DELETE FROM contact_search WHERE rowid = old.key;
END;
