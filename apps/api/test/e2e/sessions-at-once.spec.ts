import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import type { Visitor } from '../support/visitor.js';

const ME = '/api/v1/portal/auth/me';
const PEOPLE = ['ana@padaria.example', 'bruno@padaria.example', 'carla@oficina.example', 'davi@boreal-cliente.example'];

let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
afterAll(() => api.close());

const emailOf = async (visitor: Visitor) => (await visitor.get(ME).expect(200)).body.user.email as string;

describe('requests that arrive together share a look-up of their sessions', () => {
  it('S3.26 each is answered as who sent it, however it was proved', async () => {
    const visitors = await Promise.all(
      PEOPLE.flatMap((email) =>
        (['cookie', 'bearer', 'jwt'] as const).map(async (via) => ({
          email,
          visitor: await api.signIn('portal', email, { via }),
        })),
      ),
    );
    const crowd = Array.from({ length: 10 }, () => visitors).flat();
    const answers = await Promise.all(crowd.map(({ visitor }) => emailOf(visitor)));
    expect(answers).toEqual(crowd.map(({ email }) => email));
  });

  it('an ended session is refused at once, and those beside it are served', async () => {
    const [ended, other] = [await api.signIn('portal', PEOPLE[0]!), await api.signIn('portal', PEOPLE[0]!)];
    await ended.post('/api/v1/portal/auth/logout').expect(200);
    const forged = api.visitor().with({ credentials: { bearer: 'A'.repeat(48) } });
    const [refused, served, unknown] = await Promise.all([
      refusal(ended.get(ME), 401, 'unauthenticated'),
      emailOf(other),
      refusal(forged.get(ME), 401, 'unauthenticated'),
    ]);
    expect([refused.status, served, unknown.status]).toEqual([401, PEOPLE[0], 401]);
  });
});
