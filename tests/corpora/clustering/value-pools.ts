/* Values that statements of the corpus are filled with. Everything is drawn from one seeded sequence. */

/** Draws whole numbers; the same seed gives the same sequence (mulberry32, public domain). */
export function createDraw(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Draw = (below: number) => number;

const words =
  'amber birch cedar delta ember fjord grove heron indigo juniper krill lotus maple nettle onyx poppy quartz raven ' +
  'spruce tulip umbra violet willow xenon yarrow zephyr basil clover dahlia elder fennel ginger hazel iris jasmine kelp';
const users = 'amy bob carla dmitri eve farid gina hiro ivan jana kofi lena marco nina omar petra quinn rosa sven tara';
const nouns = 'orders customers invoices shipments payments reviews sessions baskets vendors refunds audits ledgers';
const phrases = [
  'connection reset by peer',
  'no such file',
  'the disk is almost full',
  'unexpected end of input',
  'timeout',
  'value is too large for column price',
  'hello, are you there?',
  'see you at noon',
  'could not find symbol total',
  'Nightly build of the shop',
  'invalid token near WHERE',
  'lunch',
  'host is unreachable right now',
  'Fast and friendly delivery',
  'cannot read properties of undefined',
  'broken pipe',
];
const agents = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
  'curl/8.5.0',
  'Go-http-client/2.0',
  'kube-probe/1.29',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X)',
];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec';
const topDomains = 'com net org io';
const folders = 'var srv opt home data usr';
const fileEndings = 'log conf tmp json sock php';

function one(draw: Draw, list: string): string {
  const all = list.split(' ');
  return all[draw(all.length)] ?? '';
}

function digits(draw: Draw, count: number): string {
  let text = String(1 + draw(9));
  while (text.length < count) {
    text += String(draw(10));
  }
  return text;
}

