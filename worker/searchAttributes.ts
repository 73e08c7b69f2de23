/** Which of wattbandit's search attributes a namespace lacks. They are the operator's to create. */
import type { Client } from '@temporalio/client';
import { searchAttributes } from '../workflows/searchAttributes';

export const searchAttributeNames = Object.values(searchAttributes);

/** `INDEXED_VALUE_TYPE_KEYWORD` of Temporal's API. */
const keyword = 2;

/** @throws Error of gRPC if the server does not tell */
export async function missingSearchAttributes({ connection, options }: Client): Promise<readonly string[]> {
  const { namespace } = options;
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return searchAttributeNames.filter((name) => Number(customAttributes?.[name]) !== keyword);
}

/** Whether workflows may set them; a server that does not tell, or not to us, is taken to lack them. */
export async function hasSearchAttributes(client: Client): Promise<boolean> {
  return missingSearchAttributes(client).then(
    (missing) => missing.length === 0,
    () => false,
  );
}

export function createCommand(namespace: string, missing: readonly string[]): string {
  const wanted = missing.map((name) => `--name ${name} --type Keyword`).join(' ');
  return `temporal operator search-attribute create --namespace ${namespace} ${wanted}`;
}
