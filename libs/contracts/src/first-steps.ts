/**
 * What a new organization does before its first customers come, in the order in which it is proposed. A step is named here
 * once its module can tell from real rows whether it is done.
 */
export const FIRST_STEPS = [
  'brand',
  'domain',
  'sender',
  'team',
  'customer',
  'invitation',
  'signup',
  'articles',
  'issuer',
  'invoice',
] as const;
export type FirstStepName = (typeof FIRST_STEPS)[number];
