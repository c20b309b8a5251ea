import sql, { type Sql } from 'sql-template-tag';

/**
 * What has been corrected since the day that is looked at, of a person or of everybody in a family: the newest twenty. `"record"` is
 * in quotation marks because this is read as it is today, also where everything else is read as it stood.
 */
export const correctionsSince = (of: string): Sql => sql`
  select c.person_id as about, p.given_name, c.what, c.why, c.corrected_at as at, a.name as by
  from (select ${of}::uuid as id union
      select m.person_id from "record".family_member m where m.family_id = ${of}::uuid) whom
    join "record".correction c on c.person_id = any (array[whom.id]) and c.corrected_at >= coalesce("then".at(), '-infinity')
    join "record".person p on p.id = c.person_id
    left join access.account a on a.id = c.corrected_by
  order by c.corrected_at desc, c.id limit 20`;
