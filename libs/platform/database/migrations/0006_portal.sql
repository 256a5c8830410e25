-- Up Migration

create table invitations (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  portal_id uuid not null,
  portal_user_id uuid not null,
  token_id uuid,
  email text not null check (is_email_address(email)),
  name text not null,
  status text not null default 'pending' check (status in ('pending', 'accepted', 'cancelled')),
  invited_by_type text not null,
  invited_by_id uuid not null,
  invited_by_name text not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  cancelled_at timestamptz,
  sent_count integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, portal_id) references portals (organization_id, id),
  foreign key (organization_id, billing_account_id, portal_user_id)
    references portal_users (organization_id, billing_account_id, id) on delete cascade
);
create unique index invitations_one_pending on invitations (organization_id, portal_user_id) where status = 'pending';
create index invitations_recent on invitations (organization_id, created_at desc, id desc);
create index invitations_of_account on invitations (organization_id, billing_account_id, created_at desc, id desc);
call protect_account_table('invitations');
create trigger touch before update on invitations for each row execute function touch_updated_at();

-- What is known of an invitation as long as it waits: its row goes when the person accepts, or with the person when it
-- is cancelled. What happened stands in the audit log.
create table staff_invitations (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  staff_user_id uuid not null,
  -- The newest link; its mail tells how the invitation fared.
  token_id uuid not null,
  -- Null for the first owner, whom an operator of the installation invites.
  invited_by_name text,
  expires_at timestamptz not null,
  sent_count integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, staff_user_id),
  foreign key (organization_id, staff_user_id) references staff_users (organization_id, id) on delete cascade
);
call protect_organization_table('staff_invitations');
create trigger touch before update on staff_invitations for each row execute function touch_updated_at();

-- How invitations of staff fare: what others read of this module's tables.
create view staff_invitation_states with (security_invoker = true) as
  select i.organization_id, i.staff_user_id, i.invited_by_name, i.expires_at, i.sent_count, m.status as mail_status
  from staff_invitations i
  left join mails m on m.organization_id = i.organization_id and m.business_key = 'staff-invitation:' || i.token_id;
grant select on staff_invitation_states to balcao_app, balcao_platform;

-- A customer who invites issues and supersedes links of its own people in waiting, and sees how their mails fared. The
-- links' usable half is stored nowhere, so their rows are worth nothing to whoever reads them.
create function is_own_invitation_link(link one_time_tokens) returns boolean language sql stable parallel safe as $$
  select link.organization_id = app_organization_id() and app_scope() = 'account'
    and link.purpose = 'invitation' and link.subject_type = 'portal_user'
    and exists (select 1 from portal_users u where u.organization_id = link.organization_id and u.id = link.subject_id)
$$;
grant execute on function is_own_invitation_link to balcao_app;
create policy own_invitations_reading on one_time_tokens for select to balcao_app
  using (is_own_invitation_link(one_time_tokens));
create policy own_invitations_issuing on one_time_tokens for insert to balcao_app
  with check (is_own_invitation_link(one_time_tokens));
create policy own_invitations_superseding on one_time_tokens for update to balcao_app
  using (is_own_invitation_link(one_time_tokens));
create policy own_invitations on mails for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and template = 'invitation'
    and exists (select 1 from invitations i where i.organization_id = mails.organization_id
      and i.id = (subject_ids ->> 'invitationId')::uuid));

-- Lists of people whom staff invite: the worker takes row after row. Personal data of people who may never answer, so they go
-- after a month.
create table invitation_imports (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  billing_account_id uuid not null,
  portal_id uuid not null,
  status text not null default 'running' check (status in ('running', 'finished', 'stopped')),
  total integer not null,
  invited integer not null default 0,
  -- Who had access or an invitation already.
  known integer not null default 0,
  refused integer not null default 0,
  created_by_id uuid not null,
  created_by_name text not null,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, portal_id) references portals (organization_id, id),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id)
);
-- One at a time: what waits is bounded, and nobody starts the same list twice.
create unique index invitation_imports_one_running on invitation_imports (organization_id) where status = 'running';
create index invitation_imports_recent on invitation_imports (organization_id, created_at desc, id desc);
create index invitation_imports_old on invitation_imports (created_at);
call protect_organization_table('invitation_imports');
create trigger touch before update on invitation_imports for each row execute function touch_updated_at();

create table invitation_import_rows (
  organization_id uuid not null default app_organization_id() references organizations,
  import_id uuid not null,
  place integer not null,
  -- As the list has it, from 1.
  line integer not null,
  name text not null,
  email text not null,
  role text not null,
  role_id uuid,
  status text not null default 'waiting' check (status in ('waiting', 'invited', 'known', 'refused')),
  -- Code of what is wrong.
  problem text,
  primary key (organization_id, import_id, place),
  foreign key (organization_id, import_id) references invitation_imports (organization_id, id) on delete cascade
);
call protect_organization_table('invitation_import_rows');

-- Steps of getting started that an organization has put aside. Whether a step is done stands nowhere: it is asked of what there is.
create table postponed_steps (
  organization_id uuid not null default app_organization_id() references organizations,
  step text not null check (length(step) <= 50),
  created_at timestamptz not null default now(),
  primary key (organization_id, step)
);
call protect_organization_table('postponed_steps');

-- A portal as each change left it. Rows only come; what was said stays as it was said.
create table portal_versions (
  organization_id uuid not null default app_organization_id() references organizations,
  portal_id uuid not null,
  version integer not null,
  -- `name`, the sections whose settings are others than before, and what else was changed; none of the first version.
  parts text[] not null default '{}',
  author_type text not null check (author_type in ('staff', 'operator', 'api_key', 'system', 'demo')),
  author_id uuid,
  author_name text,
  note text check (length(note) <= 200),
  -- The earlier version that was put back.
  restored_from integer,
  name text not null,
  settings jsonb not null,
  -- What was changed that is no setting and is never put back: addresses, and whose people come in.
  other_changes jsonb not null default '[]',
  created_at timestamptz not null default now(),
  primary key (organization_id, portal_id, version),
  foreign key (organization_id, portal_id) references portals (organization_id, id)
);
call protect_organization_table('portal_versions');
revoke update, delete on portal_versions from balcao_app;

-- Whoever makes a portal, its first version is kept; at the commit, so that whoever says more about it comes first.
create function keep_first_portal_version() returns trigger language plpgsql as $$
begin
  insert into portal_versions (organization_id, portal_id, version, author_type, name, settings)
  values (new.organization_id, new.id, new.version, 'system', new.name, new.settings)
  on conflict do nothing;
  return null;
end $$;
create constraint trigger first_version after insert on portals deferrable initially deferred
  for each row execute function keep_first_portal_version();

-- Down Migration

drop trigger first_version on portals;
drop function keep_first_portal_version;
drop table portal_versions;
drop table postponed_steps;
drop table invitation_import_rows;
drop table invitation_imports;
drop policy own_invitations on mails;
drop policy own_invitations_superseding on one_time_tokens;
drop policy own_invitations_issuing on one_time_tokens;
drop policy own_invitations_reading on one_time_tokens;
drop function is_own_invitation_link(one_time_tokens);
drop view staff_invitation_states;
drop table staff_invitations;
drop table invitations;
