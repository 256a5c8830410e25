import { describe, expect, it } from '@jest/globals';
import { publishedAt } from './article.js';

describe('the publication of an article', () => {
  const [first, now] = [new Date(1), new Date(2)];

  it('is the moment when customers could first read it', () => {
    expect(publishedAt(null, 'draft', now)).toBeNull();
    expect(publishedAt(null, 'internal', now)).toBeNull();
    expect(publishedAt(null, 'portal', now)).toBe(now);
    expect(publishedAt(first, 'public', now)).toBe(first);
    expect(publishedAt(first, 'draft', now)).toBe(first);
  });
});
