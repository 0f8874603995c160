import { describe, expect, it } from 'vitest';
import { createClusterer } from './clusterer.ts';
import { renderTemplate } from './render-template.ts';
import { shapeOfVariable } from './slot-shapes.ts';

function templateOf(lines: readonly string[]): string {
  const clusterer = createClusterer();
  const ids = lines.map((line) => clusterer.add(line)).map((id) => clusterer.resolve(id));
  expect(new Set(ids).size).toBe(1);
  return renderTemplate(clusterer.templateOf(ids[0] ?? 0));
}

describe('shapes of variables', () => {
  it.each([
    ['17', 'number', '<*>'],
    ['17 bytes', 'quantity', '<*> bytes'],
    ['1396 bytes (1.36 KB)', 'quantity', '<*>'],
    ['1, 2', 'number', '<*>, <*>'],
    ['10.0.0.1: 11', 'ip', '<*>: <*>'],
    ['core.4900', 'id', 'core.<*>'],
    ['blk_-17', 'id', '<*>'],
    ['Sat Jul 9 12:00:00', 'time', '<*>'],
    ['/a b', 'path', '<*>'],
  ])('shows %j of type %s', (text, type, shape) => {
    expect(shapeOfVariable(text, type)).toBe(shape);
  });

  it('keeps a name with a digit while all lines agree', () => {
    expect(templateOf(['port 77 ssh2 open', 'port 78 ssh2 open'])).toBe('port <*> ssh2 open');
    expect(templateOf(['the ssh2 port is open', 'the ssh2 port is open'])).toBe('the ssh2 port is open');
    expect(templateOf(['the ssh2 port is open', 'the ssh1 port is open'])).toBe('the <*> port is open');
  });

  it('keeps a unit while all lines agree', () => {
    expect(templateOf(['took 5 ms now', 'took 6 ms now'])).toBe('took <*> ms now');
    expect(templateOf(['took 5 ms now', 'took 6 sec now'])).toBe('took <*> now');
  });

  it('gives up what lines of a merged cluster do not share', () => {
    const names = ['amy', 'bob', 'cid', 'dan', 'eve'];
    expect(templateOf(names.map((name, index) => `user ${name} of ldap${index % 2} left`))).toBe(
      'user <*> of <*> left'
    );
    expect(templateOf(names.map((name) => `user ${name} of ldap3 left`))).toBe('user <*> of ldap3 left');
  });

  it('never shows a number as text', () => {
    expect(templateOf(['slot 7 is free', 'slot 7 is free'])).toBe('slot <*> is free');
  });
});
