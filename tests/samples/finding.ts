import { about, type Sample } from './sample.ts';

export const samples: Readonly<Record<string, Sample>> = {
  // Half a name: only of those whom the asker may see. What is told of others is tried in finding.test.ts.
  'people.find': about((_world, of) => ({ text: `zqx${of.key}` })),
};
