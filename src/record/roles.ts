/** The roles that posts can have. A partnership gives people posts; what each role may do is said on each action and query. */
export const roles = {
  'social-worker': 'Social worker',
  'school-wellbeing-lead': 'School wellbeing lead',
  'team-manager': 'Team manager',
  'senior-manager': 'Senior manager',
  'finance-officer': 'Finance officer',
  'planning-officer': 'Planning officer',
  'records-officer': 'Records officer',
  administrator: 'System administrator',
} as const;

export type Role = keyof typeof roles;

/** Those who work with families and may ask for them. */
export const frontLine = ['social-worker', 'school-wellbeing-lead', 'team-manager'] as const satisfies Role[];
/** Those who may decide, each within the limit held as data. */
export const deciders = [
  'social-worker',
  'school-wellbeing-lead',
  'team-manager',
  'senior-manager',
] as const satisfies Role[];
export const practitioners = [...deciders] as const;
/** Those who may see small numbers in figures. */
export const seesSmallNumbers = ['planning-officer', 'senior-manager'] as const satisfies Role[];
/** Those who keep records in order: one record for one person. They see people only while they compare two records. */
export const recordKeepers = [...frontLine, 'records-officer'] as const satisfies Role[];
export const everyRole = Object.keys(roles) as Role[];
