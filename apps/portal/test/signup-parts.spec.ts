import { ApiError } from '@balcao/ui';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { correctionsOf } from '../src/features/signup/corrections.js';
import { emptyDraft, useSignupDraft } from '../src/features/signup/draft.js';
import { meantAddress } from '../src/features/signup/email-typo.js';
import { follow } from '../src/features/signup/follow.js';

describe('S0.33 what is typed for a signup', () => {
  const scopes: EffectScope[] = [];
  const openTab = (name = 'aurora') => {
    const scope = effectScope();
    scopes.push(scope);
    return scope.run(() => useSignupDraft(name))!;
  };
  const KEY = 'balcao-signup:aurora';
  /** What a browser tells the other tabs of an origin. */
  const tell = (oldValue: string | null = null, newValue = localStorage.getItem(KEY)) =>
    dispatchEvent(new StorageEvent('storage', { key: KEY, oldValue, newValue }));
  const clear = () => {
    localStorage.clear();
    sessionStorage.clear();
  };
  beforeEach(clear);
  afterEach(() => {
    for (const scope of scopes.splice(0)) scope.stop();
    vi.useRealTimers();
  });

  it('is there again in another tab and after a reload, for the same signup page only', () => {
    const { draft } = openTab();
    draft.taxId = '12.ABC.345/01DE-35';
    draft.administrator.name = 'Carolina';
    expect(openTab().draft).toEqual(draft);
    expect(openTab('boreal').draft.taxId).toBe('');
  });

  it('is the same in two tabs, of which the last to write is right', () => {
    const [one, other] = [openTab(), openTab()];
    one.draft.administrator.email = 'carolina@alvorada.example';
    tell();
    expect(other.draft.administrator.email).toBe('carolina@alvorada.example');
    other.draft.administrator.email = 'carol@alvorada.example';
    tell();
    expect(one.draft.administrator.email).toBe('carol@alvorada.example');
  });

  it('is gone once it is begun anew, in every tab', () => {
    const [one, other] = [openTab(), openTab()];
    one.draft.company.legalName = 'Alvorada';
    tell();
    one.forget();
    tell();
    expect([one.draft.company.legalName, other.draft.company.legalName, localStorage.getItem(KEY)]).toEqual([
      '',
      '',
      null,
    ]);
  });

  it('once it has done its work only says which signup it was, in every tab', () => {
    const [one, other] = [openTab(), openTab()];
    Object.assign(one.draft, { id: 'g-1', token: 'b.token', taxId: '12' });
    one.draft.administrator.name = 'Carolina';
    tell();
    other.forgetTyped();
    tell();
    expect(one.draft).toMatchObject({ id: 'g-1', token: 'b.token', taxId: '', administrator: { name: '' } });
    expect(localStorage.getItem(KEY)).not.toContain('Carolina');
  });

  describe('in two tabs with a signup each', () => {
    const A = { id: 'g-a', token: 'b.a', of: '12ABC34501DE35', taxId: '12.ABC.345/01DE-35' };
    const B = { id: 'g-b', token: 'b.b', of: '33683111000280', taxId: '33.683.111/0002-80' };
    /** Begins A in one tab, and B in another, which has gone on with A first. */
    const openBoth = () => {
      const one = openTab();
      Object.assign(one.draft, A);
      const kept = { ...sessionStorage };
      sessionStorage.clear();
      const other = openTab();
      expect(other.draft).toMatchObject(A);
      Object.assign(other.draft, { id: '', token: '', taxId: '33.683' });
      tell();
      Object.assign(other.draft, B);
      tell();
      return { one, other, kept };
    };

    it('S0.37 stays the one that each began, over a reload too; a new tab goes on with the latest', () => {
      const { one, kept } = openBoth();
      expect(one.draft).toMatchObject(A);
      sessionStorage.clear();
      expect(openTab().draft).toMatchObject(B);
      Object.assign(sessionStorage, kept);
      expect(openTab().draft).toMatchObject(A);
    });

    it('S0.37 one that is begun anew takes nothing of the other', () => {
      const { one, other } = openBoth();
      const before = localStorage.getItem(KEY);
      other.forget();
      tell(before);
      expect(one.draft).toMatchObject(A);
      sessionStorage.clear();
      expect(openTab().draft).toMatchObject(A);
    });

    it('S0.37 one that was begun anew has nothing, whatever goes on in another, over a reload too', () => {
      const { one, other } = openBoth();
      const before = localStorage.getItem(KEY);
      one.forget();
      const own = { ...sessionStorage };
      tell(before);
      other.draft.administrator.name = 'Bruna';
      tell();
      expect(one.draft.id).toBe('');
      Object.assign(sessionStorage, own);
      expect(openTab().draft.id).toBe('');
      one.draft.taxId = '90';
      expect(openTab().draft.taxId).toBe('90');
      expect(other.draft).toMatchObject(B);
    });

    it('S0.37 takes nothing of a number that is being typed over its own', () => {
      const [one, other] = [openTab(), openTab()];
      Object.assign(one.draft, A);
      tell();
      other.draft.taxId = '33.683';
      tell();
      expect(one.draft).toMatchObject(A);
    });

    it('S0.37 one that is begun anew where it is open twice is gone from both, and from the device', () => {
      const [one, other] = [openTab(), openTab()];
      Object.assign(one.draft, A);
      tell();
      const before = localStorage.getItem(KEY);
      other.forget();
      tell(before);
      expect([one.draft.id, one.draft.taxId, localStorage.getItem(KEY)]).toEqual(['', '', null]);
      expect(JSON.stringify({ ...sessionStorage })).not.toContain(A.taxId);
      expect(openTab().draft.id).toBe('');
    });
  });

  it.each(['', 'g-1'])('is kept as long as the API keeps it, and not a day longer, over reloads too: %j', (id) => {
    vi.useFakeTimers({ now: 0 });
    Object.assign(openTab().draft, { id, taxId: '12' });
    vi.setSystemTime(29 * 86_400_000);
    expect(openTab().draft.taxId).toBe('12');
    vi.setSystemTime(30 * 86_400_000);
    expect(openTab().draft.taxId).toBe('');
  });

  it.each(['nonsense', '7', '{"savedAt":9e99,"kind":"x","taxId":7,"company":"no","administrator":{"name":["x"]}}'])(
    'takes nothing of %s',
    (kept) => {
      localStorage.setItem(KEY, kept);
      expect(openTab().draft).toMatchObject({
        kind: 'cnpj',
        taxId: '',
        company: { legalName: '' },
        administrator: { name: '' },
      });
    },
  );
});

