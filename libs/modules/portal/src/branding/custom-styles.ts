import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, sql, systemContext } from '@balcao/platform-tenancy';
import { Threads } from '@balcao/platform-threads';
import type { Turn } from '@balcao/platform-threads/fair-queue';
import { styleSettings } from '../settings/portal-sections.js';
import type { CompiledCss, compileCustomCss } from './custom-css.js';

const COMPILER = new URL('../../dist/branding/custom-css.js', import.meta.url);
/** Organizations whose stylesheets are remembered, and stylesheets of one of them. */
const MOST_ORGANIZATIONS = 500;
const MOST_SHEETS = 8;

/** Tenants' stylesheets as browsers get them. */
@Injectable()
export class CustomStyles {
  /** By organization and by what was typed: whoever changes it asks for another, and takes no place of anybody else. */
  private readonly compiled = new Map<string, Map<string, Promise<CompiledCss>>>();

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
    // Pages wait for it: before what somebody only tries.
    return customCss === null
      ? null
      : ((await this.compile({ lane: organization.id, first: true }, customCss)).css ?? null);
  }

  /** The stylesheet as it would be served, or what stands against it; made once, beside the event loop. */
  compile(turn: Turn, source: string): Promise<CompiledCss> {
    const own = remembered(this.compiled, turn.lane, MOST_ORGANIZATIONS, () => new Map<string, Promise<CompiledCss>>());
    const key = hash('sha256', source, 'base64');
    return remembered(own, key, MOST_SHEETS, () => {
      const compiled = this.threads.run<typeof compileCustomCss>(COMPILER, 'compileCustomCss', source, turn);
      compiled.catch(() => own.delete(key));
      return compiled;
    });
  }
}

/** What stands in `values`, or is put there; where there are too many, what nobody asked for longest leaves. */
function remembered<Value>(values: Map<string, Value>, key: string, most: number, make: () => Value): Value {
  const value = values.get(key) ?? make();
  values.delete(key);
  values.set(key, value);
  if (values.size > most) values.delete(values.keys().next().value!);
  return value;
}
