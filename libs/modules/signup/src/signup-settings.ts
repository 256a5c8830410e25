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
  termsUrl: {
    kind: 'webAddress',
    default: null,
    description: 'Terms that whoever signs up agrees to; none asks for none',
    example: 'https://aurora.example/termos',
  },
  privacyUrl: {
    kind: 'webAddress',
    default: null,
    description: 'Privacy notice that whoever signs up agrees to; none asks for none',
    example: 'https://aurora.example/privacidade',
  },
  termsVersion: {
    kind: 'text',
    max: 50,
    default: null,
    description: 'Version of both, kept with each consent',
    example: '2026-11',
  },
});

export type SignupSettings = ReturnType<typeof signupSettings.of>;
