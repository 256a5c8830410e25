// @ts-check

/**
 * Whether a mail fits a search: words (all of them, anywhere), `to:`, `from:` and `subject:` with a word or a
 * quoted phrase. Case does not matter.
 * @param {import('./mail-store.mjs').MailSummary} mail
 * @param {string} query
 * @returns {boolean}
 */
export function matches(mail, query) {
  const terms = query.match(/(?:(?:to|from|subject):)?(?:"[^"]*"|[^\s"]+)/gi) ?? [];
  return terms.every((term) => matchesTerm(mail, term.toLowerCase()));
}

/** @param {import('./mail-store.mjs').MailSummary} mail @param {string} term in lower case */
function matchesTerm(mail, term) {
  const [, field = '', rawWord = ''] = /^(?:(to|from|subject):)?(.*)$/s.exec(term) ?? [];
  const word = rawWord.replaceAll('"', '');
  const fields = {
    to: names([...mail.To, ...mail.Cc, ...mail.Bcc]),
    from: names([mail.From]),
    subject: mail.Subject.toLowerCase(),
  };
  if (field === 'to' || field === 'from' || field === 'subject') return fields[field].includes(word);
  return [...Object.values(fields), mail.Snippet.toLowerCase()].some((text) => text.includes(word));
}

/** @param {import('./mail-store.mjs').Person[]} people */
function names(people) {
  return people.map((person) => `${person.Name} <${person.Address}>`.toLowerCase()).join('\n');
}
