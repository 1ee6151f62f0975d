-- A client changes the version of a customer that it has seen, or none: ETag and If-Match.

ALTER TABLE customers ADD COLUMN version bigint NOT NULL DEFAULT 1 CHECK (version > 0);

GRANT UPDATE (name, email, version) ON customers TO sallyport_app;
