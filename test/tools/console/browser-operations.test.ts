// All of them share one Chromium.
import './browser/steps.ts';
import './browser/forms.ts';
import './browser/look.ts';
