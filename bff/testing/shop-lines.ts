import { testNowMs, type TestServer } from './test-server.ts';

const minuteMs = 60_000;

/** Has the server read three lines of the service `shop`: one that a spreadsheet would run, one with quotes and commas, and a plain one. */
export async function readShopLines(server: TestServer): Promise<void> {
  await server.push({ service_name: 'shop' }, [
    [testNowMs - 20 * minuteMs, '=HYPERLINK("http://evil.example","click")'],
    [testNowMs - 19 * minuteMs, 'level=error card "17", was refused'],
    [testNowMs - 18 * minuteMs, 'level=info all is well'],
  ]);
  await server.scanner.scanOnce();
}
