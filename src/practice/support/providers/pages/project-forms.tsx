import { may } from '../../../../platform/access/identity.ts';
import { penceToPounds } from '../../../../platform/actions/fields.ts';
import { dayShort } from '../../../../platform/days.ts';
import {
  DateField,
  Fieldset,
  MoneyField,
  Radios,
  Select,
  TextArea,
  TextField,
} from '../../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../../platform/web/page.ts';
import { FormPage } from '../../../../record/families/pages/form-page.tsx';
import { type FormWords, formWords } from '../../../../record/families/pages/forms.ts';
import { dayOrNothing, fieldsOf, home } from '../../pages/words.tsx';
import { programmes } from '../../queries.ts';
import { addProject, changeProject, evaluateProject } from '../projects.ts';
import { contracts } from '../queries.ts';
import { returnNumbers } from '../return-numbers.ts';
import { findings, findingWords, reachFrom, reachWords } from '../rules.ts';
import { contractReaders, projectKeepers } from '../who.ts';
import { projectOf } from './projects.tsx';
import { projectHref, projectsCrumb, providersCrumb } from './words.tsx';

interface Choices {
  programmes: readonly { id: string; title: string }[];
  numbers: readonly { value: string; label: string }[];
  contracts: readonly { id: string; title: string; provider: string; lastOn: Temporal.PlainDate }[];
}

const choicesOf = async (page: PageRequest): Promise<Choices> => {
  const [all, agreed] = await Promise.all([
    page.ask(programmes, {}),
    may(page.identity, contractReaders) ? page.ask(contracts, {}) : [],
  ]);
  const contracted = new Set(agreed.map(({ programme }) => programme));
  return {
    programmes: all,
    numbers: returnNumbers(all.filter(({ id }) => contracted.has(id))),
    contracts: agreed,
  };
};

const ReachFields = ({ words, choices }: { words: FormWords; choices: Choices }) => {
  const field = fieldsOf(words);
  return (
    <Fieldset legend="Whom it reached">
      <Radios
        {...field('reachFrom')}
        label="How is it known?"
        choices={reachFrom.map((value) => ({ value, label: reachWords[value] }))}
        required
      />
      <TextField
        {...field('children')}
        label="If stated: children and young people"
        width="short"
        inputMode="numeric"
        optional
      />
      <TextField
        {...field('families')}
        label="If stated: families"
        width="short"
        inputMode="numeric"
        optional
      />
      <TextField
        {...field('reachSource')}
        label="If stated: where does the number come from?"
        hint="For example: the schools’ attendance lists, June 2026"
        optional
      />
      {choices.contracts.length === 0 ? null : (
        <>
          <Select
            {...field('contract')}
            label="If from returns: of which contract?"
            empty="None"
            choices={choices.contracts.map(({ id, title, provider, lastOn }) => ({
              value: id,
              label: `${title}, ${provider}, to ${dayShort(lastOn)}`,
            }))}
            optional
          />
          <Select
            {...field('childrenItem')}
            label="If from returns: which number counts children?"
            choices={choices.numbers}
            empty="None"
            optional
          />
          <Select
            {...field('familiesItem')}
            label="If from returns: which number counts families?"
            choices={choices.numbers}
            empty="None"
            optional
          />
        </>
      )}
    </Fieldset>
  );
};

const ProjectFields = ({ words, choices }: { words: FormWords; choices: Choices }) => {
  const field = fieldsOf(words);
  return (
    <>
      <TextField {...field('title')} label="What is it called?" required />
      <TextArea {...field('need')} label="What was needed?" hint="And how that was found out" required />
      <TextArea {...field('about')} label="What does it do?" required />
      <TextArea
        {...field('coProducers')}
        label="Who made it together?"
        hint="Children, young people and families first: one group on each line, like “Pupils of primary 6”. No names of children."
        rows={3}
        optional
      />
      <TextArea {...field('schools')} label="Which schools?" hint="One on each line" rows={4} optional />
      <TextArea {...field('providers')} label="Which providers?" hint="One on each line" rows={3} optional />
      <TextField {...field('phase')} label="Which phase?" hint="For example: Pilot, or Phase 2" optional />
      <TextField {...field('locality')} label="Where?" hint="A locality or a cluster" optional />
      <Select
        {...field('programme')}
        label="Is it part of a programme?"
        empty="No"
        choices={choices.programmes.map(({ id, title }) => ({ value: id, label: title }))}
        optional
      />
      <DateField {...field('firstOn')} label="When did it begin?" required />
      <DateField {...field('lastOn')} label="When did it end?" optional />
      <MoneyField {...field('cost')} label="What did it cost?" optional />
      <ReachFields words={words} choices={choices} />
    </>
  );
};

