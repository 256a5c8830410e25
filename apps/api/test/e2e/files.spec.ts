import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Downloads, Storage } from '@balcao/platform-storage';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CONTENT = Buffer.from('<script>alert(1)</script> é texto');
const FILE = { key: 'aurora/2026-11/a', type: 'text/html', name: "fatura 'nº 7'\r\n.html" };
let folder: string;
let api: TestApp;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balcao-files-'));
  api = await startTestApp({ config: { storageUrl: `file:${folder}` } });
  await api.app.get(Storage).put(FILE.key, Readable.from([CONTENT]), CONTENT.length);
  address = api.app.get(Downloads).address(FILE);
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

describe('a file by its signed address', () => {
  it('comes as it is, to be kept and never to be shown or run', async () => {
    const response = await api.visitor().get(address).set('Accept-Encoding', 'gzip, br').buffer(true).expect(200);
    expect(response.text).toBe(CONTENT.toString());
    expect(response.headers).toMatchObject({
      'content-type': 'text/html',
      'content-length': String(CONTENT.length),
      'content-disposition': "attachment; filename*=UTF-8''fatura%20%27n%C2%BA%207%27%0D%0A.html",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(response.headers['content-encoding']).toBeUndefined();
    const { headers } = await api.visitor().head(address).expect(200);
    expect(headers['content-length']).toBe(String(CONTENT.length));
  });

  it.each([
    ['bytes=0-6', 206, '<script'],
    ['bytes=-5', 206, 'texto'],
    ['bytes=29-', 206, 'texto'],
    ['bytes=29-9999', 206, 'texto'],
    ['bytes=0-1,3-4', 200, CONTENT.toString()],
    ['lines=1-2', 200, CONTENT.toString()],
    ['bytes=9-3', 416, ''],
    ['bytes=9999-', 416, ''],
    ['bytes=-0', 416, ''],
  ])('comes in the part that is asked for: %s', async (range, status, text) => {
    const response = await api.visitor().get(address).set('Range', range).buffer(true);
    expect([response.status, response.text ?? '']).toEqual([status, text]);
    if (status === 416) expect(response.headers['content-range']).toBe(`bytes */${CONTENT.length}`);
  });

  it('is refused for another key, with anything changed, and without a signature', async () => {
    for (const changed of [
      address.replace('/a?', '/b?'),
      address.replace('html', 'plain'),
      address.replace(/expires=\d+/, 'expires=9999999999'),
      address.replace(/&signature=.*/, ''),
      '/files/aurora/2026-11/a',
      '/files/..%2f..%2fetc%2fpasswd',
      '/files/',
    ])
      await refusal(api.visitor().get(changed), 403, 'permission_denied');
  });

  it('is fetched and nothing else', async () => {
    for (const method of ['post', 'put', 'patch', 'delete'] as const)
      await refusal(api.visitor()[method](address), 404, 'not_found');
  });

  it('is not there once it is gone', async () => {
    await refusal(
      api.visitor().get(api.app.get(Downloads).address({ ...FILE, key: 'aurora/2026-11/none' })),
      404,
      'not_found',
    );
  });
});
