import { describe, expect, test } from 'vitest';
import { readBody } from './read-body.ts';

function post(body: string, contentType = 'application/json'): Request {
  return new Request('http://server.test/', { method: 'POST', body, headers: { 'Content-Type': contentType } });
}

describe('readBody', () => {
  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('reads %s', async (type) => {
    expect(await readBody(post('{"a":1}', type))).toEqual({ a: 1 });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('refuses %s', async (type) => {
    await expect(readBody(post('{"a":1}', type))).rejects.toMatchObject({ code: 'unsupported-media-type' });
  });

  test.each(['', '{', '[]', 'null', '1', '"text"', '{"a":1}}', `${'['.repeat(50_000)}`])(
    'refuses %.12j',
    async (body) => {
      await expect(readBody(post(body))).rejects.toMatchObject({ code: 'invalid-request' });
    }
  );
});
