/**
 * Municipality (7), system that made it (1), kind of the issuer's tax id (1), tax id (14, letters of a CNPJ among them), number
 * (13), year and month (4), random digits (9), check digit.
 */
const SHAPE = /^\d{9}[A-Z0-9]{12}\d{29}$/;
const LAST_WEIGHT = 9;

/**
 * Whether a text is the key of a national fiscal note of services (NFS-e): 50 characters, the last of them a check digit of
 * modulo 11 with the weights 2 to 9 from the right (CGNFS-e, Manual de Orientação do Contribuinte). Letters count as in a CNPJ,
 * by their ASCII code less 48.
 */
export function isNfseKey(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  let [sum, weight] = [0, 2];
  for (let place = text.length - 2; place >= 0; place -= 1) {
    sum += weight * (text.charCodeAt(place) - 48);
    weight = weight === LAST_WEIGHT ? 2 : weight + 1;
  }
  const remainder = sum % 11;
  return Number(text.at(-1)) === (remainder < 2 ? 0 : 11 - remainder);
}
