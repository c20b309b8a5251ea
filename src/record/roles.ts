/** The roles that posts can have. A partnership gives people posts; what each role may do is said on each action and query. */
export const roles = {
  'social-worker': 'Social worker',
  'school-wellbeing-lead': 'School wellbeing lead',
  'family-support-worker': 'Family support worker',
  'team-manager': 'Team manager',
  'senior-manager': 'Senior manager',
  'finance-officer': 'Finance officer',
  'planning-officer': 'Planning officer',
  'records-officer': 'Records officer',
  'directory-editor': 'Directory editor',
  'provider-worker': 'Provider’s returns officer',
  administrator: 'Administrator',
  'system-administrator': 'System administrator',
} as const;

export type Role = keyof typeof roles;

/** The front line of the council: they ask for families, and decide what others ask for, up to a limit. */
export const councilFrontLine = [
  'social-worker',
  'school-wellbeing-lead',
  'team-manager',
] as const satisfies Role[];
/** Those who work with families and may ask for them. A family support worker, of a third-sector partner, decides nothing. */
export const frontLine = [...councilFrontLine, 'family-support-worker'] as const satisfies Role[];
/** Those who may decide, each within the limit held as data. */
export const deciders = [...councilFrontLine, 'senior-manager'] as const satisfies Role[];
/** Those who see the families they have a reason to see. */
export const practitioners = [...frontLine, 'senior-manager'] as const satisfies Role[];
/** Those who may see small numbers in figures. */
export const seesSmallNumbers = ['planning-officer', 'senior-manager'] as const satisfies Role[];
/** Those who keep records in order: one record for one person. They see people only while they compare two records. */
export const recordKeepers = [...councilFrontLine, 'records-officer'] as const satisfies Role[];
export const everyRole = Object.keys(roles) as Role[];
