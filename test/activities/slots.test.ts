import { skippedSlots } from '../../activities/slots';
import { jobSpec } from '../support/job';

const hourly = jobSpec().schedule;
const nightly = jobSpec({ schedule: { cron: '30 2 * * *', timeZone: 'Europe/Berlin' } }).schedule;

describe('skippedSlots', () => {
  it('finds no slot between two that follow each other', () => {
    expect(skippedSlots(hourly, '2021-07-01T00:00:00Z', '2021-07-01T01:00:00Z')).toEqual([]);
  });

  it('lists the hours between two recurrences', () => {
    expect(skippedSlots(hourly, '2021-07-01T00:00:00Z', '2021-07-01T03:00:00Z')).toEqual([
      '2021-07-01T01:00:00Z',
      '2021-07-01T02:00:00Z',
    ]);
  });

  it('counts whole hours around a recurrence that was triggered by hand', () => {
    expect(skippedSlots(hourly, '2021-07-01T00:20:00Z', '2021-07-01T01:40:00Z')).toEqual(['2021-07-01T01:00:00Z']);
  });

  it('respects the offset of an interval', () => {
    const { schedule } = jobSpec({ schedule: { every: '1h', offset: '15m' } });
    expect(skippedSlots(schedule, '2021-07-01T00:15:00Z', '2021-07-01T02:15:00Z')).toEqual(['2021-07-01T01:15:00Z']);
  });

  it('follows a cron expression in its time zone', () => {
    expect(skippedSlots(nightly, '2021-07-01T00:30:00Z', '2021-07-03T00:30:00Z')).toEqual(['2021-07-02T00:30:00Z']);
  });

  it('says nothing before the first slot or about a slot in the past', () => {
    expect(skippedSlots(hourly, undefined, '2021-07-01T03:00:00Z')).toEqual([]);
    expect(skippedSlots(hourly, '2021-07-01T03:00:00Z', '2021-07-01T00:00:00Z')).toEqual([]);
  });

  it('lists the latest 48 slots of a long gap', () => {
    const slots = skippedSlots(hourly, '2021-07-01T00:00:00Z', '2021-08-01T00:00:00Z');
    expect(slots).toHaveLength(48);
    expect(slots.at(-1)).toBe('2021-07-31T23:00:00Z');
  });
});
