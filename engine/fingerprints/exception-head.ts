import type { TraceLanguage } from './stack-trace.ts';

/** Type and message that a line names. */
export interface ExceptionHead {
  readonly type: string;
  readonly message: string;
  /** How it hangs together with the exception before it. */
  readonly link: 'first' | 'cause' | 'wrapper' | 'side';
  /** Language, where the form of the line tells. */
  readonly language?: TraceLanguage;
  /** File that the head names; stands in for frames where there are none. */
  readonly path?: string;
}

const typeName = String.raw`((?:[A-Za-z_$][\w$]{0,80}(?:\.|::|\\)){0,12}(?:[A-Za-z_$][\w$]{0,120})?(?:Exception|Error|Throwable|Failure|Fault|Interrupt|Exit|Warning|Panic)[\w$]{0,40})`;
const linked = /^(?:\s|\|)*(Caused by|Suppressed|Wrapped by|--->|\[cause\]|Next|\[errors\]|cause): ?(.{0,2000})$/;
const dotnetInner = /^\s*---> (?:\(Inner Exception #\d+\) )?(.{0,2000})$/;
const phpNext = /^Next (.{1,2000})$/;
const prefix =
  /^(?:Exception in thread "[^"]{0,200}" |Unhandled exception\. |Unhandled Exception: |Uncaught exception: |Uncaught |PHP Fatal error: {1,2}Uncaught |Fatal error: Uncaught |\(node:\d+\) |\[?Unhandled ?[Rr]ejection\]?:? ?|error: )+/;
const anchoredType = new RegExp(String.raw`^${typeName}(?: \[\w{1,60}\])?(?::\s?(.*)|\s*$| (?=\())`);
const dottedType = /^((?:[A-Za-z_$][\w$]{0,80}\.){1,12}[A-Z][\w$]{0,120}): (.*)$/;
const namedType = /^((?:[A-Za-z_]\w{0,80}[.$])*[A-Z][\w]{0,80}[a-z]\w{0,80})(?:: (.*)|\s*)$/;
const inlineType = new RegExp(String.raw`(?:^|[\s:([{"'=])${typeName}(?::\s(.*)|\s*$|(?=[\s)\]}"',;]))`);
const railsHead = /^([A-Z]\w{0,80}(?:::[A-Z]\w{0,80}){0,8}) \((.*)\):?\s*$/;
const rubyHead = /^[^\s:]{1,300}:\d{1,9}:in [`'][^\n]{1,300}?': (.*) \(([A-Z][\w:]{0,200})\)\s*$/;
const sanitizer = /^==\d{1,10}==\s?ERROR: (\w{1,40}Sanitizer): ([\w-]{1,80})/;
const undefinedBehaviour = /^\S{1,300}:\d{1,9}:\d{1,9}: runtime error: (.*)$/;
const failedAssertion =
  /^(?:[^\s:]{1,200}: )?[^\s:]{1,300}:\d{1,9}: [^\n]{1,300}?: Assertion [`'](.{1,500})' failed\.?$/;
const nativeThrow = /^terminate called after throwing an instance of '([^']{1,200})'/;
const goPanic = /^(?:\S.{0,200} )?(panic|fatal error|http: panic serving [^\s]{1,80}): (.*)$/;
const goGoroutine = /^goroutine \d{1,12} /;
const sanitizerSide =
  /^(?:freed by thread|previously allocated by thread|allocated by thread|Thread T\d{1,6} |Address 0x[0-9a-f]{4,16} is located in stack)/;
const rustPanic =
  /^thread '[^']{0,120}' (?:\(\d{1,12}\) )?panicked at (?:'(.*)', )?([^\s,']{1,300}?):\d{1,9}:\d{1,9}:?\s*$/;
const glibcError = /^\*\*\* (.{1,200}?) ?(?:\*\*\*|\bin\b|:)/;

/** Longest line that is searched for a type. */
const maxHeadLength = 2000;

/** Returns the exception that a line begins with. */
export function parseHead(line: string): ExceptionHead | undefined {
  const text = line.length > maxHeadLength ? line.slice(0, maxHeadLength) : line;
  return parseLinkedHead(text) ?? parseNativeHead(text) ?? parsePlainHead(text.trimStart().replace(/^(?:[|+] ?)+/, ''));
}

/** Returns the exception that a line names anywhere, as logger lines do. */
export function findHead(line: string): ExceptionHead | undefined {
  const text = line.length > maxHeadLength ? line.slice(0, maxHeadLength) : line;
  const match = inlineType.exec(text);
  if (match !== null) {
    return { type: match[1] ?? '', message: match[2] ?? '', link: 'first' };
  }
  // A line right above frames that begins with a class's name.
  const named = namedType.exec(text);
  return named === null ? undefined : { type: cleanType(named[1] ?? ''), message: named[2] ?? '', link: 'first' };
}

