-- The table of JdbcExpiringStore. Not UNLOGGED: such a table is empty after a crash.
CREATE TABLE sallyport_store (
  -- UTF-8 of the key. Bytes, since text compares by the rules of a collation.
  key bytea PRIMARY KEY,
  value bytea NOT NULL,
  expires_at timestamptz NOT NULL
);
-- For purge.
CREATE INDEX sallyport_store_expires_at ON sallyport_store (expires_at);
