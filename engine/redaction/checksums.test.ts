import { expect, test } from 'vitest';
import { isBrazilianTaxNumber, isCardNumber, isIban, isIpv6 } from './checksums.ts';

test.each([
  ['4111111111111111', true],
  ['4111 1111 1111 1111', true],
  ['5500-0000-0000-0004', true],
  ['378282246310005', true],
  ['30569309025904', true],
  ['6011111111111117', true],
  ['3530111333300000', true],
  ['4111111111111112', false],
  ['1760000000000000', false],
  ['4444444444444444', false],
  ['411111111111111', false],
])('%s is a card number: %s', (text, isCard) => {
  expect(isCardNumber(text)).toBe(isCard);
});

test.each([
  ['DE89370400440532013000', true],
  ['GB82 WEST 1234 5698 7654 32', true],
  ['NO9386011117947', true],
  ['DE89370400440532013001', false],
  ['DE89', false],
])('%s is an IBAN: %s', (text, isAccount) => {
  expect(isIban(text)).toBe(isAccount);
});

test.each([
  ['2001:db8::ff00:42:8329', true],
  ['2001:0db8:0000:0000:0000:ff00:0042:8329', true],
  ['::1', true],
  ['::ffff:10.0.0.1', true],
  ['fe80::1', true],
  ['12:30:45', false],
  ['00:1b:44:11:3a:b7', false],
  ['fee::add', false],
  ['1::2::3', false],
  ['::', false],
  ['12345::1', false],
  ['::ffff:10.0.0.999', false],
])('%s is an IPv6 address: %s', (text, isAddress) => {
  expect(isIpv6(text)).toBe(isAddress);
});

test.each([
  ['529.982.247-25', true],
  ['111.444.777-35', true],
  ['529.982.247-26', false],
  ['111.111.111-11', false],
  ['529.982.247', false],
])('%s is a Brazilian tax number: %s', (text, isNumber) => {
  expect(isBrazilianTaxNumber(text)).toBe(isNumber);
});
