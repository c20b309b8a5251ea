import { expect, test } from 'vitest';
import { calendarFile } from './calendar.ts';
import { needsWords, quorumOf } from './rules.ts';

const needs = { asked: ['Social work', 'Health', 'School'], must_come: ['Social work'], least: 2, chairs: 1 };
const guest = (role: string, came: 'came' | 'did not come' | 'sent their views' = 'came', chair = false) => ({
  role,
  came,
  chair,
});

test('a meeting can decide when those are there whom it needs', () => {
  expect(quorumOf(needs, [guest('Social work'), guest('Health')])).toEqual({ quorum: true, words: '' });
  expect(quorumOf({ ...needs, must_come: [], least: 0 }, []).quorum).toBe(true);
});

test('the sentence says who was missing', () => {
  expect(quorumOf(needs, [guest('Health'), guest('School')])).toEqual({
    quorum: false,
    words: 'This meeting was held without the people it needs: Social work was not there.',
  });
  // Two from one place count once; views sent beforehand are not being there.
  expect(
    quorumOf(needs, [guest('Social work'), guest('Social work'), guest('Health', 'sent their views')]),
  ).toEqual({
    quorum: false,
    words: 'This meeting was held without the people it needs: 1 of the 2 who are needed were there.',
  });
  expect(
    quorumOf({ ...needs, chairs: 2 }, [
      guest('Social work', 'came', true),
      guest('Health', 'did not come', true),
    ]).words,
  ).toBe(
    'This meeting was held without the people it needs: 1 of the 2 who are needed were there and two people lead this meeting together, and only one was there.',
  );
});

test('what a meeting needs is said in a sentence, or not at all', () => {
  expect(needsWords(needs)).toBe(
    'It can decide when at least 2 of those asked are there and Social work is among them.',
  );
  expect(needsWords({ ...needs, must_come: [], least: 0 })).toBe('');
});

test('a calendar file has the time in universal time, and nothing but the room', () => {
  const file = calendarFile(
    [
      {
        meeting_id: '0195a000-0000-7000-8000-000000000001',
        meets_on: Temporal.PlainDate.from('2026-07-01'),
        meets_at: '14:00',
        minutes: 90,
        room: 'Room 2, Kinbrae',
        cancelled: false,
        changed: 3,
      },
      {
        meeting_id: '0195a000-0000-7000-8000-000000000002',
        meets_on: Temporal.PlainDate.from('2026-12-01'),
        meets_at: null,
        minutes: 60,
        room: '',
        cancelled: true,
        changed: 1,
      },
    ],
    'https://kith.example',
    Temporal.Instant.from('2026-06-01T10:00:00Z'),
  );
  // Long lines are folded: RFC 5545, section 3.1.
  const lines = file.replaceAll('\r\n ', '').split('\r\n');
  expect(lines).toContain('SUMMARY:Meeting\\, Room 2\\, Kinbrae\\, open in Kith');
  expect(lines).toContain('DTSTART:20260701T130000Z');
  expect(lines).toContain('DTEND:20260701T143000Z');
  expect(lines).toContain('DTSTART;VALUE=DATE:20261201');
  expect(lines).toContain('SUMMARY:Meeting\\, open in Kith');
  expect(lines).toContain('STATUS:CANCELLED');
  expect(file.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
});
