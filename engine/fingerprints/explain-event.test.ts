import { describe, expect, it } from 'vitest';
import { createTraceCorpus } from '../testing/trace-corpus.ts';
import { createFingerprinter, explainEvent } from './index.ts';

describe('the explanation of a line', () => {
  it('names header, kept and masked stretches with their types', () => {
    const { fields, kept, masked, peeled, signature, trace } = explainEvent(
      '2026-05-01 12:00:00 INFO [worker-3] accepted 7 jobs from 10.0.0.1'
    );
    expect(signature).toBe('accepted <*> jobs from <*>');
    expect(fields).toMatchObject({ level: 'INFO', timestamp: '2026-05-01 12:00:00' });
    expect(kept.map(({ text }) => text)).toEqual(['accepted', 'jobs from']);
    expect(masked).toEqual([
      { text: '7', type: 'number' },
      { text: '10.0.0.1', type: 'ip' },
    ]);
    expect(peeled.map(({ type }) => type)).toEqual(expect.arrayContaining(['timestamp', 'level']));
    expect(trace).toBeNull();
  });

  it('shows no password and says that something was taken out', () => {
    const explanation = explainEvent('login failed password="correct horse battery" for account 7');
    expect(explanation.isRedacted).toBe(true);
    expect(JSON.stringify(explanation)).not.toContain('correct');
  });

  it('is of the line that names a list of several lines', () => {
    const { line, spans } = explainEvent('-----\nserver started on port 80\n-----');
    expect(line).toBe('server started on port 80');
    expect(spans.at(-1)?.end).toBe(line.length);
  });
});

describe('the explanation of a stack trace', () => {
  const text = [
    'java.lang.IllegalStateException: no stock for 17',
    '\tat java.util.Objects.requireNonNull(Objects.java:203)',
    '\tat com.acme.Cart.add(Cart.java:10)',
    '\tat com.acme.Cart.add(Cart.java:12)',
    '\tat com.acme.Shop.buy(Shop.java:33)',
  ].join('\n');

  it('says of each frame whether and why it counts', () => {
    const { trace } = explainEvent(text);
    expect(trace?.usesMessage).toBe(false);
    expect(trace?.exceptions[0]?.frames.map(({ name, reason, mark, isUsed }) => [name, reason, mark, isUsed])).toEqual([
      ['java.util.Objects.requireNonNull', 'runtime', 'java.', false],
      ['com.acme.Cart.add', 'application', '', true],
      ['com.acme.Cart.add', 'application', '', false],
      ['com.acme.Shop.buy', 'application', '', true],
    ]);
  });

  it('says that the message counts when no frame is the application’s', () => {
    const library = text.replaceAll('com.acme', 'org.apache.acme');
    const trace = explainEvent(library).trace;
    expect(trace?.usesMessage).toBe(true);
    expect(trace?.exceptions[0]?.frames.filter(({ isUsed }) => isUsed)).toHaveLength(3);
  });

  it('is of one to six different frames for every trace of the corpus', () => {
    const corpus = createTraceCorpus({ seed: 5, tracesPerBug: 1, strayRatio: 0 });
    const fingerprinter = createFingerprinter();
    for (const { lines } of corpus) {
      const { identity, trace } = explainEvent(lines.join('\n'));
      expect(identity).toEqual(fingerprinter.identify({ text: lines.join('\n') }));
      const used = trace?.exceptions.flatMap(({ frames }) => frames.filter(({ isUsed }) => isUsed)) ?? [];
      expect(used.length).toBeGreaterThan(0);
      expect(used.length).toBeLessThanOrEqual(6);
      expect(new Set(used.map(({ name }) => name)).size).toBe(used.length);
    }
  });
});
