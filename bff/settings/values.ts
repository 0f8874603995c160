import { compileMatcher, parseQuery, type LabelMatcher } from '@loghunter/engine/logql';
import { parseSelector } from './selectors.ts';
import { z } from 'zod';
import { Secret } from './secret.ts';

/** Digits only: `1e3`, `0x10` and ` 7` are more often slips than wishes. */
export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,12}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be ${min} to ${max}`);
}

/** `true` or `false`, nothing else. */
export const Flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

/** Commas between names; blanks around them are ignored. */
export const NameList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .refine(
    (names) => names.every((name) => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)),
    'must be label names separated by commas'
  );

/** Origins of pages, with commas between them; no wildcard, because a key must not travel anywhere. */
export const Origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (origins) =>
      origins.every((origin) => URL.canParse(origin) && /^https?:/.test(origin) && new URL(origin).origin === origin),
    'must be origins such as https://tools.example separated by commas'
  );

/** Hosts, each with a port or without, with commas between them. */
export const HostList = z
  .string()
  .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
  .refine(
    (hosts) => hosts.every((host) => URL.canParse(`http://${host}`) && new URL(`http://${host}`).host === host),
    'must be hosts such as hooks.internal:8080 separated by commas'
  );

/** Subjects of identities, such as `user:1`, with commas between them. */
export const Subjects = z
  .string()
  .transform((text) => text.split(',').map((subject) => subject.trim()))
  .refine(
    (subjects) => subjects.every((subject) => /^[\w-]{1,64}:[\w-]{1,128}$/.test(subject)),
    'must be subjects such as user:1 separated by commas'
  );

/** An address of one of the given schemes. Credentials belong into settings of their own, except for databases. */
export function address(schemes: readonly string[]) {
  return z
    .string()
    .refine((text) => schemes.includes(schemeOf(text)), `must be an address that starts with ${schemes.join(' or ')}`);
}

function schemeOf(text: string): string {
  return URL.canParse(text) ? `${new URL(text).protocol}//` : '';
}

