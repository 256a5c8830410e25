/** The two schemes that every page has. */
export type Mode = 'light' | 'dark';

/** The fixed colours of a scheme: a tenant never changes them. `libs/ui` writes the same values in its CSS. */
export interface Neutrals {
  bg: string;
  surface: string;
  raised: string;
  text: string;
  textMuted: string;
  success: string;
  warning: string;
  danger: string;
  info: string;
}

/** Surfaces and texts that brand tokens are measured against. */
export const neutrals: Record<Mode, Neutrals> = {
  light: {
    bg: '#fafaf9',
    surface: '#ffffff',
    raised: '#f5f5f4',
    text: '#1c1917',
    textMuted: '#57534e',
    success: '#17633d',
    warning: '#854a06',
    danger: '#a9241b',
    info: '#175680',
  },
  dark: {
    bg: '#0c0a09',
    surface: '#1c1917',
    raised: '#292524',
    text: '#fafaf9',
    textMuted: '#a8a29e',
    success: '#72cf9a',
    warning: '#edb458',
    danger: '#f58d82',
    info: '#7fbde8',
  },
};
