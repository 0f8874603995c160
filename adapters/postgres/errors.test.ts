import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { connectPostgres } from './connect-postgres.ts';
import { describeServer, toPortError } from './errors.ts';

const url = 'postgres://owner:hush%2Fhush@db.example:6432/logs';

/** An error as the server sends it. */
function serverError(code: string, message: string): Error {
  const error = new pg.DatabaseError(message, message.length, 'error');
  error.code = code;
  return error;
}

describe('errors of Postgres', () => {
  test.each([
    ['40001', 'conflict', true],
    ['40P01', 'conflict', true],
    ['23505', 'conflict', false],
    ['57014', 'timeout', true],
    ['53300', 'unavailable', true],
    ['42601', 'rejected', false],
  ])('state %s of the server is %s', (code, kind, isRetryable) => {
    const error = toPortError(serverError(code, 'its own words'), url);
    expect(error).toMatchObject({ system: 'postgres', kind, isRetryable });
    expect(error.message).toBe('Postgres at db.example:6432 answered: its own words');
  });

  test.each(['57P01', '57P02', '57P03'])('a server that goes away or starts cannot be reached: %s', (code) => {
    const error = toPortError(serverError(code, 'going'), url);
    expect(error).toMatchObject({ kind: 'unavailable', isRetryable: true });
    expect(error.message).toBe('Postgres at db.example:6432 cannot be reached: going');
  });

  test('a missing table says how to make it', () => {
    expect(toPortError(serverError('42P01', 'no table'), url).message).toContain('run `loghunter migrate up`');
  });

  test.each([
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'unavailable', 'connect ECONNREFUSED'],
    [Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'unavailable', 'ECONNREFUSED'],
    [new Error('Connection terminated unexpectedly'), 'unavailable', 'Connection terminated unexpectedly'],
    [new Error('timeout expired'), 'timeout', 'timeout expired'],
    [Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT' }), 'timeout', 'read ETIMEDOUT'],
  ])('a connection that fails tells why: %s', (cause, kind, words) => {
    const error = toPortError(cause, url);
    expect(error).toMatchObject({ kind, isRetryable: true, cause });
    expect(error.message).toBe(`Postgres at db.example:6432 cannot be reached: ${words}`);
  });

  test('the password is blotted out', () => {
    expect(toPortError(new Error('no entry for hush/hush'), url).message).toContain('no entry for ***');
  });

  test('an error that is translated already stays as it is', () => {
    const error = toPortError(new Error('gone'), url);
    expect(toPortError(error, url)).toBe(error);
  });

  test('a server is named without user, password and database', () => {
    expect(describeServer('postgres://user:secret@db/logs')).toBe('Postgres at db:5432');
    expect(describeServer('nonsense')).toBe('Postgres');
  });
});

describe('the address of Postgres', () => {
  test.each(['no address', 'mysql://db/logs', ''])('an address that is none is refused: %j', (address) => {
    expect(() => connectPostgres({ url: address })).toThrow(
      'not of the form postgres://user:password@host:port/database'
    );
  });

  test('a certificate that is not there is told at once', () => {
    expect(() => connectPostgres({ url: `${url}?sslmode=verify-full&sslrootcert=/no/such/file` })).toThrow(
      'The address of Postgres at db.example:6432 cannot be used: ENOENT'
    );
  });
});
