// @ts-check
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const ROOT = join(__dirname, '../..');
// Specs are compiled too: only the builds leave them out.
const { exclude: _exclude, ...options } = JSON.parse(readFileSync(join(ROOT, '.swcrc'), 'utf8'));

/**
 * A TypeScript source as the builds compile it.
 *
 * @param {string} filename
 * @param {string} [text] what is compiled instead of the file's own
 */
exports.compile = (filename, text = readFileSync(filename, 'utf8')) =>
  transformSync(text, { ...options, module: { type: 'es6' }, filename, swcrc: false });
