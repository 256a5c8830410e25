import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useFoundArticles } from '../../data/articles.js';
import type { PaletteSearch } from '@balcao/ui';

const FOUND = 5;

/** Articles in the palette. */
export const search: PaletteSearch = (q) => {
  const router = useRouter();
  const { articles, isFetching } = useFoundArticles(q, FOUND);
  const items = computed(() =>
    articles.value.map(({ slug, title }) => ({
      id: `article-${slug}`,
      icon: 'i-lucide-book-open',
      label: title,
      run: () => void router.push({ name: 'article', params: { slug } }),
    })),
  );
  return { page: 'help', items, busy: isFetching };
};
