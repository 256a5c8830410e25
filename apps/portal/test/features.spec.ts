import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gatherFeatures } from '@balcao/ui';
import { describe, expect, it } from 'vitest';
import { features } from '../src/features.js';
import { json, me, openPortal } from './harness.js';

const SOURCES = resolve(import.meta.dirname, '../src');

/** A permission that its module would declare. */
const LOANS = 'loans:read' as never;

/** A feature as its folder would describe itself. */
const loans = gatherFeatures({
  './features/loans/feature.ts': {
    default: {
      routes: [
        {
          path: 'loans',
          name: 'loans',
          component: { template: '<h1>O que está emprestado</h1>' },
          meta: { feature: 'tickets', permissions: [LOANS] },
        },
      ],
      menu: [
        {
          page: 'loans',
          label: { 'pt-BR': 'Equipamentos', 'en-US': 'Equipment' },
          icon: 'i-lucide-house',
          group: 'support',
          order: 25,
        },
      ],
    },
  },
});

describe('a new feature', () => {
  const open = (path: string, permissions = me().permissions) =>
    openPortal(path, {
      features: [...features, ...loans],
      api: { 'GET auth/me': () => json(me({ permissions })) },
    });

  it('has its page, its line in the menu and in the palette', async () => {
    const portal = await open('/loans', [...me().permissions, LOANS]);
    expect(portal.heading()).toBe('O que está emprestado');
    const lines = portal.links().slice(0, 9);
    expect(lines).toEqual([
      ...[
        'Início',
        'Faturas',
        'Transações',
        'Extrato',
        'Notas fiscais',
        'Chamados',
        'Equipamentos',
        'Ajuda',
        'Ajustes',
      ],
    ]);
    expect(document.querySelector('nav a[aria-current="page"]')?.textContent).toContain('Equipamentos');
    await portal.click('Buscar');
    expect(await portal.dialog()).toContain('Equipamentos');
  });

  it('is nowhere for those who may not use it', async () => {
    const portal = await open('/loans');
    expect(portal.heading()).toBe('Sem acesso');
    expect(portal.links()).not.toContain('Equipamentos');
  });

  it('is named by no file outside of its folder, as none of them is', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(ts|vue)$/.test(path),
    );
    const naming = files
      .filter((path) => !path.startsWith('features/'))
      .filter((path) => /features\/[a-z]/.test(readFileSync(join(SOURCES, path), 'utf8')));
    expect(naming).toEqual([]);
    expect(features.map(({ name }) => name)).toEqual(
      readdirSync(join(SOURCES, 'features'), { withFileTypes: true })
        .map(({ name }) => name)
        .sort(),
    );
  });
});
