import { jest } from '@jest/globals';

// All of them share one Chromium.
import './browser/typed.ts';
import './browser/requests.ts';

jest.setTimeout(30_000);
