// Writes traces as each runtime prints them; everything that changes between runs of one bug is random.
import type { TraceLanguage } from '../fingerprints/index.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Bug, Call } from './trace-bugs.ts';

type Writer = (bug: Bug, random: SeededRandom) => readonly string[];

/** Returns the lines of one trace of a bug. */
export function writeTrace(bug: Bug, random: SeededRandom): readonly string[] {
  return writers[bug.language](bug, random);
}

const writers: Readonly<Record<TraceLanguage, Writer>> = {
  jvm: writeJvm,
  javascript: writeJavascript,
  python: writePython,
  go: writeGo,
  dotnet: writeDotnet,
  ruby: writeRuby,
  php: writePhp,
  rust: writeRust,
  c: writeC,
};

function messageOf(bug: Bug, random: SeededRandom): string {
  return bug.message.replace(/#/g, () => String(1 + random.below(1_000_000)));
}

/** The calls, with the recursion of one of them unrolled to another depth. */
function unrolled(bug: Bug, random: SeededRandom): readonly Call[] {
  const depth = random.below(4);
  return bug.calls.flatMap((call, index) => (index === 1 ? Array.from({ length: depth + 1 }, () => call) : [call]));
}

function lineNumber(random: SeededRandom): number {
  return 1 + random.below(900);
}

function writeJvm(bug: Bug, random: SeededRandom): readonly string[] {
  const at = (qualified: string, file: string) => `\tat ${qualified}(${file}:${lineNumber(random)})`;
  const library = [
    at('java.base/java.util.Objects.requireNonNull', 'Objects.java'),
    at('org.postgresql.Driver.connect', 'Driver.java'),
  ];
  const own = unrolled(bug, random).map(([module, name]) => {
    const proxy = random.isChance(0.3) ? `$$EnhancerBySpringCGLIB$$${random.hex(8)}` : '';
    const method = random.isChance(0.3) ? `lambda$${name}$${random.below(9)}` : name;
    return at(`com.shop.${module}${proxy}.${method}`, `${module}.java`);
  });
  const outer = [
    at(`jdk.internal.reflect.GeneratedMethodAccessor${random.below(99)}.invoke`, 'GeneratedMethodAccessor.java'),
    at('org.springframework.web.servlet.FrameworkServlet.service', 'FrameworkServlet.java'),
    ...(random.isChance(0.5) ? [at('java.base/java.lang.Thread.run', 'Thread.java')] : []),
  ];
  const frames = [...library.slice(0, bug.library + 1), ...own];
  const message = messageOf(bug, random);
  const head = `${random.isChance(0.3) ? `Exception in thread "pool-${random.below(9)}-thread-${random.below(99)}" ` : ''}${bug.type}: ${message}`;
  if (bug.causeType === undefined) {
    return [head, ...frames, ...outer];
  }
  const middle = random.isChance(0.5)
    ? [
        `Caused by: java.util.concurrent.ExecutionException: ${message}`,
        at('java.base/java.util.concurrent.FutureTask.get', 'FutureTask.java'),
        '\t... 7 more',
      ]
    : [];
  return [
    head,
    at('com.shop.Api.handle', 'Api.java'),
    ...outer,
    ...middle,
    `Caused by: ${bug.causeType}: ${message}`,
    ...frames,
    `\t... ${random.below(60)} more`,
  ];
}

function writeJavascript(bug: Bug, random: SeededRandom): readonly string[] {
  const root = random.pick(['/srv/app', 'file:///usr/src/app', '/home/node/app']);
  const place = () => `${lineNumber(random)}:${1 + random.below(80)}`;
  const library = [
    `    at Query.run (${root}/node_modules/pg/lib/query.js:${place()})`,
    `    at Socket.<anonymous> (node:net:${place()})`,
  ];
  const own = unrolled(bug, random).map(
    ([module, name]) =>
      `    at ${random.isChance(0.4) ? 'async ' : ''}${module}.${name} (${root}/shop/${module.toLowerCase()}.js:${place()})`
  );
  const outer = [
    `    at Layer.handle (${root}/node_modules/express/lib/router/layer.js:${place()})`,
    `    at process.processTicksAndRejections (node:internal/process/task_queues:${place()})`,
  ];
  const frames = [...library.slice(0, bug.library + 1), ...own];
  const head = `${random.isChance(0.2) ? 'Uncaught ' : ''}${bug.type}: ${messageOf(bug, random)}`;
  if (bug.causeType === undefined) {
    return [head, ...frames, ...outer];
  }
  return [
    head,
    `    at Api.handle (${root}/shop/api.js:${place()})`,
    ...outer.map((line, index) => (index === outer.length - 1 ? `${line} {` : line)),
    `  [cause]: ${bug.causeType}: ${messageOf(bug, random)}`,
    ...frames.map((line) => `    ${line.trim()}`),
    '}',
  ];
}

function writePython(bug: Bug, random: SeededRandom): readonly string[] {
  const root = random.pick(['/srv/app', '/usr/src/app', '/opt']);
  const frame = (path: string, name: string) => [
    `  File "${path}", line ${lineNumber(random)}, in ${name}`,
    ...(random.isChance(0.8) ? [`    return self._${name}(order)`] : []),
    ...(random.isChance(0.3) ? ['           ^^^^^^^^^^^^^'] : []),
  ];
  const library = [
    frame(`/usr/lib/python3.${9 + random.below(5)}/json/decoder.py`, 'decode'),
    frame(`${root}/venv/lib/python3.11/site-packages/psycopg/connection.py`, 'connect'),
  ];
  const own = unrolled(bug, random).map(([module, name]) => frame(`${root}/shop/${module.toLowerCase()}.py`, name));
  const inner = [...library.slice(0, bug.library + 1), ...own].reverse().flat();
  const head = 'Traceback (most recent call last):';
  const outer = random.isChance(0.5)
    ? frame(`${root}/venv/lib/python3.11/site-packages/flask/app.py`, 'full_dispatch_request')
    : [];
  const end = `${bug.type}: ${messageOf(bug, random)}`;
  if (bug.causeType === undefined) {
    return [head, ...outer, ...inner, end];
  }
  return [
    head,
    ...inner,
    `${bug.causeType}: ${messageOf(bug, random)}`,
    '',
    random.pick([
      'During handling of the above exception, another exception occurred:',
      'The above exception was the direct cause of the following exception:',
    ]),
    '',
    head,
    ...outer,
    ...frame(`${root}/shop/api.py`, 'handle'),
    end,
  ];
}

function writeGo(bug: Bug, random: SeededRandom): readonly string[] {
  const root = random.pick(['/srv/shop', '/build', '/home/ci/go/src/shop']);
  const frame = (qualified: string, path: string) => [
    `${qualified}(${random.pick(['...', `0xc000${random.hex(6)}`, `{0x${random.hex(6)}, 0x${random.hex(2)}}`])})`,
    `\t${path}:${lineNumber(random)} +0x${random.hex(3)}`,
  ];
  const library = [
    frame('runtime.gopanic', '/usr/local/go/src/runtime/panic.go'),
    frame('database/sql.(*DB).conn', '/usr/local/go/src/database/sql/sql.go'),
  ];
  const own = unrolled(bug, random).map(([module, name]) =>
    frame(
      `example.com/shop/${module.toLowerCase()}.(*${module}).${name}${random.isChance(0.3) ? `.func${1 + random.below(4)}` : ''}`,
      `${root}/${module.toLowerCase()}/${module.toLowerCase()}.go`
    )
  );
  const outer = [
    ...frame('net/http.HandlerFunc.ServeHTTP', '/usr/local/go/src/net/http/server.go'),
    `created by net/http.(*Server).Serve in goroutine ${random.below(900)}`,
    `\t/usr/local/go/src/net/http/server.go:${lineNumber(random)} +0x${random.hex(3)}`,
  ];
  const others = random.isChance(0.4)
    ? [
        '',
        `goroutine ${random.below(900)} [select]:`,
        ...frame('example.com/shop/metrics.Run', `${root}/metrics/run.go`),
      ]
    : [];
  const message =
    bug.calls.length === 0
      ? messageOf(bug, random)
      : `${bug.type} [${random.below(99)}] with length ${random.below(99)}`;
  return [
    `panic: ${message}`,
    '',
    `goroutine ${1 + random.below(9000)} [running]:`,
    ...library.slice(0, bug.library + 1).flat(),
    ...own.flat(),
    ...outer,
    ...others,
  ];
}

function writeDotnet(bug: Bug, random: SeededRandom): readonly string[] {
  const place = (file: string) => (random.isChance(0.7) ? ` in /src/Shop/${file}.cs:line ${lineNumber(random)}` : '');
  const library = [
    '   at System.ThrowHelper.ThrowArgumentNullException(String name)',
    '   at Npgsql.NpgsqlConnection.Open(Boolean async, CancellationToken token)',
  ];
  const own = unrolled(bug, random).map(([module, name]) =>
    random.isChance(0.4)
      ? `   at Shop.${module}.<${name}>d__${random.below(30)}.MoveNext()${place(module)}`
      : `   at Shop.${module}.${name}(Int32 id, String name)${place(module)}`
  );
  const outer = [
    '   at Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor.Execute(ActionContext context)',
    ...(random.isChance(0.5)
      ? ['--- End of stack trace from previous location ---', '   at System.Threading.Tasks.Task.Execute()']
      : []),
  ];
  const frames = [...library.slice(0, bug.library + 1), ...own];
  const head = `${random.isChance(0.4) ? 'Unhandled exception. ' : ''}${bug.type}: ${messageOf(bug, random)}`;
  if (bug.causeType === undefined) {
    return [head, ...frames, ...outer];
  }
  return [
    head,
    ` ---> ${bug.causeType}: ${messageOf(bug, random)}`,
    ...frames,
    '   --- End of inner exception stack trace ---',
    `   at Shop.Api.Handle(HttpContext context)${place('Api')}`,
    ...outer,
  ];
}

function writeRuby(bug: Bug, random: SeededRandom): readonly string[] {
  const root = random.pick(['/srv/app', '/usr/src/app']);
  const quote = random.pick(['`', "'"]);
  const library = [
    `/usr/lib/ruby/3.1.0/json.rb:${lineNumber(random)}:in ${quote}parse'`,
    `/var/lib/gems/pg-1.${random.below(6)}/lib/pg.rb:${lineNumber(random)}:in ${quote}connect'`,
  ];
  const own = unrolled(bug, random).map(
    ([module, name]) =>
      `${root}/shop/${module.toLowerCase()}.rb:${lineNumber(random)}:in ${quote}${random.isChance(0.3) ? `block ${random.isChance(0.5) ? '(2 levels) ' : ''}in ` : ''}${name}'`
  );
  const outer = `/var/lib/gems/puma-5.6.${random.below(9)}/lib/puma/server.rb:${lineNumber(random)}:in ${quote}process_client'`;
  const [top = '', ...rest] = [...library.slice(0, bug.library + 1), ...own, outer];
  return [`${top}: ${messageOf(bug, random)} (${bug.type})`, ...rest.map((line) => `\tfrom ${line}`)];
}

function writePhp(bug: Bug, random: SeededRandom): readonly string[] {
  const root = random.pick(['/var/www/html', '/srv/app']);
  const library = [
    `[internal function]: array_map()`,
    `${root}/vendor/doctrine/dbal/src/Driver.php(${lineNumber(random)}): PDO->__construct()`,
  ];
  const own = unrolled(bug, random).map(
    ([module, name]) =>
      `${root}/shop/${module}.php(${lineNumber(random)}): Shop\\${module}->${name}(${random.pick(['', 'Array', 'Object(Shop\\Order), 3'])})`
  );
  const outer = `${root}/vendor/symfony/http-kernel/HttpKernel.php(${lineNumber(random)}): Symfony\\Component\\HttpKernel\\HttpKernel->handle()`;
  const frames = [...library.slice(0, bug.library + 1), ...own, outer, '{main}'];
  return [
    `PHP Fatal error:  Uncaught ${bug.type}: ${messageOf(bug, random)} in ${root}/shop/Stock.php:${lineNumber(random)}`,
    'Stack trace:',
    ...frames.map((line, index) => `#${index} ${line}`),
    `  thrown in ${root}/shop/Stock.php on line ${lineNumber(random)}`,
  ];
}

function writeRust(bug: Bug, random: SeededRandom): readonly string[] {
  const frames = [
    'rust_begin_unwind',
    'core::panicking::panic_fmt',
    ...(bug.library === 1 ? ['tokio::net::tcp::stream::TcpStream::connect'] : []),
    ...unrolled(bug, random).map(
      ([module, name]) =>
        `shop::${module.toLowerCase()}::${module}::${name}${random.isChance(0.3) ? '::{{closure}}' : ''}::h${random.hex(16)}`
    ),
    'tokio::runtime::task::harness::poll',
    'std::sys::backtrace::__rust_begin_short_backtrace',
  ];
  return [
    `thread '${random.pick(['main', 'tokio-runtime-worker', 'worker-3'])}' ${random.isChance(0.4) ? `(${random.below(99_999)}) ` : ''}panicked at src/stock.rs:${lineNumber(random)}:${1 + random.below(40)}:`,
    messageOf(bug, random),
    'stack backtrace:',
    ...frames.flatMap((name, index) => [
      `${String(index).padStart(4)}: ${name}`,
      ...(random.isChance(0.7) ? [`             at ./src/stock.rs:${lineNumber(random)}:${1 + random.below(40)}`] : []),
    ]),
    'note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.',
  ];
}

function writeC(bug: Bug, random: SeededRandom): readonly string[] {
  const process = 1 + random.below(30_000);
  const library = ['__interceptor_memcpy', 'PQconnectPoll'];
  const own = unrolled(bug, random).map(
    ([module, name]) =>
      `shop::${module}::${name}(int, std::vector<int, std::allocator<int> > const&) /src/${module.toLowerCase()}.cc:${lineNumber(random)}:${1 + random.below(40)}`
  );
  const frames = [
    ...library.slice(0, bug.library + 1).map((name) => `${name} (/usr/lib/libpq.so.5+0x${random.hex(5)})`),
    ...own,
    `__libc_start_main (/lib/x86_64-linux-gnu/libc.so.6+0x${random.hex(5)})`,
  ];
  return [
    `==${process}==ERROR: AddressSanitizer: ${bug.type} on address 0x${random.hex(12)} at pc 0x${random.hex(12)} bp 0x${random.hex(12)}`,
    `READ of size ${random.pick([4, 8])} at 0x${random.hex(12)} thread T${random.below(9)}`,
    ...frames.map((name, index) => `    #${index} 0x${random.hex(12)} in ${name}`),
    '',
    `SUMMARY: AddressSanitizer: ${bug.type} /src/stock.cc:${lineNumber(random)} in shop`,
    `==${process}==ABORTING`,
  ];
}
