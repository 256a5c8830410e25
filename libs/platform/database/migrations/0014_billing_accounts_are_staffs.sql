-- Up Migration

-- A customer reads the own billing account and no more: the former policy let its scope delete the row, since a deletion
-- has no new row to check.
drop policy account_isolation on billing_accounts;
create policy organization_isolation on billing_accounts to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'))
  with check (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy own_account_reading on billing_accounts for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and id = (select app_billing_account_id()));

-- Down Migration

drop policy own_account_reading on billing_accounts;
drop policy organization_isolation on billing_accounts;
create policy account_isolation on billing_accounts to balcao_app
  using (organization_id = app_organization_id()
    and ((select app_scope() = 'organization') or ((select app_scope() = 'account') and id = (select app_billing_account_id()))))
  with check (organization_id = app_organization_id() and (select app_scope() = 'organization'));
