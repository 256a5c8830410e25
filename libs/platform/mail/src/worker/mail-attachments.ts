import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Storage } from '@balcao/platform-storage';
import type { MailAttachment } from '../mail-content.js';

/** As many bytes as most servers take, with a third more on the way. */
const MOST_BYTES = 10 * 1024 * 1024;

/** Thrown for what no server would take. */
export class TooBigError extends Error {}

export interface OpenAttachment {
  filename: string;
  contentType: string;
  content: Readable;
}

/** Opens the files of a mail, to be read while it is sent. */
@Injectable()
export class MailAttachments {
  constructor(private readonly storage: Storage) {}

  /** @throws TooBigError, before anything is read; Error where a file is missing */
  async open(attachments: readonly MailAttachment[]): Promise<OpenAttachment[]> {
    const sizes = await Promise.all(attachments.map(({ key }) => this.storage.size(key)));
    if (sizes.reduce<number>((sum, size = 0) => sum + size, 0) > MOST_BYTES) throw new TooBigError();
    const open: OpenAttachment[] = [];
    try {
      for (const { key, name, type } of attachments) {
        const file = await this.storage.get(key);
        if (!file) throw new Error('A file of the mail is missing');
        // What is read decides nothing any more once the mail is given up.
        file.content.on('error', () => {});
        open.push({ filename: name, contentType: type, content: file.content });
      }
      return open;
    } catch (error) {
      closeAll(open);
      throw error;
    }
  }
}

/** Lets go of what was not read. */
export const closeAll = (attachments: readonly OpenAttachment[]): void =>
  attachments.forEach(({ content }) => content.destroy());
