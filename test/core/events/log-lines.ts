import * as fc from 'fast-check';

/** Lines of logs as they come: well-formed in many shapes, broken in many ways, and hostile. Bytes, without their newline. */

const encoder = new TextEncoder();

const time = fc.constantFrom('2017-06-13 11:33:01', '2017-06-13 11:33:02', '2024-02-29 23:59:59', '0000-01-01 00:00:00');
const badTime = fc.constantFrom('', '2017-02-29 11:33:01', '2017-06-13 24:00:00', '2017-06-13T11:33:01', '\0'.repeat(19), '0');
const id = fc.oneof(
  { arbitrary: fc.constantFrom('1', '2', '3', '42', '007', '0', '1048575', '1048576', 'a', 'b c', '~'), weight: 8 },
  fc.constantFrom('', 'é', '😀', '\\u0031', '\\"', '\\\\', '\x7f', '\t', '\ud800', '__proto__', '-1', '1.0', 'x'.repeat(40)),
);
const amount = fc.oneof(
  { arbitrary: fc.constantFrom('0', '1', '1.00', '16.83', '59.28', '11.2', '1601.83', '123456789.123456'), weight: 8 },
  fc.constantFrom('', '-5.00', 'NaN', '1e3', '1.', '.5', '01', '00.10', '1234567890.5', '0.1234567', '9'.repeat(24), '1'.repeat(25)),
);
const extra = fc.constantFrom('""', '"x"', '"\\n"', '"é"', '1', '-1.5', '-0', '1e3', '0.0', '12345678901234567890', 'null', 'true', '[]', '{"id":"9"}');
const mostlyQuoted = fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, fc.constant(false));
const gap = fc.constantFrom('', ' ', '  ', '\t', '\r');

interface Value {
  readonly text: string;
  readonly isQuoted: boolean;
}

function value(text: fc.Arbitrary<string>): fc.Arbitrary<Value> {
  return fc.record({ text, isQuoted: mostlyQuoted });
}

interface Values {
  readonly type: string;
  readonly time: string;
  readonly ids: readonly [Value, Value];
  readonly amount: Value;
}

const values: fc.Arbitrary<Values> = fc.record({
  type: fc.oneof({ arbitrary: fc.constantFrom('purchase', 'befriend', 'unfriend'), weight: 9 }, fc.constantFrom('', 'refund', 'purchas\\u0065')),
  time: fc.oneof({ arbitrary: time, weight: 9 }, badTime),
  ids: fc.tuple(value(id), value(id)),
  amount: value(amount),
});

/** What makes the form of a line, values aside. Few forms, often used again, as in a log of one program or a few. */
interface Form {
  readonly order: readonly number[];
  readonly afterComma: string;
  readonly afterColon: string;
  readonly atEnd: string;
  readonly extras: readonly (readonly [key: string, value: string])[];
}

const plainForm: Form = { order: [0, 1, 2, 3], afterComma: ' ', afterColon: '', atEnd: '', extras: [] };
const anyForm: fc.Arbitrary<Form> = fc.record({
  order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
  afterComma: gap,
  afterColon: gap,
  atEnd: fc.constantFrom('', '', ' ', '\r', ' \r', '\t'),
  extras: fc.array(
    fc.tuple(fc.constantFrom('note', 'mean', 'sd', 'id', 'amount', '__proto__', '\\u0069d', 'é', ''), extra),
    { maxLength: 2 },
  ),
});

/** The forms of a log: more than a reader will care to remember. */
export const forms: fc.Arbitrary<readonly Form[]> = fc
  .array(anyForm, { maxLength: 11 })
  .map((others) => others.concat(plainForm));

/** Any line of a log with these forms, in bytes. */
export function line(known: readonly Form[]): fc.Arbitrary<Uint8Array> {
  const wellFormed = fc
    .record({ form: fc.constantFrom(...known), values })
    .map(({ form, values }) => encoder.encode(written(form, values)));
  return fc.oneof({ arbitrary: wellFormed, weight: 12 }, { arbitrary: mutated(wellFormed), weight: 6 }, hostile);
}

function wrapped({ text, isQuoted }: Value): string {
  return isQuoted ? `"${text}"` : text;
}

function written(form: Form, { type, time, ids, amount }: Values): string {
  const { order, afterComma, afterColon, atEnd, extras } = form;
  const member = (key: string, content: string): string => `"${key}":${afterColon}${content}`;
  const isPurchase = type.startsWith('purchas');
  const members = [
    member('event_type', `"${type}"`),
    member('timestamp', `"${time}"`),
    member(isPurchase ? 'id' : 'id1', wrapped(ids[0])),
    isPurchase ? member('amount', wrapped(amount)) : member('id2', wrapped(ids[1])),
  ];
  const ordered = [...order.map((index) => members[index] ?? ''), ...extras.map(([key, content]) => member(key, content))];
  return `{${ordered.join(`,${afterComma}`)}}${atEnd}`;
}

const meanBytes = fc.constantFrom(...encoder.encode('"\\{}[]:,0123456789eE.+- \t\r/u'), 0, 0x7f, 0x80, 0xc3, 0xed, 0xef, 0xff);

/** One to three bytes changed, put in, or taken out, or the end cut off. Never a newline, which would make it two lines. */
function mutated(original: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.constantFrom(0, 0, 1, 1, 1, 2, 20, 1000),
    inserted: fc.array(fc.oneof(meanBytes, fc.nat(255)), { maxLength: 2 }),
  });
  return fc.tuple(original, fc.array(change, { minLength: 1, maxLength: 3 })).map(([line, changes]) => {
    const bytes = [...line];
    for (const { at, removed, inserted } of changes) bytes.splice(Math.floor(at * bytes.length), removed, ...inserted);
    return Uint8Array.from(bytes.filter((byte) => byte !== 10));
  });
}

const PURCHASE = '{"event_type":"purchase", "timestamp":"2017-06-13 11:33:01", "id": "1", "amount": "16.83"}';
const hostile = fc
  .oneof(
    fc.constantFrom(
      '',
      ' ',
      '\r',
      ' \t\r',
      '\ufeff',
      `\ufeff${PURCHASE}`,
      `${PURCHASE}\0`,
      `${PURCHASE},`,
      `${PURCHASE}${PURCHASE}`,
      `${PURCHASE} // as seen`,
      PURCHASE.slice(0, -1),
      PURCHASE.replace('16.83', `16.83${'0'.repeat(500)}`),
      PURCHASE.replace('"1"', `"${'1'.repeat(3000)}"`),
      PURCHASE.replace('"id": "1"', '"id": "1", "id": "2"'),
      PURCHASE.replace('{', `{"deep":${'['.repeat(5000)}${']'.repeat(5000)}, `),
      PURCHASE.replace('{', '{"__proto__":{"id":"7"}, '),
      '['.repeat(5000),
      '{"D":"3", "T":"50"}',
      'null',
      '"',
    ),
    fc.string({ unit: 'binary' }),
    fc.json(),
  )
  .map((text) => encoder.encode(text).filter((byte) => byte !== 10));
