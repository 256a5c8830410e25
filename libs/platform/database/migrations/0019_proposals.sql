-- Up Migration

-- What an organization offers a customer: it is sent in versions, of which one counts, and decided once.
create table proposals (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  -- What people quote; drawn when it is first sent, since what is sent says it.
  number text collate "C" check (length(number) between 1 and 40),
  sequence_year integer,
  sequence integer,
  -- From here those of the version that counts; of the draft while none was sent. The reference is what staff call it elsewhere: a
  -- number of their sales, or of the customer's order.
  reference text check (length(reference) between 1 and 60),
  title text not null check (length(title) between 1 and 255),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total bigint not null default 0 check (total between 0 and 9007199254740991),
  valid_until date,
  -- No foreign key: the two tables would refer to each other, and an organization is taken away table by table.
  current_version_id uuid,
  -- Who of the staff answers questions about it.
  contact_id uuid,
  sent_at timestamptz(3),
  accepted_at timestamptz(3),
  rejected_at timestamptz(3),
  withdrawn_at timestamptz(3),
  withdraw_reason text check (length(withdraw_reason) between 1 and 500),
  expired_at timestamptz(3),
  -- Whether those who may decide were reminded of the version that counts.
  reminded_at timestamptz(3),
  created_by_id uuid,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  state text not null generated always as (case
    when accepted_at is not null then 'accepted'
    when rejected_at is not null then 'rejected'
    when withdrawn_at is not null then 'withdrawn'
    when expired_at is not null then 'expired'
    when sent_at is not null then 'sent'
    else 'draft' end) stored,
  -- What searches look through, folded once.
  words text not null generated always as (fold(title || ' ' || coalesce(number, '') || ' ' || coalesce(reference, ''))) stored,
  reference_key text collate "C" generated always as (fold(reference)) stored,
  check (num_nonnulls(accepted_at, rejected_at, withdrawn_at, expired_at) <= 1),
  check (sent_at is not null or num_nonnulls(accepted_at, rejected_at, withdrawn_at, expired_at, current_version_id, number) = 0),
  check (sent_at is null or (current_version_id is not null and valid_until is not null)),
  check (withdraw_reason is null or withdrawn_at is not null),
  check ((sequence is null) = (sequence_year is null) and (sequence is null) = (number is null)),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, number),
  unique (organization_id, sequence_year, sequence),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, contact_id) references staff_users (organization_id, id)
);
create index proposals_recent on proposals (organization_id, created_at, id) include (state, billing_account_id, total, currency);
create index proposals_state on proposals (organization_id, state, created_at, id) include (billing_account_id, total, currency);
create index proposals_of_account on proposals (organization_id, billing_account_id, created_at, id) include (state);
-- For who types only what was counted of a number, or what staff call it.
create index proposals_sequence on proposals (organization_id, sequence) where sequence is not null;
create index proposals_reference on proposals (organization_id, reference_key, created_at, id) include (state, billing_account_id)
  where reference_key is not null;
create index proposals_due on proposals (organization_id, valid_until, id) where state = 'sent';
call protect_for_platform('proposals');
create policy organization_isolation on proposals to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
-- A draft does not exist for its customer.
create policy account_reading on proposals for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id()) and sent_at is not null);
-- What was decided is written by the decision itself.
grant select, delete on proposals to balcao_app;
grant insert (organization_id, billing_account_id, id, reference, title, currency, total, valid_until, contact_id, created_by_id, created_at, updated_at),
  update (billing_account_id, reference, title, currency, total, valid_until, current_version_id, contact_id, number, sequence_year, sequence, sent_at,
    withdrawn_at, withdraw_reason, expired_at, reminded_at, version, updated_at) on proposals to balcao_app;

