import { createStreamReader } from './event-stream';

describe('createStreamReader', () => {
  it('reads a message that comes in pieces', () => {
    const read = createStreamReader();
    expect(read('id: 7\nda')).toEqual([]);
    expect(read('ta: {"a":1}\n')).toEqual([]);
    expect(read('\ndata: x\n\n')).toEqual([
      { id: '7', data: '{"a":1}' },
      { id: undefined, data: 'x' },
    ]);
  });

  it('joins several lines of data, and leaves heartbeats out', () => {
    expect(createStreamReader()(': heartbeat\n\ndata: a\r\ndata: b\r\n\r\n')).toEqual([
      { id: undefined, data: 'a\nb' },
    ]);
  });
});
