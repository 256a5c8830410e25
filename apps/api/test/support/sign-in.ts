import { cookiesOf, type Visitor } from './visitor.js';
import { PASSWORD } from './world.js';

export type Audience = 'portal' | 'staff' | 'operator';

export interface SignInOptions {
  /** How the session is shown from then on. */
  via?: 'cookie' | 'bearer' | 'jwt';
  password?: string;
  /** Names the tenant in the body. */
  organizationSlug?: string;
  /** Names the portal by path. */
  base?: string;
}

export const LOGIN_PATHS: Record<Audience, string> = {
  portal: '/api/v1/portal/auth/login',
  staff: '/api/v1/admin/auth/login',
  operator: '/ops/auth/login',
};

/** Signs in over HTTP as a browser or a client would. */
export async function signIn(
  stranger: Visitor,
  audience: Audience,
  email: string,
  { via = 'cookie', password = PASSWORD, organizationSlug, base = '' }: SignInOptions = {},
): Promise<Visitor> {
  const visitor = stranger.with({ base });
  const body = { email, password, ...(organizationSlug ? { organizationSlug } : {}) };
  const response = await visitor.post(LOGIN_PATHS[audience], body).expect(200);
  const answer = response.body as { accessToken?: string; token?: string };
  if (via === 'jwt') return visitor.with({ credentials: { bearer: answer.token! } });
  const cookies = Object.fromEntries(
    Object.entries(cookiesOf(response)).map(([name, { value }]) => [name, encodeURIComponent(value)]),
  );
  // Staff and operators get their token as a cookie only.
  const session = Object.entries(cookies).find(([name]) => name.endsWith('_session'))![1];
  if (via === 'bearer') return visitor.with({ credentials: { bearer: answer.accessToken ?? session } });
  const token = Object.entries(cookies).find(([name]) => name.endsWith('_csrf_token'))![1];
  const csrf = { header: 'x-balcao-csrf', token: decodeURIComponent(token) };
  return visitor.with({ credentials: { cookies, csrf } });
}
