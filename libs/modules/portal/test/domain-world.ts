import { PortalFinder } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import type { AppConfig } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { DnsClient } from '@balcao/platform-dns';
import { Events } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { Outbound, OutboundWorld } from '@balcao/platform-outbound';
import { PostgresRateLimiter } from '@balcao/platform-state';
import { insertOrganization, staffMemberContext, testDatabase, TestDns } from '@balcao/platform-testing';
import type { StaffRole } from '@balcao/contracts';
import type { StaffContext } from '@balcao/platform-tenancy';
import { DomainCheckHandler } from '../src/domains/domain-check.handler.js';
import { DomainClaims } from '../src/domains/domain-claims.js';
import { DomainLookup } from '../src/domains/domain-lookup.js';
import { DomainReach } from '../src/domains/domain-reach.js';
import { DomainService } from '../src/domains/domain.service.js';
import { MailRecords } from '../src/domains/mail-records.js';
import { DomainClaimEntity } from '../src/persistence/domain-claim.entity.js';

export type DomainWorld = Awaited<ReturnType<typeof startDomainWorld>>;

/** Every domain stands behind a server of the test's, which speaks without a certificate. */
const world = Object.assign(new OutboundWorld(), {
  resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  isPublic: () => true,
});
class TestReach extends DomainReach {
  port = 0;

  protected override originOf(domain: string): string {
    return `http://${domain}:${this.port}`;
  }
}

export interface Tenant {
  /** Helena's, who owns it. */
  context: StaffContext;
  organizationId: string;
  portalId: string;
  slug: string;
}

/** A database, a name server, and what claims domains and looks at them. */
export async function startDomainWorld(config: Partial<AppConfig>) {
  const dns = await TestDns.start();
  const test = await testDatabase({
    entities: [PortalEntity, DomainClaimEntity],
    config: { dnsServers: dns.address, publicUrl: 'https://balcao.example', ...config },
  });
  const { database, secrets } = test;
  const outbox = new Outbox(database);
  const mailer = new Mailer(outbox);
  const events = new Events(outbox, new PostgresLiveBus(database, test.config, secrets));
  const claims = new DomainClaims(new Audit(), events, mailer);
  const limiter = new PostgresRateLimiter(database, secrets);
  const portals = new PortalFinder(database, test.config);
  const client = new DnsClient(test.config);
  const outbound = new Outbound(world);
  const reach = new TestReach(outbound);
  const lookup = new DomainLookup(client, new MailRecords(client, test.config), reach, test.config);
  return {
    ...{ dns, test, outbox, mailer, limiter, portals, reach },
    domains: new DomainService(database, claims, outbox, new Audit(), limiter, test.config, portals, secrets),
    handler: new DomainCheckHandler(database, lookup, claims),
    /** Without names and claims, and with an organization of each name. */
    async begin(...names: string[]): Promise<Tenant[]> {
      dns.clear();
      await test.owner.query('delete from domain_claims; delete from outbox');
      return Promise.all(names.map((name) => insertTenant(test.owner, name)));
    },
    async stop(): Promise<void> {
      await outbound.onApplicationShutdown();
      await test.close();
      await dns.stop();
    },
  };
}

async function insertTenant(owner: DomainOwner, name: string): Promise<Tenant> {
  const organizationId = await insertOrganization(owner, name);
  const [portalId, ownerId] = [newId(), newId()];
  const slug = `p-${portalId}`;
  await owner.query('insert into portals (organization_id, id, slug, name, is_default) values ($1, $2, $3, $4, true)', [
    ...[organizationId, portalId, slug, name],
  ]);
  const people: [id: string, role: StaffRole][] = [
    [ownerId, 'owner'],
    [newId(), 'agent'],
  ];
  for (const [id, role] of people)
    await owner.query(
      `insert into staff_users (organization_id, id, email, name, role, locale) values ($1, $2, $3, 'Helena', $4, 'pt-BR')`,
      [organizationId, id, `${role}@${name.toLowerCase()}.example`, role],
    );
  const person = { id: ownerId, name: 'Helena', email: `owner@${name.toLowerCase()}.example` };
  return { context: staffMemberContext({ organizationId, person }), organizationId, portalId, slug };
}

type DomainOwner = Parameters<typeof insertOrganization>[0];
