import { describe } from '@jest/globals';
import { describeOperations } from '../support/operations.ts';

describe('the integration as it is built', () => {
  describeOperations('dist/index.js');
});
