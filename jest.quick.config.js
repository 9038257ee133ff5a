import config, { slowTests } from './jest.config.js';

export default { ...config, testPathIgnorePatterns: slowTests };
