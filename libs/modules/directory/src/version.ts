import type { FieldError } from '@balcao/platform-errors';
import { sql, type Sql } from '@balcao/platform-tenancy';

/** What one setting says; a colour as `#214ea1`, null for nothing. */
export type SettingValue = string | number | boolean | string[] | null;

/** One setting before and after, named as in `branding.theme.light.primary`, `branding.footerText.pt-BR` or `name`. */
export interface SettingChange {
  setting: string;
  before: SettingValue;
  after: SettingValue;
}

/** What something was set to for a while, by whom, and what that changed. */
export interface Version {
  version: number;
  author: { type: 'staff' | 'operator' | 'system' | 'demo'; id: string | null; name: string | null };
  note: string | null;
  restoredFrom: number | null;
  createdAt: Date;
  /** What it changed, compared with the one before. */
  changes: SettingChange[];
}

/** What putting a version back would do. */
export interface Restoring {
  /** The version of today that this was compared with. */
  version: number;
  changes: SettingChange[];
  /** Settings that stay as they are, each with what stands in the way: no longer known, or refused by today's rules. */
  leftOut: FieldError[];
}

/** What a row `v` of a table of versions says of itself, but for what it changed; its author is called as today. */
export const versionFacts = (): Sql => sql`
  v.version, v.note, v.restored_from as "restoredFrom", v.created_at as "createdAt",
  json_build_object('type', v.author_type, 'id', v.author_id, 'name', coalesce((
    select s.name from staff_users s
    where s.organization_id = v.organization_id and s.id = v.author_id and v.author_type = 'staff'
  ), v.author_name)) as author`;
