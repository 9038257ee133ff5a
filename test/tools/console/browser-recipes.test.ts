import './browser/recipes.ts';
