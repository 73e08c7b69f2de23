/**
 * What recurrences can be searched by in Temporal's UI. Set only where whoever started them knew that the namespace has all of these:
 * one that it lacks fails the workflow task for ever.
 */
import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';

/** All of them keywords. */
export const searchAttributes = {
  job: 'WattbanditJob',
  gpuModel: 'WattbanditGpuModel',
  /** `converged`, or the class of the failure that ended the slot. */
  outcome: 'WattbanditOutcome',
  carbonZone: 'WattbanditCarbonZone',
} as const;

export type Searched = Partial<Record<keyof typeof searchAttributes, string>>;

export function searchAttributePairs({ job, gpuModel, outcome, carbonZone }: Searched) {
  const pair = (name: string, value: string | undefined) =>
    value === undefined ? [] : [{ key: defineSearchAttributeKey(name, 'KEYWORD'), value }];
  return [
    ...pair(searchAttributes.job, job),
    ...pair(searchAttributes.gpuModel, gpuModel),
    ...pair(searchAttributes.outcome, outcome),
    ...pair(searchAttributes.carbonZone, carbonZone),
  ];
}

/** A command in history, so absent from what was started without `registered`. */
export function beSearchedBy(registered: boolean | undefined, values: Searched): void {
  if (registered === true) upsertSearchAttributes(searchAttributePairs(values));
}
