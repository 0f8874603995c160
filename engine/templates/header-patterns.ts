/*
 * Patterns of the header families. All are sticky, and every repetition is bounded, so that none can run away; they are
 * families of formats (syslog, ISO time and level, log4j, logcat, klog, pipes ...), never one program's.
 */
const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const weekday = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?';
const clock = String.raw`\d{1,2}:\d{1,2}:\d{1,2}(?:[.,:]\d{1,9})?`;
const zone = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?`;
const dateAndClock = String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T .:_-]\d{1,2}[:.]\d{2}[:.]\d{2}(?:[.,]\d{1,9})?${zone})?`;
const shortDateAndClock = String.raw`\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?,?[ T]${clock}(?: (?:AM|PM))?${zone}`;
const dayMonthYear = String.raw`\d{1,2}[-/ ](?:${months})[a-z]{0,6}[-/ ]\d{4}[: ]${clock}(?: [+-]\d{4})?`;
const monthDay = String.raw`${weekday}(?:${months})[a-z]{0,6}\.? {1,2}\d{1,2},?(?: \d{4})? {1,2}${clock}(?: (?:AM|PM))?(?: (?:[A-Z]{3,4} )?\d{4})?`;
const compact = String.raw`\d{8}[-T ]\d{1,2}:?\d{1,2}:?\d{1,2}(?:[:.,]\d{1,9})?Z?`;
const bareDigits = String.raw`\d{6,8} \d{6}(?:[.,]\d{1,9})?`;
const epoch = String.raw`1\d{9}(?:\d{3})?(?:\.\d{1,9})?`;
const bareClock = String.raw`\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?`;
const anyTimestamp = [
  dateAndClock,
  shortDateAndClock,
  dayMonthYear,
  monthDay,
  compact,
  bareDigits,
  epoch,
  bareClock,
].join('|');

const lead = new RegExp(String.raw`[\s\[(<|-]{0,8}(?:${anyTimestamp})(?=[\s\])>|,-]|: |:$)[\s\])>|,:-]{0,40}`, 'y');
// A host, file or flag before the time; a plain word there is the start of a sentence ("at 12:30:01 sharp").
const plainToken = /(?![A-Za-z][a-z]{0,60} )[\w./:-]{1,60} /y;
const priority = /<\d{1,3}>(1 )?/y;
// A bracketed name and a process before the time.
const bracketPrefix = /\[[\w.-]{1,40}\] \d{1,10}\s{1,4}- (?=\d)/y;
const plainWord = /(?:^|\s)["'(]?[A-Za-z\u0080-\uffff]{2,60}(?:['’-][A-Za-z]{1,20})?[.,:;!?)"']{0,3}(?=\s|$)/;
const composePrefix = /[\w.-]{1,60} {1,20}\| (?=\S)/y;

const levelWord =
  'TRACE|DEBUG|INFO|INF|WRN|DBG|FTL|VRB|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|FATAL|CRIT|CRITICAL|ALERT|EMERG|FAILURE|PANIC|FINE|FINER|FINEST|CONFIG|' +
  'Trace|Debug|Info|Information|Notice|Warn|Warning|Error|Severe|Fatal|Critical';
const bracketedLevelWord = 'trace|debug|info|notice|warn|warning|error|fatal|crit|critical|alert|emerg|panic';
const standingLevel = String.raw`(?:[\[(<]\s?(?:${levelWord}|${bracketedLevelWord})\s?[\])>]|(?:${levelWord})(?=[\s:|,\]]))[:|,]?(?:\s{1,30}|(?=[\[|]))`;
const lowerLevel = String.raw`(?:${bracketedLevelWord})(?=[:|]\s|\s{1,6}[|\[])[:|]?\s{1,30}`;
const closingLevel = String.raw`(?:${levelWord})(?:\/[\w.-]{1,60})?\]\s{1,4}`;
const moduleLevel = String.raw`\[[\w.-]{0,40}:(?:${bracketedLevelWord})\] `;
const databaseLevel = String.raw`(?:LOG|DETAIL|HINT|STATEMENT|CONTEXT):\s{1,4}`;
const level = new RegExp([standingLevel, closingLevel, lowerLevel, moduleLevel, databaseLevel].join('|'), 'y');
const firstLevel = new RegExp(`${standingLevel}|${lowerLevel}`, 'y');
const logcat = /\s{0,8}\d{1,9}\s{1,8}\d{1,9}\s{1,4}[VDIWEFA]\s{1,4}([^:]{1,80}?)\s{0,20}:\s{1,4}/y;
const rubyLogger = /[DIWEFA], \[\d{4}[^\]]{10,60}\]\s{1,4}\w{3,7} -- [^:]{0,80}: /y;
// Tables of events: number, node, component, state, epoch, flag. A bare epoch alone is not enough evidence.
const epochColumn = /\d{1,12} [^\s\d]{1,40}\d\S{0,40} (?:\S{1,60} ){1,3}1\d{9} \d{1,3} /y;
const klog = /[IWEFD]\d{4} \d\d:\d\d:\d\d\.\d{1,9}\s{1,12}\d{1,10} [^\]\s]{1,80}:\d{1,6}\] ?/y;
// Endings of source files; any other one may be a host with its port, with which the message begins.
const sourceEnding =
  'go|py|js|ts|mjs|cjs|jsx|tsx|java|kt|scala|groovy|clj|c|cc|cpp|cxx|h|hpp|rs|rb|php|cs|vb|fs|swift|mm?|exs?|erl|pl|pm|lua|hs|ml|dart|zig|nim|sh|sql';