export const addProjectPage: PageDefinition = {
  path: '/support/projects/add',
  title: 'Add a project',
  who: projectKeepers,
  async show(page) {
    const [words, choices] = await Promise.all([
      formWords(page, 'form', { reachFrom: 'stated' }),
      choicesOf(page),
    ]);
    return (
      <FormPage
        page={page}
        title="Add a project"
        crumbs={[home, providersCrumb, projectsCrumb]}
        words={words}
        action="/support/projects/add"
        submit="Add it"
        leave="/support/projects"
      >
        <ProjectFields words={words} choices={choices} />
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: addProject,
      done: ({ project }) => ({ to: projectHref(project), notice: 'The project is added' }),
    }),
  },
};

export const changeProjectPage: PageDefinition = {
  path: '/support/projects/:project/change',
  title: 'Change a project',
  who: projectKeepers,
  async show(page) {
    const found = await projectOf(page);
    const [words, choices] = await Promise.all([
      formWords(page, 'form', {
        title: found.title,
        need: found.need,
        about: found.about,
        coProducers: found.coProducers.join('\n'),
        schools: found.schools.join('\n'),
        providers: found.providers.join('\n'),
        phase: found.phase,
        locality: found.locality,
        programme: found.programme ?? '',
        firstOn: found.firstOn.toString(),
        lastOn: dayOrNothing(found.lastOn) === '' ? '' : String(found.lastOn),
        cost: found.pence === null ? '' : penceToPounds(found.pence),
        reachFrom: found.reachFrom,
        contract: found.contract ?? '',
        childrenItem: found.childrenItem ?? '',
        familiesItem: found.familiesItem ?? '',
        children: String(found.children ?? ''),
        families: String(found.families ?? ''),
        reachSource: found.reachSource,
      }),
      choicesOf(page),
    ]);
    const here = projectHref(found.id);
    return (
      <FormPage
        page={page}
        title="Change a project"
        back={{ href: here, text: found.title }}
        words={words}
        action={`${here}/change`}
        version={found.version}
        submit="Save"
        leave={here}
      >
        <ProjectFields words={words} choices={choices} />
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: changeProject,
      input: (fields, params) => ({ ...fields, project: params.project }),
      done: ({ project }) => ({ to: projectHref(project), notice: 'Saved' }),
    }),
  },
};

export const evaluatePage: PageDefinition = {
  path: '/support/projects/:project/evaluate',
  title: 'Write down an evaluation',
  who: projectKeepers,
  async show(page) {
    const found = await projectOf(page);
    const words = await formWords(page, 'form', { on: page.today.toString() });
    const field = fieldsOf(words);
    const here = projectHref(found.id);
    return (
      <FormPage
        page={page}
        title="Write down an evaluation"
        lead={found.title}
        back={{ href: here, text: found.title }}
        words={words}
        action={`${here}/evaluate`}
        submit="Save"
        leave={here}
      >
        <Radios
          {...field('finding')}
          label="What was found?"
          choices={findings.map((value) => ({ value, label: findingWords[value] }))}
          required
        />
        <TextArea
          {...field('evidence')}
          label="What shows it?"
          hint="What was measured, and what children and families said. Nobody’s name."
          rows={6}
          required
        />
        <TextArea {...field('next')} label="What happens next?" rows={3} optional />
        <DateField {...field('on')} label="On which day?" required />
      </FormPage>
    );
  },
  forms: {
    form: form({
      action: evaluateProject,
      input: (fields, params) => ({ ...fields, project: params.project }),
      done: ({ project }) => ({ to: projectHref(project), notice: 'The evaluation is written down' }),
    }),
  },
};
