// @ts-check

const HTTP = 'libs/platform/http/src/access';
const TOKENS = 'libs/modules/auth/src/tokens/one-time-tokens.ts';
const TENANCY = 'libs/platform/tenancy/src';

/** Mutants that nobody could tell from the original, by reason. @type {Readonly<Record<string, readonly string[]>>} */
const REASONS = {
  'a copy of what is asked anew otherwise: only slower': [
    'libs/platform/config/src/secrets.ts: key: !key -> true',
    'libs/platform/config/src/secrets.ts: key: this.cache.set(name, key); -> nothing',
    `${HTTP}/portal-address.ts: portalAddressOf: !settings -> true`,
    `${HTTP}/portal-address.ts: portalAddressOf: settingsOfConfig.set(config, settings); -> nothing`,
    `${HTTP}/incoming-request.ts: isDecodable: !url.includes('%') -> false`,
    `${TENANCY}/database.ts: bind: this.bindings.get(client) === wanted -> false`,
    `${TENANCY}/database.ts: bind: this.bindings.set(client, wanted); -> nothing`,
    `${TENANCY}/db.ts: nameOf: its body -> nothing`,
  ],
  'refused by the next line as well': [
    `${HTTP}/access.pipeline.ts: admitPrincipal: !principal || portalOf(principal)?.id !== tenant?.portal.id -> portalOf(principal)?.id !== tenant?.portal.id`,
  ],
  'other audiences are refused at the hosts of portals before': [
    `${HTTP}/access.pipeline.ts: admitAnybody: access.audience !== 'portal' -> false`,
    `${HTTP}/access.pipeline.ts: admitPrincipal: access.audience === 'portal' && !addressMatches -> !addressMatches`,
  ],
  'no address has a line break or a bracket elsewhere, so the anchor changes nothing': [
    `${HTTP}/incoming-request.ts: normalizeRequest: /^https?:\\/\\/([^/?#]*)(.*)$/i -> /^https?:\\/\\/([^/?#]*)(.*)/i`,
    'libs/platform/outbound/src/outbound.ts: guarded: /^\\[|\\]$/g -> /\\[|\\]$/g',
    'libs/platform/outbound/src/outbound.ts: guarded: /^\\[|\\]$/g -> /^\\[|\\]/g',
    'libs/platform/state/src/network-of.ts: networkOf: /%.*$/ -> /%.*/',
    `${TOKENS}: decodeId: /^(.{8})(.{4})(.{4})(.{4})(.{12})$/ -> /(.{8})(.{4})(.{4})(.{4})(.{12})$/`,
    `${TOKENS}: decodeId: /^(.{8})(.{4})(.{4})(.{4})(.{12})$/ -> /^(.{8})(.{4})(.{4})(.{4})(.{12})/`,
  ],
  'the second wall, row-level security, refuses the same rows; isolation tests show the first alone': [
    `${TOKENS}: supersede: \${db.tenant('t')} -> (true)`,
    `${TOKENS}: claim: \${db.tenant('t')} -> (true)`,
  ],
  'marks again what is superseded already': [`${TOKENS}: supersede: t.superseded_at is null -> (true)`],
  'a signature is of texts only, so whatever else comes does not fit it': [
    'libs/platform/storage/src/downloads.ts: read: [type, name, expires, signature] -> [name, expires, signature]',
    'libs/platform/storage/src/downloads.ts: read: [type, name, expires, signature] -> [type, expires, signature]',
    'libs/platform/storage/src/downloads.ts: read: [type, name, expires, signature] -> [type, name, signature]',
    "libs/platform/storage/src/downloads.ts: sign: ['GET', ...parts] -> [...parts]",
  ],
  'a whole address has eight groups by itself': [
    'libs/platform/state/src/network-of.ts: networkOf: tail === undefined -> false',
  ],
  'Node asks for all addresses of a name': ['libs/platform/outbound/src/outbound.ts: guarded: all -> true'],
};

export const EQUIVALENT = new Set(Object.values(REASONS).flat());
