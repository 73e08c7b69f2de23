/** The workflows of a program that uses our plugin. */
import { proxyActivities, workflowInfo } from '@temporalio/workflow';

interface Greetings {
  greet(name: string): Promise<string>;
}

const { greet } = proxyActivities<Greetings>({ startToCloseTimeout: '10s' });

export async function welcome(name: string): Promise<string> {
  return greet(name);
}

/** Temporal runs it for every type that nobody exports. */
export default async function anything(): Promise<string> {
  return workflowInfo().workflowType;
}
