-- What guards keep for a while: the records of idempotency keys. JdbcExpiringStore.DDL, and the grants.
--
-- No row-level security: a key is claimed before a transaction has named its tenant, and purge deletes
-- those of all tenants. The tenants are apart all the same: the store's key is a SHA-256 over the caller
-- with its tenant, endpoint and idempotency key, all out of the verified token and the request line.

CREATE TABLE sallyport_store (
  -- UTF-8 of the key. Bytes, since text compares by the rules of a collation.
  key bytea PRIMARY KEY,
  value bytea NOT NULL,
  expires_at timestamptz NOT NULL
);

-- For purge.
CREATE INDEX sallyport_store_expires_at ON sallyport_store (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON sallyport_store TO sallyport_app;
