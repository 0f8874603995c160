import { sizeText } from './size-text';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [123_456, '123 kB'],
  [4_200_000_000, '4.2 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (sizeBytes, expected) => {
  expect(sizeText(sizeBytes)).toBe(expected);
});
