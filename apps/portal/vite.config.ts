import { defineConfig } from 'vite';
import { balcaoVite } from '@balcao/ui/vite';

/** What every page before sign-in has, and its feature's view and texts. */
const visitorPage = (feature: string, ...views: string[]) => [
  'portal/src/shell/PublicLayout.vue',
  ...views.map((view) => `portal/src/features/${feature}/views/${view}.vue`),
  `portal/src/features/${feature}/i18n/{locale}.json`,
  'portal/src/i18n/{locale}.json',
  'ui/src/i18n/{locale}.json',
];

export default defineConfig(
  balcaoVite({
    root: import.meta.dirname,
    base: '/portal/',
    density: 'portal',
    first: {
      login: visitorPage('auth', 'SignInView'),
      signup: visitorPage('signup', 'SignupView', 'CompanyView'),
      help: visitorPage('help', 'PublicHelp', 'HelpView'),
      article: visitorPage('help', 'PublicHelp', 'ArticleView'),
    },
    proxy: { '^(/o/[^/]+)?/(api/|portal/(branding\\.css|pictures/))': 'http://127.0.0.1:3000' },
  }),
);
