/** What people who look at a workflow in Temporal's UI are told of each message that it takes. */
export const descriptions = {
  ask: 'The decision for one run: batch size, power limit, and why. Asked again, it gives the same answer.',
  askOutside: 'The same for a run that somebody else trains, whose slot the bandit names: {"key":"…","gpus":{…}}.',
  tellOutside: 'What came of such a run; what is left out is the decision’s.',
  outsideRun: 'One such run by the id or the number of its decision: {"number":17}.',
  tell: 'What came of a run: an observation. Answers whether it counts, and whether the recurrence is to try again.',
  giveUp: 'Ends a slot that got no decision, or none for its next attempt.',
  importFacts: 'Lets the job learn from observations of elsewhere.',
  retire: 'Ends the bandit for good, as `wattbandit job delete` does.',
  setOverride:
    'An operator’s word over the policy’s: {"order":{"kind":"eta","eta":0.8},"seconds":3600,"reason":"…","who":"…"}',
  override: 'The same as the update setOverride, fire and forget; what is refused is in the query overrides.',
  clearOverride: 'Ends one override by its id, or all: {"id":"…","reason":"…"}. Answers the ids of those that ended.',
  overrides: 'Operators’ orders: those that hold or wait, what was refused lately, and counts.',
  facts: 'All that the policy is given: the specification, its memory, and observations since.',
  ledger: 'The latest slots with their decisions, runs and observations, and totals.',
  obey: 'From the bandit: what of operators’ orders concerns this run.',
  holdOnCompanions: 'From the leading host: hold this limit, in watts, on the other hosts.',
  prepared: 'From another host of the run: the GPUs of this rank are held.',
  lookAgain: 'Something changed: weigh time against energy now, not at the next slot of the grid.',
} as const;
