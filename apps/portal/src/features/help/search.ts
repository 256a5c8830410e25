import { portalListArticles } from '@balcao/api-client';
import type { PaletteSearch } from '@balcao/ui/data';

export default [
  {
    id: 'articles',
    heading: { 'pt-BR': 'Ajuda', 'en-US': 'Help' },
    page: 'article',
    param: 'slug',
    find: async (query, signal) =>
      (await portalListArticles({ query, signal })).data.map(({ slug, title }) => ({
        id: slug,
        icon: 'i-lucide-book-open',
        label: title,
      })),
  },
] satisfies PaletteSearch[];
