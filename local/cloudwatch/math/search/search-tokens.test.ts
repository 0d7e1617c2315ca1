import { describe, expect, it } from 'vitest';
import { matchesPartially, splitName } from './search-tokens.ts';

describe('splitName', () => {
  it.each([
    ['CustomCount1', ['Custom', 'Count', '1']],
    ['SDBFailure', ['SDB', 'Failure']],
    ['Project2-trial333', ['Project', '2', 'trial', '333']],
    ['Network-Errors_2', ['Network', 'Errors', '2']],
    ['couNT', ['cou', 'NT']],
    ['HTTPCode_Target_5XX_Count', ['HTTP', 'Code', 'Target', '5', 'XX', 'Count']],
    ['größeÜber', ['größe', 'Über']],
    ['---', []],
    ['', []],
  ])('%s', (name, expected) => {
    expect(splitName(name)).toEqual(expected);
  });
});

describe('matchesPartially', () => {
  it.each(['count', 'Count', 'COUNT', 'CustomCount', 'Count1', 'customcount1', '1'])(
    '%s finds CustomCount1',
    (term) => {
      expect(matchesPartially(term, 'CustomCount1')).toBe(true);
    },
  );

  it.each(['couNT', 'customcount', 'count1', 'coun', 'Custom1', '', '--', '2'])(
    '%s does not find CustomCount1',
    (term) => {
      expect(matchesPartially(term, 'CustomCount1')).toBe(false);
    },
  );

  it.each(['network/errors', 'network+errors', 'network-errors', 'Network_Errors', 'errors-2'])(
    '%s finds Network-Errors-2 and NetworkErrors2',
    (term) => {
      expect(matchesPartially(term, 'Network-Errors-2')).toBe(true);
      expect(matchesPartially(term, 'NetworkErrors2')).toBe(true);
    },
  );

  it('needs the tokens one after another', () => {
    expect(matchesPartially('network-2', 'Network-Errors-2')).toBe(false);
    expect(matchesPartially('errors-network', 'Network-Errors-2')).toBe(false);
  });
});
