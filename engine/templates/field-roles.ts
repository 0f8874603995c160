/** What a field of a structured line is for. */
export type FieldRole = 'message' | 'level' | 'timestamp' | 'source' | 'component' | 'context' | 'other';

// Names that logging libraries document for their own fields (zap, slog, logrus, zerolog, go-kit, hclog, logback,
// log4j2, Serilog, Bunyan, Pino, winston, structlog, python-json-logger, ECS, OpenTelemetry, GELF, Docker, journald).
const rolesByName: ReadonlyMap<string, FieldRole> = new Map([
  ...names(
    'message',
    'msg message @message @m @mt log event short_message messagetemplate renderedmessage body text log.message'
  ),
  ...names(
    'level',
    'level lvl severity loglevel log_level log.level levelname @level @l severitytext severity_text priority'
  ),
  ...names('timestamp', 'ts t time timestamp @timestamp @t datetime date asctime eventtime timegenerated time_iso8601'),
  ...names(
    'source',
    'logger logger_name loggername log.logger @logger sourcecontext caller source file_line src @caller'
  ),
  ...names('component', 'component subsystem module @module component_name sys'),
  ...names(
    'context',
    'err error @x exception stack stacktrace stack_trace trace trace_id traceid span_id spanid parent_id request_id ' +
      'requestid req_id correlation_id session_id user user_id userid tenant org_id duration duration_ms elapsed latency ' +
      'took pid hostname host thread thread_name levelno levelvalue level_value v @i caller_func instance node pod namespace'
  ),
]);

function names(role: FieldRole, words: string): Array<[string, FieldRole]> {
  return words.split(' ').map((word) => [word, role]);
}

// Names of a program's own are made of the same words: `log_message`, `app.level`, `eventSeverity`. Levels by their endings
// only, which the shape of a line knows too (line-shape.ts).
const rolesByEnding: ReadonlyArray<readonly [RegExp, FieldRole]> = [
  [/(?:^|[._-]|[a-z](?=[A-Z]))(?:msg|message)$/i, 'message'],
  [/(?:^|[._-]|[a-z](?=[A-Z]))(?:level|lvl|severity)$/i, 'level'],
  [/(?:^|[._-]|[a-z](?=[A-Z]))(?:timestamp|datetime)$/i, 'timestamp'],
];

/** Role of a field by its name; case is ignored. */
export function roleOf(key: string): FieldRole {
  const named = rolesByName.get(key) ?? rolesByName.get(key.toLowerCase());
  return named ?? rolesByEnding.find(([ending]) => ending.test(key))?.[1] ?? 'other';
}

const possibleMessage =
  /(?:^|[._-])(?:line|details?|desc|description|content|summary|info|output|raw|record|entry|note|what|reason|payload)$/i;

/** Whether a field of this name is the message where no other one is. */
export function mayNameMessage(key: string): boolean {
  return possibleMessage.test(key);
}
