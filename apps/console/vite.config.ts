import { defineConfig } from 'vite';
import { balcaoVite } from '@balcao/ui/vite';

const api = 'http://127.0.0.1:3000';

export default defineConfig(
  balcaoVite({
    root: import.meta.dirname,
    base: '/console/',
    density: 'console',
    first: {},
    proxy: { '^/(api/|health/|ops/(auth|organizations|queues))': api },
  }),
);
