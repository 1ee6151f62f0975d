-- Only under the `dev` profile. Ids are fixed, so that a tour can name them.

SELECT set_config('app.tenant', 'acme', true);

INSERT INTO tenants (id, name, last_invoice_number) VALUES ('acme', 'Acme Corporation', 2)
ON CONFLICT DO NOTHING;

INSERT INTO users (tenant_id, subject, display_name, roles) VALUES
  ('acme', 'alice', 'Alice of Acme', ARRAY ['accountant']),
  ('acme', 'bob', 'Bob of Acme', ARRAY ['viewer'])
ON CONFLICT DO NOTHING;

INSERT INTO customers (tenant_id, id, name, email, status, created_at) VALUES
  ('acme', '01900000-0000-7000-8000-00000000c001', 'Roadrunner Logistics', 'accounts@roadrunner.example', 'ACTIVE', '2026-01-05T09:00:00Z'),
  ('acme', '01900000-0000-7000-8000-00000000c002', 'Coyote Engineering', 'billing@coyote.example', 'ACTIVE', '2026-01-06T09:00:00Z'),
  ('acme', '01900000-0000-7000-8000-00000000c003', 'Mesa Ballooning', 'office@mesa.example', 'CLOSED', '2026-01-07T09:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO products (tenant_id, id, sku, name, price_minor, currency, status, created_at) VALUES
  ('acme', '01900000-0000-7000-8000-00000000d001', 'ANVIL-50', 'Anvil, 50 kg', 14900, 'EUR', 'ACTIVE', '2026-01-05T10:00:00Z'),
  ('acme', '01900000-0000-7000-8000-00000000d002', 'ROPE-20', 'Rope, 20 m', 1950, 'EUR', 'ACTIVE', '2026-01-05T10:01:00Z'),
  ('acme', '01900000-0000-7000-8000-00000000d003', 'MAGNET-XL', 'Magnet, extra large', 9900, 'USD', 'ACTIVE', '2026-01-05T10:02:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO invoices (tenant_id, id, number, customer_id, currency, due_on, status, issued_at) VALUES
  ('acme', '01900000-0000-7000-8000-00000000e001', 1, '01900000-0000-7000-8000-00000000c001', 'EUR', '2026-02-15', 'PAID', '2026-01-15T12:00:00Z'),
  ('acme', '01900000-0000-7000-8000-00000000e002', 2, '01900000-0000-7000-8000-00000000c002', 'EUR', '2026-02-20', 'ISSUED', '2026-01-20T12:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO invoice_lines (tenant_id, invoice_id, position, product_id, description, quantity, unit_price_minor) VALUES
  ('acme', '01900000-0000-7000-8000-00000000e001', 1, '01900000-0000-7000-8000-00000000d001', 'Anvil, 50 kg', 2, 14900),
  ('acme', '01900000-0000-7000-8000-00000000e001', 2, '01900000-0000-7000-8000-00000000d002', 'Rope, 20 m', 10, 1950),
  ('acme', '01900000-0000-7000-8000-00000000e002', 1, '01900000-0000-7000-8000-00000000d001', 'Anvil, 50 kg', 1, 14900)
ON CONFLICT DO NOTHING;

SELECT set_config('app.tenant', 'globex', true);

INSERT INTO tenants (id, name, last_invoice_number) VALUES ('globex', 'Globex Corporation', 1)
ON CONFLICT DO NOTHING;

INSERT INTO users (tenant_id, subject, display_name, roles) VALUES
  ('globex', 'carol', 'Carol of Globex', ARRAY ['accountant'])
ON CONFLICT DO NOTHING;

INSERT INTO customers (tenant_id, id, name, email, status, created_at) VALUES
  ('globex', '01900000-0000-7000-8000-00000000c101', 'Cypress Creek Power', 'ap@cypress.example', 'ACTIVE', '2026-01-08T09:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO products (tenant_id, id, sku, name, price_minor, currency, status, created_at) VALUES
  ('globex', '01900000-0000-7000-8000-00000000d101', 'HAMMOCK', 'Hammock', 4900, 'USD', 'ACTIVE', '2026-01-08T10:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO invoices (tenant_id, id, number, customer_id, currency, due_on, status, issued_at) VALUES
  ('globex', '01900000-0000-7000-8000-00000000e101', 1, '01900000-0000-7000-8000-00000000c101', 'USD', '2026-02-28', 'ISSUED', '2026-01-28T12:00:00Z')
ON CONFLICT DO NOTHING;

INSERT INTO invoice_lines (tenant_id, invoice_id, position, product_id, description, quantity, unit_price_minor) VALUES
  ('globex', '01900000-0000-7000-8000-00000000e101', 1, '01900000-0000-7000-8000-00000000d101', 'Hammock', 4, 4900)
ON CONFLICT DO NOTHING;
