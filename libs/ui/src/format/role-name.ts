import { useI18n } from 'vue-i18n';

/** The roles that every organization begins with, by the names they are stored under. */
const SEEDED: Record<string, 'administration' | 'collaboration'> = {
  Administração: 'administration',
  Administration: 'administration',
  Colaboração: 'collaboration',
  Collaboration: 'collaboration',
};

/** What a role is called in the reader's language: the first ones are translated, until somebody renames them. */
export function useRoleName() {
  const { t } = useI18n();
  return ({ name }: { name: string }): string => (SEEDED[name] ? t(`ui.roles.${SEEDED[name]}`) : name);
}
