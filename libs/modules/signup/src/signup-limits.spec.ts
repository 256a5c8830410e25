import { expect, it } from '@jest/globals';
import { UnprovedRecipients } from '@balcao/platform-mail';
import { RateLimiter } from '@balcao/platform-state';
import { systemClock, systemContext, type Database } from '@balcao/platform-tenancy';
import { SignupLimits } from './signup-limits.js';

/** Allows everything, and knows by which limits it was asked. */
class Asked extends RateLimiter {
  readonly limits: [key: string, limit: number][] = [];

  override async consume(): Promise<never> {
    throw new Error('asks for one');
  }

  override async consumeEach(limits: Readonly<Record<string, number>>) {
    this.limits.push(...Object.entries(limits));
    return { allowed: true, retryAfterSeconds: 0 };
  }

  override async check(key: string, { limit }: { limit: number }) {
    this.limits.push([key, limit]);
    return { allowed: true, retryAfterSeconds: 0 };
  }

  override async giveBack(): Promise<void> {}
  override async clear(): Promise<void> {}
}

it('an organization’s mails about signups of a day take many networks to use up, and many sites', async () => {
  const organizationId = '0190f3a0-0000-7000-8000-000000000001';
  const mail = { template: 'signup-received', email: 'ana@padaria.example', ids: { signupId: 'x' } };
  const unproved = new Asked();
  await new UnprovedRecipients({} as Database, unproved).heldUntil(
    systemContext(organizationId, { clock: systemClock }),
    mail,
  );
  const ofOrganization = Math.max(...unproved.limits.map(([, limit]) => limit));
  const counted = new Asked();
  await new SignupLimits(counted).mailing('resend', '2001:db8:1:2::1', organizationId, mail.email, async () => {});
  const ofNetworks = counted.limits.flatMap(([key, limit]) => (key.includes('"organization"') ? [limit] : []));
  expect(ofNetworks.length).toBeGreaterThan(1);
  expect(ofOrganization / Math.max(...ofNetworks)).toBeGreaterThan(30);
  // An office that is shared: thirty companies, each for two mails.
  expect(Math.min(...ofNetworks)).toBeGreaterThanOrEqual(60);
});

it('a step that is not allowed counts of whoever asks, and of nothing that others have a share in', async () => {
  const limiter = new Asked();
  const limits = new SignupLimits(limiter);
  const ofPortal = () => limiter.limits.filter(([key]) => key.includes('"portal"'));
  const spend = (requireAllowed: () => string) => limits.spendOnceAllowed('ask', '192.0.2.1', 'p', 's', requireAllowed);
  const refuses = () => {
    throw new Error('not now');
  };
  await expect(spend(refuses)).rejects.toThrow('not now');
  expect(limiter.limits.length).toBeGreaterThan(1);
  expect(ofPortal()).toEqual([]);
  expect(await spend(() => 'allowed')).toBe('allowed');
  expect(ofPortal()).toHaveLength(1);
});
