-- Up Migration

-- Roles that whoever bears a role may give to people of their account (S2.30).
create table role_grants (
  organization_id uuid not null default app_organization_id(),
  role_id uuid not null,
  granted_role_id uuid not null,
  primary key (organization_id, role_id, granted_role_id),
  foreign key (organization_id, role_id) references roles (organization_id, id) on delete cascade,
  foreign key (organization_id, granted_role_id) references roles (organization_id, id) on delete cascade
);
create index role_grants_granted on role_grants (organization_id, granted_role_id);
call protect_shared_table('role_grants');

-- Nothing ever used it: what may be given is said by the role.
alter table billing_accounts drop column allowed_role_ids;

create index invitations_of_account on invitations (organization_id, billing_account_id, created_at desc, id desc);

-- What kept a mail from being delivered, as a word that clients can put into people's language.
alter table mails add column problem text
  check (problem in ('recipient_refused', 'message_refused', 'server_unavailable', 'unknown'));

-- A customer who invites issues and supersedes links of its own people in waiting, and sees how their mails fared. The
-- links' usable half is stored nowhere, so their rows are worth nothing to whoever reads them.
create function is_own_invitation_link(link one_time_tokens) returns boolean language sql stable parallel safe as $$
  select link.organization_id = app_organization_id() and app_scope() = 'account'
    and link.purpose = 'invitation' and link.subject_type = 'portal_user'
    and exists (select 1 from portal_users u where u.organization_id = link.organization_id and u.id = link.subject_id)
$$;
create policy own_invitations_reading on one_time_tokens for select to balcao_app
  using (is_own_invitation_link(one_time_tokens));
create policy own_invitations_issuing on one_time_tokens for insert to balcao_app
  with check (is_own_invitation_link(one_time_tokens));
create policy own_invitations_superseding on one_time_tokens for update to balcao_app
  using (is_own_invitation_link(one_time_tokens)) with check (is_own_invitation_link(one_time_tokens));
create policy own_invitations on mails for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and template = 'invitation'
    and exists (select 1 from invitations i where i.organization_id = mails.organization_id
      and i.id = (subject_ids ->> 'invitationId')::uuid));

-- Down Migration

drop policy own_invitations on mails;
drop policy own_invitations_superseding on one_time_tokens;
drop policy own_invitations_issuing on one_time_tokens;
drop policy own_invitations_reading on one_time_tokens;
drop function is_own_invitation_link(one_time_tokens);
alter table mails drop column problem;
drop index invitations_of_account;
alter table billing_accounts add column allowed_role_ids uuid[] not null default '{}';
drop table role_grants;
