import { balcaoVitest } from '@balcao/ui/vitest';

export default balcaoVitest({
  root: import.meta.dirname,
  base: '/console/',
  density: 'console',
  page: { url: 'http://localhost/console/', width: 1280, height: 900 },
});
