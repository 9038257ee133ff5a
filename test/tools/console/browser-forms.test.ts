// All of them share one Chromium.
import './browser/typed.ts';
