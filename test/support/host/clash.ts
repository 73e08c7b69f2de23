/** A host's workflow that has the name of one of ours. */
export async function bandit(): Promise<string> {
  return 'stolen';
}
