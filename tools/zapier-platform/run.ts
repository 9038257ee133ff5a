#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnDemand } from '../on-demand/install.ts';

// `npx zapier-platform`: the command line of zapier-platform-cli, which is fetched when it is first used.
const packages = await installOnDemand('platform-cli');
await import(pathToFileURL(join(packages, 'zapier-platform-cli/src/bin/run')).href);
