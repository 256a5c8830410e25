import { shallowRef, type ShallowRef } from 'vue';
import { useRouter, type Router } from 'vue-router';
import { ApiError } from '../api/api-error.js';
import { useForm, type Form } from '../forms/use-form.js';
import { emailProblem, problems } from '../forms/validators.js';
import { translate } from '../i18n/i18n.js';
import { onDevice } from '../storage.js';

export type Credentials = Record<'email' | 'password', string>;

/** One of several accounts that an e-mail and its password fit, as it is listed. */
export interface AccountLine {
  id: string;
  name: string;
  detail?: string;
}

export interface SignInOptions<Account extends AccountLine> {
  /** Opens the session, in one account where several fitted, and takes over who is signed in. */
  enter: (credentials: Credentials, account?: Account) => Promise<unknown>;
  /** The accounts that a refused sign-in offers; none where it was refused for another reason. */
  accountsOf?: (error: ApiError) => Account[];
  /** Whether a user name does instead of an address. */
  loginName?: boolean;
  /** The first page, for whoever was not on the way to another of the pages with this access. */
  home: string;
  access: string;
}

export interface SignIn<Account extends AccountLine = AccountLine> {
  form: Form<Credentials>;
  loginName: boolean;
  accounts: Readonly<ShallowRef<readonly Account[]>>;
  choose: (account: Account) => Promise<void>;
  chooseAgain: () => void;
}

/** Signing in, choosing an account where several fit, and going where one wanted to go. */
export function useSignInForm<Account extends AccountLine = AccountLine>({
  enter,
  accountsOf = () => [],
  loginName = false,
  home,
  access,
}: SignInOptions<Account>): SignIn<Account> {
  const router = useRouter();
  const { query } = router.currentRoute.value;
  const accounts = shallowRef<readonly Account[]>([]);
  const go = async ({ email, password }: Credentials, account?: Account) => {
    await enter({ email: email.trim(), password }, account);
    await router.replace(returnAddress(router, access) ?? { name: home });
  };
  const form = useForm<Credentials>({
    initial: () => ({ email: typedBefore() || (query.reason === 'reset' ? takeAsked() : ''), password: '' }),
    validate: ({ email, password }) =>
      problems({
        email: emailProblem(email, { loginName }),
        password: password === '' ? translate('ui.fields.passwordMissing') : undefined,
      }),
    submit: async (values) => {
      try {
        await go(values);
      } catch (error) {
        accounts.value = error instanceof ApiError ? accountsOf(error) : [];
        if (accounts.value.length === 0) throw error;
      }
    },
  });
  return {
    form,
    loginName,
    accounts,
    choose: (account) => go(form.values, account),
    chooseAgain: () => void (accounts.value = []),
  };
}

/**
 * Where somebody wanted to go before they had to sign in: a page of this application that a session opens. An address
 * from the outside never leads away.
 */
export function returnAddress(router: Router, access: string): string | undefined {
  const { next } = router.currentRoute.value.query;
  if (typeof next !== 'string' || !next.startsWith('/')) return undefined;
  // Browsers follow ".." out of the application, however it is written.
  const { base } = router.options.history;
  const { pathname, search, hash } = new URL(location.origin + base + next);
  const way = pathname.slice(base.length) + search + hash;
  if (!pathname.startsWith(`${base}/`) || way.startsWith('//')) return undefined;
  return router.resolve(way).meta['access'] === access ? way : undefined;
}

/** The address typed on the page before. */
export function typedBefore(): string {
  const email: unknown = (history.state as { email?: unknown } | null)?.email;
  return typeof email === 'string' ? email : '';
}

/** What the password of the last reset opens, where its address opens more; unlike an address, nobody else can write it. */
let lastOpened: string | undefined;

export const noteReset = (opened: string | undefined): void => void (lastOpened = opened);

/** What is said after a reset. */
export const resetNotice = (): string =>
  lastOpened ? translate('ui.access.notice.resetOf', { name: lastOpened }) : translate('ui.access.notice.reset');

const ASKED_KEY = 'balcao-reset-for';
/** As long as the link is good for. */
const ASKED_MS = 3_600_000;

/** Keeps on this device for whom a new password was asked: its link opens in another tab, and does not say. */
export const rememberAsking = (email: string): void =>
  onDevice.write(ASKED_KEY, JSON.stringify({ email, until: Date.now() + ASKED_MS }));

/** The address that was kept; it is forgotten then. */
function takeAsked(): string {
  const { email, until } = (onDevice.readJson(ASKED_KEY) ?? {}) as { email?: string; until?: number };
  onDevice.write(ASKED_KEY, undefined);
  return email && until && until > Date.now() ? email : '';
}
