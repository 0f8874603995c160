import { expect, it } from 'vitest';
import { progressText } from './progress-text.ts';

const halfWay = { name: 'app.log', lineCount: 300_000, durationMs: 2000, readBytes: 50, totalBytes: 100 };

it('tells percent, rate and the time left', () => {
  expect(progressText(halfWay)).toBe('app.log: 50 %, 300,000 lines, 150,000 lines/s, 2 s left');
});

it.each([
  [1, '3 min 18 s'],
  [0.01, '5 h 33 min'],
])('words the time left at %d of 100 bytes', (readBytes, left) => {
  expect(progressText({ ...halfWay, readBytes })).toContain(`, ${left} left`);
});

it('tells no percent of what has no size, and no time left in the first second', () => {
  expect(progressText({ ...halfWay, totalBytes: null })).toBe('app.log: 300,000 lines, 150,000 lines/s');
  expect(progressText({ ...halfWay, durationMs: 500 })).not.toContain('left');
});

it('never passes 100 percent when a file grows, and never lets a name control the terminal', () => {
  expect(progressText({ ...halfWay, readBytes: 170 })).toContain('100 %');
  expect(progressText({ ...halfWay, name: 'a\u001b[2J' })).not.toContain('\u001b');
});
