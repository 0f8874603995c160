import { describe, expect, it } from 'vitest';
import { createEventExplainer } from './explain-events.ts';
import { renderExplanation } from './render-explanation.ts';

function explain(...texts: readonly string[]) {
  const explainer = createEventExplainer(texts.length);
  texts.forEach((text) => explainer.add(text));
  return [...explainer.explain()];
}

describe('loghunter explain', () => {
  it('says of a line what was peeled, kept and masked', () => {
    const [event] = explain('2026-05-01 12:00:00 INFO accepted 7 jobs');
    const text = event === undefined ? '' : renderExplanation(event);
    expect(text).toMatch(/^header +timestamp: 2026-05-01 12:00:00/m);
    expect(text).toMatch(/^kept +accepted \| jobs$/m);
    expect(text).toMatch(/^masked +number: 7$/m);
    expect(text).toMatch(/^signature +accepted <\*> jobs$/m);
    expect(text).toMatch(/^fingerprint +[0-9a-f]{32}$/m);
  });

  it('says what rules learned from the other lines make of it', () => {
    const names = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal', 'ida', 'jon', 'kim', 'lee'];
    const events = explain(...names.map((name) => `session of member ${name} was opened by the gateway`));
    const learned = new Set(events.map((event) => event.learned?.templateText));
    expect([...learned]).toEqual(['session of member <*> was opened by the gateway']);
  });

  it('says of each frame of a trace whether it counts and why', () => {
    const [event] = explain(
      'java.lang.IllegalStateException: sold out\n\tat java.util.Objects.check(Objects.java:1)\n\tat com.acme.Shop.buy(Shop.java:9)'
    );
    const text = event === undefined ? '' : renderExplanation(event);
    expect(text).toContain('- java.util.Objects.check (does not count: runtime, by java.)');
    expect(text).toContain('+ com.acme.Shop.buy (application)');
  });

  it('gives a terminal nothing to obey', () => {
    const [event] = explain('took \u001b[31m17 ms\u202e\u0007 now');
    expect(event === undefined ? '' : renderExplanation(event)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});
