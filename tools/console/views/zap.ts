import { html } from 'hono/html';
import type { FailedRun } from '../../zapier/runner.ts';
import { floodLimit } from '../../zapier/simulated-zap.ts';
import { type Field, shownInputs } from '../fields.ts';
import { failureOf } from '../run-queue.ts';
import type { LivePoll, LiveZap } from '../zap.ts';
import { failureCard, kindOf } from './failure.ts';
import { count, grouped, type Html, pairs } from './html.ts';
import { requestList } from './requests.ts';

const paces = [
  [0, 'never'],
  [2, 'every 2 seconds'],
  [5, 'every 5 seconds'],
  [15, 'every 15 seconds'],
] as const;

function headline({ isPopulating, returned, fired, report }: LivePoll): { text: string; tone: string } {
  const failure = failureOf(report);
  if (failure) return { text: kindOf(failure).title, tone: kindOf(failure).tone };
  if (isPopulating) return { text: `Recorded ${count(returned, 'contact')}`, tone: 'calm' };
  if (fired.length === 0) return { text: 'Nothing new', tone: 'calm' };
  return { text: `Started the Zap ${fired.length === 1 ? 'once' : `${fired.length} times`}`, tone: 'good' };
}

/** Draws a poll's result or failure, and its requests. */
export function pollDetails({ fired, isPopulating, report }: LivePoll): Html {
  const failure = failureOf(report);
  return html`${failure && failureCard(failure)}
    ${isPopulating && html`<p class="note">This is the poll at switch-on: contacts that already exist do not start the Zap.</p>`}
    ${fired.length > floodLimit && html`<p class="note">More than ${floodLimit} at once: Zapier holds them until the Zap’s owner confirms.</p>`}
    ${fired.length > 0 && html`<p class="note">Started for ${fired.join(', ')}</p>`}
    ${requestList(report)}`;
}

/** Draws a poll in one line. Its details are fetched when someone opens them, because those of many polls are long. */
function pollView(place: string, poll: LivePoll): Html {
  const { number, at, report } = poll;
  const { text, tone } = headline(poll);
  return html`<li id="poll-${number}"><details>
    <summary><span class="muted">${at.toLocaleTimeString('en-GB')}</span> <span class="badge ${tone}">${text}</span>
      <span class="muted">${count(report.requests.length, 'request')}, ${Math.round(report.ms)} ms</span></summary>
    <div id="poll-${number}-details" hx-get="/zaps/${place}/polls/${number}" hx-swap="innerHTML"
      hx-trigger="toggle from:<closest details/> once" hx-morph-skip-children></div>
  </details></li>`;
}

/** Draws how often the Zap started, how many contacts added or changed here have yet to start it, and its polls. */
export function zapLog(place: string, zap: LiveZap): Html {
  const { touched, waiting, started } = zap.score;
  return html`<div id="zap-log" hx-get="/zaps/${place}" hx-trigger="zap from:document" hx-swap="outerMorph">
    <dl class="score">
      <div><dt>Added or changed here</dt><dd>${grouped.format(touched)}</dd></div>
      <div class="${waiting > 0 && 'open'}"><dt>Of these not found yet</dt><dd>${grouped.format(waiting)}</dd></div>
      <div><dt>Zap started, all told</dt><dd>${grouped.format(started)}</dd></div>
    </dl>
    <ol class="polls" aria-label="Polls, newest first">${zap.polls.map((poll) => pollView(place, poll))}</ol>
  </div>`;
}

function controls(place: string, zap: LiveZap): Html {
  const { every } = zap;
  const url = `/zaps/${place}`;
  return html`<div class="bar">
      <button type="button" class="primary" id="zap-poll" hx-post="${url}/poll" hx-swap="none">Poll now</button>
      <button type="button" id="zap-add" hx-post="${url}/contacts?count=1" hx-swap="none">Add a contact</button>
      ${
        zap.watchesChanges &&
        html`<button type="button" id="zap-change" hx-post="${url}/change" hx-include="#open-contact"
          hx-target="#open-conversation" hx-swap="innerHTML">Change a contact</button>`
      }
      <form class="bar" hx-post="${url}/contacts" hx-swap="none">
        <button type="submit" id="zap-burst">Add a burst of</button>
        <input type="number" name="count" aria-label="Contacts in a burst" value="12" min="1" max="1000" required>
      </form>
    </div>
    <form class="bar" hx-post="${url}/pace" hx-trigger="change" hx-swap="none">
      <label>Poll automatically <select name="every">${paces.map(
        ([seconds, label]) =>
          html`<option value="${seconds}" ${seconds === every && 'selected'}>${label}</option>`,
      )}</select></label>
    </form>`;
}

/** Draws the live trigger: a Zap that can be switched on and watched. */
export function zapPanel(place: string, zap: LiveZap, fields: Field[], failure?: FailedRun): Html {
  const onOff = zap.isOn
    ? html`<button type="button" id="zap-switch" hx-post="/zaps/${place}/off" hx-target="#zap" hx-swap="outerHTML">Switch off</button>`
    : html`<button type="button" id="zap-switch" form="step-form" hx-post="/zaps/${place}/on" hx-validate="true"
        hx-target="#zap" hx-swap="outerHTML show:top">Switch on</button>`;
  return html`<section id="zap" class="card ${zap.isOn && 'live'}" aria-labelledby="zap-title">
    <header><h2 id="zap-title">Live <span class="badge ${zap.isOn ? 'good' : 'calm'}">${zap.isOn ? 'On' : 'Off'}</span></h2>${onOff}</header>
    ${
      zap.isOn
        ? html`<h3>This Zap watches</h3>${pairs(shownInputs(fields, zap.inputData ?? {}))}${controls(place, zap)}${zapLog(place, zap)}`
        : html`<p class="lead">Switch a Zap on that starts with this trigger, ${zap.watchesChanges ? 'add or change contacts' : 'add contacts to the channel'},
            and watch which of them start it. Zapier polls every few minutes; here you decide when.</p>`
    }
    ${failure && failureCard(failure)}
  </section>`;
}
