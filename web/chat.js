// The page's behaviour. The transcript lives in this closure and nowhere else, unless the person asks for it to be kept
// on this device. Replies are rendered by the server; this script only puts them into the page.
'use strict';
(() => {
  document.documentElement.classList.add('js');

  const KEY = 'backchat';        // the one entry in localStorage, present only while keeping is on
  const WAIT_MS = 10000;         // then we say that no answer came
  const WARN_LEFT = 100;         // characters left from which the count shows
  const READING_PX = 80;         // scrolled up by more than this while waiting: the person is reading something else
  const policy = window.trustedTypes && trustedTypes.createPolicy('backchat', {createHTML: (html) => html});
  const parse = (html) => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
  const $ = (id) => document.getElementById(id);

  function main() {
    const say = JSON.parse($('say').textContent);
    const root = document.documentElement;
    const log = $('log'), text = $('text'), form = $('ask'), status = $('status'), alert = $('alert');
    const problem = $('problem'), start = $('start'), keep = $('keep'), jump = $('jump');
    const start_parts = start && [...start.querySelectorAll('.chip')];
    const turns = [];            // [{text, answers?}]
    let busy = null;             // the AbortController of the request under way
    let last_failed = null;      // what Retry sends
    let alarm_closed = false;    // the person closed the line about an emergency above
    const shelf = {done: {}, checked: false};  // exercises ticked off, and whether the first check was answered with no
    let more = null;             // the second module, once it is wanted

    form.querySelectorAll('input[name=turn]').forEach((input) => {
      const answers = input.nextElementSibling.value;
      turns.push(answers ? {text: input.value, answers} : {text: input.value});
    });

    // Small tools ----------------------------------------------------------------------------------------------------
    const fine = () => matchMedia('(pointer: fine)').matches;
    // The same words twice would not be announced again: a no-break space makes them differ.
    const tell = (words) => { status.textContent = words && status.textContent === words ? `${words}\u00a0` : words; };
    const replies = () => log.querySelectorAll('.bot');
    const is_alarm = (article) => !!article && !!article.querySelector('.care.emergency');
    const alarms = () => [...replies()].filter(is_alarm);

    function show_problem(lines, quiet) {
      alert.replaceChildren(...lines.map((line) => {
        const p = document.createElement('p');
        p.textContent = line;
        return p;
      }));
      problem.hidden = !lines.length;
      problem.classList.toggle('quiet', !!quiet);
      $('retry').hidden = !!quiet;
    }

    function set_title() {
      const all = replies();
      const words = document.body.dataset;
      document.title = is_alarm(all[all.length - 1]) ? `${words.emergency} – ${words.title}` : words.title;
      $('take').hidden = !turns.length;
      const above = alarms().length && !is_alarm(all[all.length - 1]) && !alarm_closed;
      $('recall').hidden = !above;
    }

    function grow() {
      text.style.height = 'auto';
      text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
      const left = text.maxLength - text.value.length;
      $('count').textContent = left <= WARN_LEFT ? `${left} ${say.left}` : '';
      if (left === 50 || left === 10 || left === 0) tell(`${left} ${say.left}`);
    }

    // Keeping on this device -----------------------------------------------------------------------------------------
    function save() {
      if (!keep.checked) return;
      const all = {turns, draft: text.value, done: shelf.done, region: $('region').value, theme: $('theme').value, size: $('size').value};
      try { localStorage.setItem(KEY, JSON.stringify(all)); } catch { /* full or forbidden: the chat just is not kept */ }
    }
    function forget() {
      try { localStorage.removeItem(KEY); } catch { /* forbidden: then nothing was kept */ }
    }
    function kept() {
      try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; }
    }

    // Talking with the server ----------------------------------------------------------------------------------------
    async function fetch_html(address, options) {
      const stop = new AbortController();
      busy = stop;
      const timer = setTimeout(() => stop.abort(), WAIT_MS);
      try {
        const answer = await fetch(address, {...options, signal: stop.signal, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer'});
        const body = await answer.text();
        if (answer.ok) return parse(body);
        const error = new Error('refused');
        try { error.words = JSON.parse(body).error.message; } catch { /* not ours: the general words do */ }
        throw error;
      } finally {
        clearTimeout(timer);
        busy = null;
      }
    }

    function failure(error) {
      const words = error.name === 'AbortError' ? say.slow : error.message === 'refused' ? say.failed : say.offline;
      return typeof error.words === 'string' ? [words, error.words] : [words];
    }

    // The whole chat so far as the page's form sends it, to an address that answers with a page.
    function post_all(address) {
      const body = new URLSearchParams({region: $('region').value});
      for (const turn of turns) {
        body.append('turn', turn.text);
        body.append('answers', turn.answers || '');
      }
      return fetch_html(address, {method: 'POST', body});
    }

    // The whole chat again, for another region or after coming back.
    async function load_all() {
      const page = await post_all('/');
      const fresh = page.getElementById('log');
      if (!fresh) throw new Error('refused');
      log.setAttribute('aria-live', 'off');
      log.replaceChildren(...[...fresh.children].map((child) => document.adoptNode(child)));
      setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
      ready(log);
      if (start) start.hidden = turns.length > 0;
      set_title();
    }

    // Timers, votes, reading aloud, the summary: a second module, which comes with the first answer that has use for it.
    function load_more() {
      more ??= new Promise((done, failed) => {
        const sheet = document.createElement('link');
        sheet.rel = 'stylesheet';
        sheet.href = document.body.dataset.moreCss;
        sheet.onload = done;
        sheet.onerror = failed;
        document.head.append(sheet);
      }).then(() => import(document.body.dataset.moreJs))
        .then((module) => module.start({log, turns, say, shelf, tell, save, post_all, show_problem, failure, text}));
      more.catch(() => { more = null; });
      return more;
    }
    function ready(part) {
      if (part.querySelector('.tools, .clock')) load_more().then((module) => module.ready(part)).catch(() => {});
    }

    function show_user(words) {
      const article = document.importNode($('user-template').content, true).firstElementChild;
      article.querySelector('.words').textContent = words;
      log.append(article);
      return article;
    }

    // Puts the top of `article` under the header, with the question above it when that is short.
    function bring(article) {
      const before = article.previousElementSibling;
      const small = before && before.classList.contains('you') && before.offsetHeight < innerHeight / 4;
      (small ? before : article).scrollIntoView({block: 'start'});
    }

    async function send(words, answers) {
      words = words.trim();
      if (!words) { tell(say.empty); return; }
      if (busy) { tell(say.busy); return; }
      const turn = answers ? {text: words, answers} : {text: words};
      const typed = words === text.value.trim();
      const draft = text.value;
      const had_focus = document.activeElement;
      const scrolled = scrollY;
      show_problem([]);
      tell(say.working);
      if (start) start.hidden = true;
      const mine = show_user(words);
      if (typed) { text.value = ''; grow(); }
      if (had_focus && !had_focus.offsetParent && had_focus !== document.body) text.focus({preventScroll: true});
      mine.scrollIntoView({block: 'start'});
      const at = mine.getBoundingClientRect().top;
      turns.push(turn);
      try {
        const page = await fetch_html('/fragment', {
          method: 'POST',
          headers: {'Content-Type': 'application/json'},
          body: JSON.stringify({turns, region: $('region').value || undefined}),
        });
        if (!mine.isConnected) return;  // deleted meanwhile
        const reply = page.querySelector('article');
        if (!reply) throw new Error('refused');
        tell('');
        arrive(document.adoptNode(reply), mine.getBoundingClientRect().top > at + READING_PX);
        save();
      } catch (error) {
        if (!mine.isConnected) return;
        turns.pop();
        mine.remove();
        if (start && !turns.length) {
          start.hidden = false;
          scrollTo(0, scrolled);
        }
        if (typed || !text.value) { text.value = typed ? draft : words; grow(); }
        last_failed = {words, answers};
        tell('');
        show_problem(failure(error));
        set_title();
      }
    }

    function arrive(reply, reading) {
      ready(reply);
      log.append(reply);
      alarm_closed = alarm_closed && !is_alarm(reply);
      set_title();
      // An alarm that only stands since an earlier message is shown, not sounded again.
      if (is_alarm(reply) && reply.dataset.kind === 'emergency') {
        const heading = reply.querySelector('.care h3');
        show_problem([heading.textContent.trim()], true);
        bring(reply);
        heading.focus({preventScroll: true});
      } else if (reading) {
        jump.hidden = false;
      } else {
        bring(reply);
      }
    }

    // Asking ---------------------------------------------------------------------------------------------------------
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const button = event.submitter;
      if (button && button.id === 'summary-go') {
        load_more().then((module) => module.summary(button)).catch((error) => show_problem(failure(error).slice(-1)));
      } else if (button && button.name === 'reply') {
        const space = button.value.indexOf(' ');  // "SQ1 No, nothing like that"
        send(button.value.slice(space + 1), button.value.slice(0, space));
      } else {
        send(button && button.name === 'text' ? button.value : text.value);
      }
    });
    text.addEventListener('input', () => { last_failed = null; grow(); save(); });
    text.addEventListener('keydown', (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === 'Enter' && !event.shiftKey && fine()) {
        event.preventDefault();
        send(text.value);
      } else if (event.key === 'ArrowUp' && !text.value && turns.length) {
        event.preventDefault();
        text.value = turns[turns.length - 1].text;
        grow();
      }
    });
    $('retry').addEventListener('click', () => {
      text.focus({preventScroll: true});
      if (last_failed) send(last_failed.words, last_failed.answers);
      else send(text.value);
    });

    // A tapped number lights its source ------------------------------------------------------------------------------
    log.addEventListener('click', (event) => {
      const ref = event.target.closest('.ref[href]');
      const card = ref && $(ref.getAttribute('href').slice(1));
      if (!card) return;
      event.preventDefault();
      log.querySelectorAll('.lit').forEach((other) => other.classList.remove('lit'));
      card.classList.add('lit');
      card.scrollIntoView({block: 'nearest'});
      card.focus({preventScroll: true});
    });
    $('print-all').addEventListener('click', () => print());

    // Place: jumping, the line about an emergency above, the keyboard of a phone ---------------------------------------
    const latest = () => replies()[replies().length - 1];
    jump.addEventListener('click', () => { jump.hidden = true; bring(latest()); });
    addEventListener('scroll', () => {
      if (!jump.hidden && latest() && latest().getBoundingClientRect().top < innerHeight * 0.7) jump.hidden = true;
    }, {passive: true});
    $('recall-go').addEventListener('click', (event) => {
      event.preventDefault();
      const article = alarms().pop();
      article.scrollIntoView({block: 'start'});
      article.querySelector('.care h3').focus({preventScroll: true});
    });
    $('recall-close').addEventListener('click', () => { alarm_closed = true; set_title(); text.focus({preventScroll: true}); });
    if (window.visualViewport) {
      const fit = () => {
        const covered = Math.max(0, innerHeight - visualViewport.height - visualViewport.offsetTop);
        root.style.setProperty('--keyboard', `${visualViewport.scale > 1 ? 0 : covered}px`);
      };
      visualViewport.addEventListener('resize', fit);
      visualViewport.addEventListener('scroll', fit);
    }

    // The first check ------------------------------------------------------------------------------------------------
    function as_button(id) {
      const link = $(id);
      if (!link) return null;
      const button = document.createElement('button');
      button.type = 'button';
      button.id = id;
      button.className = link.className;
      button.textContent = link.textContent;
      link.replaceWith(button);
      return button;
    }
    const none = as_button('check-none'), yes = as_button('check-yes');
    if (start) {
      none.addEventListener('click', () => {
        shelf.checked = true;
        $('check').hidden = true;
        $('check-after').hidden = false;
        $('check-after').focus({preventScroll: true});
      });
      $('check-again').addEventListener('click', () => {
        shelf.checked = false;
        $('check').hidden = false;
        $('check-after').hidden = true;
        none.focus();
      });
      yes.addEventListener('click', () => {
        $('call-now').classList.add('shown');
        $('call-now').dataset.testid = 'care-card';
        const heading = $('call-now-heading');
        show_problem([heading.textContent.trim()], true);
        $('call-now').scrollIntoView({block: 'start'});
        heading.focus({preventScroll: true});
      });
    }

    // Settings -------------------------------------------------------------------------------------------------------
    const dress = () => {
      for (const name of ['theme', 'size']) {
        if ($(name).value) root.dataset[name] = $(name).value;
        else delete root.dataset[name];
      }
    };
    const set_calls = () => {
      const region = $('region').value;
      const items = [...document.querySelectorAll('li[data-codes]')];
      const ours = (item) => item.dataset.codes.split(' ').includes(region);
      const known = items.some(ours);
      for (const item of items) item.hidden = known && !ours(item);
    };
    for (const name of ['theme', 'size']) $(name).addEventListener('change', () => { dress(); save(); });
    $('region').addEventListener('change', async () => {
      set_calls();
      save();
      if (!log.querySelector('.care') || busy) return;
      try {
        await load_all();
        tell(say.updated);
      } catch (error) {
        show_problem(failure(error).slice(-1));
      }
    });
    keep.addEventListener('change', () => {
      if (keep.checked) save();
      else forget();
      tell(keep.checked ? say.kept : say.forgotten);
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      const open = document.querySelector('.menu[open]');
      if (!open) return;
      event.preventDefault();
      open.open = false;
      open.querySelector('summary').focus();
    });
    // A panel that one has left must not cover what one goes to.
    const leave = (target) => {
      if (!target || target.closest('dialog')) return;
      document.querySelectorAll('.menu[open]').forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
    };
    document.addEventListener('click', (event) => leave(event.target));
    document.addEventListener('focusin', (event) => leave(event.target));

    // Deleting -------------------------------------------------------------------------------------------------------
    const dialog = $('confirm');
    for (const opener of [$('delete'), $('start-over')]) {
      opener.addEventListener('click', (event) => {
        event.preventDefault();
        $('confirm-heading').textContent = `${opener.textContent}?`;
        dialog.showModal();
      });
    }
    $('confirm-no').addEventListener('click', () => dialog.close());
    $('confirm-yes').addEventListener('click', () => {
      if (busy) busy.abort();
      dialog.close();
      document.querySelectorAll('.menu[open]').forEach((menu) => { menu.open = false; });
      turns.length = 0;
      shelf.done = {};
      if (more) more.then((module) => module.clear());
      keep.checked = false;
      forget();
      log.replaceChildren();
      form.querySelectorAll('input[name=turn], input[name=answers]').forEach((input) => input.remove());
      text.value = '';
      grow();
      show_problem([]);
      jump.hidden = true;
      alarm_closed = false;
      set_title();
      if (!start) { location.assign('/'); return; }
      start.hidden = false;
      scrollTo(0, 0);
      text.focus({preventScroll: true});
      tell(say.deleted);
    });

    // Coming back ----------------------------------------------------------------------------------------------------
    const before = kept();
    if (before && Array.isArray(before.turns)) {
      keep.checked = true;
      for (const name of ['region', 'theme', 'size']) $(name).value = before[name] || '';
      dress();
      shelf.done = before.done || {};
      if (!turns.length) {
        turns.push(...before.turns);
        text.value = before.draft || '';
        if (turns.length) {
          load_all().then(() => { tell(say.restored); const reply = latest(); if (reply) bring(reply); })
            .catch((error) => { show_problem(failure(error).slice(-1)); });
        }
      }
    }
    set_calls();
    ready(log);
    set_title();
    grow();
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', main);
  else main();
})();
