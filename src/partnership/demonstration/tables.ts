/** The tables that the demonstration fills, in the order in which they are filled, with the columns it gives. */
export const tables = {
  'access.organisation': 'id uuid, name text, kind text',
  'access.team': 'id uuid, organisation_id uuid, name text, service text',
  'access.post': 'id uuid, team_id uuid, role_id text',
  'access.account': 'id uuid, name text, email text, created_at timestamptz',
  'access.holding': 'id uuid, account_id uuid, post_id uuid, during tstzrange, standing_in_for uuid',
  'record.family': 'id uuid, name text, locality text, simd_decile smallint, created_at timestamptz',
  'record.person':
    'id uuid, given_name text, family_name text, date_of_birth date, gender text, care_experienced boolean, created_at timestamptz, birth_known text, expected_on date, died_on date, sex text, pronouns text, ethnicity text, religion text, communication text, disability text, interpreter text, what_matters text, what_matters_on date, what_matters_noted_by uuid',
  'record.family_member': 'family_id uuid, person_id uuid, part text',
  'record.address':
    'id uuid, lines text, town text, postcode text, withheld boolean, withheld_why text, withheld_since timestamptz, created_at timestamptz',
  'record.home':
    'id uuid, person_id uuid, address_id uuid, kind text, during daterange, source text, noted_at timestamptz',
  'access.reason':
    'id uuid, subject uuid, holder uuid, kind text, scope text, since timestamptz, until timestamptz, about_record uuid, given_by uuid',
  'record.person_name':
    'id uuid, person_id uuid, kind text, given_name text, family_name text, during daterange, source text, noted_at timestamptz',
  'record.identifier': 'id uuid, person_id uuid, scheme text, value text, source text, noted_at timestamptz',
  'record.contact':
    'id uuid, person_id uuid, kind text, value text, note text, safe boolean, noted_at timestamptz',
  'record.language': 'id uuid, person_id uuid, language text, first boolean',
  'record.care_experience':
    'id uuid, person_id uuid, kind text, during daterange, source text, noted_at timestamptz',
  'record.relationship':
    'id uuid, person_id uuid, other_id uuid, kind text, during daterange, ended_how text, rights boolean, note text, source text, noted_at timestamptz',
  'record.place':
    'id uuid, name text, kind text, within uuid, code text, phone text, email text, address text, created_at timestamptz',
  'record.professional': 'id uuid, name text, phone text, email text, created_at timestamptz',
  'record.role_there': 'id uuid, professional_id uuid, place_id uuid, role text, during daterange',
  'record.team_there': 'id uuid, team_id uuid, place_id uuid, during daterange',
  'record.network':
    'id uuid, person_id uuid, professional_id uuid, role text, during daterange, note text, noted_at timestamptz',
  'record.schooling':
    'id uuid, person_id uuid, place_id uuid, during daterange, stage text, noted_at timestamptz',
  'record.information_shared':
    'id uuid, family_id uuid, direction text, shared_on date, what text, with_whom text, place_id uuid, professional_id uuid, basis text, necessary_because text, told boolean, told_on date, told_by text, not_told_because text, asked_by text, shared_by text, noted_by uuid, noted_at timestamptz',
  'record.information_shared_about': 'shared_id uuid, family_id uuid, person_id uuid',
  'record.note':
    'id uuid, family_id uuid, happened_on date, happened_at time, how text, who_was_there text, words text, event text, written_by uuid, written_as text, organisation_id uuid, written_at timestamptz, signed_at timestamptz',
  'record.note_person': 'note_id uuid, family_id uuid, person_id uuid',
  'record.note_quotation':
    'id uuid, note_id uuid, family_id uuid, person_id uuid, position smallint, words text, said_on date',
  'record.note_amendment':
    'id uuid, note_id uuid, family_id uuid, words text, why text, written_by uuid, written_as text, written_at timestamptz',
  'record.event':
    'id uuid, family_id uuid, happened_on date, known text, kind text, what text, impact text, response text, standing text, source text, indicators text[], sharing text, from_area text, from_id uuid, written_by uuid, written_as text, written_at timestamptz',
  'record.event_person': 'event_id uuid, person_id uuid, happened_on date',
  'record.event_addition':
    'id uuid, event_id uuid, kind text, words text, why text, written_by uuid, written_as text, written_at timestamptz',
  'record.event_analysis':
    'id uuid, family_id uuid, person_id uuid, analysed_on date, words text, written_by uuid, written_as text, written_at timestamptz',
  'record.task':
    'id uuid, family_id uuid, what text, owner_account uuid, owner_post uuid, owner_named text, due date, from_area text, state text, outcome text, ended_by uuid, ended_at timestamptz, made_by uuid, made_at timestamptz',
  'record.task_person': 'task_id uuid, family_id uuid, person_id uuid',
  'record.caseload_review':
    'id uuid, family_id uuid, rating text, words text, reviewed_on date, reviewed_by uuid, reviewed_at timestamptz',
  'record.supervision':
    'id uuid, worker uuid, manager uuid, held_on date, words text, written_at timestamptz',
  'record.supervision_family':
    'id uuid, supervision_id uuid, family_id uuid, words text, worker uuid, written_by uuid, held_on date, written_at timestamptz',
  'record.assessment':
    'id uuid, family_id uuid, kind text, kind_version integer, title text, drawing text, held_on date, from_id uuid, begun_by uuid, begun_at timestamptz, saved_by uuid, saved_at timestamptz, signed_by uuid, signed_as text, signed_at timestamptz',
  'record.assessment_person': 'assessment_id uuid, family_id uuid, person_id uuid',
  'record.assessment_answer':
    'assessment_id uuid, family_id uuid, code text, position smallint, part text, part_title text, question text, form text, low text, high text, words text, number smallint',
  'record.assessment_number':
    'id uuid, assessment_id uuid, family_id uuid, position smallint, whose text, person_id uuid, number smallint, why text',
  'record.plan':
    'id uuid, family_id uuid, level text, why text, child_why text, prepared_on date, review_on date, state text, agreed_on date, edition integer, changed boolean, begun_by uuid, begun_at timestamptz, touched_by uuid, touched_at timestamptz',
  'record.plan_person': 'plan_id uuid, family_id uuid, person_id uuid',
  'record.plan_view':
    'id uuid, plan_id uuid, family_id uuid, whose text, person_id uuid, name text, words text, said_on date, disagrees text, acted text, version integer',
  'record.plan_need':
    'id uuid, plan_id uuid, family_id uuid, indicator text, need text, own_words text, child_words text, hoped text, observed text',
  'record.plan_action':
    'id uuid, plan_id uuid, family_id uuid, need_id uuid, what text, owner_account uuid, owner_named text, owner_name text, due date',
  'record.plan_edition':
    'plan_id uuid, family_id uuid, number integer, agreed_on date, review_on date, whole jsonb, agreed_by uuid, agreed_as text, agreed_at timestamptz',
  'record.plan_sent':
    'id uuid, plan_id uuid, family_id uuid, sent_on date, to_whom text, how text, comment text, said_by text, said_on date, acted text, sent_by uuid',
  'record.plan_quality':
    'id uuid, team_id uuid, counted_on date, level text, child_view boolean, parent_view boolean, needs integer, needs_whole integer, specific boolean, first_time boolean, in_time boolean, behind uuid',
  'record.meeting':
    'id uuid, family_id uuid, kind_id text, title text, purpose text, asked text[], meets_on date, meets_at time, room text, begun boolean, said text, quorum boolean, next_on date, notes_by date, again_by date, organised_by uuid, made_at timestamptz, signed_by uuid, signed_as text, signed_at timestamptz',
  'record.meeting_person': 'meeting_id uuid, family_id uuid, person_id uuid',
  'record.meeting_guest':
    'id uuid, meeting_id uuid, family_id uuid, position smallint, person_id uuid, account_id uuid, name text, role text, chair boolean, came text',
  'record.meeting_answer': 'meeting_id uuid, family_id uuid, position smallint, question text, answer text',
  'record.meeting_view':
    'id uuid, meeting_id uuid, family_id uuid, position smallint, person_id uuid, whose text, as_said boolean, words text, done_about_it text',
  'record.meeting_decision':
    'id uuid, meeting_id uuid, family_id uuid, position smallint, what text, why text, decided boolean, decided_by uuid',
  'record.meeting_action':
    'id uuid, meeting_id uuid, family_id uuid, position smallint, what text, owner text, owner_name text, due date',
  'record.meeting_sent':
    'id uuid, meeting_id uuid, family_id uuid, guest_id uuid, how text, sent_on date, sent_by uuid, noted_at timestamptz',
  'record.letter':
    'id uuid, family_id uuid, person_id uuid, template_id text, title text, rights boolean, body text, language text, how text, given_on date, given_at timestamptz, given_by uuid, given_as text, written_by uuid, written_at timestamptz',
  'record.advocacy_offer':
    'id uuid, family_id uuid, person_id uuid, offered_on date, offered_at text, offered_by uuid, offered_as text, team_id uuid, answer text, answered_on date, advocate text, words text, ask_again_on date',
  'record.same_person':
    'id uuid, one uuid, other uuid, probability float8, weight float8, explanation jsonb, state text, found_at timestamptz, decided_by uuid, decided_at timestamptz, why text',
  'record.cover':
    'id uuid, for_account uuid, by_account uuid, since timestamptz, until timestamptz, made_by uuid, made_at timestamptz',
  'record.access_request':
    'id uuid, asked_by uuid, team_id uuid, sought text, born date, number text, family_id uuid, why text, asked_at timestamptz, state text, answered_by uuid, answered_at timestamptz, answer text, until timestamptz',
  'record.urgent_use':
    'id uuid, family_id uuid, account_id uuid, why text, asked_at timestamptz, until timestamptz, reviewers uuid[], verdict text, verdict_words text, reviewed_by uuid, reviewed_at timestamptz',
  'access.seal': 'id uuid, subject uuid, level text, why text, set_by uuid, set_at timestamptz',
  'audit.event':
    'id uuid, at timestamptz, kind text, name text, account_id uuid, about uuid[], reasons text[], request_id uuid, detail jsonb',
  'platform.notice':
    'id uuid, account_id uuid, words text, link text, about uuid[], made_at timestamptz, read_at timestamptz',
  'direct_payments.delegated_limit': 'role_id text, up_to_pence bigint, during daterange',
  'direct_payments.category': 'id text, examples text',
  'direct_payments.other_fund': 'id uuid, name text, covers text',
  'funds.fund':
    'id uuid, code text, title text, purpose text, non_recurring boolean, exit_plan text, open_during daterange',
  'funds.fund_area': 'fund_id uuid, area text',
  'funds.entry':
    'id uuid, fund_id uuid, kind text, amount_pence bigint, made_on date, note text, made_by uuid, at timestamptz',
  'direct_payments.request':
    'id uuid, reference text, family_id uuid, service text, school text, cluster text, category text, asked_pence bigint, approved_pence bigint, status text, asked_on date, asked_by uuid, asked_team uuid, decided_on date, decided_by uuid, decided_role text, waiting_with uuid, above_limit boolean, paid_on date, version integer',
  'direct_payments.conversation':
    'request_id uuid, family_id uuid, words text, who_was_there text, used_for text, hoped_for text, other_funds text, eligibility jsonb',
  'direct_payments.request_child': 'request_id uuid, person_id uuid, family_id uuid',
  'direct_payments.decision':
    'id uuid, request_id uuid, family_id uuid, outcome text, amount_pence bigint, reason text, how_told text, decided_by uuid, role_id text, on_day date, at timestamptz',
  'direct_payments.payee':
    'request_id uuid, family_id uuid, name text, method text, sort_code text, account_number text',
  'direct_payments.payment_run': 'id uuid, reference text, made_by uuid, made_on date, at timestamptz',
  'direct_payments.payment':
    'id uuid, request_id uuid, family_id uuid, amount_pence bigint, state text, run_id uuid, paid_on date, failed_because text, version integer, created_at timestamptz',
  'funds.draw':
    'id uuid, fund_id uuid, area text, of_id uuid, family_id uuid, amount_pence bigint, state text, at timestamptz',
  'direct_payments.story':
    'id uuid, request_id uuid, family_id uuid, whose text, words text, told_by text, written_by uuid, on_day date, at timestamptz',
} as const;

export type TableName = keyof typeof tables;
/** A row by its columns: texts, numbers, whole pence, days, moments; `null` where there is nothing. */
export type Row = Readonly<Record<string, unknown>>;
export type Filled = Record<TableName, Row[]>;

/** The names of a table's columns. */
export const columnsOf = (table: TableName): string[] =>
  tables[table].split(', ').map((column) => column.slice(0, column.indexOf(' ')));

/** Every table, with nothing in it yet. */
export function emptyTables(): Filled {
  const names = Object.keys(tables) as TableName[];
  return Object.fromEntries(names.map((name): [TableName, Row[]] => [name, []])) as Filled;
}
