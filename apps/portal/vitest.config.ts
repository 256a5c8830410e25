import { defineConfig, mergeConfig } from 'vitest/config';
import { balcaoVite } from '@balcao/ui/vite';

export default mergeConfig(
  balcaoVite({ root: import.meta.dirname, base: '/portal/', density: 'portal' }),
  defineConfig({
    test: {
      environment: 'happy-dom',
      environmentOptions: { happyDOM: { url: 'http://portal.example/o/aurora/portal/' } },
      include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
      env: { TZ: 'UTC' },
    },
  }),
);
