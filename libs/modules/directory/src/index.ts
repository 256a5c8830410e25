export {
  BillingAccountService,
  storedAddress,
  type BillingAccountFields,
  type BillingAccountRow,
} from './billing-account.service.js';
export { DirectoryCoreModule } from './directory.core.module.js';
export { defineSettings, type SettingsSection, type StoredSettings } from './domain/define-settings.js';
export {
  DataImportService,
  type CheckedRow,
  type DataImport,
  type DataImportRow,
} from './imports/data-import.service.js';
export { readTable, type ImportColumn, type ImportTable, type TableRow } from './imports/import-table.js';
export { isPersonalDomain } from './domain/personal-domains.js';
export { MOST_COUNTED, countUpTo, type FirstStep, type WaitingStep } from './domain/first-step.js';
export type { PostalAddress } from './persistence/billing-account.entity.js';
export { portalHome, portalOrigin, type AddressablePortal } from './domain/portal-origin.js';
export { portalFor } from './portal-choice.js';
export { portalRegister, type ShutOut } from './portal-register.js';
export {
  BRANDING_TEXTS,
  brandingSettings,
  featureSettings,
  type BrandingText,
  type PortalBranding,
  type PortalFeatures,
} from './domain/portal-settings.js';
export { canonicalTimeZone } from './domain/time-zone.js';
export { languageFor, languagesOf } from './mail-language.js';
export { OrganizationClockService, type OrganizationClock } from './clock/organization-clock.service.js';
export { OrganizationService, type NewOrganization, type OrganizationRow } from './organization.service.js';
export { onceForEach } from './once-for-each.js';
export { PortalFinder, type FoundPortal } from './portal-finder.js';
export {
  PortalUserService,
  accountToJoin,
  type AccountToJoin,
  type NewPortalUser,
  type PortalUserFilter,
  type PortalUserPatch,
  type PortalUserRow,
} from './portal-user.service.js';
export { RoleGrants } from './role-grants.js';
export { RoleService, type RoleFields } from './role.service.js';
export { containing, emailContaining } from './search-pattern.js';
export {
  portalUserCredentials,
  staffCredentials,
  type Access,
  type CredentialHolder,
  type UserCredentials,
} from './user-credentials.js';
export { staffInCharge } from './staff-in-charge.js';
export { StaffService, type StaffMember, type StaffRow } from './staff.service.js';
export { versionFacts, type Restoring, type SettingChange, type SettingValue, type Version } from './version.js';
