import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { AppConfig } from './app.config.js';
import { loadConfig, variableOf } from './load-config.js';

const EXAMPLE = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
/** Variables of the launcher, which the processes themselves do not read. */
const OF_THE_LAUNCHER = ['MAILBOX_PORT', 'MAILBOX_SMTP_PORT', 'POSTGRES_PORT', 'REGISTRY_PORT'];

const settings = [
  ...new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(AppConfig, '', false, false)
      .map(({ propertyName }) => propertyName),
  ),
];
const shown = new Map([...EXAMPLE.matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name, value]) => [name!, value!]));

describe('.env.example', () => {
  it('B.9 shows every variable that is read, and no other', () => {
    expect([...shown.keys()].sort()).toEqual([...settings.map(variableOf), ...OF_THE_LAUNCHER].sort());
  });

  it('B.9 shows the defaults as they are', () => {
    const defaults = new AppConfig() as unknown as Record<string, unknown>;
    // What `npm start` chooses for the demo's sake, and says so.
    const chosenByTheLauncher = ['balcaoDemo', 'balcaoDemoPublic', 'publicUrl', 'smtpUrl'];
    for (const setting of settings.filter((name) => defaults[name] !== undefined)) {
      if (chosenByTheLauncher.includes(setting)) continue;
      expect([setting, shown.get(variableOf(setting))]).toEqual([setting, String(defaults[setting])]);
    }
  });

  it('B.9 every setting can be given by its variable', () => {
    const given: Record<string, string> = {
      DATABASE_URL: 'postgres://owner@db/balcao',
      DATABASE_APP_URL: 'postgres://app@db/balcao',
      DATABASE_PLATFORM_URL: 'postgres://platform@db/balcao',
      DATABASE_QUEUE_URL: 'postgres://queue@db/balcao',
      SECRET_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789',
      SECRET_KEYS_OLD: 'zyxwvutsrqponmlkjihgfedcba9876543210',
      PORTAL_BASE_DOMAIN: 'portals.example.com',
      PORTAL_CNAME_TARGET: 'portals.example.com',
      DNS_SERVERS: '192.0.2.1, [2001:db8::1]:53',
      MAIL_SPF_INCLUDE: 'spf.mail.example',
      TRUSTED_PROXIES: '10.0.0.0/8',
    };
    const config = loadConfig(given) as unknown as Record<string, unknown>;
    for (const setting of settings) {
      const value = given[variableOf(setting)];
      if (value !== undefined) expect([setting, config[setting]]).toEqual([setting, value]);
      expect([setting, config[setting] !== undefined]).toEqual([setting, true]);
    }
  });
});
