// The mailbox's page: lists the messages, shows the chosen one, looks for new ones every two seconds.

const byId = (id) => document.getElementById(id);
const state = { chosen: location.hash.slice(1), form: 'html', shown: '', listed: '' };

async function refresh() {
  const query = byId('search').value.trim();
  const path =
    query === '' ? '/api/v1/messages?limit=200' : `/api/v1/search?limit=200&query=${encodeURIComponent(query)}`;
  try {
    const { total, messages } = await (await fetch(path)).json();
    showList(messages, total, query);
    if (state.chosen === '' && messages.length > 0) await choose(messages[0].ID);
  } catch {
    byId('count').textContent = 'The mailbox does not answer. Is Balcão still running?';
    state.listed = '';
  }
}

function showList(messages, total, query) {
  const signature = JSON.stringify([query, total, state.chosen, messages.map((message) => message.ID)]);
  if (signature === state.listed) return;
  state.listed = signature;
  const words = total === 1 ? '1 message' : `${total} messages`;
  byId('count').textContent = query === '' ? words : `${words} found`;
  const focused = document.activeElement?.dataset?.id;
  byId('list').replaceChildren(...messages.map(listItem));
  if (focused) document.querySelector(`[data-id="${focused}"]`)?.focus();
}

function listItem(message) {
  const button = element('button', '', [
    element('span', message.Subject || '(no subject)', [], 'subject'),
    element('span', `to ${names([...message.To, ...message.Bcc])}`, [], 'to'),
    element('span', new Date(message.Created).toLocaleString(), [], 'when'),
  ]);
  button.type = 'button';
  button.dataset.id = message.ID;
  button.setAttribute('aria-current', String(message.ID === state.chosen));
  button.addEventListener('click', () => choose(message.ID));
  return element('li', '', [button]);
}

async function choose(id) {
  state.chosen = id;
  history.replaceState(null, '', `#${id}`);
  const response = await fetch(`/api/v1/message/${id}`);
  if (!response.ok) return showNothing();
  const mail = await response.json();
  if (mail.HTML === '' && state.form === 'html') state.form = 'txt';
  byId('subject').textContent = mail.Subject || '(no subject)';
  const rows = [
    ['From', names([mail.From])],
    ['To', names(mail.To)],
    ['Cc', names(mail.Cc)],
    ['Bcc', names(mail.Bcc)],
    ['Reply to', names(mail.ReplyTo)],
    ['Arrived', new Date(mail.Created).toLocaleString()],
  ].filter(([, value]) => value !== '');
  byId('people').replaceChildren(...rows.flatMap(([term, value]) => [element('dt', term), element('dd', value)]));
  byId('hint').hidden = true;
  byId('content').hidden = false;
  showBody();
  state.listed = '';
  await refresh();
}

function showBody() {
  const source = state.form === 'raw' ? `/api/v1/message/${state.chosen}/raw` : `/view/${state.chosen}.${state.form}`;
  for (const tab of document.querySelectorAll('[data-form]')) {
    tab.setAttribute('aria-pressed', String(tab.dataset.form === state.form));
  }
  if (state.shown === source) return;
  state.shown = source;
  byId('body').src = source;
}

function showNothing() {
  Object.assign(state, { chosen: '', shown: '' });
  history.replaceState(null, '', location.pathname);
  byId('hint').hidden = false;
  byId('content').hidden = true;
}

function names(people) {
  return people
    .map((person) => (person.Name === '' ? person.Address : `${person.Name} <${person.Address}>`))
    .join(', ');
}

function element(tag, text, children = [], className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.append(...children);
  if (className !== '') made.className = className;
  return made;
}

byId('search').addEventListener('input', refresh);
byId('clear').addEventListener('click', async () => {
  if (!confirm('Delete all messages?')) return;
  await fetch('/api/v1/messages', { method: 'DELETE' });
  showNothing();
  await refresh();
});
for (const tab of document.querySelectorAll('[data-form]')) {
  tab.addEventListener('click', () => {
    state.form = tab.dataset.form;
    showBody();
  });
}
if (state.chosen !== '') await choose(state.chosen);
await refresh();
setInterval(refresh, 2_000);
