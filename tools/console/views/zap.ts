import { html } from 'hono/html';
import type { FailedRun } from '../../zapier/runner.ts';
import { floodLimit } from '../../zapier/simulated-zap.ts';
import { type Field, shownInputs } from '../fields.ts';
import { type Draft, parseForm } from '../form.ts';
import { failureOf } from '../run-queue.ts';
import type { LivePoll, LiveZap } from '../zap.ts';
import { failureCard, kindOf } from './failure.ts';
import { count, grouped, type Html, pairs } from './html.ts';
import { requestList } from './requests.ts';

/** The form that a Zap of the trigger is switched on with. */
export interface ZapForm {
  fields: Field[];
  draft: Draft;
}

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

/** What a poll reported, and its requests. */
export function pollDetails({ fired, isPopulating, report }: LivePoll): Html {
  const failure = failureOf(report);
  return html`${failure && failureCard(failure)}
    ${isPopulating && html`<p class="note">The poll at switch-on: what is in the channel already does not start the Zap.</p>`}
    ${fired.length > floodLimit && html`<p class="note">More than ${floodLimit} at once: Zapier holds them until the Zap’s owner confirms.</p>`}
    ${fired.length > 0 && html`<p class="note">Started for ${fired.join(', ')}</p>`}
    ${requestList(report.requests)}`;
}

/** The details of many polls are long: they are fetched when someone opens them. */
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

/** What the Zap watches, and, where the form says something else by now, that it must be switched on again. */
export function zapWatch(place: string, zap: LiveZap, { fields, draft }: ZapForm): Html {
  const watched = shownInputs(fields, zap.inputData ?? {});
  const isEdited = JSON.stringify(watched) !== JSON.stringify(shownInputs(fields, parseForm(fields, draft)));
  return html`<div id="zap-watch" hx-get="/zaps/${place}/watch" hx-trigger="zap from:document" hx-swap="outerMorph">
    <h3>This Zap watches</h3>${pairs(watched)}
    <div role="status">${
      isEdited &&
      html`<div class="question"><p>You changed the fields above. The Zap still watches what stands here: switch it on
          again to use the new values.</p>
        <div class="actions">${switchOnButton(place, 'zap-again', 'Switch on again')}</div></div>`
    }</div>
  </div>`;
}

/** How often the Zap was started, which of the contacts added or changed here are still to start it, and its polls. */
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
  const { every, forgets, fails } = zap.switches;
  const url = `/zaps/${place}`;
  return html`<div class="actions">
      <button type="button" class="primary" id="zap-poll" hx-post="${url}/poll" hx-swap="none">Poll now</button>
      <button type="button" id="zap-add" hx-post="${url}/contacts?count=1" hx-swap="none">Add a contact</button>
      ${
        zap.watchesChanges &&
        html`<button type="button" id="zap-change" hx-post="${url}/change" hx-include="#open-contact"
          hx-target="#open-conversation" hx-swap="innerHTML">Change a contact</button>`
      }
      <form class="inline" hx-post="${url}/contacts" hx-swap="none">
        <button type="submit" id="zap-burst">Add a burst of</button>
        <input type="number" name="count" aria-label="Contacts in a burst" value="12" min="1" max="1000" required>
      </form>
    </div>
    <form class="switches" hx-post="${url}/switches" hx-trigger="change" hx-swap="none">
      <label>Poll automatically <select name="every">${paces.map(
        ([seconds, label]) =>
          html`<option value="${seconds}" ${seconds === every && 'selected'}>${label}</option>`,
      )}</select></label>
      <label class="check"><input type="checkbox" name="forgets" ${forgets && 'checked'}> Lost cache: what the
        trigger has stored is deleted before every poll</label>
      <label class="check"><input type="checkbox" name="fails" ${fails && 'checked'}> Failures: the first
        request of every second poll is answered with 500</label>
    </form>`;
}

function switchOnButton(place: string, id: string, label: string): Html {
  return html`<button type="button" id="${id}" class="primary" form="step-form" hx-post="/zaps/${place}/on"
    hx-validate="true" hx-target="#zap" hx-swap="outerHTML show:top">${label}</button>`;
}

/** The trigger, live: a Zap that can be switched on and watched. */
export function zapPanel(place: string, zap: LiveZap, form: ZapForm, failure?: FailedRun): Html {
  const onOff = zap.isOn
    ? html`<button type="button" id="zap-switch" hx-post="/zaps/${place}/off" hx-target="#zap" hx-swap="outerHTML">Switch off</button>`
    : switchOnButton(place, 'zap-switch', 'Switch on');
  return html`<section id="zap" class="card ${zap.isOn && 'live'}" aria-labelledby="zap-title">
    <header><h2 id="zap-title">Live <span class="badge ${zap.isOn ? 'good' : 'calm'}">${zap.isOn ? 'On' : 'Off'}</span></h2>${onOff}</header>
    ${
      zap.isOn
        ? html`${zapWatch(place, zap, form)}${controls(place, zap)}${zapLog(place, zap)}`
        : html`<p class="lead">Switch a Zap on that starts with this trigger, ${zap.watchesChanges ? 'add or change contacts' : 'add contacts to the channel'},
            and watch which of them start it. Zapier polls every few minutes; here you decide when.</p>`
    }
    ${failure && failureCard(failure)}
  </section>`;
}
