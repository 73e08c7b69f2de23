/** The least that an update with a verdict can be: one local activity, nothing remembered. What an override costs is measured beside it. */
import { condition, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { OverrideVerdict, VerifyActivities } from '../../activities/verifyOverride';
import type { OverrideRequest } from '../../workflows/messages';

const { verifyOverride } = proxyLocalActivities<VerifyActivities>({ startToCloseTimeout: '20s' });

export const judge = defineUpdate<OverrideVerdict, [OverrideRequest]>('judge');

export async function bareUpdate(): Promise<void> {
  setHandler(judge, (request) => verifyOverride('bare', request));
  await condition(() => false);
}
