-- Up Migration

-- So many days behind the due date, or behind the day on which it was asked for where that is later, an invoice's link opens it.
alter table billing_settings add column link_days integer not null default 90 check (link_days between 1 and 1000);

-- Links by which whoever has one sees one invoice, and pays it, without signing in. The link itself is made of the row's id and
-- stored nowhere.
create table payment_links (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  invoice_id uuid not null,
  id uuid not null,
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  revoked_by_id uuid,
  -- Who of the staff asked for it; null where a mail needed one.
  created_by_id uuid,
  created_at timestamptz(3) not null default now(),
  -- When a mail with it was asked for.
  last_sent_at timestamptz(3),
  check (revoked_by_id is null or revoked_at is not null),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, invoice_id)
    references invoices (organization_id, billing_account_id, id)
);
create index payment_links_invoice on payment_links (organization_id, invoice_id, id);
call protect_organization_table('payment_links');

-- Down Migration

drop table payment_links;
alter table billing_settings drop column link_days;
