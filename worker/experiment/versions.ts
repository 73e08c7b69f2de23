/** What a result says it was made with. */
import { packageManifest } from '../manifest';

export function ownVersions(): { readonly wattbandit: string; readonly node: string } {
  return { wattbandit: packageManifest().version, node: process.versions.node };
}