/** Loki's base address, without credentials, query or a final slash. */
export const HttpAddress = address(['http://', 'https://'])
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'must not hold a user name or password')
  .refine((text) => !/[?#]/.test(text), 'must not hold a query or fragment')
  .transform((text) => text.replace(/\/+$/, ''));

/** A mail server with its login. Only a server on this machine may be spoken to in the clear. */
export const MailServer = address(['smtp://', 'smtps://'])
  .refine((text) => !URL.canParse(text) || new URL(text).hostname !== '', 'must name a host')
  .refine((text) => !isOpenToOthers(text), 'must not switch STARTTLS off for a server on another machine')
  .transform((text) => new Secret(text));

function isOpenToOthers(text: string): boolean {
  if (!URL.canParse(text)) {
    return false;
  }
  const { searchParams, hostname } = new URL(text);
  return searchParams.get('starttls') === 'never' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** Any non-empty secret. */
export const SecretText = z
  .string()
  .min(1, 'must not be empty')
  .transform((text) => new Secret(text));

/** 16 characters at least; Grafana writes `<no value>` for a secret that was never set. */
export const SharedSecret = z
  .string()
  .min(16, 'must have 16 characters or more')
  .refine((text) => text !== '<no value>', 'must not be <no value>')
  .refine(
    (text) => /^[\x21-\x7e]+$/.test(text),
    'must hold visible ASCII characters only, because it travels in a header'
  )
  .transform((text) => new Secret(text));

/** A stream selector whose matchers are added to queries. */
export const ForcedMatchers = z.string().transform((text, context): readonly LabelMatcher[] => {
  const parsed = parseQuery(text);
  const matchers = parsed.kind === 'query' && parsed.query.kind === 'log' ? parsed.query.matchers : [];
  for (const message of [...parseSelector(text), ...matchers.flatMap(invalidExpressionOf)]) {
    context.addIssue({ code: 'custom', message, input: text });
  }
  return matchers;
});

function invalidExpressionOf(matcher: LabelMatcher): readonly string[] {
  try {
    compileMatcher(matcher);
    return [];
  } catch (error) {
    return [`holds no valid expression for ${matcher.name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** A watch that a person wrote. */
export interface ConfiguredWatch {
  readonly name: string;
  readonly selectors: readonly string[];
  /** Shared out to so many scanners by the last letter of this label's value; left out: read by one. */
  readonly shards?: { readonly count: number; readonly label: string } | undefined;
  /** `all` when left out. `volume` counts lines and reads none; `sample` reads the first part of each minute, 1 / `oneIn` of it. */
  readonly read?: WatchReading | undefined;
  /** Name of the log source that is read; left out: the one that LOGHUNTER_LOKI_URL names. */
  readonly source?: string | undefined;
}

/** How much of a watch's lines is read. */
export type WatchReading = 'all' | 'volume' | { readonly oneIn: number };

const WatchShape = z.strictObject({
  name: z.string().min(1).max(200),
  selectors: z.array(z.string()).min(1).max(100),
  shards: z
    .strictObject({ count: z.int().min(2).max(32), label: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/) })
    .optional(),
  source: z.string().min(1).max(100).optional(),
  read: z.union([z.literal('all'), z.literal('volume'), z.strictObject({ oneIn: z.int().min(2).max(60) })]).optional(),
});

/** One selector a line, or a JSON list of watches. */
export const Watches = z.string().transform((text, context): readonly ConfiguredWatch[] => {
  const watches = readWatches(text);
  const reasons = Array.isArray(watches)
    ? watches.flatMap((watch: ConfiguredWatch) => watch.selectors.flatMap(parseSelector))
    : [watches];
  for (const message of reasons) {
    context.addIssue({ code: 'custom', message, input: text });
  }
  return Array.isArray(watches) ? watches : [];
});

function readWatches(text: string): ConfiguredWatch[] | string {
  if (!text.trimStart().startsWith('[')) {
    return [
      {
        name: 'configured',
        selectors: text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      },
    ];
  }
  const parsed = z.array(WatchShape).min(1).safeParse(readJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
    return `must be one selector a line, or a JSON list of {"name": "...", "selectors": ["{...}"]}${where}`;
  }
  const names = new Set(parsed.data.map((watch) => watch.name));
  return names.size === parsed.data.length ? parsed.data : 'must not hold two watches of one name';
}

const SourceShape = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,100}$/),
  url: HttpAddress,
  orgId: z
    .string()
    .regex(/^[A-Za-z0-9!_.*'()-]{1,150}$/)
    .optional(),
  token: SecretText.optional(),
  username: z.string().min(1).optional(),
  password: SecretText.optional(),
  tenantId: z.uuid().optional(),
});

/** Where a Loki is, and as whom it is asked. */
export interface LokiAccess {
  readonly url: string;
  readonly orgId: string | null;
  readonly auth:
    | { readonly kind: 'basic'; readonly username: string; readonly password: Secret }
    | { readonly kind: 'bearer'; readonly token: Secret }
    | null;
}

/** A Loki beside the one of the configuration. */
export interface LogSource extends LokiAccess {
  readonly name: string;
  /** Whose logs it holds; null: the tenant that the configuration names. */
  readonly tenantId: string | null;
}

/** Further log sources, as JSON. Problems name the place, never the value: it may hold a secret. */
export const LogSources = z.string().transform((text, context): readonly LogSource[] => {
  const parsed = z.array(SourceShape).min(1).max(20).safeParse(readJson(text));
  const problem = parsed.success
    ? sourceProblem(parsed.data)
    : 'must be JSON such as [{"name": "eu", "url": "http://loki-eu:3100"}]';
  if (problem !== undefined || !parsed.success) {
    const [issue] = parsed.error?.issues ?? [];
    const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
    context.addIssue({ code: 'custom', message: `${problem ?? ''}${where}`, input: '' });
    return [];
  }
  return parsed.data.map(({ name, url, orgId = null, token, username, password, tenantId = null }) => ({
    ...{ name, url, orgId, tenantId },
    auth:
      token !== undefined
        ? { kind: 'bearer', token }
        : username !== undefined && password !== undefined
          ? { kind: 'basic', username, password }
          : null,
  }));
});

function sourceProblem(sources: ReadonlyArray<z.infer<typeof SourceShape>>): string | undefined {
  if (new Set(sources.map(({ name, tenantId }) => `${tenantId} ${name}`)).size < sources.length) {
    return 'must not hold two sources of one name for a tenant';
  }
  return sources.some(
    ({ token, username, password }) =>
      (username === undefined) !== (password === undefined) || (token !== undefined && username !== undefined)
  )
    ? 'must hold a token, or a username and a password, or neither'
    : undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a model costs: US dollars for a million tokens, which is millionths of a dollar for one. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
}

const PriceList = z.record(
  z.string().regex(/^(ollama|openai-compatible|openai|anthropic)\/.+$/),
  z.strictObject({ input: z.number().min(0), output: z.number().min(0) })
);

/** Prices by provider and model, as JSON. */
export const ModelPrices = z.string().transform((text, context): ReadonlyMap<string, ModelPrice> => {
  const parsed = PriceList.safeParse(readJson(text));
  if (!parsed.success) {
    const message = 'must be JSON such as {"openai/NAME": {"input": 1.5, "output": 6}}';
    context.addIssue({ code: 'custom', message, input: text });
    return new Map();
  }
  return new Map(Object.entries(parsed.data));
});

/** A time zone of the IANA database. */
export const TimeZoneName = z.string().refine(isTimeZone, 'must be a time zone such as UTC or Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
