-- Instants are INTEGER milliseconds since 1970. Ids are UUIDv7 text. JSON stands in TEXT.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Accounts ---------------------------------------------------------------------------------------

CREATE TABLE companies (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  locale TEXT NOT NULL,
  timezone TEXT NOT NULL,
  visibility TEXT NOT NULL DEFAULT 'all',
  reopen_hours INTEGER NOT NULL DEFAULT 24,
  token_hours INTEGER NOT NULL DEFAULT 12,
  last_number INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  -- Lower case: a login names no company, so an address is unique over all of them.
  email_key TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL,
  avatar_url TEXT,
  -- What the user chose by hand; no connection shows as offline over it.
  presence TEXT NOT NULL DEFAULT 'online',
  last_seen_at INTEGER,
  active INTEGER NOT NULL DEFAULT 1,
  -- A resume from before this `seq` of the company's log is refused: the user's rights were others then.
  rights_seq INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX users_by_company ON users (company_id, id);

CREATE TABLE queues (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  color TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  UNIQUE (company_id, name_key)
) STRICT;

CREATE TABLE queue_members (
  queue_id TEXT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id),
  PRIMARY KEY (queue_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_members_by_user ON queue_members (user_id, queue_id);

-- One sign-in. Access tokens name it (`sid`), refresh tokens and the session cookie hang on it.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  -- Hash of `balcao_session`.
  cookie_hash TEXT UNIQUE,
  -- Newest generation of the refresh token; null for a session without one.
  refresh_n INTEGER,
  user_agent TEXT NOT NULL DEFAULT '',
  ip TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id, revoked_at);

-- When a generation of a refresh token was first used; kept as long as the one before it may be used again.
CREATE TABLE refresh_uses (
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (session_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  -- Requests with the key act as this user.
  user_id TEXT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  -- The first characters, to tell keys apart on screen.
  hint TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX api_keys_by_company ON api_keys (company_id, id);

CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  -- Set when the link resets this user's password instead of making a new one.
  user_id TEXT REFERENCES users (id),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  queue_ids TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_by TEXT NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX invitations_by_company ON invitations (company_id, id);

CREATE TABLE labels (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  color TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (company_id, name_key)
) STRICT;

CREATE TABLE notifications (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  user_id TEXT REFERENCES users (id),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  data TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notifications_by_company ON notifications (company_id, id);

-- Contacts ---------------------------------------------------------------------------------------

CREATE TABLE contacts (
  -- Row of the full-text index, which needs an integer.
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  company_id TEXT NOT NULL REFERENCES companies (id),
  name TEXT NOT NULL,
  -- 1 when a person typed the name: a profile name no longer replaces it.
  name_typed INTEGER NOT NULL DEFAULT 0,
  phone TEXT,
  email TEXT,
  avatar_url TEXT,
  custom TEXT NOT NULL DEFAULT '{}',
  last_contact_at INTEGER,
  -- Set on the loser of a merge; it is no contact any more, but the merge can be undone.
  merged_into TEXT REFERENCES contacts (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contacts_by_company ON contacts (company_id, id);

-- A phone number is not a key: one contact has many identifiers (channels.md).
CREATE TABLE contact_identifiers (
  company_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  -- 1 when a channel vouches for it; 0 when a person typed it.
  verified INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_identifiers_by_contact ON contact_identifiers (contact_id);

CREATE TABLE contact_labels (
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  label_id TEXT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
  PRIMARY KEY (contact_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_labels_by_label ON contact_labels (label_id);

-- What a merge moved, so that it can be undone for 30 days.
CREATE TABLE contact_merges (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL,
  winner_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  loser_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  moved TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;

-- Channels ---------------------------------------------------------------------------------------

CREATE TABLE channels (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  status_detail TEXT,
  phone TEXT,
  -- What may be shown (JSON), and what may not (sealed with the key file).
  settings TEXT NOT NULL,
  secrets BLOB NOT NULL,
  -- The provider's name for this channel (phone_number_id): one callback serves several channels.
  external_key TEXT,
  -- Set when an error of the whole channel stopped its outbox; null when it runs.
  paused_reason TEXT,
  last_inbound_at INTEGER,
  -- When the provider last asked for the verify token at the webhook's address, and got it right.
  verified_at INTEGER,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX channels_by_company ON channels (company_id, id);
CREATE INDEX channels_by_external_key ON channels (company_id, kind, external_key);

CREATE TABLE templates (
  company_id TEXT NOT NULL,
  channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  status TEXT NOT NULL,
  components TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (channel_id, name, language)
) STRICT, WITHOUT ROWID;

-- Conversations and messages -----------------------------------------------------------------------

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  number INTEGER NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  channel_id TEXT NOT NULL REFERENCES channels (id),
  queue_id TEXT REFERENCES queues (id),
  assignee_id TEXT REFERENCES users (id),
  status TEXT NOT NULL,
  priority TEXT NOT NULL DEFAULT 'normal',
  subject TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  unread_count INTEGER NOT NULL DEFAULT 0,
  last_message TEXT NOT NULL DEFAULT '',
  last_message_at INTEGER,
  -- Last activity: what lists sort by (creation until there is a message).
  activity_at INTEGER NOT NULL,
  -- Position of the newest message, 0 when there is none.
  last_position INTEGER NOT NULL DEFAULT 0,
  -- Up to which position an agent has read: what came from the contact up to here is `read`.
  read_position INTEGER NOT NULL DEFAULT 0,
  -- Last message of the contact: the reopen window counts from the newest message of either side.
  window_expires_at INTEGER,
  snoozed_until INTEGER,
  resolved_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (company_id, number)
) STRICT;
-- One open conversation per contact and channel (channels.md, "Inbound" 6).
CREATE UNIQUE INDEX conversations_open ON conversations (contact_id, channel_id)
  WHERE status NOT IN ('resolved', 'closed');
CREATE INDEX conversations_by_contact ON conversations (contact_id, channel_id, activity_at DESC);
CREATE INDEX conversations_by_activity ON conversations (company_id, activity_at DESC, id DESC);
CREATE INDEX conversations_by_status ON conversations (company_id, status, activity_at DESC, id DESC);
CREATE INDEX conversations_by_assignee ON conversations (company_id, assignee_id, status, activity_at DESC, id DESC);
CREATE INDEX conversations_by_queue ON conversations (company_id, queue_id, status, activity_at DESC, id DESC);

CREATE TABLE conversation_labels (
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  label_id TEXT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
  PRIMARY KEY (conversation_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_labels_by_label ON conversation_labels (label_id, conversation_id);

CREATE TABLE messages (
  -- Row of the full-text index, which needs an integer.
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  company_id TEXT NOT NULL REFERENCES companies (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  channel_id TEXT NOT NULL REFERENCES channels (id),
  sender_type TEXT NOT NULL,
  sender_id TEXT,
  sender_name TEXT NOT NULL,
  direction TEXT NOT NULL,
  message_type TEXT NOT NULL,
  content TEXT NOT NULL,
  metadata TEXT NOT NULL DEFAULT '{}',
  reply_to TEXT,
  -- The provider's id of the quoted message, where that one is not (yet) ours.
  reply_external_id TEXT,
  external_id TEXT,
  client_id TEXT,
  -- What was sent with `client_id`: the same id with another body is a conflict.
  client_hash TEXT,
  status TEXT NOT NULL,
  error_code TEXT,
  error_message TEXT,
  error_retryable INTEGER,
  position INTEGER NOT NULL,
  send_at INTEGER,
  edited_at INTEGER,
  deleted_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_by_external_id ON messages (channel_id, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_client_id ON messages (conversation_id, sender_id, client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_position ON messages (conversation_id, position);

-- One reaction per sender and message; sender_id is '' for a reaction from the phone.
CREATE TABLE reactions (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  sender_type TEXT NOT NULL,
  sender_id TEXT NOT NULL,
  emoji TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, sender_type, sender_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  company_id TEXT NOT NULL REFERENCES companies (id),
  -- Null between the upload and the sending of the message.
  message_id TEXT REFERENCES messages (id) ON DELETE CASCADE,
  uploaded_by TEXT REFERENCES users (id),
  name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size INTEGER NOT NULL DEFAULT 0,
  -- Content hash: the file's name on disk. Null until the bytes are here.
  sha256 TEXT,
  thumbnail_sha256 TEXT,
  width INTEGER,
  height INTEGER,
  duration INTEGER,
  -- ready | pending (to be fetched from the provider) | failed
  state TEXT NOT NULL,
  -- Where to fetch it (JSON of the channel), how often that was tried, and when it is due again.
  source TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER,
  error TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachments_by_message ON attachments (message_id);
CREATE INDEX attachments_due ON attachments (due_at) WHERE state = 'pending';

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
CREATE INDEX inbound_log_by_state ON inbound_log (company_id, state, id);
CREATE INDEX inbound_log_by_channel ON inbound_log (channel_id, id);

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
CREATE INDEX events_by_age ON events (at);
