import type { LogEvent } from '../multiline/index.ts';
import { mayBePrivate, redact } from '../redaction/index.ts';
import { analyzeLine, isDecidedByShape, packSignature, renderTemplate, ShapeCache } from '../templates/index.ts';
import type { EventIdentity } from './event-identity.ts';
import { fingerprintOf, fingerprintOfSignature } from './fingerprint.ts';
import { IdentityCache } from './identity-cache.ts';
import { withoutPrivateText } from './private-template.ts';
import { readEvent } from './read-event.ts';
import { defaultRuntimeCode } from './runtime-code.ts';
import type { RuntimeCodeSettings } from './runtime-code.ts';
import type { StackTrace } from './stack-trace.ts';
import { identifyTrace } from './trace-identity.ts';
import type { MaskedMessage } from './trace-identity.ts';
import { algorithmVersion } from './version.ts';

/** What may be set. */
export interface FingerprinterOptions {
  /** How lines without a trace and messages are masked. Default: the engine's templates. */
  readonly templates?: { readonly analyzeLine: (text: string) => MaskedMessage };
  /** Which frames are not the application's. Default: {@link defaultRuntimeCode}. */
  readonly runtimeCode?: RuntimeCodeSettings;
  /** Identities of the text as it is, for what is kept nowhere: looking for private values takes half the time. Default: false. */
  readonly takesPrivateText?: boolean;
}

/** Identifies events; holds a bounded cache, nothing that changes an answer. */
export interface Fingerprinter {
  /** Returns the identity of an event in time linear in its text. */
  identify(event: Pick<LogEvent, 'text'>): EventIdentity;
}

/** Real services write far fewer signatures; the cache bounds their characters as well. */
const cachedSignatureCount = 50_000;
/** At most 16 MB of shapes; a signature has a few shapes, one for each combination of its numbers' lengths. */
const cachedShapeCount = 65_536;

/**
 * Returns a fingerprinter.
 * @example createFingerprinter().identify({ text: 'user 42 logged in' }).templateText // 'user <*> logged in'
 */
export function createFingerprinter(options: FingerprinterOptions = {}): Fingerprinter {
  return new CachingFingerprinter(options);
}

class CachingFingerprinter implements Fingerprinter {
  readonly #analyze: (text: string) => MaskedMessage;
  readonly #runtimeCode: RuntimeCodeSettings;
  /** Lines without a trace by their shape; null with templates of the caller's, which may see more than shapes. */
  readonly #byShape: ShapeCache<EventIdentity> | null;
  readonly #bySignature = new IdentityCache(cachedSignatureCount);
  readonly #takesPrivateText: boolean;
  readonly #byTraceKey = new IdentityCache(cachedSignatureCount);

  constructor(options: FingerprinterOptions) {
    this.#analyze = options.templates?.analyzeLine ?? analyzeLine;
    this.#byShape = options.templates === undefined ? new ShapeCache(cachedShapeCount) : null;
    this.#runtimeCode = options.runtimeCode ?? defaultRuntimeCode;
    this.#takesPrivateText = options.takesPrivateText ?? false;
  }

  identify(event: Pick<LogEvent, 'text'>): EventIdentity {
    const { text } = event;
    const known = this.#byShape?.find(text);
    if (known !== undefined) {
      return known;
    }
    return !this.#takesPrivateText && mayBePrivate(text)
      ? this.#identifyText(redact(text), null)
      : this.#identifyText(text, this.#byShape);
  }

  #identifyText(text: string, byShape: ShapeCache<EventIdentity> | null): EventIdentity {
    const subject = readEvent(text);
    return subject.kind === 'stack-trace'
      ? this.#identifyTrace(subject.trace)
      : this.#identifyLine(subject.line, subject.isWhole ? byShape : null);
  }

  /** @param byShape where to remember the identity for further lines of this shape; null when the event is more than the line */
  #identifyLine(line: string, byShape: ShapeCache<EventIdentity> | null): EventIdentity {
    const message = this.#analyze(line);
    const identity = this.#identityOf(message);
    if (isDecidedByShape(message.signature)) {
      byShape?.remember(identity);
    }
    return identity;
  }

  #identityOf(message: MaskedMessage): EventIdentity {
    const { signature, parts } = message;
    const known = this.#bySignature.get(signature);
    if (known !== undefined) {
      return known;
    }
    const template = withoutPrivateText(parts);
    const isPrivate = renderTemplate(template) !== renderTemplate(parts);
    const identity: EventIdentity = {
      fingerprint: fingerprintOfSignature(signature),
      signature: isPrivate ? '' : packedOf(message),
      coarseFingerprint: null,
      algorithmVersion,
      template,
      templateText: renderTemplate(template),
      kind: 'template',
    };
    this.#bySignature.set(signature, identity);
    return identity;
  }

  #identifyTrace(trace: StackTrace): EventIdentity {
    const { key, coarseKey, template: parts } = identifyTrace(trace, this.#runtimeCode, this.#analyze);
    const fingerprint = fingerprintOf(key);
    const known = this.#byTraceKey.get(fingerprint);
    if (known !== undefined) {
      return known;
    }
    const template = withoutPrivateText(parts);
    const identity: EventIdentity = {
      fingerprint,
      coarseFingerprint: fingerprintOf(coarseKey),
      signature: '',
      algorithmVersion,
      template,
      templateText: renderTemplate(template),
      kind: 'stack-trace',
    };
    this.#byTraceKey.set(fingerprint, identity);
    return identity;
  }
}

function packedOf({ context, tokens }: MaskedMessage): string {
  return tokens === undefined ? '' : packSignature({ context: context ?? '', tokens });
}
