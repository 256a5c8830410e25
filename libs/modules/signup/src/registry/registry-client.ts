import { Injectable, Optional } from '@nestjs/common';
import { BrokenCircuitError, circuitBreaker, handleType, type IBreaker } from 'cockatiel';
import { AppConfig } from '@balcao/platform-config';
import { Outbound, OutboundError, type OutboundAnswer } from '@balcao/platform-outbound';
import { Database } from '@balcao/platform-tenancy';
import type { Company } from '../domain/signup.js';
import { companyOf } from './registry-answer.js';

/** What is known of a company; `company` is null where the register knows none of that number. */
export type RegistryAnswer =
  { kind: 'answered'; company: Company | null; answeredAt: Date } | { kind: 'unavailable'; retryAfterSeconds?: number };

/** The register did not say anything that can be relied on. */
class Unavailable extends Error {
  constructor(readonly retryAfterSeconds?: number) {
    super('The register of companies is not available');
  }
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 256 * 1024;
/** The register is a copy of what is published once a month; a company that is missing may be in the next hour's. */
const KEPT = { known: '24 hours', missing: '10 minutes' };
/** How long who came meanwhile have a failure as theirs: longer than until they come again, and less than before a next attempt. */
const FAILURE_KEPT_MS = 7_000;
/** Companies one after another for which it fails that open the circuit, and how long it stays open. */
const BREAKER = { companies: 5, openMs: 15_000 };

/** Opens for failures of so many different companies with no success between: one that fails again and again says nothing of others. */
class DifferentCompanies implements IBreaker {
  readonly state = undefined;
  private readonly failed = new Set<string>();

  /** Says for which one the next failure is; an open circuit needs to know no more. */
  failedFor(cnpj: string): void {
    if (this.failed.size < BREAKER.companies) this.failed.add(cnpj);
  }

  success(): void {
    this.failed.clear();
  }

  failure(): boolean {
    return this.failed.size >= BREAKER.companies;
  }
}

/**
 * Asks the register of companies, and keeps its answers for everybody: they are public. While it fails, it is left alone
 * but for one attempt at a time. Each process learns that by itself, from five companies at most: what they knew together would
 * have to be asked of the database before every look-up. Of one company that it has no good answer for, such as a record that
 * cannot be read, strangers may ask as often as they like: that is no failure of the register for others.
 */
@Injectable()
export class RegistryClient {
  private readonly breaker = new DifferentCompanies();
  private readonly lookingUp = new Map<string, { others: boolean }>();
  /** Of companies for which others came meanwhile. */
  private readonly failures = new Map<string, { until: number; answer: RegistryAnswer }>();
  private readonly circuit = circuitBreaker(handleType(Unavailable), {
    halfOpenAfter: BREAKER.openMs,
    breaker: this.breaker,
  });

  constructor(
    private readonly config: AppConfig,
    private readonly outbound: Outbound,
    private readonly database: Database,
    @Optional() private readonly timeoutMs: number = TIMEOUT_MS,
  ) {}

  /**
   * Whoever comes while a company is looked up comes again, and has that answer or its failure: however many they are, they
   * keep one place among those who look up.
   * @param afresh whether a company that the register did not know a moment ago is asked for again
   * @returns 'later' where it is being looked up already
   */
  async lookUp(cnpj: string, afresh = false): Promise<RegistryAnswer | 'later'> {
    const [known] = await this.database.door<{ company: Company | null; answeredAt: Date }>('door_registry_answer', [
      cnpj,
    ]);
    if (known && (known.company || !afresh)) return { kind: 'answered', ...known };
    const running = this.lookingUp.get(cnpj);
    if (running) {
      running.others = true;
      return 'later';
    }
    const failure = this.failures.get(cnpj);
    if (failure && failure.until > Date.now()) return failure.answer;
    const own = { others: false };
    this.lookingUp.set(cnpj, own);
    try {
      const answer = await this.lookUpOnce(cnpj);
      if (own.others && answer.kind === 'unavailable') this.keepFailure(cnpj, answer);
      return answer;
    } finally {
      this.lookingUp.delete(cnpj);
    }
  }

  private keepFailure(cnpj: string, answer: RegistryAnswer): void {
    const now = Date.now();
    for (const [other, { until }] of this.failures) if (until <= now) this.failures.delete(other);
    this.failures.set(cnpj, { until: now + FAILURE_KEPT_MS, answer });
  }

  private async lookUpOnce(cnpj: string): Promise<RegistryAnswer> {
    try {
      const company = await this.circuit.execute(() => this.ask(cnpj));
      const answeredAt = new Date();
      const kept = company ? KEPT.known : KEPT.missing;
      await this.database.door('door_registry_keep', [cnpj, company && JSON.stringify(company), answeredAt, kept]);
      return { kind: 'answered', company, answeredAt };
    } catch (error) {
      if (error instanceof Unavailable) return { kind: 'unavailable', retryAfterSeconds: error.retryAfterSeconds };
      if (error instanceof BrokenCircuitError) return { kind: 'unavailable' };
      throw error;
    }
  }

  /** @throws Unavailable */
  private async ask(cnpj: string): Promise<Company | null> {
    try {
      return await this.answerAbout(cnpj);
    } catch (error) {
      if (error instanceof Unavailable) this.breaker.failedFor(cnpj);
      throw error;
    }
  }

  private async answerAbout(cnpj: string): Promise<Company | null> {
    const { status, headers, body } = await this.request(cnpj);
    if (status === 404 && isJson(headers)) return null;
    const company = status === 200 ? companyOf(body.toString('utf8'), cnpj) : undefined;
    if (!company) throw new Unavailable(retryAfterOf(headers));
    return company;
  }

  private async request(cnpj: string): Promise<OutboundAnswer> {
    const address = `${this.config.cnpjApiUrl.replace(/\/+$/, '')}/${cnpj}`;
    try {
      return await this.outbound.request(address, {
        headers: { accept: 'application/json' },
        timeoutMs: this.timeoutMs,
        maxBytes: MAX_BYTES,
        trusted: true,
      });
    } catch (error) {
      throw error instanceof OutboundError ? new Unavailable() : error;
    }
  }
}

/** What stands in front of a register answers 404 too, and that says nothing of the company. */
const isJson = (headers: Headers) => /\bjson\b/i.test(headers.get('content-type') ?? '');

/** Seconds that an answer asks to wait, as a number or as a date. */
function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const until = Date.parse(text);
  return Number.isNaN(until) ? undefined : Math.max(0, Math.ceil((until - Date.now()) / 1_000));
}
