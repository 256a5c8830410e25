import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCategories } from '../../data/articles.js';

/** The name of a category in the language of the reader. */
export function useCategoryName() {
  const { locale } = useI18n();
  return ({ namePt, nameEn }: { namePt: string; nameEn: string }) => (locale.value === 'pt-BR' ? namePt : nameEn);
}

/** Categories as a picker lists them, after what stands for none. */
export function useCategoryOptions(none: () => string) {
  const { data } = useCategories();
  const nameOf = useCategoryName();
  return computed(() => [
    { value: '', label: none() },
    ...(data.value?.data ?? []).map((category) => ({ value: category.id, label: nameOf(category) })),
  ]);
}
