import { defineConfig, mergeConfig } from 'vitest/config';
import { balcaoVite } from './vite/index.js';

export default mergeConfig(
  balcaoVite({ root: import.meta.dirname, base: '/', density: 'portal' }),
  defineConfig({
    test: {
      environment: 'happy-dom',
      include: ['src/**/*.spec.ts'],
      env: { TZ: 'UTC' },
    },
  }),
);
