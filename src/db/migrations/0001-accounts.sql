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
