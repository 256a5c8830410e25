/** Headers of answers, each described once. */
export const RESPONSE_HEADERS = {
  RequestId: header(
    'Number of the request in our log; quote it when you ask for help',
    '01922222-0000-7000-8000-000000000001',
  ),
  RateLimitLimit: header('Requests that a network may make in a minute', 1_200, 'integer'),
  RateLimitRemaining: header('How many of them are left', 1_199, 'integer'),
  RateLimitReset: header('Seconds until all are there again', 42, 'integer'),
  RetryAfter: header('Seconds to wait before the next attempt', 42, 'integer'),
  ETag: header('Version of the answer; send it back as `If-None-Match`', 'W/"2jmj7l5rSw0yVb_vlWAYkK_YBwk"'),
  CacheControl: header('Who may keep the answer, and for how long', 'private, no-cache'),
  Vary: header('What the answer depends on', 'Authorization, Cookie, Accept-Language, accept-encoding'),
  ContentLanguage: header('Language of the words in the answer', 'en-US'),
  ContentDisposition: header(
    'That it is a file, and what it is called',
    'attachment; filename="faturas-2026-11-28.csv"',
  ),
  WwwAuthenticate: header('How to show who one is', 'Bearer realm="balcao"'),
  SetCookie: header(
    'Cookies of a session, of its CSRF token and of a known device: set by a sign-in, cleared by its end',
    'balcao_portal_session=Xk3v9QmB7tZr2LpW8nYc4HdS6fGj1KaE; Path=/; HttpOnly; SameSite=Lax',
  ),
  ClearSiteData: header('What the next person at that computer shall not see', '"cache"'),
  Location: header('Where it is now', 'wi-fi-fraco'),
  IdempotencyReplayed: header(
    '`true` where an earlier request with this key was answered, and nothing happened again',
    'true',
  ),
};

/** Headers of requests that several operations take. */
export const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Any new text, so that the request happens once however often it is sent within a day',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    example: '5f0c1a52b7e94d02a7d3',
  },
  SessionUser: {
    name: 'X-Session-User',
    in: 'header',
    required: false,
    description:
      'Id of the user that the request is meant for. Where the session is of somebody else by now, it is answered with ' +
      '`session_changed` and does nothing. Pages that rely on a cookie send it; others may leave it out',
    schema: { type: 'string' },
    example: '01922222-0000-7000-8000-000000000001',
  },
};

const NAMES: Record<keyof typeof RESPONSE_HEADERS, string> = {
  RequestId: 'X-Request-Id',
  RateLimitLimit: 'RateLimit-Limit',
  RateLimitRemaining: 'RateLimit-Remaining',
  RateLimitReset: 'RateLimit-Reset',
  RetryAfter: 'Retry-After',
  ETag: 'ETag',
  CacheControl: 'Cache-Control',
  Vary: 'Vary',
  ContentLanguage: 'Content-Language',
  ContentDisposition: 'Content-Disposition',
  WwwAuthenticate: 'WWW-Authenticate',
  SetCookie: 'Set-Cookie',
  ClearSiteData: 'Clear-Site-Data',
  Location: 'Location',
  IdempotencyReplayed: 'Idempotency-Replayed',
};

interface Answer {
  /** Whether what is read has a tag, by which a client may ask for what is new. */
  tagged: boolean;
  status: string;
  probe?: boolean;
  repeatable?: boolean;
  isProblem?: boolean;
  headers?: readonly (keyof typeof RESPONSE_HEADERS)[];
}

/** The headers that an answer may carry. */
export function headersOf({ tagged, status, probe, repeatable, isProblem, headers = [] }: Answer): object {
  const keys: (keyof typeof RESPONSE_HEADERS)[] = ['RequestId', 'CacheControl', 'Vary'];
  if (!probe || isProblem) keys.push('RateLimitLimit', 'RateLimitRemaining', 'RateLimitReset');
  if (tagged && (status === '200' || status === '304')) keys.push('ETag');
  if (status.startsWith('2') || status === '304') keys.push(...headers);
  if (status === '301') keys.push('Location');
  if (isProblem) keys.push('ContentLanguage');
  if (status === '401') keys.push('WwwAuthenticate');
  if (status === '429' || status === '503' || (status === '409' && repeatable)) keys.push('RetryAfter');
  if (repeatable && status.startsWith('2')) keys.push('IdempotencyReplayed');
  return Object.fromEntries(keys.map((key) => [NAMES[key], { $ref: `#/components/headers/${key}` }]));
}

function header(description: string, example: unknown, type = 'string') {
  return { description, schema: { type }, example };
}
