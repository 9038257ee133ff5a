// Both of them share one Chromium.
import './browser/recipes.ts';
import './browser/recipe-steps.ts';
