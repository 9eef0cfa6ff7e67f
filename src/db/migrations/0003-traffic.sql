-- Instants are INTEGER milliseconds since 1970. Ids are UUIDv7 text. JSON stands in TEXT.

-- Inbound ----------------------------------------------------------------------------------------

-- The raw webhook, stored in the commit that answers 200 (channels.md, "Inbound").
CREATE TABLE inbound_log (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  -- The channel of the address; changes are routed by what the payload names.
  channel_id TEXT NOT NULL REFERENCES channels (id),
  raw BLOB NOT NULL,
  -- done | pending (to be processed again) | dead (waits for a person) | unrouted
  state TEXT NOT NULL,
  error TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbound_log_due ON inbound_log (due_at) WHERE state = 'pending';
-- Nearly every row is done at once: only the others are worth an entry. A query names these three states to use it.
CREATE INDEX inbound_log_open ON inbound_log (company_id, state, id) WHERE state IN ('pending', 'dead', 'unrouted');

-- One item of a webhook that could not be processed, while its siblings were.
CREATE TABLE inbound_failures (
  inbound_id TEXT NOT NULL REFERENCES inbound_log (id) ON DELETE CASCADE,
  -- Place of the item in what the webhook parses to.
  item INTEGER NOT NULL,
  company_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  -- pending | dead | done
  state TEXT NOT NULL,
  error TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (inbound_id, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_failures_due ON inbound_failures (due_at) WHERE state = 'pending';
CREATE INDEX inbound_failures_by_state ON inbound_failures (company_id, state, inbound_id);

-- A status, edit, reaction or revoke that came before its message, and waits for it.
CREATE TABLE early_items (
  channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  external_id TEXT NOT NULL,
  item TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (channel_id, external_id, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX early_items_by_age ON early_items (received_at);

-- Outbox -----------------------------------------------------------------------------------------

-- What has to leave: one row per message (or reaction), written in the message's own transaction.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  channel_id TEXT NOT NULL REFERENCES channels (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  contact_id TEXT NOT NULL,
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  -- message | reaction
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  -- due | claimed (a request may have left) | unknown (it left, no answer came) | done | failed
  state TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Retries end 24 h after the first try, not after the writing: a paused queue must not run out while it waits.
  first_claimed_at INTEGER,
  claimed_at INTEGER,
  last_error TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (channel_id, due_at, id) WHERE state = 'due';
CREATE INDEX outbox_open_by_contact ON outbox (channel_id, contact_id, id) WHERE state IN ('due', 'claimed');
CREATE INDEX outbox_left ON outbox (channel_id, claimed_at) WHERE state IN ('claimed', 'unknown');
CREATE INDEX outbox_by_message ON outbox (message_id);

-- Events -----------------------------------------------------------------------------------------

CREATE TABLE event_heads (
  company_id TEXT PRIMARY KEY REFERENCES companies (id),
  -- The newest `seq`, and the newest one that retention has removed.
  seq INTEGER NOT NULL DEFAULT 0,
  removed_seq INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE events (
  -- Order of commit over all companies; what the bus follows.
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  -- The conversation that decides who may see it, where there is one; rooms replay by it.
  conversation_id TEXT,
  data TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (company_id, seq)
) STRICT;
CREATE INDEX events_by_conversation ON events (company_id, conversation_id, seq) WHERE conversation_id IS NOT NULL;
