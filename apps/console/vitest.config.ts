import { balcaoVite } from '@balcao/ui/vite';
import { defineConfig, mergeConfig } from 'vitest/config';

export default mergeConfig(
  balcaoVite({ root: import.meta.dirname, base: '/console/', density: 'console' }),
  defineConfig({
    test: {
      environment: 'happy-dom',
      environmentOptions: { happyDOM: { url: 'http://localhost/console/', width: 1280, height: 900 } },
      include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
      env: { TZ: 'UTC' },
    },
  }),
);