/** Returns the last line of a Python traceback, whose type may be any dotted name. */
export function parsePythonEnd(line: string): ExceptionHead | undefined {
  const text = line.replace(/^[\s|+]*/, '');
  const match = /^([A-Za-z_][\w.]{0,200})(?:: (.{0,2000})|:?\s*)$/.exec(text);
  return match === null
    ? undefined
    : { type: match[1] ?? '', message: match[2] ?? '', link: 'first', language: 'python' };
}

function parseLinkedHead(text: string): ExceptionHead | undefined {
  const inner = dotnetInner.exec(text);
  if (inner !== null) {
    return linkedHead(inner[1] ?? '', 'cause');
  }
  const match = linked.exec(text);
  if (match !== null) {
    const word = match[1];
    return linkedHead(
      match[2] ?? '',
      word === 'Suppressed' || word === '[errors]' ? 'side' : word === 'Wrapped by' ? 'wrapper' : 'cause'
    );
  }
  const next = phpNext.exec(text);
  return next === null ? undefined : linkedHead(next[1] ?? '', 'wrapper');
}

function linkedHead(text: string, link: 'cause' | 'wrapper' | 'side'): ExceptionHead {
  const head = parsePlainHead(text.trim());
  const colon = text.indexOf(':');
  return head === undefined
    ? {
        type: (colon < 0 ? text : text.slice(0, colon)).trim(),
        message: colon < 0 ? '' : text.slice(colon + 1).trim(),
        link,
      }
    : { ...head, link };
}

function parsePlainHead(whole: string): ExceptionHead | undefined {
  const text = whole.replace(prefix, '');
  // After such words stands a type, whatever it is called.
  const announced = text === whole ? null : /^([A-Za-z_$][\w$.\\]{0,300})(?:: (.*)|\s*)$/.exec(text);
  if (announced !== null) {
    return { type: cleanType(announced[1] ?? ''), message: announced[2] ?? '', link: 'first' };
  }
  const rails = railsHead.exec(text);
  if (rails !== null) {
    return { type: rails[1] ?? '', message: rails[2] ?? '', link: 'first', language: 'ruby' };
  }
  const match = anchoredType.exec(text) ?? dottedType.exec(text);
  if (match !== null) {
    return { type: cleanType(match[1] ?? ''), message: match[2] ?? '', link: 'first' };
  }
  return undefined;
}

function parseNativeHead(text: string): ExceptionHead | undefined {
  const ruby = rubyHead.exec(text);
  if (ruby !== null) {
    return { type: ruby[2] ?? '', message: ruby[1] ?? '', link: 'first', language: 'ruby' };
  }
  const rust = rustPanic.exec(text);
  if (rust !== null) {
    return { type: 'panic', message: rust[1] ?? '', link: 'first', language: 'rust', path: rust[2] ?? '' };
  }
  if (sanitizerSide.test(text)) {
    return { type: '', message: '', link: 'side', language: 'c' };
  }
  const report = sanitizer.exec(text);
  if (report !== null) {
    return { type: `${report[1] ?? ''}: ${report[2] ?? ''}`, message: '', link: 'first', language: 'c' };
  }
  return parseGoHead(text) ?? parseNativeAbort(text);
}

function parseGoHead(text: string): ExceptionHead | undefined {
  if (goGoroutine.test(text)) {
    return { type: 'panic', message: '', link: 'first', language: 'go' };
  }
  const match = goPanic.exec(text);
  if (match === null) {
    return undefined;
  }
  const message = match[2] ?? '';
  // The runtime's own errors are told apart by their words; values that follow them are not part of the type.
  const runtimeError = /^runtime error: ([a-z ]{1,80}[a-z])/.exec(message)?.[1];
  const kind = match[1] === 'fatal error' ? 'fatal error' : 'panic';
  return { type: runtimeError === undefined ? kind : `${kind}: ${runtimeError}`, message, link: 'first' };
}

function parseNativeAbort(text: string): ExceptionHead | undefined {
  const behaviour = undefinedBehaviour.exec(text);
  if (behaviour !== null) {
    return { type: 'runtime error', message: behaviour[1] ?? '', link: 'first', language: 'c' };
  }
  const assertion = failedAssertion.exec(text);
  if (assertion !== null) {
    return { type: 'assertion failed', message: assertion[1] ?? '', link: 'first', language: 'c' };
  }
  const thrown = nativeThrow.exec(text)?.[1] ?? glibcError.exec(text)?.[1];
  return thrown === undefined ? undefined : { type: thrown, message: '', link: 'first', language: 'c' };
}

function cleanType(type: string): string {
  return type.replace(/(?:\$\d+)+$/, '').replace(/^\\/, '');
}
