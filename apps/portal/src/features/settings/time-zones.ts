const BRAZIL = [
  'America/Sao_Paulo',
  'America/Bahia',
  'America/Fortaleza',
  'America/Recife',
  'America/Belem',
  'America/Cuiaba',
  'America/Campo_Grande',
  'America/Manaus',
  'America/Porto_Velho',
  'America/Boa_Vista',
  'America/Rio_Branco',
  'America/Noronha',
];

/** Time zones to choose from: Brazil's first, then all that this browser knows, and always the present one. */
export function timeZoneOptions(current: string, locale: string): { value: string; label: string }[] {
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => !BRAZIL.includes(zone));
  return [...new Set([...BRAZIL, ...others, current])].map((value) => ({
    value,
    label: labelOf(value, locale),
  }));
}

/** The cities whose names the zones write without their accents. */
const CITIES: Record<string, string> = {
  Sao_Paulo: 'São Paulo',
  Belem: 'Belém',
  Cuiaba: 'Cuiabá',
  Noronha: 'Fernando de Noronha',
};

/** The city alone where it is one of Brazil's, else with its continent. */
function placeOf(timeZone: string): string {
  const city = timeZone.split('/').at(-1)!;
  return BRAZIL.includes(timeZone) ? (CITIES[city] ?? city.replaceAll('_', ' ')) : timeZone.replaceAll('_', ' ');
}

function labelOf(timeZone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' }).formatToParts();
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${placeOf(timeZone)} (${offset})`;
}
