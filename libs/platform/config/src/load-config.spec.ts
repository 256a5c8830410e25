import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';

const GIVEN = { DATABASE_URL: 'postgres://x', SECRET_KEY: 'vNq3mZ8rT1wYc6Hj0KfLs9Bd2Xg5Ea7U' };

describe('PUBLIC_URL in production', () => {
  it.each(['http://portal.example.com', 'http://203.0.113.9', 'http://localhost.example.com'])(
    '%s is refused, since sessions would travel in clear',
    (publicUrl) => {
      const environment = { ...GIVEN, NODE_ENV: 'production', PUBLIC_URL: publicUrl };
      expect(() => loadConfig(environment)).toThrow(/PUBLIC_URL must begin with https:/);
      expect(loadConfig({ ...environment, NODE_ENV: 'development' }).publicUrl).toBe(publicUrl);
    },
  );

  it.each(['https://portal.example.com', 'http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    '%s is taken',
    (publicUrl) => {
      expect(loadConfig({ ...GIVEN, NODE_ENV: 'production', PUBLIC_URL: publicUrl }).publicUrl).toBe(publicUrl);
    },
  );
});
