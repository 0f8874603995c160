// What one line is by its own content, as far as joining lines into events needs to know.
// The forms are those that the languages' own runtimes print; no state is kept here.

/** Form of one line. */
export type LineKind =
  /** Complete by itself: a JSON object, or an entry that already holds newlines. */
  | 'whole'
  /** Begins with a time stamp, a level or a key: the logger's own header. */
  | 'header'
  /** A header line that also names an exception, so that frames may follow it directly. */
  | 'header-exception'
  | 'plain'
  | 'blank'
  /** Begins with a tab or two spaces, and is no known frame. */
  | 'indented'
  | 'closing'
  /** Underlines a place in a source line. */
  | 'caret'
  /** Frame of a trace, of whatever language. */
  | 'frame'
  | 'python-frame'
  | 'python-head'
  | 'go-file'
  | 'go-call'
  | 'go-goroutine'
  | 'go-panic'
  | 'rust-panic'
  | 'ruby-frame'
  /** Head of a Ruby exception that was raised while another one was handled: its cause follows. */
  | 'ruby-reraise'
  | 'script-location'
  /** Type and message of an exception at the line's start. */
  | 'exception-head'
  /** Line that only occurs inside a trace, such as `Caused by:`. */
  | 'trailer'
  /** Line of `=` before a sanitizer's report. */
  | 'rule-line';

// Kinds are decided by the line's start; this bounds the work on long lines.
const scannedLength = 600;

