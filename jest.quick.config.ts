import type { Config } from 'jest';
import config, { slowTests } from './jest.config.ts';

const quick: Config = { ...config, testPathIgnorePatterns: slowTests };

export default quick;
