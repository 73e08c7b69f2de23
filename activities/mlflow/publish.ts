/** Publishes runs after they were told. Nothing depends on it. */
import { activityInfo } from '@temporalio/activity';
import { type ToldRun, trackedRunOf } from './trackedRun';
import type { TrackingServer } from './trackingServer';

export function createPublishActivities(server: TrackingServer | undefined) {
  return {
    /** A worker without a server has nothing to do: its configuration changed since the claim. */
    async publish(told: ToldRun): Promise<void> {
      // The same on every try, so that a second one tells the same points.
      await server?.publish(trackedRunOf(told, new Date(activityInfo().scheduledTimestampMs)));
    },
  };
}

export type PublishActivities = ReturnType<typeof createPublishActivities>;
