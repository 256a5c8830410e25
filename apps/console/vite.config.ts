import { defineConfig } from 'vite';
import { balcaoVite } from '@balcao/ui/vite';

const api = 'http://127.0.0.1:3000';

export default defineConfig(
  balcaoVite({
    root: import.meta.dirname,
    base: '/console/',
    density: 'console',
    first: {
      signIn: ['console/src/shell/PublicLayout.vue', 'console/src/features/auth/views/SignInView.vue'],
      opsSignIn: ['console/src/shell/PublicLayout.vue', 'console/src/features/ops/views/OpsSignInView.vue'],
      // Of this, what every page of staff needs is one file.
      console: ['console/src/shell/ConsoleLayout.vue'],
      inbox: ['console/src/shell/ConsoleLayout.vue', 'console/src/features/inbox/views/InboxView.vue'],
    },
    proxy: { '^/(api/|health/|ops/(auth|organizations|queues))': api },
  }),
);
