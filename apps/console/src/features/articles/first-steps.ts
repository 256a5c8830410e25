import type { FirstStepEntry } from '@balcao/ui';

export default [{ name: 'articles', to: { name: 'new-article' }, minutes: 3 }] satisfies FirstStepEntry[];
