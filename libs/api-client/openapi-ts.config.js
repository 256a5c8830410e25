import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: 'openapi.json',
  output: {
    path: 'src/generated',
    module: {
      extension: '.js',
      // The functions stand on `src/client.ts` instead of the kit's own fetch client: see there.
      resolve: (path) => (path === '@hey-api/client-fetch' ? '../client.js' : path),
    },
  },
  plugins: [
    { name: '@hey-api/client-fetch', baseUrl: false, bundle: false },
    '@hey-api/typescript',
    { name: '@hey-api/sdk', auth: false },
  ],
});
