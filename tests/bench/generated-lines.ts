const statements: ReadonlyArray<(n: number) => string> = [
  (n) =>
    `2024-05-01 12:00:${10 + (n % 50)},123 INFO  [worker-${n % 9}] com.acme.orders.OrderService: Order ${n} accepted in ${n % 97} ms`,
  (n) =>
    `May  1 12:00:${10 + (n % 50)} web01 sshd[${n % 30000}]: Failed password for root from 10.${n % 250}.3.4 port ${n % 65000} ssh2`,
  (n) => `I0501 12:00:${10 + (n % 50)}.000000       1 controller.go:116] Synced claim-${n} after ${n % 7} retries`,
  (n) =>
    `081109 2036${10 + (n % 50)} ${n % 999} INFO dfs.DataNode$Receiver: Received block blk_${n * 7919} of size ${n % 67108864} from /10.250.${n % 250}.14`,
  (n) => `[Wed May 01 12:00:${10 + (n % 50)} 2024] [notice] child ${n} is in slot ${n % 11} of the scoreboard`,
  (n) =>
    `ts=2024-05-01T12:00:00.${100 + (n % 900)}Z level=info component=tsdb msg="Segment was loaded from disk" segment=${n} duration=${n % 50}ms`,
  (n) =>
    `{"level":"info","ts":"2024-05-01T12:00:00Z","msg":"Order ${n} was shipped to warehouse","order":${n},"trace":"${n.toString(16)}af"}`,
];

/** Lines of seven statements in seven formats, in turn, with other numbers each. */
export function generatedLines(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => statements[n % statements.length]?.(n) ?? '');
}
