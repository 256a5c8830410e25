/**
 * The only functions that may be asked before the tenant is known. Each is SECURITY DEFINER with a fixed search_path
 * and answers one narrow question; their SQL stands in the migrations.
 */
const DOORS = {
  door_portal_by_slug: 1,
  door_portal_by_host: 1,
  door_portal_instead: 2,
  door_portal_slug: 1,
  door_portal_of_organization: 2,
  door_portal_by_signup_slug: 1,
  door_portal_login: 5,
  door_staff_login: 3,
  door_operator_login: 1,
  door_login_begin: 3,
  door_login_failed: 4,
  door_login_taken_back: 2,
  door_login_forgiven: 2,
  door_login_failures_purge: 1,
  door_portal_sessions: 2,
  door_staff_sessions: 1,
  door_operator_session: 1,
  door_one_time_token: 1,
  door_signing_keys: 0,
  door_gateway_account: 1,
  door_signup: 1,
  door_registry_answer: 1,
  door_registry_keep: 4,
  door_registry_purge: 1,
  session_touch: 2,
  sessions_purge: 1,
  state_rate_limit_check: 3,
  state_rate_limit_consume: 5,
  state_rate_limit_return: 2,
  state_rate_limit_clear: 1,
  state_idempotency_claim: 4,
  state_idempotency_complete: 7,
  state_idempotency_release: 2,
  state_purge: 1,
} as const;

export type DoorName = keyof typeof DOORS;

/** Statement that calls each door with its number of parameters. */
export const DOOR_STATEMENTS = Object.fromEntries(
  Object.entries(DOORS).map(([name, count]) => {
    const parameters = Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ');
    return [name, `select * from ${name}(${parameters})`];
  }),
) as Readonly<Record<DoorName, string>>;
