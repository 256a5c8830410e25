import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { demandSize } from './demand-size.js';
import { Storage, demandKey, type ByteRange, type StoredFile } from './storage.js';

/** Time that the store may take to begin its answer. */
const ANSWER_MS = 30_000;
/** Time that a file may take on its way to it. */
const UPLOAD_MS = 5 * 60_000;

/** Files in a bucket of an S3-compatible store, named as `s3+https://key:secret@host/bucket?region=…`. */
export class S3Storage extends Storage {
  private readonly client: AwsClient;
  private readonly bucket: string;

  constructor(address: string) {
    super();
    const url = new URL(address.replace(/^s3\+/, ''));
    this.client = new AwsClient({
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
      region: url.searchParams.get('region') ?? 'us-east-1',
      service: 's3',
      // A stream cannot be sent again.
      retries: 0,
    });
    this.bucket = `${url.protocol}//${url.host}${url.pathname.replace(/\/$/, '')}`;
  }

  override async put(key: string, content: Readable, size: number): Promise<void> {
    const checked = content.pipe(demandSize(size));
    content.on('error', (error) => checked.destroy(error));
    try {
      const answer = await this.client.fetch(this.addressOf(key), {
        method: 'PUT',
        headers: { 'content-length': String(size), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
        body: size === 0 ? '' : (Readable.toWeb(checked) as never),
        duplex: 'half',
        signal: AbortSignal.timeout(UPLOAD_MS),
      } as RequestInit);
      await answered(answer);
    } finally {
      content.destroy();
    }
  }

  override async get(key: string, range?: ByteRange): Promise<StoredFile | undefined> {
    const headers = range ? { range: `bytes=${range.start}-${range.end}` } : undefined;
    const answer = await this.ask('GET', key, headers);
    if (!answer?.body) return undefined;
    const whole = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1];
    return {
      size: Number(whole ?? answer.headers.get('content-length')),
      content: Readable.fromWeb(answer.body as ReadableStream),
    };
  }

  override async size(key: string): Promise<number | undefined> {
    const answer = await this.ask('HEAD', key);
    return answer && Number(answer.headers.get('content-length'));
  }

  override async delete(key: string): Promise<void> {
    await (await this.ask('DELETE', key))?.body?.cancel();
  }

  private async ask(method: string, key: string, headers?: Record<string, string>): Promise<Response | undefined> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), ANSWER_MS);
    try {
      const answer = await this.client.fetch(this.addressOf(key), { method, headers, signal: late.signal });
      if (answer.status === 404) {
        await answer.body?.cancel();
        return undefined;
      }
      return await answered(answer);
    } finally {
      clearTimeout(timer);
    }
  }

  private addressOf(key: string): string {
    return `${this.bucket}/${demandKey(key)}`;
  }
}

/** @throws Error with the status only: the store's words may repeat what was sent */
async function answered(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  await answer.body?.cancel();
  throw new Error(`The store of files answered ${answer.status}`);
}
