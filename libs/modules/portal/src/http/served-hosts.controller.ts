import { isIP } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';
import { Get, Query, Req } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { PortalFinder } from '@balcao/module-directory';
import { AppConfig, isLoopback } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { AudienceController, CacheControl, Operation, Probe, Public, Summary } from '@balcao/platform-http';
import { plainDomain } from '../domains/domain-name.js';

/** Questions that are answered at once; a flood of names that nobody has is not to take the database from visitors. */
const MOST_AT_ONCE = 10;

class ServedHostResponse {
  @ApiProperty({ enum: [true], description: 'Visitors are served at the host' }) served: true;
}

/** What a reverse proxy asks before it gets a certificate for a host. */
@AudienceController('integration', 'internal/served-hosts', 'Operations')
export class ServedHostsController {
  private readonly isProxy: (address: string, hop: number) => boolean;
  private asked = 0;

  constructor(
    private readonly portals: PortalFinder,
    private readonly config: AppConfig,
  ) {
    this.isProxy = proxyAddr.compile(config.trustedProxyList);
  }

  @Get()
  @Public()
  @Probe()
  @CacheControl('no-store')
  @Operation('servedHost', ServedHostResponse)
  @Summary('Whether a host is served here; asked by the machine itself and trusted proxies only, others get 404')
  async get(@Req() request: FastifyRequest, @Query('domain') domain: unknown): Promise<ServedHostResponse> {
    if (!this.mayAsk(request)) throw new DomainError('not_found');
    if (this.asked >= MOST_AT_ONCE) throw new DomainError('service_unavailable', { retryAfterSeconds: 1 });
    this.asked += 1;
    try {
      if (!(await this.serves(typeof domain === 'string' ? domain : ''))) throw new DomainError('not_found');
      return { served: true };
    } finally {
      this.asked -= 1;
    }
  }

  /** Who speaks for somebody else is that one's messenger. */
  private mayAsk({ raw }: FastifyRequest): boolean {
    const address = raw.socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/, '') ?? '';
    if (raw.headers['x-forwarded-for'] !== undefined || raw.headers['forwarded'] !== undefined) return false;
    return isLoopback(address) || (isIP(address) > 0 && this.isProxy(address, 0));
  }

  /** As visitors are: not of an organization that is suspended. */
  private async serves(typed: string): Promise<boolean> {
    const host = plainDomain(typed);
    // A machine's own name, like localhost, is no domain that anybody could prove.
    if ((host ?? typed.toLowerCase()) === new URL(this.config.publicUrl).hostname) return true;
    if (!host) return false;
    const base = this.config.portalBaseDomain && `.${this.config.portalBaseDomain}`;
    const portal =
      base && host.endsWith(base)
        ? await this.portals.bySlug(host.slice(0, -base.length))
        : await this.portals.byHost(host);
    return portal?.organization.status === 'active';
  }
}
