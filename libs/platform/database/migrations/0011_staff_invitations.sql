-- Up Migration

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

-- Down Migration

drop table staff_invitations;
