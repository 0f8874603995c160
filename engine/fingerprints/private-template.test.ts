import { describe, expect, it } from 'vitest';
import { createFingerprinter } from './index.ts';

describe('the template of an event', () => {
  it.each([
    ['a password without a digit', 'login of web failed: password=correcthorse', 'correcthorse'],
    [
      'a password in a message of a trace',
      'ValueError: bad url postgres://shop:correcthorse@db/orders\n  File "/srv/a.py", line 3, in run',
      'correcthorse',
    ],
    [
      'a token in JSON',
      '{"level":"error","msg":"call refused, Authorization: Bearer kQzWmRtYvLpXsNdHgFbJcT"}',
      'kQzWmRtYvLpXsNdH',
    ],
  ])('holds no %s', (_, text, secret) => {
    const { template, templateText } = createFingerprinter().identify({ text });
    expect(templateText).not.toContain(secret);
    expect(JSON.stringify(template)).not.toContain(secret);
  });

  it('shows a variable place where a secret was', () => {
    const { templateText, template } = createFingerprinter().identify({
      text: 'login failed: password=correcthorse for web',
    });
    expect(templateText).toBe('login failed: password=<*> for web');
    expect(template.map((part) => part.kind)).toEqual(['text', 'variable', 'text']);
  });

  it('stays as it is when nothing in it is private', () => {
    expect(createFingerprinter().identify({ text: 'user 42 logged in' }).templateText).toBe('user <*> logged in');
  });
});
