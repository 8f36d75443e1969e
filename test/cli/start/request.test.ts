import { expect, test } from 'vitest';
import { parseOptions } from '../../../lib/cli/options.ts';
import { START_OPTIONS } from '../../../lib/cli/start/options.ts';
import { readRequest } from '../../../lib/cli/start/request.ts';

function read(...args: string[]) {
  return readRequest(parseOptions(START_OPTIONS, args));
}

test('everything has a default', () => {
  const ports = { front: 3000, s3: 3001, dynamodb: 3002, kinesis: 3003, lambda: 3004 };
  expect(read()).toEqual({ data: '.flagstone', ports, demo: false, settings: {} });
});

test('--basic leaves the habits of users out', () => {
  expect(read('--basic').settings).toEqual({ transactionDetector: 'basic' });
});

test('--port is the first of five ports, 0 any free ones', () => {
  expect(read('--port=4700').ports).toEqual({ front: 4700, s3: 4701, dynamodb: 4702, kinesis: 4703, lambda: 4704 });
  expect(read('--port=0', '--data=x', '--demo')).toMatchObject({ data: 'x', demo: true, ports: { s3: 0, lambda: 0 } });
});

test.each(['-1', '65532', '3000.5', 'http', '1e3'])('fails for --port=%s', (port) => {
  expect(() => read(`--port=${port}`)).toThrow(`--port must be an integer from 0 to 65531 (given "${port}")`);
});
