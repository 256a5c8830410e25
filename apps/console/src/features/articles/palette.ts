import type { PaletteEntry } from '@balcao/ui';

export default [
  {
    kind: 'page',
    to: { name: 'categories' },
    label: { 'pt-BR': 'Categorias de artigos', 'en-US': 'Article categories' },
    icon: 'i-lucide-folder',
  },
  {
    kind: 'action',
    to: { name: 'new-article' },
    label: { 'pt-BR': 'Escrever artigo', 'en-US': 'Write an article' },
    icon: 'i-lucide-plus',
  },
] satisfies PaletteEntry[];
