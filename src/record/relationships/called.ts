/** Words as a woman and as a man is called; others are called by the word that fits everybody. */
const gendered: Readonly<Record<string, readonly [woman: string, man: string]>> = {
  parent: ['mother', 'father'],
  'adoptive parent': ['adoptive mother', 'adoptive father'],
  'step-parent': ['stepmother', 'stepfather'],
  grandparent: ['grandmother', 'grandfather'],
  'great-grandparent': ['great-grandmother', 'great-grandfather'],
  'aunt or uncle': ['aunt', 'uncle'],
  godparent: ['godmother', 'godfather'],
  child: ['daughter', 'son'],
  'adopted child': ['adopted daughter', 'adopted son'],
  stepchild: ['stepdaughter', 'stepson'],
  grandchild: ['granddaughter', 'grandson'],
  'great-grandchild': ['great-granddaughter', 'great-grandson'],
  'niece or nephew': ['niece', 'nephew'],
  godchild: ['goddaughter', 'godson'],
  'brother or sister': ['sister', 'brother'],
  'half-brother or half-sister': ['half-sister', 'half-brother'],
  'step-brother or step-sister': ['stepsister', 'stepbrother'],
  'foster brother or sister': ['foster sister', 'foster brother'],
};

/**
 * A word as somebody is called by it, by the symbol they are drawn with (their gender as they say it, else their sex): "mother" for
 * "parent". Where neither is known, the word that fits everybody.
 */
export function calledBy(word: string, symbol: string): string {
  const [, past = '', now = word] = /^(was |former )(.*)$/.exec(word) ?? [];
  const forms = gendered[now];
  const said = symbol === 'circle' ? forms?.[0] : symbol === 'square' ? forms?.[1] : undefined;
  return past + (said ?? now);
}
