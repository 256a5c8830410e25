// @ts-check
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { memoryOf } from './cpu.mjs';

const MEBIBYTE = 1_024 * 1_024;
/** The largest that is taken, as a picture begins; what else is in it, the worker finds out. */
const UPLOAD_BYTES = 5 * MEBIBYTE - 1_024;
const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Pictures that may wait at once. */
const UPLOADS = 9;
const IDLE_MS = 2_000;
const LOOK_EVERY_MS = 5;

/**
 * Megabytes that the API's memory rises above idle while pictures of 5 MB arrive, one after the other; `undefined` where the
 * system does not tell.
 * @param {{ product: { url: string, pid: number }, databaseUrl: string, side: import('./data.mjs').Side }} world
 * @returns {Promise<number | undefined>}
 */
export async function measureUploads({ product: { url, pid }, databaseUrl, side }) {
  const { organizationId } = side.customer;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `with owners as (update staff_users set role = 'owner' where organization_id = $1)
     select id from portals where organization_id = $1`,
    [organizationId],
  );
  await client.end();
  const file = new Blob([PNG_SIGNATURE, randomBytes(UPLOAD_BYTES)], { type: 'image/png' });
  const upload = async () => {
    const form = new FormData();
    form.append('file', file, 'logo.png');
    const answer = await fetch(`${url}/api/v1/admin/portals/${rows[0].id}/pictures?purpose=logoUrl`, {
      method: 'POST',
      headers: { authorization: `Bearer ${side.staffToken}` },
      body: form,
    });
    if (answer.status !== 201) throw new Error(`The picture was refused: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  // Idle is before the first one, too: what it brings into memory is part of what an upload costs.
  await sleep(IDLE_MS);
  const idle = memoryOf(pid);
  let most = idle;
  const looking = setInterval(() => {
    const now = memoryOf(pid);
    if (now > most) most = now;
  }, LOOK_EVERY_MS);
  for (let sent = 0; sent < UPLOADS; sent += 1) await upload();
  clearInterval(looking);
  return typeof idle === 'number' && typeof most === 'number' ? most - idle : undefined;
}
