-- One index for each sort that a list allows: what is compared for equality, then the sort. An index
-- serves both directions. By id, the primary key does.

CREATE INDEX invoices_issued ON invoices (tenant_id, issued_at DESC, id DESC);
CREATE INDEX invoices_due ON invoices (tenant_id, due_on, id);
CREATE INDEX customers_name ON customers (tenant_id, name, id);
