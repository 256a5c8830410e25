import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { sealedContext, type Secrets } from '@balcao/platform-config';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';

/** RFC 8301 §3.2: every receiver takes it. */
const MODULUS_LENGTH = 2_048;
const contextOf = (claimId: string) => sealedContext('domain_claims', 'dkim_key_sealed', claimId);

/** Keys with which the mails of a claim's domain are signed; the private one sealed for that claim. */
export async function newSigningKey(
  secrets: Secrets,
  claimId: string,
): Promise<{ dkimPublicKey: string; dkimKeySealed: Buffer }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: MODULUS_LENGTH,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    dkimPublicKey: publicKey.toString('base64'),
    dkimKeySealed: secrets.seal(privateKey, contextOf(claimId)),
  };
}

/** The private key; undefined where none of the installation's secrets opens it any more. */
export const openSigningKey = (secrets: Secrets, { id, dkimKeySealed }: DomainClaimEntity): string | undefined =>
  dkimKeySealed ? secrets.open(dkimKeySealed, contextOf(id)) : undefined;
