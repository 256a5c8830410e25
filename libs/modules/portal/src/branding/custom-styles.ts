import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import QuickLRU from 'quick-lru';
import { onceForEach, type FoundPortal } from '@balcao/module-directory';
import { Database, clockOf, sql, systemContext, type OrganizationFacts } from '@balcao/platform-tenancy';
import { Threads } from '@balcao/platform-threads';
import type { Turn } from '@balcao/platform-threads/fair-queue';
import { styleSettings } from '../settings/portal-sections.js';
import type { CompiledCss, compileCustomCss } from './custom-css.js';

const COMPILER = new URL('../../dist/branding/custom-css.js', import.meta.url);
/** Organizations whose stylesheets are remembered, and stylesheets of one of them; for a while up to twice as many. */
const MOST_ORGANIZATIONS = 500;
const MOST_SHEETS = 8;

/** Tenants' stylesheets as browsers get them. */
@Injectable()
export class CustomStyles {
  /** By organization and by what was typed: whoever changes it asks for another, and takes no place of anybody else. */
  private readonly compiled = new QuickLRU<string, QuickLRU<string, Promise<CompiledCss>>>({
    maxSize: MOST_ORGANIZATIONS,
  });

  constructor(
    private readonly database: Database,
    private readonly threads: Threads,
  ) {}

  /**
   * The stylesheet of a portal, confined to its page; null where it has none. It is made from the source each time a
   * process meets it, so that a stricter rule of a newer version holds for what was saved before: what no longer passes
   * is not served.
   */
  served = onceForEach(({ organization, portal }: FoundPortal) => this.read(organization, portal.id));

  private async read(organization: OrganizationFacts, portalId: string): Promise<string | null> {
    const stored = await this.database.read(systemContext(organization.id, { clock: clockOf(organization) }), (db) =>
      db.first<{ style: object | null }>(
        sql`select p.settings -> 'style' as style from portals p where ${db.tenant('p')} and p.id = ${portalId}::uuid`,
      ),
    );
    const { customCss } = styleSettings.of({ style: { ...stored?.style } });
    // Pages wait for it: before what somebody only tries.
    return customCss === null
      ? null
      : ((await this.compile({ lane: organization.id, first: true }, customCss)).css ?? null);
  }

  /** The stylesheet as it would be served, or what stands against it; made once, beside the event loop. */
  compile(turn: Turn, source: string): Promise<CompiledCss> {
    const own = this.compiled.get(turn.lane) ?? new QuickLRU<string, Promise<CompiledCss>>({ maxSize: MOST_SHEETS });
    this.compiled.set(turn.lane, own);
    const key = hash('sha256', source, 'base64');
    const known = own.get(key);
    if (known) return known;
    const compiled = this.threads.run<typeof compileCustomCss>(COMPILER, 'compileCustomCss', source, turn);
    own.set(key, compiled);
    compiled.catch(() => own.delete(key));
    return compiled;
  }
}
