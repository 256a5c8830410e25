import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { dataPicture, keptPicture } from '@balcao/contracts';
import { brandingSettings, type SettingsSection } from '@balcao/module-directory';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { RateLimiter } from '@balcao/platform-state';
import { Storage } from '@balcao/platform-storage';
import { Threads } from '@balcao/platform-threads';
import type { checkPicture } from './check-picture.js';

const CHECKER = new URL('../../dist/branding/check-picture.js', import.meta.url);

const DAY_SECONDS = 24 * 60 * 60;
/** Pictures that an organization adds in a day: they are kept for good. */
const NEW_IN_A_DAY = 100;

const isPicture = (name: string) =>
  (brandingSettings.settings as SettingsSection['settings'])[name]?.kind === 'picture';

/**
 * Logos and icons as files: a whole picture in a setting is kept by its content, and its address takes its place. What was
 * kept once stays, so that earlier settings can be shown again.
 */
@Injectable()
export class Pictures {
  constructor(
    private readonly storage: Storage,
    private readonly threads: Threads,
    private readonly limiter: RateLimiter,
  ) {}

  /**
   * @throws DomainError validation_failed for a picture that no page should show, or that is not there, rate_limited for one
   *   too many that was not kept before
   */
  async keep(organizationId: string, settings: Record<string, unknown>): Promise<Record<string, unknown>> {
    const kept = { ...settings };
    for (const [name, address] of Object.entries(settings)) {
      if (typeof address !== 'string' || !isPicture(name)) continue;
      const path = `settings.branding.${name}`;
      if (address.startsWith('data:')) kept[name] = await this.keepOne(organizationId, path, address);
      else if (address.startsWith('/')) await this.demandOwn(organizationId, path, address);
    }
    return kept;
  }

  private async keepOne(organizationId: string, path: string, address: string): Promise<string> {
    const picture = dataPicture(address, Infinity);
    if (!picture) throw refusedField(path, 'isPicture');
    const checked = await this.threads.run<typeof checkPicture>(CHECKER, 'checkPicture', picture, {
      lane: organizationId,
    });
    if (checked.problem) throw refusedField(path, checked.problem.code, checked.problem.params);
    // What was copied from a thread is no longer a buffer.
    const content = Buffer.from(checked.content);
    const name = hash('sha256', content, 'hex').slice(0, 32);
    const key = `pictures/${organizationId}/${name}.${picture.extension}`;
    if ((await this.storage.size(key)) !== content.length) {
      await this.countNew(organizationId);
      await this.storage.put(key, Readable.from([content]), content.length);
    }
    return `/${key}`;
  }

  private async countNew(organizationId: string): Promise<void> {
    const limits = { [`pictures|${organizationId}`]: NEW_IN_A_DAY };
    const { allowed, retryAfterSeconds } = await this.limiter.consumeEach(limits, DAY_SECONDS, 1);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
  }

  /** Whose picture it is stands in its address. */
  private async demandOwn(organizationId: string, path: string, address: string): Promise<void> {
    const kept = keptPicture(address);
    if (kept?.organizationId !== organizationId || !(await this.storage.size(kept.key)))
      throw refusedField(path, 'exists');
  }
}
