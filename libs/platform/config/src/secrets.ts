import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What a derived key is for; keys of different purposes are independent of each other. */
export type SecretPurpose =
  | 'csrf'
  | 'one-time-token'
  | 'device-cookie'
  | 'encryption'
  | 'database-password'
  | 'hash-pepper'
  | 'key-id'
  | 'download'
  | 'signup-proof'
  | 'signup-token'
  | 'payment-link'
  | 'proposal-link';

/** Sealed: form, id of the key, nonce, tag, ciphertext. */
const FORM = Buffer.from([1]);
const [KEY_ID, NONCE, TAG] = [8, 12, 16];
const HEAD = FORM.length + KEY_ID;

/** Keys derived from the master secret by HKDF-SHA-256 (RFC 5869), and what is sealed with them. */
export class Secrets {
  private readonly cache = new Map<string, Buffer>();
  private readonly ring: Map<string, Buffer>;
  /** How everything begins that is sealed with the key of today. */
  readonly sealedHead: Buffer;

  /** @param oldSecrets master secrets of before, with which things may still be sealed */
  constructor(
    private readonly masterSecret: string,
    oldSecrets: readonly string[] = [],
  ) {
    const keys = [masterSecret, ...oldSecrets].map((secret) => ({
      head: Buffer.concat([FORM, derive(secret, 'key-id').subarray(0, KEY_ID)]),
      key: derive(secret, 'encryption'),
    }));
    this.ring = new Map(keys.map(({ head, key }) => [head.toString('hex'), key]));
    this.sealedHead = keys[0]!.head;
  }

  /** A 32-byte key for one purpose, and within it for one `context`. */
  key(purpose: SecretPurpose, context = ''): Buffer {
    const name = `${purpose}/${context}`;
    let key = this.cache.get(name);
    if (!key) {
      key = derive(this.masterSecret, purpose, context);
      this.cache.set(name, key);
    }
    return key;
  }

  /**
   * Encrypts a text with AES-256-GCM. The result names its key, so that it can be opened after a change of SECRET_KEY.
   * @param context what it belongs to (`sealedContext`): it opens for nothing else
   */
  seal(text: string, context: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.key('encryption'), nonce);
    cipher.setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([this.sealedHead, nonce, cipher.getAuthTag(), ciphertext]);
  }

  /** The text, or undefined where its key is none of ours, it belongs to something else, or it was changed. */
  open(sealed: Buffer, context: string): string | undefined {
    const key = this.ring.get(sealed.subarray(0, HEAD).toString('hex'));
    if (!key || sealed.length < HEAD + NONCE + TAG) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(HEAD, HEAD + NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(HEAD + NONCE, HEAD + NONCE + TAG));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(HEAD + NONCE + TAG)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

/** What a sealed column of one row belongs to. Columns of sealed texts are named `…_sealed`, so that `keys:rotate` finds them. */
export const sealedContext = (table: string, column: `${string}_sealed`, id: string): string =>
  `${table}.${column}:${id}`;

function derive(secret: string, purpose: SecretPurpose, context = ''): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `balcao/${purpose}/${context}`, 32));
}