describe('S0.36 what was corrected of a company', () => {
  const typed = { ...emptyDraft().company, corrected: true, tradeName: 'Alvorada', phone: '(19) 3555-0142' };

  it('is what differs from the register, and all of it while nobody knows what that says', () => {
    const known = { legalName: 'Alvorada Ltda', tradeName: null, phone: '1935550142', email: null, address: null };
    expect(correctionsOf(typed, known as never)).toEqual({ tradeName: 'Alvorada' });
    expect(correctionsOf(typed, undefined)).toEqual({
      tradeName: 'Alvorada',
      phone: '(19) 3555-0142',
      email: null,
      address: null,
    });
    expect(correctionsOf({ ...typed, legalName: 'Alvorada' }, null)).toEqual({ legalName: 'Alvorada' });
  });
});

describe('S0.34 following a signup', () => {
  const OFFLINE = new ApiError({ status: 0, code: 'offline' });
  let end = () => {};
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(1);
  });
  afterEach(() => {
    end();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  const look = (visible: boolean) => {
    Object.defineProperty(document, 'visibilityState', { value: visible ? 'visible' : 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };

  /** Follows what gives these answers, one for each question, and stops where there are no more. */
  function following(...answers: (string | ApiError)[]) {
    const heard: string[] = [];
    const reached: boolean[] = [];
    let asked = 0;
    end = follow<string>({
      ask: async () => {
        const answer = answers[asked++];
        if (answer === undefined) return new Promise(() => {});
        if (answer instanceof ApiError) throw answer;
        return answer;
      },
      take: (value) => {
        heard.push(value);
        return value === 'done' ? 'last' : value === 'same' ? 'same' : 'new';
      },
      refused: ({ code }) => void heard.push(code),
      reached: (yes) => void reached.push(yes),
    });
    return { heard, reached, asked: () => asked };
  }

  it('asks again as soon as it is answered, and no more once all is said', async () => {
    const { heard, asked } = following('one', 'two', 'done', 'late');
    await vi.advanceTimersByTimeAsync(0);
    expect([heard, asked()]).toEqual([['one', 'two', 'done'], 3]);
  });

  it('asks seldom where the API does not wait', async () => {
    const { asked } = following('same', 'done');
    await vi.advanceTimersByTimeAsync(2_999);
    expect(asked()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toBe(2);
  });

  it('asks ever more seldom where nobody answers, and says so', async () => {
    const { reached, asked } = following(OFFLINE, OFFLINE, OFFLINE, 'done');
    for (const [ms, times] of [
      [0, 1],
      [999, 1],
      [1, 2],
      [1_999, 2],
      [1, 3],
      [4_000, 4],
    ] as const) {
      await vi.advanceTimersByTimeAsync(ms);
      expect(asked(), `${ms} ms later`).toBe(times);
    }
    expect(reached).toEqual([false, false, false, true]);
  });

  it('asks at once when the connection is back', async () => {
    const { heard } = following(OFFLINE, 'done');
    await vi.advanceTimersByTimeAsync(10);
    dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['done']);
  });

  it('waits as long as it is told to', async () => {
    const { asked } = following(new ApiError({ status: 429, code: 'rate_limited', retryAfter: 20 }), 'done');
    await vi.advanceTimersByTimeAsync(19_000);
    expect(asked()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked()).toBe(2);
  });

  it('ends where there is nothing to follow', async () => {
    const { heard, asked } = following(new ApiError({ status: 404, code: 'not_found' }), 'late');
    await vi.advanceTimersByTimeAsync(60_000);
    expect([heard, asked()]).toEqual([['not_found'], 1]);
  });

  it('rests while nobody looks, and hears nothing once it is left', async () => {
    look(false);
    const hidden = following('one', 'two');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hidden.asked()).toBe(0);
    look(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(hidden.heard).toEqual(['one', 'two']);
    end();
    const left = following(OFFLINE, 'late');
    await vi.advanceTimersByTimeAsync(0);
    end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(left.asked()).toBe(1);
  });
});

describe('S0.36 the address that was probably meant', () => {
  it.each([
    ['ana@gmial.com', 'ana@gmail.com'],
    ['ana@gmal.com', 'ana@gmail.com'],
    ['ana@gmail.con', 'ana@gmail.com'],
    ['Ana@GMAILL.com ', 'Ana@gmail.com'],
    ['ana@hotmial.com', 'ana@hotmail.com'],
    ['ana@outlok.com', 'ana@outlook.com'],
    ['ana@yaho.com.br', 'ana@yahoo.com.br'],
  ])('of %s is %s', (typed, meant) => {
    expect(meantAddress(typed)).toBe(meant);
  });

  it.each([
    'ana@gmail.com',
    'ana@ymail.com',
    'ana@yahoo.com',
    'ana@alvorada.com.br',
    'ana@gmx.com',
    'ana@gm',
    'ana',
    '',
  ])('is not asked about for "%s"', (typed) => {
    expect(meantAddress(typed)).toBeUndefined();
  });
});
