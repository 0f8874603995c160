// Frames of every language, one line each (Go and Rust write two: the second only adds the path).
import {
  moduleOfPath,
  normalizeDotnetName,
  normalizeGoFunction,
  normalizeJvmClass,
  normalizeJvmMethod,
  normalizeNativeFunction,
  normalizePhpFunction,
  normalizeRubyMethod,
  normalizeRustPath,
  normalizeScriptFunction,
} from './frame-names.ts';
import type { StackFrame, TraceLanguage } from './stack-trace.ts';

// Every pattern is anchored at the line's start and its parts exclude what follows them, so matching is linear.
const jvmFrame =
  /^\s*at (?:[\w.-]{0,80}\/{1,2})?(?:[\w.-]{1,80}(?:@[\w.+-]{1,40})?\/)?([\w.$/<>-]{1,400})\.([\w$<>-]{1,200})\(((?:[\w$.-]{1,150}\.(?:java|kt|kts|scala|groovy|clj)(?::\d{1,7})?)|Native Method|Unknown Source(?::\d{1,7})?|<generated>|[\w$-]{1,100}\.java:\d{1,7})\)/;
const scriptFrame =
  /^\s*at (?:(?!file:|node:|https?:|webpack|\/|[A-Za-z]:\\)([^(\n]{1,300}?) \()?((?:[^()\s]| ){1,500}?):\d{1,9}(?::\d{1,9})?\)?,?(?: \{)?$/;
const scriptBuiltinFrame = /^\s*at ([^(\n]{1,300}?) \((?:<anonymous>|native|index \d{1,9})\)(?: \{)?$/;
const dotnetFrame =
  /^\s*at ((?:[\w`<>|+@$-]|\[[^\]]{0,200}\]){1,200}(?:\.(?:[\w`<>|+@$-]|\[[^\]]{0,200}\]){1,200}){0,20}(?:\.\.c?ctor)?)\([^\n]{0,600}?\)(?: in ([^\n]{1,400}?):line \d{1,9})?\s*$/;
const pythonFrame = /^[\s|]*File "([^"\n]{1,400})", line \d{1,9}(?:, in (\S{1,300}))?/;
const rubyFrame = /^\s*(?:\d{1,5}: )?(?:from )?([^\s:]{1,400}):\d{1,9}:in [`'"]([^\n]{1,300}?)['"](?:$|: )/;
const phpFrame =
  /^\s*#\d{1,5} (?:(\/[^(\n]{1,400}|[A-Z]:\\[^(\n]{1,400})\(\d{1,9}\)|\[internal function\]): ([^(\n]{1,300})\(/;
const rustFrame = /^\s{1,6}\d{1,5}: {1,3}(?:0x[0-9a-f]{1,16} - )?([A-Za-z_<][^\n]{0,400})$/;
const nativeFrame =
  /^\s*#\d{1,5} {1,3}(?:0x[0-9a-f]{1,16} )?(?:in )?([^\n]{1,400}?)(?: \((\/[^()\s+]{1,300})\+0x[0-9a-f]{1,16}\)(?: \(BuildId: \w{1,64}\))?| (\/[^\s:]{1,400}):\d{1,9}(?::\d{1,9})?| at ([^\s:]{1,400}):\d{1,9}| from (\/\S{1,300}))?$/;
const glibcFrame = /^\s*(\/?[^\s(]{1,300})\(([\w]{1,200})?(?:\+0x[0-9a-f]{1,16})?\) ?\[0x[0-9a-f]{1,16}\]$/;

/** Path of functions that are part of a runtime. */
export const builtinPath = '[internal function]';

/** Longest line that is looked at as a frame. */
const maxFrameLength = 1500;

/** Returns the frame that a line states; undefined when it states none. Go's frames are parsed by {@link parseGoCall}. */
export function parseFrame(line: string): StackFrame | undefined {
  if (line.length > maxFrameLength) {
    return undefined;
  }
  const start = firstVisible(line);
  if (line.startsWith('at ', start)) {
    return parseAtFrame(line);
  }
  if (line.charCodeAt(start) === 35) {
    return parsePhpFrame(line) ?? parseNativeFrame(line);
  }
  if (line.includes('File "')) {
    return parsePythonFrame(line);
  }
  return line.includes(':in ') ? parseRubyFrame(line) : (parseRustFrame(line) ?? parseGlibcFrame(line));
}

/** Returns the frame of a Go call and of the line with its file. */
export function parseGoCall(call: string, path: string): StackFrame | undefined {
  const match =
    /^(?:created by )?([^\s(]{1,300}(?:\(\*?[\w.[\]]{1,100}\)\.[^\s(]{0,200})?)(?:\(.*\)| in goroutine \d{1,12})?$/.exec(
      call
    );
  const qualified = match?.[1];
  if (qualified === undefined) {
    return undefined;
  }
  const name = normalizeGoFunction(qualified);
  const split = name.indexOf('.', name.lastIndexOf('/') + 1);
  return frameOf('go', split < 0 ? '' : name.slice(0, split), split < 0 ? name : name.slice(split + 1), path.trim());
}

function parseAtFrame(line: string): StackFrame | undefined {
  const jvm = jvmFrame.exec(line);
  if (jvm !== null) {
    return frameOf('jvm', normalizeJvmClass(jvm[1] ?? ''), normalizeJvmMethod(jvm[2] ?? ''), '');
  }
  const script = scriptFrame.exec(line);
  // Rust writes the file of a frame on a line of its own that looks like this.
  if (script?.[2]?.endsWith('.rs') === true) {
    return undefined;
  }
  if (script !== null && !/:line$/.test(script[2] ?? '')) {
    const path = script[2] ?? '';
    return frameOf('javascript', moduleOfPath(path), normalizeScriptFunction(script[1] ?? ''), path);
  }
  const builtin = scriptBuiltinFrame.exec(line);
  if (builtin !== null) {
    return frameOf('javascript', '', normalizeScriptFunction(builtin[1] ?? ''), 'native');
  }
  const dotnet = dotnetFrame.exec(line);
  return dotnet === null ? undefined : dotnetFrameOf(dotnet[1] ?? '', dotnet[2] ?? '');
}

function dotnetFrameOf(qualified: string, path: string): StackFrame {
  const name = normalizeDotnetName(qualified);
  const split = name.replace(/\.\.c?ctor$/, '').lastIndexOf('.');
  return frameOf('dotnet', split < 0 ? '' : name.slice(0, split), name.slice(split + 1), path);
}

function parsePythonFrame(line: string): StackFrame | undefined {
  const match = pythonFrame.exec(line);
  if (match === null) {
    return undefined;
  }
  const path = match[1] ?? '';
  const name = (match[2] ?? '').replace(/^<(?:lambda|listcomp|dictcomp|setcomp|genexpr|module)>$/, '');
  return frameOf('python', moduleOfPath(path), name.replace(/^.*<locals>\./, ''), path);
}

function parseRubyFrame(line: string): StackFrame | undefined {
  const match = rubyFrame.exec(line);
  const path = match?.[1] ?? '';
  return match === null ? undefined : frameOf('ruby', moduleOfPath(path), normalizeRubyMethod(match[2] ?? ''), path);
}

function parsePhpFrame(line: string): StackFrame | undefined {
  const match = phpFrame.exec(line);
  if (match === null) {
    return undefined;
  }
  const name = normalizePhpFunction(match[2] ?? '');
  const split = name.lastIndexOf('::');
  const path = match[1] ?? builtinPath;
  return split < 0
    ? frameOf('php', moduleOfPath(path), name, path)
    : frameOf('php', name.slice(0, split), name.slice(split + 2), path);
}

function parseRustFrame(line: string): StackFrame | undefined {
  const match = rustFrame.exec(line);
  const name = match === null ? '' : normalizeRustPath((match[1] ?? '').trim());
  const split = name.lastIndexOf('::');
  return name === ''
    ? undefined
    : frameOf('rust', split < 0 ? '' : name.slice(0, split), name.slice(split < 0 ? 0 : split + 2), '');
}

function parseNativeFrame(line: string): StackFrame | undefined {
  const match = nativeFrame.exec(line);
  if (match === null) {
    return undefined;
  }
  const path = match[2] ?? match[3] ?? match[4] ?? match[5] ?? '';
  const name = normalizeNativeFunction(match[1] ?? '');
  // Numbered lists begin alike; a call has an address or a place.
  const isCall = path !== '' || /^\s*#\d{1,5} {1,3}0x/.test(line);
  return name === '' || !isCall ? undefined : frameOf('c', match[2] ? moduleOfPath(path) : '', name, path);
}

function parseGlibcFrame(line: string): StackFrame | undefined {
  const match = line.endsWith(']') ? glibcFrame.exec(line) : null;
  const path = match?.[1] ?? '';
  return match === null ? undefined : frameOf('c', '', normalizeNativeFunction(match[2] ?? ''), path);
}

function frameOf(language: TraceLanguage, module: string, name: string, path: string): StackFrame {
  return { language, module, name, path };
}

function firstVisible(line: string): number {
  let place = 0;
  while (place < line.length && line.charCodeAt(place) <= 32) {
    place += 1;
  }
  return place;
}
