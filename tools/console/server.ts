import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { ZodError } from 'zod';
import { listen } from '../sandbox/listen.ts';
import type { Sandbox } from '../sandbox/server.ts';
import type { Integration } from '../zapier/runner.ts';
import { assets } from './assets.ts';
import { channelRoutes } from './channel-routes.ts';
import { formRoutes } from './form-routes.ts';
import { limitForms, ownPagesOnly, strictHeaders } from './guard.ts';
import { pageRoutes } from './page-routes.ts';
import { recipeRoutes } from './recipe-routes.ts';
import { ConsoleState } from './state.ts';
import { stepRoutes } from './step-routes.ts';
import { errorPanel } from './views/report.ts';
import { zapRoutes } from './zap-routes.ts';

export interface ConsoleOptions {
  readonly sandbox: Sandbox;
  readonly integration: Integration;
  /** The port to listen on; 0, the default, is any free one. */
  readonly port?: number;
  /** Milliseconds before each step of a recipe, so that a person can follow. */
  readonly pause?: number;
}

export interface Console {
  /** For example `http://127.0.0.1:4011`. */
  readonly url: string;
  /** Stops at once. The sandbox keeps running. */
  close(): Promise<void>;
}

/**
 * Starts a console for a sandbox on 127.0.0.1, and points the integration there for the whole process.
 * Rejects if the port is taken (code EADDRINUSE).
 */
export async function startConsole({
  sandbox,
  integration,
  port = 0,
  pause = 400,
}: ConsoleOptions): Promise<Console> {
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
  const state = new ConsoleState(integration, sandbox, pause);
  await state.connect(state.connection);

  const app = new Hono()
    .use(ownPagesOnly, strictHeaders, limitForms)
    .onError(answerError)
    .notFound(answerUnknown);
  const parts = [pageRoutes, recipeRoutes, formRoutes, stepRoutes, zapRoutes, channelRoutes];
  for (const routes of [assets, ...parts.map((part) => part(state))]) {
    app.route('/', routes);
  }
  const { url, close } = await listen(app, port);
  return {
    url,
    close() {
      for (const zap of state.zaps.values()) zap.switchOff();
      return close();
    },
  };
}

function answerUnknown(c: Context): Response | Promise<Response> {
  return c.html(
    html`<!doctype html><html lang="en"><head><title>Not found · Channel console</title><link rel="stylesheet" href="/style.css"></head>
      <body><main><section class="card"><h1>This page does not exist</h1>
      <p class="lead">Go to <a href="/">the start page</a> of the console.</p></section></main></body></html>`,
    404,
  );
}

function answerError(error: Error, c: Context): Response | Promise<Response> {
  // The error is shown among the results, whichever part of the page made the request.
  c.header('HX-Retarget', '#report');
  c.header('HX-Reswap', 'innerHTML show:top');
  if (error instanceof HTTPException) return c.html(errorPanel(error.message), error.status);
  if (error instanceof ZodError) return c.html(errorPanel('The forms of the console do not send this.'), 400);
  console.error(error);
  return c.html(errorPanel('The console itself failed. Its output in the terminal says why.'), 500);
}
