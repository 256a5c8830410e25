import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, sql, systemContext } from '@balcao/platform-tenancy';
import { Threads } from '@balcao/platform-threads';
import { styleSettings } from '../settings/portal-sections.js';
import type { CompiledCss, compileCustomCss } from './custom-css.js';

const COMPILER = new URL('../../dist/branding/custom-css.js', import.meta.url);
const MOST_COMPILED = 500;

/** Tenants' stylesheets as browsers get them. */
@Injectable()
export class CustomStyles {
  /** By what was typed: whoever changes it asks for another. */
  private readonly compiled = new Map<string, Promise<CompiledCss>>();

  constructor(
    private readonly database: Database,
    private readonly threads: Threads,
  ) {}

  /**
   * The stylesheet of a portal, confined to its page; null where it has none. It is made from the source each time a
   * process meets it, so that a stricter rule of a newer version holds for what was saved before: what no longer passes
   * is not served.
   */
  async served({
    organization,
    portal,
  }: {
    organization: { id: string };
    portal: { id: string };
  }): Promise<string | null> {
    const stored = await this.database.read(systemContext(organization.id), (db) =>
      db.first<{ style: object | null }>(
        sql`select p.settings -> 'style' as style from portals p where ${db.tenant('p')} and p.id = ${portal.id}::uuid`,
      ),
    );
    const { customCss } = styleSettings.of({ style: { ...stored?.style } });
    return customCss === null ? null : ((await this.compile(customCss)).css ?? null);
  }

  /** The stylesheet as it would be served, or what stands against it; made once, beside the event loop. */
  compile(source: string): Promise<CompiledCss> {
    const key = hash('sha256', source, 'base64');
    let compiled = this.compiled.get(key);
    if (!compiled) {
      if (this.compiled.size >= MOST_COMPILED) this.compiled.clear();
      compiled = this.threads.run<typeof compileCustomCss>(COMPILER, 'compileCustomCss', source);
      this.compiled.set(key, compiled);
      compiled.catch(() => this.compiled.delete(key));
    }
    return compiled;
  }
}
