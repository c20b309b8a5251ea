import type pg from 'pg';

/**
 * A made-up scheme whose totals are those of the published report (2.5 and 4.1): 1,085 and 840 families, £881,233 and
 * £617,606, three funds, 92 requests above the limit; with a locality so small that its figures may not be shown.
 */
export async function loadPublishedScheme(superuser: pg.Client): Promise<void> {
  await superuser.query('begin');
  await superuser.query(`
    create temp table made on commit drop as
    select n, uuidv7() as family, uuidv7() as first_request, uuidv7() as second_request,
      n between 1026 and 1125 as twice,
      case when n <= 1085 then 'social-work' else 'education' end as service,
      case when n % 640 = 0 then 'Small isle' else (array['Airdrie', 'Bellshill', 'Coatbridge', 'Wishaw'])[1 + n % 4] end as locality,
      1 + n % 10 as decile,
      date '2021-02-15' + (n * 7) % 75 as asked_on,
      (array['bedroom furniture', 'clothing', 'music tuition'])[1 + n % 3] as category,
      case when n <= 65 or n between 1086 and 1112 then 1800 when n = 1085 then 1002 when n = 1925 then 1418
           when n <= 1085 then 749 else 699 end as pounds
    from generate_series(1, 1925) as n`);
  await superuser.query(`insert into record.family (id, name, locality, simd_decile)
    select family, 'Family ' || n, locality, decile from made`);
  await superuser.query(`
    create temp table child on commit drop as
    select made.n, family, uuidv7() as person, k from made, generate_series(1, 1 + made.n % 3) as k`);
  await superuser.query(`insert into record.person (id, given_name, family_name, date_of_birth)
    select person, 'Child ' || k, 'Family ' || n, date '2012-05-01' + n from child`);
  await superuser.query(`insert into direct_payments.category (id)
    values ('bedroom furniture'), ('clothing'), ('music tuition') on conflict do nothing`);
  await superuser.query(`insert into funds.fund (code, title) values
    ('winter-plan-social-protection', 'Winter Plan for Social Protection'),
    ('cypmhw-pandemic-response', 'Children and Young People Mental Health and Wellbeing Pandemic Response'),
    ('core-education-and-families', 'Core Education and Families budgets')`);
  await superuser.query(
    `insert into funds.fund_area (fund_id, area) select id, 'direct-payments' from funds.fund`,
  );
  // A second request takes £100 of what the family was given; both are approved.
  await superuser.query(`
    create temp table asked on commit drop as
    select n, first_request as id, 'R' || n as reference, family, service, category, asked_on,
      pounds - case when twice then 100 else 0 end as pounds, 'approved' as status from made
    union all
    select n, second_request, 'R' || n || 'b', family, service, 'clothing', asked_on, 100, 'approved' from made where twice
    union all
    select n, uuidv7(), 'D' || n, family, service, category, asked_on, 300,
      case when n <= 61 then 'declined' when n <= 95 then 'withdrawn' else 'asked' end from made where n <= 103`);
  await superuser.query(`
    insert into direct_payments.request (id, reference, family_id, service, category, asked_pence, approved_pence, status,
      asked_on, decided_on, above_limit, paid_on)
    select id, reference, family, service, category, pounds * 100, case when status = 'approved' then pounds * 100 end, status,
      asked_on, case when status <> 'asked' then asked_on + 1 end, pounds > 1500,
      case when status = 'approved' then asked_on + 2 + n % 5 end
    from asked`);
  await superuser.query(`insert into direct_payments.request_child (request_id, person_id, family_id)
    select asked.id, child.person, child.family from asked join child using (n)`);
  await superuser.query(`
    create temp table share on commit drop as
    with line as (
      select id, family, sum(pounds) over (order by reference) - pounds as low, sum(pounds) over (order by reference) as high
        from asked where status = 'approved'),
    bearing (code, low, high) as (values ('winter-plan-social-protection', 0, 584478),
      ('cypmhw-pandemic-response', 584478, 1227153), ('core-education-and-families', 1227153, 1498839))
    select line.id, line.family, fund.id as fund, (least(line.high, bearing.high) - greatest(line.low, bearing.low)) * 100 as pence
      from line join bearing on line.low < bearing.high and bearing.low < line.high
      join funds.fund fund on fund.code = bearing.code`);
  await superuser.query(`insert into funds.entry (fund_id, kind, amount_pence, made_on)
    select fund, 'from import', sum(pence), '2021-02-15' from share group by fund`);
  await superuser.query(`insert into funds.draw (area, of_id, family_id, fund_id, amount_pence, state)
    select 'direct-payments', id, family, fund, pence, 'paid' from share`);
  await superuser.query('commit');
  await superuser.query('analyze');
}
