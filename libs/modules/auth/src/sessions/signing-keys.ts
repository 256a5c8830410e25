import { createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  type CryptoKey,
  type JWK,
} from 'jose';
import { Secrets, sealedContext } from '@balcao/platform-config';
import { Database, sql } from '@balcao/platform-tenancy';

const ALGORITHM = 'ES256';
/** A new key every 90 days; the old one is published until the last token that it signed has expired. */
const SIGNS_FOR_DAYS = 90;
const PUBLISHED_FOR_DAYS = 92;
/** How long a process trusts its copy. An unknown `kid` makes it look sooner. */
const REFRESH_MS = 60_000;
const UNKNOWN_KID_REFRESH_MS = 5_000;

interface SigningKeyRow {
  kid: string;
  public_jwk: JWK;
  private_key_sealed: Buffer;
  created_at: Date;
  retires_at: Date;
}

interface LoadedKey {
  kid: string;
  publicJwk: JWK;
  publicKey: KeyObject;
  privateKey: CryptoKey;
  createdAt: Date;
}

/** Asymmetric keys of the JWTs, published as a JWK set (RFC 7517) and rotated by `kid`. */
@Injectable()
export class SigningKeys {
  private keys: LoadedKey[] = [];
  private unreadable: string[] = [];
  private loadedAt = 0;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
  ) {}

  /** The newest key, made where there is none or it is due. */
  async current(): Promise<{
    kid: string;
    algorithm: string;
    privateKey: CryptoKey;
  }> {
    await this.refresh(REFRESH_MS);
    if (!this.keys[0] || ageInDays(this.keys[0].createdAt) >= SIGNS_FOR_DAYS) {
      await this.generate();
      await this.refresh(0);
    }
    const newest = this.keys[0]!;
    return {
      kid: newest.kid,
      algorithm: ALGORITHM,
      privateKey: newest.privateKey,
    };
  }

  /** The public key of a `kid`, or undefined. */
  async publicKey(kid: string): Promise<KeyObject | undefined> {
    await this.refresh(REFRESH_MS);
    const known = () => this.keys.find((key) => key.kid === kid)?.publicKey;
    if (!known()) await this.refresh(UNKNOWN_KID_REFRESH_MS);
    return known();
  }

  /** The JWK set for `/.well-known/jwks.json`. */
  async jwks(): Promise<{ keys: JWK[] }> {
    await this.current();
    return { keys: this.keys.map((key) => key.publicJwk) };
  }

  private async refresh(maxAgeMs: number): Promise<void> {
    if (Date.now() - this.loadedAt < maxAgeMs) return;
    this.loading ??= this.load().finally(() => (this.loading = undefined));
    await this.loading;
  }

  private async load(): Promise<void> {
    const rows = await this.database.door<SigningKeyRow>('door_signing_keys', []);
    const published = rows.filter((row) => row.retires_at > new Date());
    const keys = await Promise.all(published.map((row) => this.read(row)));
    this.keys = keys.filter((key) => key !== undefined);
    this.unreadable = published.map(({ kid }) => kid).filter((kid) => !this.keys.some((key) => key.kid === kid));
    this.loadedAt = Date.now();
  }

  /** A key, or undefined where it was sealed with a SECRET_KEY that is not known: then it neither signs nor verifies any more. */
  private async read(row: SigningKeyRow): Promise<LoadedKey | undefined> {
    const text = this.secrets.open(row.private_key_sealed, contextOf(row.kid));
    return text === undefined
      ? undefined
      : {
          kid: row.kid,
          publicJwk: row.public_jwk,
          publicKey: createPublicKey({ key: row.public_jwk as never, format: 'jwk' }),
          privateKey: await importPKCS8(text, ALGORITHM),
          createdAt: row.created_at,
        };
  }

  private async generate(): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, {
      extractable: true,
    });
    const jwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    const publicJwk = { ...jwk, kid, alg: ALGORITHM, use: 'sig' };
    const sealed = this.secrets.seal(await exportPKCS8(privateKey), contextOf(kid));
    await this.database.asPlatform('new signing key', async (db) => {
      await db.query(sql`select pg_advisory_xact_lock(7126012)`);
      const young = await db.first(
        sql`select 1 from signing_keys where created_at > now() - make_interval(days => ${SIGNS_FOR_DAYS})
          and kid <> all(${this.unreadable}::text[])`,
      );
      // Another process was faster.
      if (young) return;
      await db.execute(sql`delete from signing_keys where retires_at < now()`);
      await db.execute(sql`
        insert into signing_keys (kid, algorithm, public_jwk, private_key_sealed, retires_at)
        values (${kid}, ${ALGORITHM}, ${JSON.stringify(publicJwk)}::jsonb, ${sealed}, now() + make_interval(days => ${PUBLISHED_FOR_DAYS}))`);
    });
  }
}

const contextOf = (kid: string) => sealedContext('signing_keys', 'private_key_sealed', kid);
const ageInDays = (date: Date) => (Date.now() - date.getTime()) / 86_400_000;
