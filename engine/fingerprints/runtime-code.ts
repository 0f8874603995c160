import type { StackFrame, TraceLanguage } from './stack-trace.ts';

/** Which frames are not the application's own. */
export interface RuntimeCodeSettings {
  /** Beginnings of a frame's qualified name (module, separator, function). */
  readonly prefixes: Readonly<Record<TraceLanguage, readonly string[]>>;
  /** Parts of a frame's path. */
  readonly pathParts: Readonly<Record<TraceLanguage, readonly string[]>>;
}

/** Standard libraries, runtimes and the most used frameworks of each language. */
export const defaultRuntimeCode: RuntimeCodeSettings = {
  prefixes: {
    jvm: words(
      'java. javax. jakarta. jdk. sun. com.sun. kotlin. kotlinx. scala. akka. groovy. clojure. org.springframework. org.apache. org.hibernate. org.eclipse. io.netty. io.undertow. io.micrometer. io.opentelemetry. io.quarkus. io.vertx. io.grpc. reactor. rx. io.reactivex. com.google. com.fasterxml. com.zaxxer. com.mysql. com.mongodb. com.datastax. org.postgresql. org.jboss. org.glassfish. org.junit. org.mockito. net.bytebuddy. net.sf.cglib. okhttp3. retrofit2. ch.qos. org.slf4j. org.aspectj. redis.clients. io.lettuce. feign. com.amazonaws. software.amazon. $Proxy com.sun.proxy.'
    ),
    javascript: [],
    python: [],
    go: words(
      'runtime. runtime/ net/http. net. net/ os. os/ io. bufio. sync. sync/ syscall. internal/ reflect. testing. database/sql. encoding/ context. time. fmt. strings. bytes. errors. log. log/ sort. strconv. crypto/ panic. google.golang.org/ golang.org/x/ github.com/gin-gonic/ github.com/gorilla/ github.com/labstack/ github.com/go-chi/ go.opentelemetry.io/ main.main'
    ),
    dotnet: words(
      'System. Microsoft. Newtonsoft. Npgsql. MySql. StackExchange. Serilog. Polly. AutoMapper. MediatR. Grpc. Dapper. lambda_method Interop. Internal. MS.'
    ),
    ruby: [],
    php: words(
      'Illuminate\\ Symfony\\ Doctrine\\ GuzzleHttp\\ Monolog\\ Psr\\ PDO:: Laravel\\ Composer\\ Twig\\ Slim\\ Laminas\\ Zend\\ Yii\\ yii\\'
    ),
    rust: words(
      'std:: core:: alloc:: __rustc:: rust_begin_unwind rust_panic __rust _start __libc_start panic_unwind:: tokio:: hyper:: futures futures:: actix axum:: tower tower:: serde rayon backtrace:: anyhow:: clone3 start_thread'
    ),
    c: words(
      '__libc_start __GI_ _start abort raise gsignal __asan __ubsan __sanitizer malloc free calloc realloc memcpy memmove memset strlen strcpy std:: __gnu_cxx:: __cxa_ __cxx operator start_thread clone __pthread _Unwind __assert __interceptor libc_start'
    ),
  },
  pathParts: {
    jvm: [],
    javascript: words('node_modules/ node:internal node: internal/ native webpack/bootstrap'),
    python: words('site-packages/ dist-packages/ /lib/python <frozen <string>'),
    go: words('/usr/local/go/src/ /usr/lib/go /go/src/runtime/ /pkg/mod/ /goroot/ /vendor/'),
    dotnet: words('/_/src/'),
    ruby: words('/gems/ /lib/ruby/ /bundle/ /rubygems/ <internal: [internal'),
    php: words('/vendor/ [internal'),
    rust: words('/rustc/ /.cargo/registry/'),
    c: words(
      '/lib/x86_64-linux-gnu/ /lib/aarch64-linux-gnu/ /lib64/ /usr/lib/ libasan libsanitizer compiler-rt ld-linux libc.so libpthread'
    ),
  },
};

/** Tells whether a frame is the application's own code. */
export function isInApp(frame: StackFrame, settings: RuntimeCodeSettings): boolean {
  return qualifiedName(frame) !== '' && findRuntimeMark(frame, settings) === undefined;
}

/** The beginning of a frame's name, or the part of its path, that is not the application's; undefined when there is none. */
export function findRuntimeMark(frame: StackFrame, settings: RuntimeCodeSettings): string | undefined {
  const name = qualifiedName(frame);
  return (
    settings.prefixes[frame.language].find((prefix) => name.startsWith(prefix)) ??
    settings.pathParts[frame.language].find((part) => frame.path.includes(part))
  );
}

/** Returns a frame's module and function as the language joins them. */
export function qualifiedName(frame: StackFrame): string {
  if (frame.module === '' || frame.name === '') {
    return frame.module + frame.name;
  }
  const separator = frame.language === 'rust' || frame.language === 'php' || frame.language === 'c' ? '::' : '.';
  return `${frame.module}${separator}${frame.name}`;
}

function words(text: string): readonly string[] {
  return text.split(' ');
}
