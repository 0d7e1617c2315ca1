import type { Step } from '../../deploy/support/step.ts';
import type { Equipment } from './equipment.ts';

/** Each file of steps/ exports one as `step`. */
export type ContractStep = Step<Equipment>;
