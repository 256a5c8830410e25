import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Database, systemContext } from '@balcao/platform-tenancy';
import { compileCustomCss } from './domain/custom-css.js';

const MOST_COMPILED = 500;

/** Tenants' stylesheets as browsers get them. */
@Injectable()
export class CustomStyles {
  /** By what was typed: whoever changes it asks for another. */
  private readonly compiled = new Map<string, string | null>();

  constructor(private readonly database: Database) {}

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
      db.repository(PortalEntity).findOne({ where: { id: portal.id }, select: { id: true, customCss: true } }),
    );
    return stored?.customCss ? this.compile(stored.customCss) : null;
  }

  private compile(source: string): string | null {
    const key = hash('sha256', source, 'base64');
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    if (this.compiled.size >= MOST_COMPILED) this.compiled.clear();
    const css = compileCustomCss(source).css ?? null;
    this.compiled.set(key, css);
    return css;
  }
}
