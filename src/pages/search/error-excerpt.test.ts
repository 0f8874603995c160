import { errorExcerpt } from './error-excerpt';

describe('the excerpt of a wrong query', () => {
  it('shows the character where it goes wrong, with what stands around it', () => {
    expect(errorExcerpt('{app=shop}', 5)).toEqual({ before: '{app=', at: 's', after: 'hop}' });
  });

  it('shows a blank where something is missing at the end', () => {
    expect(errorExcerpt('{app="shop"', 11)).toEqual({ before: '{app="shop"', at: ' ', after: '' });
  });

  it('stays on one line and short, and splits no character', () => {
    const { before, at, after } = errorExcerpt(`${'x'.repeat(50)}\n|= 🙂${'y'.repeat(50)}`, 54);
    expect(before).toBe(`…${'x'.repeat(28)} |= `);
    expect([at, after]).toEqual(['🙂', `${'y'.repeat(16)}…`]);
  });
});
