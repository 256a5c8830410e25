import { hkdfSync } from 'node:crypto';

/** What a derived key is for; keys of different purposes are independent of each other. */
export type SecretPurpose =
  'csrf' | 'one-time-token' | 'device-cookie' | 'encryption' | 'database-password' | 'hash-pepper';

/** Keys derived from the master secret by HKDF-SHA-256 (RFC 5869). */
export class Secrets {
  private readonly cache = new Map<string, Buffer>();

  constructor(private readonly masterSecret: string) {}

  /** A 32-byte key for one purpose, and within it for one `context`. */
  key(purpose: SecretPurpose, context = ''): Buffer {
    const info = `balcao/${purpose}/${context}`;
    let key = this.cache.get(info);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.masterSecret, '', info, 32));
      this.cache.set(info, key);
    }
    return key;
  }
}
