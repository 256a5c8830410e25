import { Injectable } from '@nestjs/common';
import { Outbound, OutboundError } from '@balcao/platform-outbound';

/** Certificates are had while the first visitor waits, so this is long. */
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 256 * 1024;

/**
 * Whether visitors of a domain come to the portal that has it, as a visitor finds out. For domains behind somebody
 * else's addresses, such as those of a network for content, of which the name servers cannot tell.
 */
@Injectable()
export class DomainReach {
  constructor(private readonly outbound: Outbound) {}

  /** @param at the one of its addresses that is asked */
  async leadsTo(domain: string, portalId: string, at?: string): Promise<boolean> {
    try {
      const address = `${this.originOf(domain)}/api/v1/portal/branding`;
      const { status, body } = await this.outbound.request(address, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, at });
      return status === 200 && portalIn(body) === portalId;
    } catch (error) {
      if (error instanceof OutboundError) return false;
      throw error;
    }
  }

  protected originOf(domain: string): string {
    return `https://${domain}`;
  }
}

/** Whoever answers may say anything. */
function portalIn(body: Buffer): unknown {
  try {
    return (JSON.parse(body.toString()) as { branding?: { id?: unknown } } | null)?.branding?.id;
  } catch {
    return undefined;
  }
}