const sourceLine = new RegExp(
  String.raw`[\w./<>-]{1,80}(?:\.(?:${sourceEnding})|:[\w.<>]{1,60}):\d{1,6}(?:\]?:| -)?\s{1,8}`,
  'y'
);
const piped = /[\w.$-]{1,80}\|\d{1,12}\|/y;
const pipedLevel = new RegExp(String.raw`(?:${levelWord})\|[\w.$/-]{1,120}\|\s?`, 'y');
const stream = /std(?:out|err) [FP] /y;
const structuredSyslog = /\S{1,80} \S{1,80} \S{1,80} \S{1,80} (?:- ?|\[[^\]]{0,300}\] ?)/y;
const hostAndProgram =
  /([\w.:-]{1,80})\s{1,4}[\w./()#@-]{1,80}(?:\[[\w.-]{1,20}\])?(?: \([^)]{0,80}\))?(?:\[\d{1,10}\])?:\s{1,4}/y;
const program = /(?:[\w./@-]{1,80}\s{1,4})?[\w./()#-]{1,80}(?:\[\d{1,10}\])?(?: \([^)]{0,80}\))?:\s{1,4}/y;
const dashed = /\S{1,80}(?: \S{1,80}){0,2}? - /y;
const bracket = /\[(?:[^[\]]|\[[^[\]]{0,120}\]){0,200}\]\s{0,20}(?:[-:|] )?/y;
const logger =
  /(?=\w{0,80}[.$/A-Z-])[A-Za-z_][\w.$/-]{0,120}(?:\[[^\]]{0,120}\])?(?::\d{1,6})?(?:\s{0,40}:| -|\s{0,20}\|)\s{1,4}/y;
const dottedLogger = /[a-z_][\w$]{0,60}(?:\.[\w$]{1,60}){1,12}(?:\s{1,40}(?:\[[^\]]{0,200}\]\s{1,4}))/y;
const bareDottedLogger = /[a-z_][\w$]{0,60}(?:\.[\w$]{1,60}){1,12}\s{1,40}/y;
const columnWord = /[A-Z]{2,12}\s{4,40}/y;
const separator = /[-:|]\s{1,4}/y;
const processAndDashes = /\d{1,10}\s{0,4}--- /y;

// Python's own form without a configuration.
const levelAndLogger = /(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):[\w.-]{1,80}:(?=\S)/y;

/** Sticky patterns, each with what it matches at a place in a header. */
export const headerPattern = Object.freeze({
  lead,
  plainToken,
  priority,
  composePrefix,
  bracketPrefix,
  plainWord,
  level,
  firstLevel,
  logcat,
  rubyLogger,
  epochColumn,
  klog,
  sourceLine,
  piped,
  pipedLevel,
  stream,
  structuredSyslog,
  hostAndProgram,
  program,
  dashed,
  bracket,
  logger,
  dottedLogger,
  bareDottedLogger,
  columnWord,
  separator,
  processAndDashes,
  levelAndLogger,
});