-- What a proposal says: written while it is a draft; once sent, `document` is what is shown, signed and printed, byte for byte.
create table proposal_versions (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  proposal_id uuid not null,
  id uuid not null,
  number integer not null check (number between 1 and 1000),
  reference text check (length(reference) between 1 and 60),
  title text not null check (length(title) between 1 and 255),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total bigint not null default 0 check (total between 0 and 9007199254740991),
  valid_until date,
  -- As it is written: lines, discount, words and what acceptance brings.
  content jsonb not null,
  -- JSON in canonical form (RFC 8785).
  document text check (length(document) <= 2000000),
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  sent_at timestamptz(3),
  sent_by_id uuid,
  -- When a later version took its place.
  superseded_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  check (num_nonnulls(document, digest, sent_at) in (0, 3)),
  check (document is null or digest = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
  check (sent_at is null or valid_until is not null),
  check (superseded_at is null or sent_at is not null),
  primary key (organization_id, id),
  unique (organization_id, proposal_id, number),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, proposal_id, id),
  foreign key (organization_id, billing_account_id, proposal_id)
    references proposals (organization_id, billing_account_id, id) on update cascade on delete cascade
);
-- One is being written, and one counts.
create unique index proposal_versions_draft on proposal_versions (organization_id, proposal_id) where sent_at is null;
create unique index proposal_versions_current on proposal_versions (organization_id, proposal_id)
  where sent_at is not null and superseded_at is null;
call protect_for_platform('proposal_versions');
create policy organization_isolation on proposal_versions to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy account_reading on proposal_versions for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id()) and sent_at is not null);
grant select, insert, delete on proposal_versions to balcao_app;
grant update (reference, title, currency, total, valid_until, content, document, digest, sent_at, sent_by_id, superseded_at)
  on proposal_versions to balcao_app;

-- Files that belong to a version; one that is taken over by the next lies where it lay.
create table proposal_files (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  proposal_id uuid not null,
  version_id uuid not null,
  id uuid not null,
  -- What the file is called in platform/storage: the id of the row that brought it.
  storage_id uuid not null,
  -- A row that is `receiving` is older than its file, so that no file is without one.
  status text not null default 'receiving' check (status in ('receiving', 'kept')),
  file_name text not null check (length(file_name) between 1 and 200),
  -- By what it begins with, not by its name.
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  bytes integer not null check (bytes between 1 and 10485760),
  -- SHA-256 of its bytes, which the document of its version names.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) not null default now(),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, proposal_id, version_id)
    references proposal_versions (organization_id, billing_account_id, proposal_id, id) on update cascade on delete cascade
);
create index proposal_files_version on proposal_files (organization_id, version_id, id);
create index proposal_files_stored on proposal_files (organization_id, storage_id);
create index proposal_files_receiving on proposal_files (created_at) where status = 'receiving';
call protect_for_platform('proposal_files');
create policy organization_isolation on proposal_files to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy account_reading on proposal_files for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id())
    and exists (select from proposal_versions v where v.organization_id = proposal_files.organization_id
      and v.id = proposal_files.version_id and v.sent_at is not null));
grant select, insert, delete on proposal_files to balcao_app;
grant update (status) on proposal_files to balcao_app;

-- Links by which whoever has one reads a proposal, and decides it, without signing in. The link itself is made of the row's id and
-- stored nowhere. One that was mailed names its reader, so that a decision says by whose link it came.
create table proposal_links (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  proposal_id uuid not null,
  id uuid not null,
  email text check (is_email_address(email)),
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  revoked_by_id uuid,
  created_by_id uuid,
  created_at timestamptz(3) not null default now(),
  last_sent_at timestamptz(3),
  check (revoked_by_id is null or revoked_at is not null),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, proposal_id)
    references proposals (organization_id, billing_account_id, id) on delete cascade
);
create index proposal_links_proposal on proposal_links (organization_id, proposal_id, id);
call protect_organization_table('proposal_links');

