import type { Locale } from '@balcao/contracts';
import { portalOrigin, type FoundPortal } from '@balcao/module-directory';
import type { PageMeta } from '@balcao/module-portal/http';
import { signupSettings } from '../../signup-settings.js';

const WORDS: Record<Locale, { title: string; description: (name: string) => string }> = {
  'pt-BR': {
    title: 'Cadastro',
    description: (name) =>
      `Torne sua empresa cliente de ${name}: digite o CNPJ, diga quem administra e confirme o e-mail.`,
  },
  'en-US': {
    title: 'Sign up',
    description: (name) =>
      `Make your company a customer of ${name}: type its CNPJ, say who manages it, and confirm the e-mail.`,
  },
};

/** Where companies sign up at a portal, and whether they can. */
export function ownSignupPage({ portal, settings }: FoundPortal): { slug: string; open: boolean } {
  return { slug: portal.signupSlug ?? portal.slug, open: signupSettings.of(settings).enabled };
}

/** What the head of a portal's signup page says to everybody; nothing while it is shut. */
export function signupHead(portal: FoundPortal, locale: Locale, publicUrl: string): PageMeta | undefined {
  const { name } = portal.portal;
  const { slug, open } = ownSignupPage(portal);
  if (portal.organization.status !== 'active' || !open) return undefined;
  return {
    kind: 'website',
    title: WORDS[locale].title,
    description: WORDS[locale].description(name),
    locale,
    canonical: `${portalOrigin(portal.portal, publicUrl)}/portal/signup/${slug}`,
    alternates: [],
  };
}
