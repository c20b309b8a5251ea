import { emailOf, type Locality, organisations, type StaffRole, type Team, teams } from './partnership.ts';

export interface Post {
  readonly id: string;
  readonly role: StaffRole;
}
export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly team: StaffedTeam;
}
export interface StaffedTeam {
  readonly id: string;
  readonly organisation: string;
  readonly of: Team;
  readonly posts: readonly Post[];
  readonly workers: readonly Worker[];
}
export interface Staff {
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly kind: string }[];
  readonly teams: readonly StaffedTeam[];
  readonly workers: readonly Worker[];
  named(name: string): Worker;
  /** The team of a service in a locality. */
  teamFor(service: string, locality: Locality): StaffedTeam;
  /** The posts of a role, wherever they are. */
  posts(role: StaffRole): readonly Post[];
}

/** The teams, their posts and who holds them, each with an id. */
export function makeStaff(makeId: () => string): Staff {
  const withIds = organisations.map((each) => ({ id: makeId(), ...each }));
  const organisationOf = (name: string) => {
    const found = withIds.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no organisation ${name}`);
    return found.id;
  };
  const staffed = teams.map((team): StaffedTeam => {
    const workers: Worker[] = [];
    const roles = [...new Set(team.staff.map((each) => each.role))];
    const made: StaffedTeam = {
      id: makeId(),
      organisation: organisationOf(team.organisation),
      of: team,
      posts: roles.map((role) => ({ id: makeId(), role })),
      workers,
    };
    for (const { name, role } of team.staff)
      workers.push({ id: makeId(), name, email: emailOf(name), role, team: made });
    return made;
  });
  const workers = staffed.flatMap((team) => team.workers);
  return {
    organisations: withIds,
    teams: staffed,
    workers,
    named(name) {
      const found = workers.find((each) => each.name === name);
      if (found === undefined) throw new Error(`nobody is called ${name}`);
      return found;
    },
    teamFor(service, locality) {
      const found = staffed.find((team) => team.of.service === service && team.of.locality === locality);
      if (found === undefined) throw new Error(`no team for ${service} in ${locality}`);
      return found;
    },
    posts: (role) => staffed.flatMap((team) => team.posts).filter((post) => post.role === role),
  };
}
