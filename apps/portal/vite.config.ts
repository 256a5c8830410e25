import { defineConfig } from 'vite';
import { balcaoVite } from '@balcao/ui/vite';

export default defineConfig(
  balcaoVite({
    root: import.meta.dirname,
    base: '/portal/',
    density: 'portal',
    proxy: { '^(/o/[^/]+)?/(api/|portal/(branding\\.css|pictures/))': 'http://127.0.0.1:3000' },
  }),
);
