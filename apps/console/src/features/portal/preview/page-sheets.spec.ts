import { expect, it } from 'vitest';
import { withinWindow } from './page-sheets.js';

it.each([
  [
    '@media (width >= 40rem) {\n  .a { color: red; }\n}',
    '@container portal-window (width >= 40rem) {\n  .a { color: red; }\n}',
  ],
  [
    '@media (min-width: 640px) and (height < 40rem) {a{}}',
    '@container portal-window (min-width: 640px) and (height < 40rem) {a{}}',
  ],
  ['@media not all and (min-width: 48rem) {a{}}', '@container portal-window not ((min-width: 48rem)) {a{}}'],
  ['@media not (min-width: 640px) {a{}}', '@container portal-window not ((min-width: 640px)) {a{}}'],
  ['.h-\\[100dvh\\] { height: 1px }', '.h-\\[100dvh\\] { height: 1px }'],
  ['.a { min-height: 100dvh; width: 50vw }', '.a { min-height: 100cqh; width: 50cqw }'],
])('what asks for the size of the window asks for that of the preview: %s', (css, within) => {
  expect(withinWindow(css)).toBe(within);
});

it.each([
  '@media print {a{}}',
  '@media (prefers-reduced-motion: reduce) {a{}}',
  '@media (hover: hover) and (width < 1px) {a{}}',
])('other conditions stay: %s', (css) => expect(withinWindow(css)).toBe(css));
