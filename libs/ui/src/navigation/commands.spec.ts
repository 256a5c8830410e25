import { describe, expect, it } from 'vitest';
import { searchCommands, type CommandGroup } from './commands.js';

const run = () => {};
const groups: CommandGroup[] = [
  {
    id: 'pages',
    label: 'Páginas',
    items: [
      { id: 'settings', label: 'Configurações', run },
      { id: 'language', label: 'English', keywords: 'idioma', run },
    ],
  },
  { id: 'tickets', label: 'Chamados', searched: true, items: [{ id: 't', label: 'Modem', run }] },
  { id: 'empty', label: 'Nada', items: [] },
];
const found = (term: string) =>
  searchCommands(groups, term).map(({ id, items }) => [id, ...items.map((item) => item.id)]);

describe('searchCommands', () => {
  it('shows everything but empty groups before something is typed', () => {
    expect(found('')).toEqual([
      ['pages', 'settings', 'language'],
      ['tickets', 't'],
    ]);
  });

  it('overlooks accents and case, and looks at keywords', () => {
    expect(found('CONFIGURACOES')[0]).toEqual(['pages', 'settings']);
    expect(found('idioma')[0]).toEqual(['pages', 'language']);
  });

  it('wants every word, in any order', () => {
    expect(found('idioma eng')[0]).toEqual(['pages', 'language']);
    expect(found('idioma config')).toEqual([['tickets', 't']]);
  });
});
