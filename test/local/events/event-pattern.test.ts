import { expect, test } from 'vitest';
import { eventPattern, matches } from '../../../lib/local/events/event-pattern.ts';

const EVENT = { source: 'aws.s3', detail: { bucket: { name: 'in' }, object: { key: 'shop/batch_log.json.gz', size: 3 } } };

function key(...conditions: unknown[]) {
  return { detail: { object: { key: conditions } } };
}

test.each([
  ['all fields as they are', { source: ['aws.s3'], detail: { bucket: { name: ['in'] } } }],
  ['one of several values', { source: ['other', 'aws.s3'] }],
  ['a number', { detail: { object: { size: [3] } } }],
  ['a prefix', key({ prefix: 'shop/' })],
  ['a suffix', key('batch_log.json', { suffix: '/batch_log.json.gz' })],
  ['a wildcard', key({ wildcard: '*/batch_log.json*' })],
  ['letters of either case', key({ 'equals-ignore-case': 'SHOP/batch_log.json.gz' })],
  ['a field that is there', { detail: { object: [{ exists: true }] } }],
  ['a field that is not there', { detail: { object: { etag: [{ exists: false }] } } }],
])('a pattern takes %s', (_, pattern) => {
  expect(matches(eventPattern(pattern), EVENT)).toBe(true);
});

test.each([
  ['another value', { source: ['aws.ec2'] }],
  ['one field of two', { source: ['aws.s3'], detail: { bucket: { name: ['out'] } } }],
  ['a field that is missing', { resources: ['x'] }],
  ['a field deep in one that is missing', { a: { b: { c: ['x'] } } }],
  ['a suffix that is a part', key({ suffix: '/batch_log.json' })],
  ['a wildcard that takes dots as they are', key({ wildcard: '*/batch_log.jso.*' })],
  ['text for a number', { detail: { object: { size: ['3'] } } }],
])('a pattern refuses %s', (_, pattern) => {
  expect(matches(eventPattern(pattern), EVENT)).toBe(false);
});

test.each([
  ['an unknown operator', key({ numeric: ['>', 1] }), /does not know \{"numeric"/],
  ['two operators at once', key({ prefix: 'a', suffix: 'b' }), /does not know/],
  ['$or', { $or: [{ source: ['a'] }] }, /does not know \$or/],
  ['an operator without text', key({ prefix: 1 }), /needs text \(given 1\)/],
  ['what is no pattern', ['a'], /must be an object/],
])('fails for %s', (_, pattern, message) => {
  expect(() => eventPattern(pattern)).toThrow(message);
});
