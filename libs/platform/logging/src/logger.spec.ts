import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';

/** What the logger writes of one record. */
function logged(record: object): string {
  const lines: string[] = [];
  createLogger('test', 'info', { write: (line: string) => void lines.push(line) }).error(record, 'failed');
  return lines.join('');
}

const secret = 'ana@padaria.example';

describe('the log', () => {
  it.each([
    { password: secret },
    { body: { newPassword: secret } },
    { request: { body: { token: secret } } },
    { req: { headers: { authorization: secret, cookie: secret } } },
  ])('keeps secrets to itself: %j', (record) => {
    expect(logged(record)).not.toContain(secret);
  });

  it("shows of a database's error what failed, never the values", () => {
    const driver = Object.assign(new Error('duplicate key value violates unique constraint "portal_users_email_key"'), {
      code: '23505',
      detail: `Key (email)=(${secret}) already exists.`,
      where: secret,
      table: 'portal_users',
      constraint: 'portal_users_email_key',
    });
    const failure = Object.assign(new Error(driver.message), {
      ...driver,
      query: secret,
      parameters: [secret],
      driver,
    });
    const line = logged({ err: new Error('could not save', { cause: failure }) });
    expect(line).not.toContain(secret);
    expect(JSON.parse(line)).toMatchObject({
      err: {
        type: 'Error',
        message: 'could not save',
        stack: expect.any(String),
        cause: { errorCode: '23505', table: 'portal_users', constraint: 'portal_users_email_key' },
      },
    });
  });

  it.each([
    ['22P02', 'invalid input syntax for type uuid: '],
    ['22008', 'timestamp out of range: '],
    ['22003', 'value is out of range: '],
  ])('shows of a value that PostgreSQL cannot take (%s) where it failed, never the value', (code, words) => {
    const driver = Object.assign(new Error(`${words}"${secret}"`), { code, routine: 'uuid_in' });
    const wrapped = new Error(`QueryFailed: ${driver.message}`, { cause: driver });
    for (const err of [driver, wrapped]) {
      const line = logged({ err });
      expect(line).not.toContain(secret);
      expect(line).toContain(`data exception ${code} in uuid_in`);
      expect(line).toContain('logger.spec.ts');
    }
  });

  it('shows nothing of what was thrown without being an error', () => {
    expect(logged({ err: { email: secret } })).not.toContain(secret);
  });
});
