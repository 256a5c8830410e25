import { describe, expect, it } from '@jest/globals';
import { briefName } from './brief-name.js';

describe('briefName', () => {
  it.each([
    ['Confeitaria Alvorada Ltda', 'Confeitaria Alvorada Ltda'],
    ['Ganhe já!\r\nEntre em https://golpe.example/x', 'Ganhe já! Entre em https golpe.example/x'],
    ['Escreva a golpe@golpe.example', 'Escreva a golpe golpe.example'],
    ['A'.repeat(60), 'A'.repeat(60)],
    ['😀'.repeat(255), `${'😀'.repeat(59)}…`],
    [' \0 ', ''],
  ])('says %j as %j', (name, said) => expect(briefName(name)).toBe(said));
});
