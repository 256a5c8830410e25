// @ts-check

const HTTP = 'libs/platform/http/src/access';
const AUTH = 'libs/modules/auth/src';
const TOKENS = `${AUTH}/tokens/one-time-tokens.ts`;
const LIMITS = 'libs/platform/http/src/input-limits.ts';
const JWT = `${AUTH}/http/strategies/jwt.strategy.ts`;
const TENANCY = 'libs/platform/tenancy/src';
const OWN_INVITATIONS = 'policy own_invitations on mails:';

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
    `${TENANCY}/db.ts: nameOf: !name && statementNames.size < MOST_NAMED_STATEMENTS -> false`,
    `${TENANCY}/db.ts: nameOf: !name && statementNames.size < MOST_NAMED_STATEMENTS -> statementNames.size < MOST_NAMED_STATEMENTS`,
    `${TENANCY}/db.ts: nameOf: !name -> name`,
    `${TENANCY}/db.ts: nameOf: statementNames.size < MOST_NAMED_STATEMENTS -> statementNames.size >= MOST_NAMED_STATEMENTS`,
    `${TENANCY}/db.ts: nameOf: name = createHash('sha256').update(text).digest('base64url').slice(0,  -> nothing`,
    `${TENANCY}/db.ts: nameOf: statementNames.set(text, name); -> nothing`,
  ],
  'what is counted of nothing that is offered is never looked at, since nothing is proven by it: only memory': [
    `${HTTP}/request-budget.ts: spend: offered -> true`,
  ],
  'a group that nobody is in any more is as good as none: only memory': [
    'libs/platform/live/src/live-streams.ts: stream: this.of.delete(id); -> nothing',
  ],
  'one turn is given away before it is used, or nothing is written in a transaction: only slower': [
    `${AUTH}/passwords/password-hasher.ts: matching: count > 0 -> true`,
    `${AUTH}/passwords/password-hasher.ts: matching: count > 0 -> count >= 0`,
    `${AUTH}/passwords/password-hasher.ts: matching: count + present.length > 0 -> true`,
    `${AUTH}/passwords/password-hasher.ts: matching: count + present.length > 0 -> count + present.length >= 0`,
    `${AUTH}/sign-in/sign-in.service.ts: failed: !noted && !locks -> false`,
  ],
  'how many are hashed at once is the machine’s': [
    `${AUTH}/passwords/password-hasher.ts: CONCURRENCY: Math.min(availableParallelism(), 3) -> Math.max(availableParallelism(), 3)`,
  ],
  'no clock tells the very moment from the one after it': [
    `${AUTH}/sign-in/sign-in.service.ts: isLocked: lockedUntil > new Date() -> lockedUntil >= new Date()`,
    `${AUTH}/sessions/principal-reader.ts: session: Date.now() - row.lastSeenAt.getTime() > TOUCH_AFTER_MS -> Date.now() - row.lastSeenAt.getTime() >= TOUCH_AFTER_MS`,
    `${AUTH}/sessions/signing-keys.ts: current: ageInDays(this.keys[0].createdAt) >= SIGNS_FOR_DAYS -> ageInDays(this.keys[0].createdAt) > SIGNS_FOR_DAYS`,
  ],
  'an id is asked for as a digest too, and is nobody’s': [
    `${AUTH}/sessions/principal-reader.ts: inOneStatement: places.filter((_place, index) => 'tokenHash' in keys[index]!) -> places`,
  ],
  'strangers of all devices have one counter, whatever constant names it': [
    `${AUTH}/sign-in/lockout.ts: keys: deviceId -> true`,
  ],
  'the name of an operator means one account, so nothing depends on whose the address is': [
    `${AUTH}/sign-in/operator-sign-in.ts: candidateOf: true -> false`,
  ],
  'PostgreSQL takes back what a failing statement has set, as the connection that "could not be bound" shows': [
    `${TENANCY}/database.ts: bind: this.bindings.delete(client); -> nothing`,
  ],
  'libs/api-client/check.mjs holds what the API says of itself against what is committed': [
    'libs/platform/live/src/http/live.controllers.ts: STREAM: LIVE_HEARTBEAT_MS / 1_000 -> LIVE_HEARTBEAT_MS * 1_000',
    'libs/platform/live/src/http/live.controllers.ts: LAST: false -> true',
  ],
  'one more of a thousand is as good': [
    `${TENANCY}/db.ts: nameOf: statementNames.size < MOST_NAMED_STATEMENTS -> statementNames.size <= MOST_NAMED_STATEMENTS`,
  ],
  'what is planned once or each time has the same effect': [
    `${TENANCY}/db.ts: ADDS: /^\\s*insert\\b/i -> /\\s*insert\\b/i`,
  ],
  'only the stack that an error shows is another': [
    `${TENANCY}/ask.ts: ask: error instanceof Error -> true`,
    `${TENANCY}/ask.ts: ask: error instanceof Error -> false`,
    `${TENANCY}/ask.ts: ask: Error.captureStackTrace(error); -> nothing`,
  ],
  'an address of a request begins with a slash, so nothing that is looked for stands at its beginning': [
    `${LIMITS}: demandFewParameters: query < 0 -> query <= 0`,
    `${LIMITS}: demandFewParameters: next > 0 -> next >= 0`,
  ],
  'behind the end of a text there is no character that means anything': [
    `${LIMITS}: demandFewValues: index < text.length -> index <= text.length`,
    `${LIMITS}: demandFewValues: index < text.length -> index <= text.length (2)`,
  ],
  'refused by the next line as well': [
    `${JWT}: claimsOf: ['exp', 'iat', 'aud'] -> ['exp', 'iat']`,
    `${JWT}: validate: tenantId || typeof claims.sid !== 'string' -> tenantId`,
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
    `${AUTH}/sessions/own-sessions.service.ts: listOwn: \${db.account('s')} -> (true)`,
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
  "a customer sees the invitations of the own account only, by their table's own policy; said again for the planner": [
    `${OWN_INVITATIONS} (2) without (organization_id = app_organization_id()`,
    `${OWN_INVITATIONS} (3) without SELECT (app_scope() = 'account'::text)`,
    `${OWN_INVITATIONS} (7) without (i.organization_id = mails.organization_id`,
  ],
  "the sessions' table has none with a portal and an account but those of customers": [
    "function door_portal_sessions: (12) without s.realm = 'portal'",
  ],
};

export const EQUIVALENT = new Set(Object.values(REASONS).flat());
