import { prettyJson, runsOf, shownText } from './shown-text';

describe('JSON in a line', () => {
  it('is indented, each value as it was written', () => {
    expect(prettyJson('{"id":12345678901234567890,"a":[1, {"b":"x, {y}: \\"z\\""}],"e":{},"f":[ ]}')).toBe(
      [
        '{',
        '  "id": 12345678901234567890,',
        '  "a": [',
        '    1,',
        '    {',
        '      "b": "x, {y}: \\"z\\""',
        '    }',
        '  ],',
        '  "e": {},',
        '  "f": []',
        '}',
      ].join('\n')
    );
  });

  it.each(['level=info {"a":1}', '{"a":', '17', '{service} started'])('is not seen in %j', (text) => {
    expect(prettyJson(text)).toBe(text);
  });
});

describe('the text of a line', () => {
  it('has escaped breaks as breaks only when asked for, and escaped backslashes never', () => {
    const text = String.raw`one\ntwo\tthree\\n`;
    expect(shownText(text, { isPretty: false, isUnescaped: false })).toBe(text);
    expect(shownText(text, { isPretty: false, isUnescaped: true })).toBe('one\ntwo\tthree\\\\n');
  });
});

describe('equal lines', () => {
  const lines = ['a', 'a', 'b', 'a'].map((text) => ({ text }));

  it('one after the other are one run with their number', () => {
    expect(runsOf(lines, true).map(({ line, count }) => [line.text, count])).toEqual([
      ['a', 2],
      ['b', 1],
      ['a', 1],
    ]);
  });

  it('stay lines of their own when nobody asks', () => {
    expect(runsOf(lines, false)).toHaveLength(4);
  });
});
