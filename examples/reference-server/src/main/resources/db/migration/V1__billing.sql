-- Run by the admin role, which owns everything here. The service logs in as another role, a member
-- of sallyport_app, and can neither change the schema nor leave its tenant.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sallyport_app') THEN
    CREATE ROLE sallyport_app NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sallyport_reporting') THEN
    CREATE ROLE sallyport_reporting NOLOGIN;
  END IF;
END
$$;

CREATE TABLE tenants (
  id                  text        PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9-]{1,62}$'),
  name                text        NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  last_invoice_number bigint      NOT NULL DEFAULT 0 CHECK (last_invoice_number >= 0),
  created_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
  tenant_id    text   NOT NULL REFERENCES tenants,
  subject      text   NOT NULL CHECK (length(trim(subject)) BETWEEN 1 AND 255),
  display_name text   NOT NULL CHECK (length(trim(display_name)) BETWEEN 1 AND 200),
  roles        text[] NOT NULL CHECK (roles <@ ARRAY ['accountant', 'viewer']),
  PRIMARY KEY (tenant_id, subject)
);

-- Every key begins with the tenant. So a foreign key cannot cross from one tenant to another, and
-- the primary key is the index that a page of a list reads: WHERE tenant_id = ? AND id > ? ORDER BY id.

CREATE TABLE customers (
  tenant_id  text        NOT NULL REFERENCES tenants,
  id         uuid        NOT NULL,
  name       text        NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  email      text        NOT NULL CHECK (length(trim(email)) BETWEEN 1 AND 254),
  status     text        NOT NULL CHECK (status IN ('ACTIVE', 'CLOSED')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX customers_email ON customers (tenant_id, lower(email));

CREATE TABLE products (
  tenant_id   text        NOT NULL REFERENCES tenants,
  id          uuid        NOT NULL,
  sku         text        NOT NULL CHECK (length(trim(sku)) BETWEEN 1 AND 64),
  name        text        NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  price_minor bigint      NOT NULL CHECK (price_minor BETWEEN 0 AND 1000000000000),
  currency    text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  status      text        NOT NULL CHECK (status IN ('ACTIVE', 'RETIRED')),
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, sku)
);

CREATE TABLE invoices (
  tenant_id   text        NOT NULL REFERENCES tenants,
  id          uuid        NOT NULL,
  number      bigint      NOT NULL CHECK (number > 0),
  customer_id uuid        NOT NULL,
  currency    text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  due_on      date        NOT NULL,
  status      text        NOT NULL CHECK (status IN ('ISSUED', 'PAID', 'VOID')),
  issued_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, number),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);

CREATE INDEX invoices_customer ON invoices (tenant_id, customer_id, id);

CREATE TABLE invoice_lines (
  tenant_id        text   NOT NULL,
  invoice_id       uuid   NOT NULL,
  position         int    NOT NULL CHECK (position BETWEEN 1 AND 100),
  product_id       uuid   NOT NULL,
  description      text   NOT NULL CHECK (length(trim(description)) BETWEEN 1 AND 200),
  quantity         int    NOT NULL CHECK (quantity BETWEEN 1 AND 10000),
  unit_price_minor bigint NOT NULL CHECK (unit_price_minor BETWEEN 0 AND 1000000000000),
  PRIMARY KEY (tenant_id, invoice_id, position),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices,
  FOREIGN KEY (tenant_id, product_id) REFERENCES products
);

CREATE INDEX invoice_lines_product ON invoice_lines (tenant_id, product_id);

-- A transaction says whose rows it works on: set_config('app.tenant', ?, true). Before it has, the
-- setting is NULL or empty, which equals no tenant: no rows. FORCE binds the owner as well.

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY ['users', 'customers', 'products', 'invoices', 'invoice_lines'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_only ON %I USING (tenant_id = current_setting(''app.tenant'', true))',
      tenant_table);
  END LOOP;
END
$$;

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON tenants USING (id = current_setting('app.tenant', true));

-- What the service does, and nothing beside: no DELETE, and no UPDATE of what is issued.

GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO sallyport_app, sallyport_reporting;
GRANT SELECT ON tenants, users, customers, products, invoices, invoice_lines
  TO sallyport_app, sallyport_reporting;
GRANT INSERT ON customers, products, invoices, invoice_lines TO sallyport_app;
GRANT UPDATE (last_invoice_number) ON tenants TO sallyport_app;
GRANT UPDATE (status) ON customers, products, invoices TO sallyport_app;