-- Who decided, what exactly, and how it is known. One row a proposal: whoever comes second is refused by the key.
create table proposal_decisions (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  proposal_id uuid not null,
  version_id uuid not null,
  -- Of the document that was read: it has to be the version's own.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('accepted', 'rejected')),
  signer_name text not null check (length(signer_name) between 1 and 120),
  signer_role text check (length(signer_role) between 1 and 80),
  signer_tax_id text check (signer_tax_id ~ '^[0-9]{11}$'),
  signature text check (signature in ('typed', 'drawn')),
  -- Of a drawn one: strokes of points, x and y in turn, within 1000 by 400.
  strokes jsonb check (jsonb_typeof(strokes) = 'array' and pg_column_size(strokes) < 200000),
  reason text check (reason in ('price', 'timing', 'not_now', 'competitor', 'other')),
  comment text check (length(comment) between 1 and 1000),
  -- Signed in, or by a link.
  portal_user_id uuid,
  link_id uuid,
  -- The day on which they want it to begin, where the text leaves them that.
  starts_on date,
  -- What acceptance began besides an invoice, which names the proposal itself.
  subscription_id uuid,
  ip text not null check (length(ip) between 1 and 45),
  user_agent text not null check (length(user_agent) <= 500),
  -- By the organization's clock; `created_at` is the real time.
  decided_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  check ((kind = 'rejected') = (reason is not null)),
  check (kind = 'accepted' or signature is null),
  check ((signature is not distinct from 'drawn') = (strokes is not null)),
  check (num_nonnulls(portal_user_id, link_id) = 1),
  check (num_nonnulls(subscription_id, starts_on) = 0 or kind = 'accepted'),
  primary key (organization_id, proposal_id),
  foreign key (organization_id, billing_account_id, proposal_id, version_id)
    references proposal_versions (organization_id, billing_account_id, proposal_id, id),
  foreign key (organization_id, billing_account_id, portal_user_id)
    references portal_users (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, link_id)
    references proposal_links (organization_id, billing_account_id, id)
);
call protect_read_only_account_table('proposal_decisions');
revoke update, delete on proposal_decisions from balcao_app;

-- What became of a proposal, for the staff's page.
create table proposal_events (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  proposal_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('created', 'sent', 'mailed', 'reminded', 'accepted', 'rejected', 'withdrawn', 'expired', 'link_created', 'link_revoked')),
  version_number integer,
  recipient text check (length(recipient) between 1 and 320),
  actor_type text not null check (actor_type in ('staff', 'portal', 'link', 'system')),
  actor_id uuid,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  foreign key (organization_id, billing_account_id, proposal_id)
    references proposals (organization_id, billing_account_id, id) on update cascade on delete cascade
);
create index proposal_events_proposal on proposal_events (organization_id, proposal_id, created_at, id);
call protect_organization_table('proposal_events');
revoke update, delete on proposal_events from balcao_app;

-- A proposal goes one way, and what has ended stays as it ended.
create function keep_proposal() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    -- Who takes a whole organization away is another.
    if old.sent_at is not null and current_user = 'balcao_app' then
      raise check_violation using message = 'a proposal that was sent stays', table = 'proposals', constraint = 'proposals_kept_check';
    end if;
    return old;
  end if;
  if old.state not in ('draft', 'sent')
    or old.sent_at is not null and (new.sent_at is null or new.billing_account_id <> old.billing_account_id)
    or old.number is not null and (new.number, new.sequence_year, new.sequence) is distinct from (old.number, old.sequence_year, old.sequence)
  then
    raise check_violation using message = 'a proposal that has ended stays as it is', table = 'proposals', constraint = 'proposals_kept_check';
  end if;
  return new;
end $$;
create trigger keep_proposal before update or delete on proposals for each row execute function keep_proposal();