function hexadecimal(draw: Draw, count: number): string {
  let text = '';
  while (text.length < count) {
    text += draw(16).toString(16);
  }
  return text;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function camelWord(draw: Draw): string {
  return capital(one(draw, words)) + capital(one(draw, words));
}

function address(draw: Draw): string {
  return `10.${draw(256)}.${draw(256)}.${1 + draw(254)}`;
}

function uuid(draw: Draw): string {
  return [8, 4, 4, 4, 12].map((count) => hexadecimal(draw, count)).join('-');
}

function path(draw: Draw): string {
  const middle = Array.from({ length: 1 + draw(3) }, () => one(draw, words)).join('/');
  return `/${one(draw, folders)}/${middle}${draw(2) === 0 ? '' : `.${one(draw, fileEndings)}`}`;
}

const textPools: Readonly<Record<string, (draw: Draw) => string>> = {
  word: (draw) => one(draw, words),
  user: (draw) => one(draw, users),
  remoteUser: (draw) => (draw(3) === 0 ? one(draw, users) : '-'),
  table: (draw) => one(draw, nouns),
  upperWord: (draw) => one(draw, words).toUpperCase(),
  camelWord,
  kebab: (draw) => `${one(draw, words)}-${one(draw, nouns)}`,
  dotted: (draw) => `${one(draw, words)}.${one(draw, nouns)}.${one(draw, words)}_${one(draw, words)}`,
  package: (draw) => `com.${one(draw, words)}.${one(draw, nouns)}`,
  phrase: (draw) => phrases[draw(phrases.length)] ?? '',
  agent: (draw) => agents[draw(agents.length)] ?? '',
  unit: (draw) => `${one(draw, words)}${draw(2) === 0 ? `-${one(draw, words)}` : ''}.service`,
  thread: (draw) =>
    draw(3) === 0 ? 'main' : draw(2) === 0 ? `http-nio-8080-exec-${1 + draw(20)}` : `pool-${draw(9)}-thread-${draw(9)}`,
  thread15: (draw) => (draw(2) === 0 ? '           main' : `nio-8080-exec-${1 + draw(9)}`),
  host: (draw) => `${one(draw, words)}${two(1 + draw(20))}.${one(draw, words)}.example`,
  shortHost: (draw) => `${one(draw, words)}${1 + draw(40)}`,
  macHost: (draw) => `${capital(one(draw, users))}s-Laptop`,
  domain: (draw) => `${one(draw, words)}.${one(draw, nouns)}.${one(draw, topDomains)}`,
  email: (draw) => `${one(draw, users)}@${one(draw, words)}.${one(draw, topDomains)}`,
  iface: (draw) => `${one(draw, 'eth en wlan')}${draw(4)}`,
  path,
  windowsPath: (draw) => `C:\\${capital(one(draw, words))}\\${one(draw, words)}\\${one(draw, words)}.dll`,
  url: (draw) => `https://${one(draw, words)}.${one(draw, topDomains)}:${8000 + draw(999)}/${one(draw, words)}?x=${draw(99)}`,
  referrer: (draw) => (draw(2) === 0 ? '-' : `https://${one(draw, words)}.${one(draw, topDomains)}/`),
  hostList: (draw) => Array.from({ length: draw(5) }, () => `${one(draw, words)}${draw(30)}`).join(', '),
};

const numberPools: Readonly<Record<string, (draw: Draw) => string>> = {
  number: (draw) => digits(draw, 1 + draw(6)),
  number3: (draw) => digits(draw, 3),
  number5: (draw) => digits(draw, 5),
  number6: (draw) => digits(draw, 6),
  number8: (draw) => digits(draw, 8),
  negative: (draw) => `-${1 + draw(99)}`,
  pid: (draw) => digits(draw, 2 + draw(4)),
  port: (draw) => String(1024 + draw(60000)),
  float: (draw) => `${draw(500)}.${digits(draw, 1 + draw(4))}`,
  version: (draw) => `${draw(9)}.${draw(20)}.${draw(40)}`,
  hex: (draw) => hexadecimal(draw, 4 + draw(8)),
  hex8: (draw) => `${digits(draw, 1)}${hexadecimal(draw, 7)}`,
  hex10: (draw) => hexadecimal(draw, 10).toUpperCase(),
  hex16: (draw) => `${digits(draw, 1)}${hexadecimal(draw, 15)}`,
  hex32: (draw) => hexadecimal(draw, 32),
  uuid,
  ip: address,
  macAddress: (draw) => Array.from({ length: 6 }, () => hexadecimal(draw, 2)).join(':'),
  epochSeconds: (draw) => `17${digits(draw, 8)}`,
  epochMs: (draw) => `17${digits(draw, 11)}`,
  epochFloat: (draw) => `17${digits(draw, 8)}.${digits(draw, 6)}`,
  uptime: (draw) => `${digits(draw, 5)}.${digits(draw, 6)}`,
};

function clock(draw: Draw): string {
  return `${two(draw(24))}:${two(draw(60))}:${two(draw(60))}`;
}

function isoDay(draw: Draw): string {
  return `2025-${two(1 + draw(12))}-${two(1 + draw(28))}`;
}

const timePools: Readonly<Record<string, (draw: Draw) => string>> = {
  clock,
  clockShort: (draw) => clock(draw).slice(3),
  isoSpace: (draw) => `${isoDay(draw)} ${clock(draw)}`,
  isoComma: (draw) => `${isoDay(draw)} ${clock(draw)},${digits(draw, 3)}`,
  isoMs: (draw) => `${isoDay(draw)}T${clock(draw)}.${digits(draw, 3)}Z`,
  isoMicro: (draw) => `${isoDay(draw)}T${clock(draw)}.${digits(draw, 6)}Z`,
  isoMicroBare: (draw) => `${isoDay(draw)}T${clock(draw)}.${digits(draw, 6)}`,
  isoNano: (draw) => `${isoDay(draw)}T${clock(draw)}.${digits(draw, 9)}Z`,
  isoZulu: (draw) => `${isoDay(draw)}T${clock(draw)}.${digits(draw, 3)}Z`,
  slashDate: (draw) => `2025/${1 + draw(12)}/${1 + draw(28)}`,
  dotDate: (draw) => `2025.${two(1 + draw(12))}.${two(1 + draw(28))}`,
  syslogTime: (draw) => `${one(draw, months)} ${String(1 + draw(28)).padStart(2)} ${clock(draw)}`,
  logcatTime: (draw) => `${two(1 + draw(12))}-${two(1 + draw(28))} ${clock(draw)}.${digits(draw, 3)}`,
  klogTime: (draw) => `${two(1 + draw(12))}${two(1 + draw(28))} ${clock(draw)}.${digits(draw, 6)}`,
  compactTime: (draw) => `2025${two(1 + draw(12))}${two(1 + draw(28))}-${draw(24)}:${draw(60)}:${draw(60)}:${draw(1000)}`,
  clfDay: (draw) => `${two(1 + draw(28))}/${one(draw, months)}/2025`,
  clfTime: (draw) => `${two(1 + draw(28))}/${one(draw, months)}/2025:${clock(draw)} +0000`,
  clfMs: (draw) => `${two(1 + draw(28))}/${one(draw, months)}/2025:${clock(draw)}.${digits(draw, 3)}`,
  dayMonthTime: (draw) => `${two(1 + draw(28))} ${one(draw, months)} 2025 ${clock(draw)}.${digits(draw, 3)}`,
  dayMonthTimeDash: (draw) => `${two(1 + draw(28))}-${one(draw, months)}-2025 ${clock(draw)}`,
};

const pools: ReadonlyMap<string, (draw: Draw) => string> = new Map(
  Object.entries({ ...textPools, ...numberPools, ...timePools })
);

/** A pattern with every `{name}` of a pool replaced by a value of it; other braces stay. */
export function fillPattern(pattern: string, draw: Draw): string {
  return pattern.replaceAll(/\{([a-zA-Z0-9]+)\}/g, (whole, name: string) => pools.get(name)?.(draw) ?? whole);
}
