// Who does what with providers. The database says of which organisations: a provider's own, and all for those who commission.

/** Those who send returns: whoever works for the provider, and a planning officer for one who cannot sign in. */
export const senders = [
  'provider-worker',
  'family-support-worker',
  'team-manager',
  'senior-manager',
  'planning-officer',
] as const;
/** Those who keep contracts, projects and money. */
export const keepers = ['planning-officer', 'senior-manager'] as const;
/** Those who see contracts: of their own organisation, or as commissioners. */
export const contractReaders = [...senders, 'finance-officer'] as const;
/** Those who see projects that are made together. */
export const projectReaders = [
  'social-worker',
  'school-wellbeing-lead',
  ...senders,
  'finance-officer',
] as const;
/** Those who write projects down. */
export const projectKeepers = [...keepers, 'team-manager', 'school-wellbeing-lead'] as const;
/** Those who see and keep the money of programmes. */
export const moneyKeepers = [...keepers, 'finance-officer'] as const;
/** Those for whom there is something in the room of providers. */
export const providerReaders = [...new Set([...contractReaders, ...projectReaders])] as const;
