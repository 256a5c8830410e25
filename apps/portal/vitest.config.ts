import { balcaoVitest } from '@balcao/ui/vitest';

export default balcaoVitest({
  root: import.meta.dirname,
  base: '/portal/',
  density: 'portal',
  page: { url: 'http://portal.example/o/aurora/portal/' },
});
