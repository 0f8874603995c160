// Small programs that end in an error, for every language whose runtime this machine has. Each is written in two layouts
// (other line numbers, other values: the same bug) and with another function at fault (another bug).

/** How a program is written. */
export interface Layout {
  /** Empty lines before each function. */
  readonly gapLineCount: number;
  /** A value of one to three letters and digits that ends up in the message. */
  readonly value: string;
  /** Function in which the error is raised. */
  readonly culprit: 'parse' | 'decode';
}

/** A program that ends in an error. */
export interface TraceProgram {
  readonly name: string;
  readonly file: string;
  /** Command that must be on the machine. */
  readonly needs: string;
  /** What the shell runs in the program's folder; the error goes to its standard error. */
  readonly command: string;
  readonly source: (layout: Layout) => string;
  /** End of the template: message and topmost frame of the application. */
  readonly top: (culprit: Layout['culprit']) => string;
}

function lines(layout: Layout, ...parts: readonly string[]): string {
  return parts.join('\n'.repeat(layout.gapLineCount + 1)) + '\n';
}

/** The programs, at least one for each language. */
export const tracePrograms: readonly TraceProgram[] = [
  {
    name: 'Java with a nested class as the error',
    file: 'T.java',
    needs: 'java',
    command: 'java T.java',
    source: (layout) =>
      lines(
        layout,
        'public class T {',
        '  static class Missing extends RuntimeException { Missing(String m, Throwable c) { super(m, c); } }',
        `  static int ${layout.culprit}(String s) { return Integer.parseInt(s); }`,
        `  static void load(String s) {\n    try { ${layout.culprit}(s); }\n    catch (NumberFormatException e) { throw new Missing("order " + s, e); }\n  }`,
        `  public static void main(String[] a) { java.util.List.of("${layout.value.length}x").forEach(v -> load(v)); }`,
        '}'
      ),
    top: (culprit) => `T$Missing: order <*> at T.${culprit} <*>`,
  },
  {
    name: 'Java that fails in main',
    file: 'T.java',
    needs: 'java',
    command: 'java T.java',
    source: (layout) =>
      lines(
        layout,
        'public class T {',
        layout.culprit === 'parse'
          ? '  static int unused() { return 1; }'
          : '  static int decode(int[] a, int at) { return a[at]; }',
        `  public static void main(String[] a) {\n    int at = 3 + ${layout.value.length};\n    int[] prices = new int[at];\n    System.out.println(${layout.culprit === 'parse' ? 'prices[at]' : 'decode(prices, at)'});\n  }`,
        '}'
      ),
    top: (culprit) =>
      `java.lang.ArrayIndexOutOfBoundsException: Index <*> out of bounds for length <*> at T.${culprit === 'parse' ? 'main' : 'decode'} <*>`,
  },
  {
    name: 'Python with a chain',
    file: 'orders.py',
    needs: 'python3',
    command: 'python3 "$PWD/orders.py"',
    source: (layout) =>
      lines(
        layout,
        'import json\nclass OrderError(Exception): pass',
        `def ${layout.culprit}(text):\n    return json.loads(text)`,
        `def load(text):\n    try:\n        return ${layout.culprit}(text)\n    except ValueError as error:\n        raise OrderError("order %d failed" % len(text)) from error`,
        `[load(text) for text in ["[1]", "{${layout.value}"]]`
      ),
    top: (culprit) => `OrderError: order <*> failed at shop/orders.${culprit} <*>`,
  },
  {
    name: 'Python in a thread, logged by its runtime',
    file: 'orders.py',
    needs: 'python3',
    command: 'python3 "$PWD/orders.py"',
    source: (layout) =>
      lines(
        layout,
        'import threading',
        `def ${layout.culprit}(order):\n    return {}[order]`,
        `thread = threading.Thread(target=lambda: ${layout.culprit}(${layout.value.length}${layout.value.length}))\nthread.start()\nthread.join()`
      ),
    top: (culprit) => `KeyError: <*> at shop/orders.${culprit} <*>`,
  },
  {
    name: 'Node with a cause and fields',
    file: 'orders.mjs',
    needs: 'node',
    command: 'node orders.mjs',
    source: (layout) =>
      lines(
        layout,
        "class OrderError extends Error { constructor(m, o) { super(m, o); this.name = 'OrderError'; this.code = 'E_ORDER'; } }",
        `function ${layout.culprit}(text) {\n  return JSON.parse(text);\n}`,
        `async function load(text) {\n  try {\n    return ${layout.culprit}(text);\n  } catch (error) {\n    throw new OrderError('order ' + text.length + ' failed', { cause: error });\n  }\n}`,
        `await Promise.all(['[1]', '{${layout.value}'].map((text) => load(text)));`
      ),
    top: (culprit) => `OrderError: order <*> failed at shop/orders.${culprit} <*>`,
  },
  {
    name: 'Node with a rejected promise that is no error',
    file: 'orders.cjs',
    needs: 'node',
    command: 'node orders.cjs',
    source: (layout) =>
      lines(
        layout,
        `function ${layout.culprit}(text) {\n  null.length;\n}`,
        `setTimeout(() => ${layout.culprit}('${layout.value}'), 1);`
      ),
    top: (culprit) => `TypeError: Cannot read properties of null (reading 'length') at shop/orders.${culprit} <*>`,
  },
  {
    name: 'Go with a panic in a deferred function',
    file: 'main.go',
    needs: 'go',
    command: 'go build -o shop main.go && ./shop',
    source: (layout) =>
      lines(
        layout,
        'package main',
        'import "fmt"',
        'type Cart struct{ prices []int }',
        `func (c *Cart) ${layout.culprit}(i int) int { return c.prices[i] }`,
        `func total(c *Cart) (sum int) {\n\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tpanic(fmt.Errorf("total: %w", r.(error)))\n\t\t}\n\t}()\n\tfor i := 0; i < 9; i++ {\n\t\tsum += c.${layout.culprit}(i)\n\t}\n\treturn\n}`,
        `func main() { fmt.Println(total(&Cart{make([]int, ${layout.value.length})})) }`
      ),
    top: (culprit) =>
      `panic: runtime error: index out of range [<*>] with length <*> [recovered] at main.(*Cart).${culprit} <*>`,
  },
  {
    name: 'Rust with an index out of bounds',
    file: 'shop.rs',
    needs: 'rustc',
    command: 'rustc -g --edition 2021 shop.rs -o shop && RUST_BACKTRACE=1 ./shop',
    source: (layout) =>
      lines(
        layout,
        'struct Cart { prices: Vec<u32> }',
        `impl Cart { fn ${layout.culprit}(&self, at: usize) -> u32 { self.prices[at] } }`,
        `fn total(cart: &Cart) -> u32 { (0..9).map(|i| cart.${layout.culprit}(i)).sum() }`,
        `fn main() { println!("{}", total(&Cart { prices: vec![1; ${layout.value.length}] })); }`
      ),
    top: (culprit) => `panic: index out of bounds: the len is <*> but the index is <*> at shop::Cart::${culprit} <*>`,
  },
  {
    name: 'Rust with a failed comparison',
    file: 'shop.rs',
    needs: 'rustc',
    command: 'rustc -g --edition 2021 shop.rs -o shop && RUST_BACKTRACE=1 ./shop',
    source: (layout) =>
      lines(
        layout,
        `fn ${layout.culprit}(count: usize) { assert_eq!(count, 9, "order {} is odd", count); }`,
        `fn main() { ${layout.culprit}("${layout.value}".len()); }`
      ),
    top: (culprit) => `panic: assertion \`left == right\` failed: order <*> is odd at shop::${culprit} <*>`,
  },
  {
    name: 'Ruby with a cause',
    file: 'orders.rb',
    needs: 'ruby',
    command: 'ruby "$PWD/orders.rb"',
    source: (layout) =>
      lines(
        layout,
        'class OrderError < StandardError; end',
        `def ${layout.culprit}(text)\n  Integer(text)\nend`,
        `def load_order(text)\n  ${layout.culprit}(text)\nrescue ArgumentError\n  raise OrderError, "order #{text.size} failed"\nend`,
        `%w[1 x${layout.value}].each { |text| load_order(text) }`
      ),
    top: (culprit) => `OrderError: order <*> failed at shop/orders.${culprit} <*>`,
  },
  {
    name: 'Ruby with its Logger and frames that are not indented',
    file: 'orders.rb',
    needs: 'ruby',
    command: 'ruby "$PWD/orders.rb"',
    source: (layout) =>
      lines(
        layout,
        "require 'logger'",
        'class OrderError < StandardError; end',
        `def ${layout.culprit}(text)\n  raise OrderError, "order #{text.size} failed"\nend`,
        `def load_order(text)\n  ${layout.culprit}(text)\nend`,
        `begin\n  load_order("x${layout.value}")\nrescue OrderError => error\n  Logger.new($stderr).error("#{error.class}: #{error.message}\\n#{error.backtrace.join("\\n")}")\nend`
      ),
    top: (culprit) => `OrderError: order <*> failed at shop/orders.${culprit} <*>`,
  },
  {
    name: 'PHP with a previous exception',
    file: 'orders.php',
    needs: 'php',
    command: 'php -d display_errors=stderr -d log_errors=0 "$PWD/orders.php"',
    source: (layout) =>
      lines(
        layout,
        '<?php',
        'class OrderError extends RuntimeException {}',
        `function ${layout.culprit}($count) {\n  return intdiv($count, 0);\n}`,
        `function load($text) {\n  try {\n    return ${layout.culprit}(strlen($text));\n  } catch (DivisionByZeroError $error) {\n    throw new OrderError("order {$text} failed", 3, $error);\n  }\n}`,
        `array_map(fn($text) => load($text), ['${layout.value.length}']);`
      ),
    top: (culprit) => `OrderError: order <*> failed in <*> at shop/orders::${culprit} <*>`,
  },
  {
    name: 'C with a use after free, reported by AddressSanitizer',
    file: 'shop.c',
    needs: 'gcc',
    command: 'gcc -g -fno-omit-frame-pointer -fsanitize=address shop.c -o shop && ./shop',
    source: (layout) =>
      lines(
        layout,
        '#include <stdlib.h>',
        `__attribute__((noinline)) void drop(char *p) { free(p); }`,
        `__attribute__((noinline)) int ${layout.culprit}(char *p) { drop(p); return p[${layout.value.length}]; }`,
        `int main(void) { char *p = malloc(${layout.value.length} + 9); return ${layout.culprit}(p); }`
      ),
    top: (culprit) => `AddressSanitizer: heap-use-after-free at ${culprit} <*>`,
  },
  {
    name: 'C with an overflow on the stack, reported by AddressSanitizer',
    file: 'shop.c',
    needs: 'gcc',
    command: 'gcc -g -fno-omit-frame-pointer -fsanitize=address shop.c -o shop && ./shop',
    source: (layout) =>
      lines(
        layout,
        '#include <string.h>',
        `__attribute__((noinline)) int ${layout.culprit}(int n) { volatile char b[8]; b[n % 20] = 1; return b[0]; }`,
        `int main(void) { return ${layout.culprit}(9 + ${layout.value.length}); }`
      ),
    top: (culprit) => `AddressSanitizer: stack-buffer-overflow at ${culprit} <*>`,
  },
  {
    name: 'C with a failed assertion and a handler that prints addresses',
    file: 'shop.c',
    needs: 'gcc',
    command: 'gcc -g -rdynamic shop.c -o shop && ./shop',
    source: (layout) =>
      lines(
        layout,
        '#include <assert.h>\n#include <execinfo.h>\n#include <signal.h>\n#include <unistd.h>',
        'void on_abort(int s) { void *f[20]; (void)s; backtrace_symbols_fd(f, backtrace(f, 20), 2); _exit(1); }',
        `void ${layout.culprit}(int n) { assert(n < 3); }`,
        `int main(void) { signal(SIGABRT, on_abort); ${layout.culprit}(9 + ${layout.value.length}); return 0; }`
      ),
    top: (culprit) => `assertion failed: n < <*> at ${culprit} <*>`,
  },
];

/** Programs of C that glibc aborts with one line: no frames, so the line alone identifies the bug. */
export const glibcAbort = {
  file: 'shop.c',
  command: 'gcc -g shop.c -o shop && ./shop',
  source: (length: number): string =>
    `#include <stdlib.h>\nint main(void) { char *p = malloc(${length}); free(p); free(p); return 0; }\n`,
};
