import { translate } from '@balcao/ui';

/** Why somebody does what a dialog asks about, in their own words; `help` says who will read it. */
export const reasonField = (help: string) => ({
  value: '',
  label: translate('billing.reason'),
  help,
  kind: 'long' as const,
  max: 500,
  missing: translate('billing.reasonMissing'),
});
