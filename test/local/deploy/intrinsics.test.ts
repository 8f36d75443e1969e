import { expect, test } from 'vitest';
import { resolve, type Scope } from '../../../lib/local/deploy/intrinsics.ts';

const SCOPE: Scope = {
  ref: (logicalId) => (logicalId === 'AWS::NoValue' ? undefined : `<${logicalId}>`),
  attribute: (logicalId, attribute) => `<${logicalId}.${attribute}>`,
};

test.each([
  ['a value as it is', { a: [1, 'x', true, null] }, { a: [1, 'x', true, null] }],
  ['Ref', { Ref: 'Table' }, '<Table>'],
  ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, '<Table.Arn>'],
  ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Table.Nested.Arn' }, '<Table.Nested.Arn>'],
  ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'B' }, 1]] }, 'a/<B>/1'],
  ['Fn::Split', { 'Fn::Split': [':', 'a:b'] }, ['a', 'b']],
  ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
  [
    'Fn::Sub',
    { 'Fn::Sub': '${Bucket}-${Table.Arn}-${!kept}-${AWS::Region}' },
    '<Bucket>-<Table.Arn>-${kept}-<AWS::Region>',
  ],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${a}${B}', { a: { Ref: 'A' } }] }, '<A><B>'],
  ['no value', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
  ['references deep inside', { a: [{ b: { c: { Ref: 'D' } } }] }, { a: [{ b: { c: '<D>' } }] }],
])('resolves %s', (_, value, expected) => {
  expect(resolve(value, SCOPE)).toEqual(expected);
});

test.each([
  ['an intrinsic that it does not know', { 'Fn::If': ['C', 1, 2] }, /does not know Fn::If \(known: Ref, Fn::GetAtt/],
  ['Fn::Join of what is no text', { 'Fn::Join': ['', [{ a: 1, b: 2 }]] }, /Fn::Join needs text/],
  ['Fn::Select of what is not there', { 'Fn::Select': [2, ['a']] }, /no element 2/],
  ['Fn::Join without a list', { 'Fn::Join': 'a' }, /a list was expected/],
])('fails for %s', (_, value, message) => {
  expect(() => resolve(value, SCOPE)).toThrow(message);
});
