import { shallowRef, type ShallowRef } from 'vue';
import { ApiError } from '../api/api-error.js';
import { useForm, type Form } from '../forms/use-form.js';
import { emailProblem, problems } from '../forms/validators.js';
import { translate } from '../i18n/i18n.js';

export type Credentials = Record<'email' | 'password', string>;

/** One of several accounts that an e-mail and its password fit, as it is listed. */
export interface AccountLine {
  id: string;
  name: string;
  detail?: string;
}

export interface SignInOptions<Account extends AccountLine> {
  /** Opens the session, in one account where several fitted, and goes where one wanted to go. */
  enter: (credentials: Credentials, account?: Account) => Promise<void>;
  /** The accounts that a refused sign-in offers; none where it was refused for another reason. */
  accountsOf?: (error: ApiError) => Account[];
  /** Whether a user name does instead of an address. */
  loginName?: boolean;
}

export interface SignIn<Account extends AccountLine> {
  form: Form<Credentials>;
  accounts: Readonly<ShallowRef<readonly Account[]>>;
  choose: (account: Account) => Promise<void>;
  chooseAgain: () => void;
}

/** Signing in, and choosing an account where several fit. */
export function useSignInForm<Account extends AccountLine = AccountLine>({
  enter,
  accountsOf = () => [],
  loginName = false,
}: SignInOptions<Account>): SignIn<Account> {
  const accounts = shallowRef<readonly Account[]>([]);
  const form = useForm<Credentials>({
    initial: () => ({ email: typedBefore(), password: '' }),
    validate: ({ email, password }) =>
      problems({
        email: emailProblem(email, { loginName }),
        password: password === '' ? translate('ui.fields.passwordMissing') : undefined,
      }),
    submit: async (values) => {
      try {
        await enter(trimmed(values));
      } catch (error) {
        accounts.value = error instanceof ApiError ? accountsOf(error) : [];
        if (accounts.value.length === 0) throw error;
      }
    },
  });
  return {
    form,
    accounts,
    choose: (account) => enter(trimmed(form.values), account),
    chooseAgain: () => void (accounts.value = []),
  };
}

const trimmed = ({ email, password }: Credentials): Credentials => ({ email: email.trim(), password });

/** The address typed on the page before, for example when a password was reset. */
export function typedBefore(): string {
  const email: unknown = (history.state as { email?: unknown } | null)?.email;
  return typeof email === 'string' ? email : '';
}
