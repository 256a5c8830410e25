import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { Lockout, OneTimeTokens, PasswordHasher, type TokenPurpose } from '@balcao/module-auth';
import { NewEmailVerification } from '@balcao/module-auth/worker';
import { PortalFinder } from '@balcao/module-directory';
import { HandoverSubscriber } from '@balcao/module-signup/worker';
import { InvoiceMails } from '@balcao/module-billing/worker';
import {
  CollectInvoicesSubscriber,
  DocumentCodesSubscriber,
  FollowInvoicesSubscriber,
} from '@balcao/module-payments/worker';
import { ProposalMails } from '@balcao/module-proposals/worker';
import {
  FollowSubscriptionsSubscriber,
  GiveUpInvoicesSubscriber,
  SubscriptionMails,
} from '@balcao/module-subscriptions/worker';
import { TicketIndexSubscriber, TicketMails } from '@balcao/module-tickets/worker';
import { Secrets, type AppConfig } from '@balcao/platform-config';
import type { RegisteredRoute } from '@balcao/platform-http';
import { hearEvents } from '@balcao/platform-outbox/testing';
import type { EventSubscriber } from '@balcao/platform-outbox/worker';
import { testDatabase } from '@balcao/platform-testing';
import { FakeStripe } from '../../../../libs/platform/gateways/test/support/fake-stripe.js';
import { createApp } from '../../src/create-app.js';
import { ENTITIES } from '../../src/modules.js';
import { contractCheck } from './contract.js';
import { idOf } from './ids.js';
import { plant, replanting } from './plant.js';
import { signIn, type Audience, type SignInOptions } from './sign-in.js';
import { Visitor } from './visitor.js';
import { PASSWORD } from './world.js';

/** Who hears in the worker; `e2e/subscribers.spec.ts` names one that is missing. */
export const SUBSCRIBERS: Type<EventSubscriber>[] = [
  DocumentCodesSubscriber,
  CollectInvoicesSubscriber,
  FollowInvoicesSubscriber,
  FollowSubscriptionsSubscriber,
  GiveUpInvoicesSubscriber,
  HandoverSubscriber,
  InvoiceMails,
  NewEmailVerification,
  ProposalMails,
  SubscriptionMails,
  TicketIndexSubscriber,
  TicketMails,
];

/** The app's own limits for ending what goes on are far shorter. */
const LATE_MS = 60_000;

export interface TestAppOptions {
  config?: Partial<AppConfig>;
  /** Switches off the code's own tenant conditions, so that row-level security stands alone. */
  ownFilters?: boolean;
  /** A port of this machine by which the app reaches the database, instead of the database's own. */
  through?: number;
}

/** The whole API in this process, over a database of its own with the test world in it. */
export interface TestApp {
  app: NestFastifyApplication;
  config: AppConfig;
  routes: RegisteredRoute[];
  /** A connection that sees and may do everything. */
  owner: pg.Client;
  /** Somebody who is not signed in. */
  visitor(base?: string, headers?: Record<string, string>): Visitor;
  signIn(audience: Audience, email: string, options?: SignInOptions): Promise<Visitor>;
  /** Text of the newest link of a purpose that was issued for somebody, as the mail carries it. */
  linkFor(userId: string, purpose: TokenPurpose): Promise<string>;
  /** Rows of a statement, asked as the owner. */
  rows<Row extends object = Record<string, unknown>>(statement: string, ...values: unknown[]): Promise<Row[]>;
  /** Lets the worker's subscribers hear what happened so far. */
  hear(): Promise<void>;
  /** The mails that were asked for so far, oldest first; those about tickets by what the worker hears of them. */
  mails(): Promise<{ template: string; to: string }[]>;
  /** What the API has, or what the worker alone has, out of what that needs. */
  made<Thing>(type: Type<Thing>): Thing;
  /** Takes back whatever the tests have changed. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const stripe = new FakeStripe();
  const stripeApiUrl = await stripe.start();
  const { config, database, logger, owner, close } = await testDatabase({
    entities: ENTITIES,
    ownFilters: options.ownFilters,
    // Visitors choose their address by the header of a trusted proxy.
    config: {
      requestsPerMinute: 10_000_000,
      writesPerDay: 10_000_000,
      trustedProxies: '127.0.0.1',
      stripeApiUrl,
      ...options.config,
    },
  });
  if (options.through) config.databaseUrl = withPort(config.databaseUrl!, options.through);
  const { app, routes, document } = await createApp({
    config,
    logger,
    database: options.through ? undefined : database,
  });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  const passwordHash = await app.get(PasswordHasher, { strict: false }).hash(PASSWORD, { lane: 'setup' });
  const secrets = app.get(Secrets);
  await plant(owner, passwordHash, (text, context) => secrets.seal(text, context));
  const lockout = app.get(Lockout, { strict: false });
  await lockout.lockName('portal', idOf('organization:aurora'), 'locked@padaria.example');
  const replant = await replanting(owner);
  const rows = async <Row extends object>(statement: string, ...values: unknown[]) =>
    (await owner.query<Row>(statement, values)).rows;
  const check = contractCheck(document);
  const visitor = (base?: string, headers?: Record<string, string>) =>
    new Visitor(`http://127.0.0.1:${port}`, base, {}, headers, check);
  const made = <Thing>(type: Type<Thing>): Thing => {
    try {
      return app.get<Thing>(type, { strict: false });
    } catch {
      const needs = Reflect.getMetadata('design:paramtypes', type) as Type[];
      return new type(...needs.map((each) => made<unknown>(each)));
    }
  };
  const subscribers = SUBSCRIBERS.map((subscriber) => made(subscriber));
  const hear = () => hearEvents(owner, ...subscribers);
  const test: TestApp = {
    app,
    config,
    routes,
    owner,
    visitor,
    signIn: (audience, email, signInOptions) => signIn(visitor(), audience, email, signInOptions),
    rows,
    linkFor: async (userId, purpose) => {
      const [token] = await rows<{ id: string }>(
        'select id from one_time_tokens where subject_id = $1 and purpose = $2 order by created_at desc, id desc limit 1',
        userId,
        purpose,
      );
      const link = token && (await app.get(OneTimeTokens, { strict: false }).derive(token.id));
      if (!link) throw new Error(`Nobody issued a usable ${purpose} link for ${userId}`);
      return link;
    },
    hear,
    made,
    mails: async () => {
      await hear();
      return rows('select template, recipient_email as to from mails order by id');
    },
    reset: async () => {
      await replant();
      app.get(PortalFinder, { strict: false }).forgetRecent();
    },
    close: async () => {
      const late = setTimeout(() => void sayWhatIsOpen(owner), LATE_MS);
      await app.close().finally(() => clearTimeout(late));
      await Promise.all([close(), stripe.stop()]);
      // A spec file's variables live as long as the process; the application must not.
      for (const name of Object.keys(test) as (keyof TestApp)[]) delete (test as Partial<TestApp>)[name];
    },
  };
  return test;
}

/** An application that does not close holds up the whole suite: whoever reads of it shall know why. */
async function sayWhatIsOpen(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query(
    `select application_name, state, wait_event, now() - state_change as since, left(query, 200) as query
     from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  const open = { resources: process.getActiveResourcesInfo(), connections: rows };
  process.stderr.write(`The application has not closed yet: ${JSON.stringify(open, null, 2)}\n`);
}

function withPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.toString();
}
