import type { SettingChange } from '@balcao/module-directory';
import type { PortalEntity } from '@balcao/module-directory/entities';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { declaredSections } from './declared-sections.js';
import { changesBetween, partOf } from './setting-changes.js';

/** Keeps what a portal is from now on in its history, by whoever changes it, within the caller's transaction. */
export async function keepVersion(
  db: Db,
  { actor }: OrganizationContext,
  before: PortalEntity,
  after: Pick<PortalEntity, 'version' | 'name' | 'settings'> & {
    /** What is no setting: the history tells of it, and never puts it back. */
    others?: SettingChange[];
    note?: string;
    restoredFrom?: number;
  },
): Promise<void> {
  const { others = [] } = after;
  const parts = [...changesBetween(before, after, declaredSections()), ...others].map(({ setting }) => partOf(setting));
  await db.execute(sql`
    insert into portal_versions
      (portal_id, version, parts, author_type, author_id, author_name, note, restored_from, name, settings, other_changes)
    values (${before.id}::uuid, ${after.version}, ${[...new Set(parts)]}::text[], ${actor.type}, ${actor.id ?? null}::uuid,
      ${actor.name ?? null}, ${after.note ?? null}, ${after.restoredFrom ?? null}::integer, ${after.name},
      ${JSON.stringify(after.settings)}::jsonb, ${JSON.stringify(others)}::jsonb)`);
}
