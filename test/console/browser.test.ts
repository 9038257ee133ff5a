import { jest } from '@jest/globals';

// One file, so that all of them share one Chromium.
import './browser/steps.ts';
import './browser/forms.ts';
import './browser/channel.ts';
import './browser/weather.ts';
import './browser/zap.ts';
import './browser/look.ts';

jest.setTimeout(30_000);
