import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Downloads, Storage } from '@balcao/platform-storage';
import { Threads } from '@balcao/platform-threads';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import type { PaymentProofRow } from '../persistence/payment-proof.repository.js';
import type { drawFirstPage } from './draw-first-page.js';
import type { ProofFile } from './proof-file.js';

const DRAWER = new URL('../../dist/proof-files/draw-first-page.js', import.meta.url);

type Kept = Pick<PaymentProofRow, 'id' | 'mediaType'>;

/** The files of proofs of payment: each below its organization's, with which it goes, and beside a PDF a picture of its first page. */
@Injectable()
export class ProofFiles {
  constructor(
    private readonly storage: Storage,
    private readonly downloads: Downloads,
    private readonly threads: Threads,
  ) {}

  async keep(
    { organizationId }: Pick<OrganizationContext, 'organizationId'>,
    proof: Kept,
    file: Buffer,
  ): Promise<void> {
    const page = proof.mediaType === 'application/pdf' ? await this.firstPage(organizationId, file) : null;
    await this.put(keyOf(organizationId, proof.id), file);
    if (page) await this.put(pictureKeyOf(organizationId, proof.id), Buffer.from(page));
  }

  async forget(organizationId: string, id: string): Promise<void> {
    await this.storage.delete(keyOf(organizationId, id));
    await this.storage.delete(pictureKeyOf(organizationId, id));
  }

  /** Where a file can be fetched, and shown, for a short while. */
  async addressOf(organizationId: string, proof: PaymentProofRow): Promise<ProofFile> {
    const { id, fileName: name, mediaType, bytes } = proof;
    const url = this.downloads.address({ key: keyOf(organizationId, id), type: mediaType, name });
    if (mediaType !== 'application/pdf') return { url, name, mediaType, bytes, previewUrl: url };
    const key = pictureKeyOf(organizationId, id);
    const isDrawn = (await this.storage.size(key)) !== undefined;
    const previewUrl = isDrawn ? this.downloads.address({ key, type: 'image/png', name: `${name}.png` }) : null;
    return { url, name, mediaType, bytes, previewUrl };
  }

  /** None where nobody has the time: a proof is kept all the same. */
  private async firstPage(lane: string, file: Buffer): Promise<Uint8Array | null> {
    try {
      return await this.threads.run<typeof drawFirstPage>(DRAWER, 'drawFirstPage', file, { lane });
    } catch {
      return null;
    }
  }

  private put(key: string, file: Buffer): Promise<void> {
    return this.storage.put(key, Readable.from([file]), file.length);
  }
}

const keyOf = (organizationId: string, id: string): string => `payment-proofs/${organizationId}/${id}`;
const pictureKeyOf = (organizationId: string, id: string): string => `${keyOf(organizationId, id)}-page`;