-- What was sent is never otherwise: only that another took its place is added, once.
create function keep_proposal_version() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    if old.sent_at is not null and current_user = 'balcao_app' then
      raise check_violation using message = 'a version that was sent stays', table = 'proposal_versions', constraint = 'proposal_versions_kept_check';
    end if;
    return old;
  end if;
  if old.sent_at is null then
    return new;
  end if;
  if old.superseded_at is not null
    or (new.organization_id, new.billing_account_id, new.proposal_id, new.id, new.number, new.reference, new.title, new.currency, new.total, new.valid_until,
      new.content, new.document, new.digest, new.sent_at, new.sent_by_id, new.created_at)
      is distinct from (old.organization_id, old.billing_account_id, old.proposal_id, old.id, old.number, old.reference, old.title, old.currency, old.total,
      old.valid_until, old.content, old.document, old.digest, old.sent_at, old.sent_by_id, old.created_at)
  then
    raise check_violation using message = 'a version that was sent stays as it is', table = 'proposal_versions', constraint = 'proposal_versions_kept_check';
  end if;
  return new;
end $$;
create trigger keep_version before update or delete on proposal_versions for each row execute function keep_proposal_version();

-- Files come and go while their version is a draft.
create function keep_proposal_file() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
declare
  touched proposal_files;
begin
  if tg_op = 'DELETE' then
    touched := old;
  else
    touched := new;
  end if;
  if current_user = 'balcao_app' and exists (select from proposal_versions v
    where v.organization_id = touched.organization_id and v.id = touched.version_id and v.sent_at is not null)
  then
    raise check_violation using message = 'files of a version that was sent stay', table = 'proposal_files', constraint = 'proposal_files_kept_check';
  end if;
  return touched;
end $$;
create trigger keep_file before insert or update or delete on proposal_files for each row execute function keep_proposal_file();

-- Deciding is what ends a proposal: only the version that counts, as it was read, and only while it waits.
create function post_proposal_decision() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update proposals p set
    accepted_at = case new.kind when 'accepted' then new.decided_at end,
    rejected_at = case new.kind when 'rejected' then new.decided_at end,
    version = p.version + 1, updated_at = new.decided_at
  where p.organization_id = new.organization_id and p.billing_account_id = new.billing_account_id and p.id = new.proposal_id
    and p.state = 'sent' and p.current_version_id = new.version_id
    and exists (select from proposal_versions v where v.organization_id = new.organization_id and v.id = new.version_id and v.digest = new.digest);
  if not found then
    raise check_violation using message = 'only the version that counts is decided, and once', table = 'proposal_decisions',
      constraint = 'proposal_decisions_current_check';
  end if;
  return new;
end $$;
create trigger post_decision before insert on proposal_decisions for each row execute function post_proposal_decision();

-- An invoice that a proposal's acceptance made names it: one of each.
alter table invoices add column proposal_id uuid, add column proposal_number text check (length(proposal_number) between 1 and 40),
  add constraint invoices_proposal_check check ((proposal_id is null) = (proposal_number is null)),
  add constraint invoices_proposal_fkey foreign key (organization_id, billing_account_id, proposal_id)
    references proposals (organization_id, billing_account_id, id);
create unique index invoices_proposal on invoices (organization_id, proposal_id) where proposal_id is not null;
grant insert (proposal_id, proposal_number) on invoices to balcao_app;

-- A document of a proposal names its version, and says whether the evidence of its acceptance stands in it.
alter table billing_documents add column proposal_version_id uuid, add column is_signed boolean,
  add constraint billing_documents_proposal_check check ((proposal_version_id is null) = (is_signed is null)),
  add constraint billing_documents_proposal_fkey foreign key (organization_id, billing_account_id, proposal_version_id)
    references proposal_versions (organization_id, billing_account_id, id);
create index billing_documents_proposal on billing_documents (organization_id, digest) where proposal_version_id is not null;
create index billing_documents_proposal_version on billing_documents (organization_id, proposal_version_id)
  where proposal_version_id is not null;

-- Down Migration

alter table billing_documents drop column proposal_version_id, drop column is_signed;
alter table invoices drop column proposal_id, drop column proposal_number;
drop table proposal_events, proposal_decisions, proposal_links, proposal_files, proposal_versions, proposals;
drop function post_proposal_decision, keep_proposal_file, keep_proposal_version, keep_proposal;