const header =
  /^(?:[[(<]?\d{1,4}[-/.:]\d|[[(]?\d{4}-|<\d{1,3}>|[IWEFD]\d{4} \d\d:|[A-Z][a-z]{2},? [ \d]\d |[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d |\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL)\b|[A-Za-z_][\w.]{0,40}=|[EWIDFA], \[|\d{10,19}\b)/;
const exceptionWord = /(?:Exception|Error|Throwable|panic|Traceback)\b/;
const exceptionHead =
  /^(?:Exception in thread "[^"]{0,200}" |Unhandled exception\. |Uncaught |Uncaught exception: |PHP Fatal error: {1,2}Uncaught |Fatal error: Uncaught )?(?:[A-Za-z_$][\w$]{0,80}(?:\.|::|\\|\/)){0,12}(?:[A-Za-z_$][\w$]{0,100})?(?:Exception|Error|Throwable|Failure|Interrupt|Exit|Panic)(?:\$\w{1,40})?(?: \[[\w]{1,60}\]| \(|:| in |$)/;
const looseHead = /^(?:Exception in |Unhandled |Uncaught |terminate called after|\*\*\* )/;
const rubyFrame = /^(?:from )?[^\s:]{1,300}\.(?:rb|erb|rake|ru):\d{1,7}:in /;
const rubyHead = /^[^\s:]{1,300}:\d{1,7}:in [`'][^']{0,200}': /;
const rubyReraise =
  /^[^\s:]{1,300}:\d{1,7}:in [`'](?:block (?:\(\d{1,4} levels\) )?in )?(?:rescue|ensure) in [^\n]{0,200}': /;
const goCall = /^(?:created by )?[\w./*()~%[\]·-]{1,300}(?:\(.{0,300}\)|\(\.\.\.\)| in goroutine \d{1,12})$/;
const goPanic = /^(?:panic: |fatal error: |http: panic serving |unexpected fault address |SIG[A-Z]{2,6}: |runtime: )/;
const goroutine = /^goroutine \d{1,12} (?:gp=\S{1,30} m=\S{1,10} (?:mp=\S{1,30} )?)?\[/;
const scriptLocation = /^(?:file:\/\/)?(?:(?:\/|[A-Z]:\\|node:)\S{0,300}\.?[cm]?[jt]sx?|node:[\w/]{1,200}):\d{1,7}$/;
const rustPanic = /^thread '[^']{0,120}' (?:\(\d{1,12}\) )?panicked at /;
const trailer =
  /^(?:Caused by:(?: |$)|Suppressed: |Wrapped by: |\.{3} \d{1,6} (?:more|common frames)|nested exception is|--- End of |Stack trace:|stack backtrace:|Backtrace:|\[signal |created by |During handling of the above exception|The above exception was the direct cause|note: (?:run with|Some details are omitted)|Next (?:[\w]{1,80}\\){0,8}\w{0,80}(?:Exception|Error): |PHP (?:Stack trace:| {1,3}\d{1,4}\. )|Node\.js v\d|(?:READ|WRITE) of size \d|(?:Address )?0x[0-9a-f]{4,16} is (?:located|a wild) |(?:Direct|Indirect) leak of \d|(?:freed|previously allocated|allocated) by thread |SUMMARY: \w{1,40}Sanitizer|Shadow byte|=>0x|==\d{1,10}==(?:ABORTING|HINT|Register)|={3,10} (?:Backtrace|Memory map): =|[0-9a-f]{8,16}-[0-9a-f]{8,16} [r-][w-][x-]|Thread T\d{1,6} created by |HINT: )/;
const bareFrame =
  /^(?:at (?:async )?[\w$.<>/\\@-]{1,300} ?\(|#\d{1,4} (?:.{1,400}\(\d{1,7}\): |\{main\}|\[internal function\])|#\d{1,4} {1,3}0x[0-9a-f]{1,16} in |(?:\.{0,2}\/|[\w.-]{1,60}\/)[^\s(]{1,200}\([^)\s]{0,200}\) ?\[0x[0-9a-f]{1,16}\])/;
const indentedFrame =
  /^\s{1,24}(?:at |from |#\d{1,4} {1,2}|\d{1,5}: |\.{3} \d{1,6} more|\.{3} \d{1,6} (?:levels|common)|Caused by: |Suppressed: |--- End of |\[Previous line repeated|eval \()/;
const pythonFrame = /^\s{0,12}(?:\| {1,4}){0,6}File "[^"\n]{1,400}", line \d{1,9}/;
const goFile = /^\t\S{1,400}\.(?:go|s|c):\d{1,9}(?: \+0x[0-9a-f]{1,16})?$/;
const caret = /^\s{0,400}[~^]{1,400}\s{0,4}$/;
const closing = /^[}\])]{1,8}[;,]?$/;

/** Returns what a line is by its content alone. */
export function lineKindOf(line: string): LineKind {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text.includes('\n')) {
    return 'whole';
  }
  const first = text.charCodeAt(0);
  if (Number.isNaN(first)) {
    return 'blank';
  }
  if (first === 123 && text.length > 1) {
    return text.endsWith('}') ? 'whole' : 'header';
  }
  const start = text.length > scannedLength ? text.slice(0, scannedLength) : text;
  return first === 9 || first === 32 ? kindOfIndented(start) : kindOfFlush(start, first);
}

function kindOfIndented(text: string): LineKind {
  if (text.trim() === '') {
    return 'blank';
  }
  if (goFile.test(text)) {
    return 'go-file';
  }
  if (pythonFrame.test(text)) {
    return 'python-frame';
  }
  if (caret.test(text)) {
    return 'caret';
  }
  // Go: a panic while another one was handled. Rust: the two sides of a failed comparison.
  if (/^\t+panic: /.test(text)) {
    return 'trailer';
  }
  if (/^ {1,2}(?:left|right): /.test(text)) {
    return 'indented';
  }
  if (/^ {0,4}\+ Exception Group Traceback \(/.test(text)) {
    return 'python-head';
  }
  if (text.startsWith(' ---> ') || indentedFrame.test(text)) {
    return text.includes('[Previous line repeated') ? 'python-frame' : 'frame';
  }
  // One space alone is how some loggers begin ordinary lines.
  return text.charCodeAt(0) === 9 || text.startsWith('  ') ? 'indented' : 'plain';
}

function kindOfFlush(text: string, first: number): LineKind {
  if (closing.test(text)) {
    return 'closing';
  }
  if (first === 94 || first === 126) {
    return caret.test(text) ? 'caret' : 'plain';
  }
  if (trailer.test(text)) {
    return 'trailer';
  }
  if (header.test(text)) {
    return exceptionWord.test(text) ? 'header-exception' : 'header';
  }
  return kindOfTraceStart(text) ?? kindOfBareFrame(text) ?? 'plain';
}

function kindOfTraceStart(text: string): LineKind | undefined {
  if (text.startsWith('Traceback (most recent call last)')) {
    return 'python-head';
  }
  if (rustPanic.test(text)) {
    return 'rust-panic';
  }
  if (goPanic.test(text)) {
    return 'go-panic';
  }
  if (goroutine.test(text)) {
    return 'go-goroutine';
  }
  if (text.startsWith('====') && /^={20,}$/.test(text)) {
    return 'rule-line';
  }
  if (rubyReraise.test(text)) {
    return 'ruby-reraise';
  }
  const isHead =
    exceptionHead.test(text) || looseHead.test(text) || rubyHead.test(text) || /^==\d{1,10}==ERROR: /.test(text);
  return isHead ? 'exception-head' : undefined;
}

function kindOfBareFrame(text: string): LineKind | undefined {
  if (bareFrame.test(text)) {
    return 'frame';
  }
  if (rubyFrame.test(text)) {
    return 'ruby-frame';
  }
  if (scriptLocation.test(text)) {
    return 'script-location';
  }
  return goCall.test(text) ? 'go-call' : undefined;
}
