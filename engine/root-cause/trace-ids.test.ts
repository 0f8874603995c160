import { expect, test } from 'vitest';
import { readTraceIds } from './trace-ids.ts';

const trace = '58edb815dfbac580f2915eb38e301e0b';

test.each([
  [`level=info msg="granted" trace_id=${trace}`, {}, trace, ''],
  [`{"msg":"page served","traceId":"${trace}","spanId":"00f067aa0ba902b7"}`, {}, trace, '00f067aa0ba902b7'],
  [`[trace.id: ${trace}] ok`, {}, trace, ''],
  [`traceparent: 00-${trace}-00f067aa0ba902b7-01`, {}, trace, '00f067aa0ba902b7'],
  ['granted', { trace_id: trace, span_id: 'abc' }, trace, 'abc'],
  ['granted', { traceID: 'a:b:c' }, 'a:b:c', ''],
  ['granted', { otelTraceID: trace }, trace, ''],
  ['granted', { request_id: 'req-1', span_id: 'abc', trace_id: trace }, trace, 'abc'],
  ['granted', { request_id: '', trace_id: trace }, trace, ''],
  ['granted', { trace_id: '', otelTraceID: trace }, trace, ''],
  [`granted trace_id=${trace}`, { request_id: 'req-1' }, trace, ''],
  ['granted', { request_id: 'req-1', span_id: 'abc' }, 'req-1', 'abc'],
  ['granted', { trace_id: '', span_id: 'abc' }, '', ''],
  ['trace_id=- granted', {}, '', ''],
  ['no trace identity in 58edb815', {}, '', ''],
])('%s with %j', (line, metadata, traceId, spanId) => {
  expect(readTraceIds({ labels: {}, timestampNs: 1n, line, metadata: { ...metadata } })).toEqual({ traceId, spanId });
});
