import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { portalUserCredentials, staffCredentials } from '@balcao/module-directory';
import { Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Database, clockOf, sql, type Clock, type Db, type RequestContext } from '@balcao/platform-tenancy';
import { LoginLimits } from '../sign-in/login-limits.js';
import { readTokenText, tokenText } from './token-text.js';

export type TokenPurpose = 'invitation' | 'email_verification' | 'password_reset';

/** Hours that a link lives. */
export const TOKEN_HOURS: Record<TokenPurpose, number> = {
  email_verification: 24,
  invitation: 7 * 24,
  password_reset: 1,
};

export interface TokenSubject {
  type: 'portal_user' | 'staff_user';
  id: string;
  credentialVersion: number;
}

/** What a presented link is about; its signature has been checked. */
export interface PresentedToken {
  id: string;
  organizationId: string;
  /** The organization's. */
  clock: Clock;
  purpose: TokenPurpose;
  subject: TokenSubject;
  portalId: string | null;
  /** Whether it has been used already, and by nothing else made worthless. */
  used: boolean;
  /** Whether its time has passed, and nothing else has happened to it; told of customers' invitations only. */
  expired: boolean;
}

interface TokenRow {
  organizationId: string;
  organizationStatus: string;
  organizationNow: Date | null;
  purpose: TokenPurpose;
  subjectType: TokenSubject['type'];
  subjectId: string;
  portalId: string | null;
  credentialVersion: number;
  usable: boolean;
  used: boolean;
  expired: boolean;
}

/**
 * Links that prove control of a mailbox: an id and an HMAC over id, purpose, organization, user and
 * password version. Only the id is stored; the HMAC is made when the mail is sent and checked when it comes back. Those that
 * were never issued are counted for the network that presents them, and nobody's right one is refused for them.
 */
