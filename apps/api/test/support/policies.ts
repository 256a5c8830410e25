import type { TestApp } from './test-app.js';

/** A policy of row-level security that the app's role meets. */
export interface Policy {
  /** `table.policy`, as tests name it. */
  name: string;
  table: string;
  policy: string;
  /** Condition on rows that exist. */
  using: string | null;
  /** Condition on rows that are written; null where `using` stands for both, or nothing is written. */
  check: string | null;
  /** Whether the app may write to the table at all, so that a condition on what is written is ever asked. */
  writable: boolean;
}

/** Which of a policy's two conditions is replaced by `true`. */
export type Half = 'using' | 'check';

/** Every policy that the app's role meets, as the catalogue lists them. */
export async function appPolicies(api: TestApp): Promise<Policy[]> {
  return api.rows<Policy & Record<string, unknown>>(`
    select tablename || '.' || policyname as name, tablename as table, policyname as policy, qual as using, with_check as check,
      has_any_column_privilege('balcao_app', tablename, 'insert, update') as writable
    from pg_policies where schemaname = 'public' and roles && array['balcao_app', 'public']::name[] order by 1`);
}

/** The conditions of a policy that a statement of the app can meet. */
export const halvesOf = ({ using, check, writable }: Policy): Half[] => [
  ...(using ? (['using'] as const) : []),
  ...(check && writable ? (['check'] as const) : []),
];

/** The statement that lets everything through at one or both of a policy's conditions. */
export function opening({ table, policy, using, check }: Policy, halves: Half[]): string {
  return alter(
    table,
    policy,
    using && (halves.includes('using') ? 'true' : using),
    check && (halves.includes('check') ? 'true' : check),
  );
}

/** Opens policies for good. @returns how to bring them back */
export async function openUp(api: TestApp, policies: Policy[]): Promise<() => Promise<void>> {
  await api.owner.query(policies.map((policy) => opening(policy, ['using', 'check'])).join(';'));
  return async () =>
    void (await api.owner.query(
      policies.map(({ table, policy, using, check }) => alter(table, policy, using, check)).join(';'),
    ));
}

function alter(table: string, policy: string, using: string | null, check: string | null): string {
  return `alter policy ${policy} on ${table} ${using ? `using (${using})` : ''} ${check ? `with check (${check})` : ''}`;
}
