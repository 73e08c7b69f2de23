import * as own from '../../workflows';
import * as versioned from '../../workflows/versioned';

describe('versioned', () => {
  it('has every workflow of ours, and says of each what becomes of it in a new version', () => {
    const behaviours = Object.entries(versioned).map(([name, workflow]) => [
      name,
      Object(workflow).workflowDefinitionOptions,
    ]);
    expect(Object.fromEntries(behaviours)).toEqual({
      bandit: { versioningBehavior: 'AUTO_UPGRADE' },
      recurrence: { versioningBehavior: 'PINNED' },
    });
    expect(Object.keys(versioned).toSorted()).toEqual(Object.keys(own).toSorted());
  });
});