@Injectable()
export class OneTimeTokens {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly limits: LoginLimits,
  ) {}

  /** Issues a link within the caller's transaction and kills older ones of the same purpose. @returns its id */
  async issue(db: Db, purpose: TokenPurpose, subject: TokenSubject, portalId?: string | null): Promise<string> {
    await this.supersede(db, purpose, subject);
    const id = newId();
    await db.execute(sql`
      insert into one_time_tokens (id, purpose, subject_type, subject_id, portal_id, credential_version, expires_at)
      values (${id}::uuid, ${purpose}, ${subject.type}, ${subject.id}::uuid, ${portalId ?? null}::uuid,
        ${subject.credentialVersion}, now() + make_interval(hours => ${TOKEN_HOURS[purpose]}))`);
    return id;
  }

  /**
   * The link that somebody has been mailed and may still use, with its whole time before it again; a new one where there is
   * none. Anybody may ask for somebody's link once more, and what is on its way to them must not die of that. @returns its id
   */
  async renew(db: Db, purpose: TokenPurpose, subject: TokenSubject, portalId: string | null): Promise<string> {
    await holdSubject(db, subject);
    const known = await db.first<{ id: string }>(sql`
      update one_time_tokens t set expires_at = now() + make_interval(hours => ${TOKEN_HOURS[purpose]})
      where ${db.tenant('t')} and t.subject_id = ${subject.id}::uuid and t.purpose = ${purpose}
        and t.credential_version = ${subject.credentialVersion}
        and t.used_at is null and t.superseded_at is null and t.expires_at > now() returning t.id`);
    return known?.id ?? this.issue(db, purpose, subject, portalId);
  }

  /** Kills every link of one purpose that a person has not used, and holds the person. */
  async supersede(db: Db, purpose: TokenPurpose, subject: Omit<TokenSubject, 'credentialVersion'>): Promise<void> {
    await holdSubject(db, subject);
    await db.execute(sql`
      update one_time_tokens t set superseded_at = now() where ${db.tenant('t')} and t.subject_id = ${subject.id}::uuid
        and t.purpose = ${purpose} and t.used_at is null and t.superseded_at is null`);
  }

  /** The usable text of a link, for the mail that carries it; undefined once it is used, superseded or expired. */
  async derive(id: string): Promise<string | undefined> {
    const [row] = await this.database.door<TokenRow>('door_one_time_token', [id]);
    return row?.usable ? tokenText(id, this.mac(id, row)) : undefined;
  }

  /**
   * Reads a link that can still be used. Changes nothing.
   * @throws DomainError token_used, invitation_expired where a customer's invitation was not answered in time, token_invalid
   *   for whatever else is wrong with it, always the same; rate_limited where too many were
   */
  async inspect(
    text: string,
    purpose: TokenPurpose,
    subjectType: TokenSubject['type'],
    context: RequestContext,
  ): Promise<PresentedToken> {
    const token = await this.read(text, purpose, subjectType, context);
    if (token.used) throw new DomainError('token_used');
    if (token.expired) throw new DomainError('invitation_expired');
    return token;
  }

  /** The same for whoever sets a password by it: that takes the time of a hash, and may be refused with the link still good. */
  async inspectToUse(...presented: Parameters<OneTimeTokens['inspect']>): Promise<PresentedToken> {
    const token = await this.inspect(...presented);
    const { organizationId, id } = token;
    // A link's id is one in all realms.
    const refusal = await this.limits.spendAccount('reset', { realm: 'portal', organizationId, who: `link ${id}` });
    if (refusal) throw refusal;
    return token;
  }

  /** The same as `inspect` of a link that may have been used, or be an invitation that nobody answered in time. */
  async read(
    text: string,
    purpose: TokenPurpose,
    subjectType: TokenSubject['type'],
    context: RequestContext,
  ): Promise<PresentedToken> {
    const presented = readTokenText(text);
    const [row] = presented ? await this.database.door<TokenRow>('door_one_time_token', [presented.id]) : [];
    const genuine = presented && row !== undefined && timingSafeEqual(presented.mac, this.mac(presented.id, row));
    if (!genuine) await this.limits.spend('reset', `${subjectType}/${purpose}`, context.client.ip);
    // At another organization's address the link is worth nothing.
    const elsewhere = context.organizationId !== undefined && context.organizationId !== row?.organizationId;
    const meant = row?.purpose === purpose && row.subjectType === subjectType;
    // Who invited may be asked for another one; every other link is asked for by oneself.
    const expired = Boolean(row?.expired) && purpose === 'invitation' && subjectType === 'portal_user';
    if (!genuine || elsewhere || !meant || !(row.usable || row.used || expired)) throw new DomainError('token_invalid');
    if (row.organizationStatus !== 'active') throw new DomainError('organization_suspended');
    const { organizationId, portalId, used } = row;
    const subject = { type: row.subjectType, id: row.subjectId, credentialVersion: row.credentialVersion };
    const clock = clockOf({ now: row.organizationNow });
    return { id: presented.id, organizationId, clock, purpose, subject, portalId, used, expired };
  }

  /** Uses a link up within the caller's transaction; of two at once, one wins. @throws DomainError token_invalid */
  async claim(db: Db, token: PresentedToken): Promise<void> {
    await holdSubject(db, token.subject);
    const claimed = await db.execute(sql`
      update one_time_tokens t set used_at = now() where ${db.tenant('t')} and t.id = ${token.id}::uuid
        and t.used_at is null and t.superseded_at is null and t.expires_at > now()`);
    if (claimed !== 1) throw new DomainError('token_invalid');
    await this.supersede(db, token.purpose, token.subject);
  }

  private mac(id: string, row: TokenRow): Buffer {
    const facts = [id, row.purpose, row.organizationId, row.subjectType, row.subjectId, row.credentialVersion];
    return createHmac('sha256', this.secrets.key('one-time-token')).update(JSON.stringify(facts)).digest();
  }
}

/** Whatever is done with somebody's links, the person is held before them. */
function holdSubject(db: Db, { type, id }: Pick<TokenSubject, 'type' | 'id'>): Promise<void> {
  return (type === 'portal_user' ? portalUserCredentials : staffCredentials).hold(db, sql`u.id = ${id}::uuid`);
}
