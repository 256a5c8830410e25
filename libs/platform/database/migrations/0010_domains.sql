-- Up Migration

-- Domains that organizations say are theirs, and what the name servers say of it. Several may claim one domain; which of
-- them proved it decides who has it. A portal's own stands in `portals` as well, where every request looks for it.
create table domain_claims (
  organization_id uuid not null default app_organization_id() references organizations,
  -- New with each claim, so that nothing that was asked for one of another domain counts for this one.
  id uuid not null,
  purpose text not null check (purpose in ('portal', 'mail')),
  portal_id uuid,
  -- Of one for mails: what stands before the @ of their sender.
  mailbox text,
  domain text not null check (domain = lower(domain) and length(domain) <= 245),
  -- What the domain's owner writes into its zone.
  proof text not null,
  -- Since when the proof is looked for: the claim, or its loss.
  waiting_since timestamptz not null default now(),
  verified_at timestamptz,
  -- Of a verified one whose proof is gone.
  missing_since timestamptz,
  lost_at timestamptz,
  -- What was found at last, in place of the proof too.
  finding text check (finding in ('found', 'missing', 'misplaced', 'different', 'unprefixed', 'unreachable', 'taken')),
  found text[] not null default '{}',
  target_finding text check (target_finding in ('here', 'partly', 'elsewhere', 'nothing', 'unreachable')),
  target_found text[] not null default '{}',
  -- Whether visitors of the domain come here, as it was known at last; only of a portal's.
  leads_here boolean not null default false,
  checked_at timestamptz,
  -- What mails are signed with, and what receivers look for; only of one for mails.
  dkim_public_key text,
  dkim_key_sealed bytea,
  -- What the domain says of who may send in its name, as it was found at last; only of one for mails.
  advice jsonb,
  -- When somebody asked for a look at once.
  asked_at timestamptz,
  -- Null once nobody looks any more.
  next_check_at timestamptz,
  -- Of one that another took the place of, or that was given back: its proof is kept for a while, for whoever names the domain again.
  released_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, portal_id) references portals (organization_id, id) on delete cascade,
  check ((purpose = 'portal') = (portal_id is not null)),
  check (released_at is null or verified_at is null),
  check ((purpose = 'mail') = (mailbox is not null and dkim_public_key is not null and dkim_key_sealed is not null))
);
create unique index domain_claims_one_of_portal on domain_claims (organization_id, portal_id) where released_at is null;
-- Of several organizations each may send in the name of one domain: its owner let each of them.
create unique index domain_claims_one_for_mail on domain_claims (organization_id)
  where purpose = 'mail' and released_at is null;
create unique index domain_claims_verified on domain_claims (domain) where purpose = 'portal' and verified_at is not null;
create index domain_claims_due on domain_claims (next_check_at) where next_check_at is not null;
call protect_organization_table('domain_claims');
create trigger touch before update on domain_claims for each row execute function touch_updated_at();

-- The portal has what its claim says, and nothing without one.
create function portal_has_domain() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.released_at is not null and (tg_op = 'DELETE' or new.released_at is not null) then
    return null;
  elsif tg_op = 'DELETE' or new.released_at is not null then
    update portals set custom_domain = null, domain_verified_at = null, domain_leads_here = false
    where organization_id = old.organization_id and id = old.portal_id;
  elsif tg_op = 'INSERT' or (new.domain, new.verified_at, new.leads_here, new.released_at)
    is distinct from (old.domain, old.verified_at, old.leads_here, old.released_at) then
    update portals set custom_domain = new.domain, domain_verified_at = new.verified_at,
      domain_leads_here = new.verified_at is not null and new.leads_here
    where organization_id = new.organization_id and id = new.portal_id;
  end if;
  return null;
end $$;
create trigger portal_has_domain after insert or update or delete on domain_claims
  for each row execute function portal_has_domain();

-- Down Migration

drop table domain_claims;
drop function portal_has_domain();
