/** Tells whether digits form a card number: a known issuer's prefix and length, and the Luhn sum (ISO/IEC 7812). */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  return isIssuerNumber(digits) && luhnSum(digits) % 10 === 0 && !/^(\d)\1+$/.test(digits);
}

function isIssuerNumber(digits: string): boolean {
  const prefix = Number(digits.slice(0, 4));
  switch (digits.length) {
    case 14:
      return (
        (prefix >= 3000 && prefix <= 3059) || (prefix >= 3600 && prefix <= 3699) || (prefix >= 3800 && prefix <= 3999)
      );
    case 15:
      return (prefix >= 3400 && prefix <= 3499) || (prefix >= 3700 && prefix <= 3799);
    case 16:
      return isSixteenDigitPrefix(prefix);
    default:
      return false;
  }
}

function isSixteenDigitPrefix(prefix: number): boolean {
  return (
    (prefix >= 4000 && prefix <= 4999) ||
    (prefix >= 5100 && prefix <= 5599) ||
    (prefix >= 2221 && prefix <= 2720) ||
    prefix === 6011 ||
    (prefix >= 6440 && prefix <= 6599) ||
    (prefix >= 3528 && prefix <= 3589) ||
    (prefix >= 6200 && prefix <= 6299)
  );
}

function luhnSum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** Tells whether a text is an IBAN: 15 to 34 characters whose remainder by 97 is 1 (ISO 13616). */
export function isIban(text: string): boolean {
  const compact = text.replace(/ /g, '');
  if (compact.length < 15 || compact.length > 34) {
    return false;
  }
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Tells whether a text is an IPv6 address (RFC 4291), not a time, a MAC address or a name with `::` in it. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) {
    return false;
  }
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (
    !groups.every((group, index) => /^[0-9a-f]{1,4}$/i.test(group) || (index === groups.length - 1 && isIpv4(group)))
  ) {
    return false;
  }
  const count = groups.length + (groups.at(-1)?.includes('.') === true ? 1 : 0);
  return halves.length === 2 ? count >= 1 && count <= 7 && (count >= 3 || /\d/.test(text)) : count === 8;
}

function isIpv4(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255);
}

/** Tells whether a text is a Brazilian CPF: eleven digits whose last two are check digits by weights modulo 11. */
export function isBrazilianTaxNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (digits.length !== 11 || /^(\d)\1+$/.test(digits)) {
    return false;
  }
  return [9, 10].every((length) => {
    let sum = 0;
    for (let place = 0; place < length; place += 1) {
      sum += Number(digits.charAt(place)) * (length + 1 - place);
    }
    return ((sum * 10) % 11) % 10 === Number(digits.charAt(length));
  });
}
