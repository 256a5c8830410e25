import { currentLocale } from '@balcao/ui';

/** `novembro de 2026` of `2026-11`, in the reader's language. */
export const useMonthName = () => (month: string) =>
  new Intl.DateTimeFormat(currentLocale(), { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
