/** The Worker Deployment Version that a worker is of, in Temporal's words, and how it stands with the server. */
import { isGrpcServiceError } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { NativeConnection, WorkerDeploymentOptions } from '@temporalio/worker';
import { codeBuildId } from './buildId';
import type { DeploymentConfig } from './config';

export function versionOf({ name, buildId = codeBuildId() }: DeploymentConfig): WorkerDeploymentVersion {
  return { deploymentName: name, buildId };
}

/** Our workflows say themselves how they are versioned. */
export function optionsFor(version: WorkerDeploymentVersion): WorkerDeploymentOptions {
  return { useWorkerVersioning: true, version, defaultVersioningBehavior: 'PINNED' };
}

/** As Temporal writes it, in search attributes too. */
export const nameOf = ({ deploymentName, buildId }: WorkerDeploymentVersion) => `${deploymentName}:${buildId}`;

/** Where to ask about a deployment. */
export interface Deployed {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly version: WorkerDeploymentVersion;
}

export async function isCurrent({ connection, namespace, version }: Deployed): Promise<boolean> {
  const { deploymentName, buildId } = version;
  try {
    const { workerDeploymentInfo } = await connection.workflowService.describeWorkerDeployment({
      namespace,
      deploymentName,
    });
    return workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId === buildId;
  } catch (error) {
    if (isGrpcServiceError(error) && isNotFound(error.code)) return false;
    throw error;
  }
}

/** gRPC's code for it. */
const isNotFound = (code: number) => code === 5;

export const commandForCurrent = ({ deploymentName, buildId }: WorkerDeploymentVersion) =>
  `temporal worker deployment set-current-version --deployment-name ${deploymentName} --build-id ${buildId}`;
