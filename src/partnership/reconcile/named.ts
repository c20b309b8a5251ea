/**
 * Published figures that no measure of records answers, each with why. The table in docs/figures.md is made from it, and a test sees
 * that every published figure is either matched or named.
 */
export const named: Readonly<Record<string, string>> = {
  'promise-programme-length': 'A length of time that The Promise set.',
  'framework-age-lower': 'An age: the rule is in `mental-health/rules.ts` (`frameworkAges`).',
  'framework-age-upper': 'An age: the rule is in `mental-health/rules.ts` (`frameworkAges`).',
  'framework-age-upper-care-experienced':
    'An age: the rule is in `mental-health/rules.ts` (`frameworkAges`).',
  'dps-initial-allocation': 'What was set aside at first. The scheme’s funds say what is in them today.',
  'dps-additional-allocation': 'What was set aside later. The scheme’s funds say what is in them today.',
  'dps-age-limit-general': 'An age: the rule is in `direct-payments/rules.ts`.',
  'dps-age-limit-care-experienced': 'An age: the rule is in `direct-payments/rules.ts`.',
  'dps-senior-approval-threshold': 'A limit: it is held as data of the scheme (`delegated_limit`).',
  'out-of-hours-support-workers': 'A count of posts.',
  'neurodevelopmental-further-worker': 'A count of posts.',
  'family-engagement-practitioners': 'A count of posts.',
  'throughcare-nurse-posts': 'A count of posts.',
  'families-first-upper-age': 'An age: it stands in `programmes/families-first.yaml`.',
  'structured-deferred-sentence-ages': 'Ages: they stand in `programmes/structured-deferred-sentence.yaml`.',
  'dbi-extended-ages': 'Ages: they stand in `programmes/distress-brief-intervention.yaml`.',
  'youth-justice-target-ages': 'Ages that a review was about.',
  'equity-age': 'An age: programmes for care experienced people say theirs in their files.',
  'early-help-days':
    'How often the door is to be open: it stands in `programmes/universal-early-help.yaml`. On how many days it was, its returns say.',
  'wfwf-national-commitment': 'What the nation set aside, of which this partnership holds no record.',
  'poverty-drivers': 'A list of a strategy.',
  'community-justice-outcomes': 'A list of a national plan.',
  'justice-strategic-groups': 'A list of groups on which justice services sit.',
  'breastfeeding-friendly-elc':
    'An award of settings, and no programme of help: no register of it is kept yet.',
  'breastfeeding-friendly-schools':
    'An award of settings, and no programme of help: no register of it is kept yet.',
  'breastfeeding-rate': 'A rate of the health board’s, and no programme of help.',
};

const notKept = 'Kith keeps no records of this yet.';
const ofAPlan = 'A number of a plan, a law or a paper, and not of records.';

/** Subjects whose figures are named together: what Kith does not keep yet, and numbers of plans and papers. */
export const namedSubjects: Readonly<Record<string, string>> = {
  'the-promise': ofAPlan,
  'the-promise-team': 'About the staff of a team.',
  'committee-reporting': ofAPlan,
  'childrens-services-plan': ofAPlan,
  'childrens-rights-report': ofAPlan,
  'hsc-strategic-commissioning-plan': ofAPlan,
  'human-economic-cost-modelling': ofAPlan,
  'partnership-governance': ofAPlan,
  'practice-governance': ofAPlan,
  'trauma-informed-practice': ofAPlan,
  'brothers-and-sisters': 'A day on which a law came into force, and who leads a group.',
  'grants-and-budgets': 'Of the ledger of the council, from which Kith takes nothing.',
  'contextual-safeguarding': notKept,
  'return-home-discussions': notKept,
  'secure-care': notKept,
  'childrens-houses': notKept,
  sdq: notKept,
  'inspection-and-self-evaluation': notKept,
  'signs-of-safety-and-healing': notKept,
  'uncrc-programme': notKept,
  'rights-respecting-schools': notKept,
  'participation-groups': notKept,
  'mind-of-my-own': notKept,
  placements: notKept,
  'childrens-carers-service': notKept,
  'foster-carer-competency-scheme': notKept,
  'continuing-care': notKept,
  guardianship: notKept,
  'mental-health-act': notKept,
  mappa: notKept,
  'child-protection': notKept,
  'joint-investigative-interviews': notKept,
  'adult-support-protection': notKept,
  'appropriate-adults': notKept,
  'historical-records': notKept,
  'workforce-planning': notKept,
  'training-and-qualifications': notKept,
};
