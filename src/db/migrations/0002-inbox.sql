-- Instants are INTEGER milliseconds since 1970. Ids are UUIDv7 text. JSON stands in TEXT.

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
