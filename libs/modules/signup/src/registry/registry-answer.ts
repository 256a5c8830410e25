import { isTelephone, normalizeTaxId } from '@balcao/brazil';
import type { PostalAddress } from '@balcao/module-directory';
import type { Company } from '../domain/signup.js';

/**
 * What an answer of the register says of the company that was asked for; undefined where it says nothing that can be relied
 * on: no JSON, another company's data, no name, no standing.
 */
export function companyOf(body: string, cnpj: string): Company | undefined {
  const facts = parsed(body);
  if (!facts || typeof facts['cnpj'] !== 'string' || normalizeTaxId(facts['cnpj']) !== cnpj) return undefined;
  const text = (name: string, max = 255) => textOf(facts[name], max);
  const legalName = text('razao_social');
  const situation = facts['situacao_cadastral'];
  if (legalName === null || !Number.isSafeInteger(situation)) return undefined;
  return {
    legalName,
    tradeName: text('nome_fantasia'),
    situation: situation as number,
    situationSince: dayOf(facts['data_situacao_cadastral']),
    situationReason: text('descricao_motivo_situacao_cadastral'),
    openedOn: dayOf(facts['data_inicio_atividade']),
    mainActivity: text('cnae_fiscal_descricao'),
    legalNature: text('natureza_juridica'),
    size: text('porte'),
    phone: telephoneOf(text('ddd_telefone_1', 50)),
    email: text('email')?.toLowerCase() ?? null,
    address: addressOf(text),
  };
}

function addressOf(text: (name: string, max?: number) => string | null): PostalAddress | null {
  const street = [text('descricao_tipo_de_logradouro'), text('logradouro')].filter(Boolean).join(' ');
  const address: PostalAddress = {
    street: street || null,
    number: text('numero', 50),
    complement: text('complemento'),
    district: text('bairro'),
    postalCode: postalCodeOf(text('cep', 20)),
    city: text('municipio'),
    state: text('uf', 2),
  };
  return Object.values(address).some((value) => value !== null) ? address : null;
}

/** What is no telephone that can be called is none: the register has many of former times. */
const telephoneOf = (text: string | null): string | null => (text && isTelephone(text) ? text : null);

/** CEP as 8 digits: as a number it loses its leading zero. */
function postalCodeOf(text: string | null): string | null {
  const digits = text?.replace(/\D/g, '') ?? '';
  return /^\d{7,8}$/.test(digits) ? digits.padStart(8, '0') : null;
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** One line of visible text; numbers are written out, all else is left out. */
function textOf(value: unknown, max: number): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const line = String(value)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return Array.from(line).slice(0, max).join('').trim() || null;
}

/** A day as `2026-11-26`; what is none is left out. */
function dayOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? value : null;
}
