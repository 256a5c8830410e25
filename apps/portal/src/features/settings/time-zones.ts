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

/** Of a newer standard than TypeScript knows; some browsers have it as a property. */
interface Country {
  getTimeZones?: () => string[] | undefined;
  timeZones?: string[];
}

/** The zones of the country that a zone is in, as far as this browser knows. */
function zonesBeside(zone: string): string[] {
  if (BRAZIL.includes(zone)) return BRAZIL;
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const region of letters.flatMap((first) => letters.map((second) => first + second))) {
    const country = new Intl.Locale(`und-${region}`) as Country;
    const zones = country.getTimeZones?.() ?? country.timeZones ?? [];
    if (zones.includes(zone)) return zones;
  }
  return [];
}

/** Time zones to choose from: those of the present one's country first, Brazil's, and then all that this browser knows. */
export function timeZoneOptions(current: string, locale: string): { value: string; label: string }[] {
  const option = (value: string) => ({ value, label: labelOf(value, locale) });
  const first = [...new Set([...zonesBeside(current), ...BRAZIL])];
  const others = [...new Set([...Intl.supportedValuesOf('timeZone'), current])].filter((zone) => !first.includes(zone));
  const byCity = others.map(option).sort((one, other) => one.label.localeCompare(other.label, locale));
  return [...first.map(option), ...byCity];
}

/** The cities whose names the zones write without their accents. */
const CITIES: Record<string, string> = {
  Sao_Paulo: 'São Paulo',
  Belem: 'Belém',
  Cuiaba: 'Cuiabá',
  Noronha: 'Fernando de Noronha',
};

/** The city, how its time is called, and how far it is: "Paris, Horário da Europa Central (GMT+1)". */
function labelOf(timeZone: string, locale: string): string {
  const nameOf = (timeZoneName: 'longGeneric' | 'shortOffset') =>
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName })
      .formatToParts()
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const city = timeZone.split('/').at(-1)!;
  const names = [CITIES[city] ?? city.replaceAll('_', ' '), nameOf('longGeneric')];
  return `${names.join(', ')} (${nameOf('shortOffset')})`;
}
