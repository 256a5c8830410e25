import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExpireHandler, LookUpHandler, RegistryClient, SIGNUP_MAILS } from '@balcao/module-signup/worker';
import type { JobPayload, Locale, MailTemplateName } from '@balcao/contracts';
import type { MailContent, MailFacts, MailTemplate } from '@balcao/platform-mail';
import { Outbound } from '@balcao/platform-outbound';
import { Database, sql, systemClock, systemContext } from '@balcao/platform-tenancy';
import type { Type } from '@nestjs/common';
import { idOf } from './ids.js';
import type { TestApp } from './test-app.js';
import type { Visitor } from './visitor.js';

const REGISTRY = new URL('../../../../tools/launcher/src/registry/registry.mjs', import.meta.url).href;

/** The local register of companies, which nobody can reach yet. */
export async function registryServer(options: { slowMs?: number }): Promise<Server> {
  const { createRegistry } = (await import(REGISTRY)) as { createRegistry(options: object): Server };
  return createRegistry(options);
}

/** The local register of companies; slow is a moment more than anybody waits in a test. */
export async function startRegistry(slowMs: number): Promise<{ url: string; close(): Promise<void> }> {
  const server = await registryServer({ slowMs });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The worker's part of signups in this process: does what is in the outbox at once, whenever it is due. */
export function lookUps(api: TestApp): {
  run(how?: { dies: boolean }): Promise<number>;
  expire(): Promise<void>;
  close(): Promise<void>;
} {
  const outbound = new Outbound();
  const database = api.app.get(Database, { strict: false });
  const registry = new RegistryClient(api.config, outbound, database, 500);
  const needs = Reflect.getMetadata('design:paramtypes', LookUpHandler) as Type[];
  const handler = new LookUpHandler(
    ...(needs.map((each) => (each === RegistryClient ? registry : api.app.get<unknown>(each, { strict: false }))) as [
      never,
      never,
      never,
      never,
      never,
      never,
    ]),
  );
  const run = async ({ dies = false } = {}) => {
    const rows = await api.rows<{ id: string; organizationId: string; payload: JobPayload<'signup.look-up'> }>(
      `select id, organization_id as "organizationId", payload from outbox where job = 'signup.look-up' and status <> 'done' order by id`,
    );
    for (const { id, organizationId, payload } of rows)
      await handler.handle(
        {
          name: 'signup.look-up',
          version: 1,
          payload,
          deliveryId: id,
          context: systemContext(organizationId, { clock: systemClock }),
        },
        async (db) => {
          // The last thing before its transaction commits.
          if (dies) throw new Error('killed');
          await db.execute(
            sql`update outbox o set status = 'done' where ${db.tenant('o')} and o.id = ${id}::uuid and o.status <> 'done'`,
          );
        },
      );
    return rows.length;
  };
  const expiring = Reflect.getMetadata('design:paramtypes', ExpireHandler) as Type[];
  const expiry = new ExpireHandler(
    ...(expiring.map((each) => api.app.get<unknown>(each, { strict: false })) as [never, never, never, never]),
  );
  return { run, expire: () => expiry.handle(), close: () => outbound.onApplicationShutdown() };
}

/** What the worker makes of the newest mail of that name, in a language. */
export async function composed(
  api: TestApp,
  template: MailTemplateName,
  locale: Locale,
): Promise<MailContent | 'drop'> {
  const [mail] = await api.rows<{ organizationId: string; ids: MailFacts['ids']; email: string; name: string | null }>(
    `select organization_id as "organizationId", subject_ids as ids, recipient_email as email, recipient_name as name from mails
      where template = $1 order by id desc limit 1`,
    template,
  );
  const isIts = (each: object) =>
    Reflect.getMetadataKeys(each).some((key) => Reflect.getMetadata(key, each) === template);
  const kind = SIGNUP_MAILS.find(isIts) as unknown as new (...needs: unknown[]) => MailTemplate;
  const needs = Reflect.getMetadata('design:paramtypes', kind) as Type[];
  const written = new kind(...needs.map((each) => api.app.get<unknown>(each, { strict: false })));
  const { organizationId, ids, email, name } = mail!;
  return written.compose(systemContext(organizationId, { clock: systemClock }), {
    mailId: '',
    ids,
    locale,
    recipient: { email, name },
  });
}

/** What a portal of the test world says about signups, and `terms` of its brand: what whoever signs up agrees to. */
export const openSignups = (
  api: Pick<TestApp, 'rows'>,
  { terms = {}, ...settings }: { terms?: object; [setting: string]: unknown } = {},
  portal = 'aurora',
) =>
  api.rows(
    `update portals set settings = settings || jsonb_build_object(
       'signup', $2::jsonb, 'branding', coalesce(settings -> 'branding', '{}') || $3::jsonb) where id = $1`,
    idOf(`portal:${portal}`),
    JSON.stringify({ enabled: true, ...settings }),
    JSON.stringify({ termsUrl: null, privacyUrl: null, termsVersion: null, ...terms }),
  );

export interface Challenge {
  salt: string;
  target: string;
  most: number;
  token: string;
}

export function solve({ salt, target, most, token }: Challenge): { token: string; number: number } {
  for (let number = 0; number < most; number += 1)
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === target) return { token, number };
  throw new Error('No number fits');
}

export interface Begun {
  id: string;
  token: string;
  status: string;
}

/** Begins a signup as its page does. */
export async function begin(visitor: Visitor, taxId: string, slug = 'aurora'): Promise<Begun> {
  const page = await visitor.get(`/api/v1/portal/signup/${slug}`).expect(200);
  const proof = solve((page.body as { signupPage: { challenge: Challenge } }).signupPage.challenge);
  const begun = await visitor.post(`/api/v1/portal/signup/${slug}`, { taxId, proof }).expect(201);
  const { signup, token } = begun.body as { signup: { id: string; status: string }; token: string };
  return { id: signup.id, status: signup.status, token };
}
