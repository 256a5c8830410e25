import { defineSettings } from '@balcao/module-directory';

/** Whether companies sign up by themselves, and what is asked of them. */
export const signupSettings = defineSettings('signup', {
  enabled: { kind: 'switch', default: false, description: 'Companies become customers by themselves' },
  acceptsCpf: { kind: 'switch', default: false, description: 'People sign up too, by their CPF' },
  reviewsEverySignup: {
    kind: 'switch',
    default: false,
    description:
      'Staff look at each signup before there is an account; otherwise only at those that the register leaves open',
  },
  refusesPersonalEmail: {
    kind: 'switch',
    default: false,
    description:
      'Of companies, addresses of mail services that anybody uses (gmail.com, uol.com.br …) are refused; people who sign up by CPF have them',
  },
  refusesDisposableEmail: { kind: 'switch', default: true, description: 'Addresses for one use are refused' },
});

export type SignupSettings = ReturnType<typeof signupSettings.of>;
