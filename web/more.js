// What a part of the answers needs: timers and counters, reading aloud, votes, copying and sharing, the summary. Loaded by
// chat.js when it is wanted first. Keeps nothing of its own beyond the page.
const SECOND = 1000;
const MORE_MS = 5 * SECOND;    // what "+5 s" adds
const TICK_MS = 200;
const SHOWN_MS = 4 * SECOND;   // how long a word of a timer stays in the status line

export function start(page) {
  const {log, turns, say, shelf, tell, save} = page;
  const $ = (id) => document.getElementById(id);
  const show = (part, selector, yes) => part.querySelectorAll(selector).forEach((each) => { each.hidden = !yes; });
  const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60 * SECOND).toISOString().slice(0, 10);

  // Timers: the time that is left comes from the clock, so a hidden tab loses none. One runs at a time. -----------------
  const clocks = new Map();    // element .clock -> its state
  let running = null, ticking = 0, lock = null;
  const bar = document.createElement('p');
  bar.className = 'running';
  bar.dataset.testid = 'timer-bar';
  bar.hidden = true;
  const button = (words) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'plain';
    made.textContent = words;
    bar.append(made);
    return made;
  };
  const bar_show = button(''), bar_go = button('');
  $('dock').prepend(bar);

  const left_of = (clock) => Math.max(0, clock.ends ? clock.ends - Date.now() : clock.left);
  const in_words = (ms) => {
    const seconds = Math.round(ms / SECOND);
    return seconds % 60 ? `${seconds} ${say.seconds}` : `${seconds / 60} ${say.minutes}`;
  };
  const say_briefly = (words) => {
    tell(words);
    setTimeout(() => { if ($('status').textContent.startsWith(words)) tell(''); }, SHOWN_MS);
  };

  function clock_of(element) {
    const box = element.closest('.clock') || element.closest('.pack').querySelector('.clock');
    if (!clocks.has(box)) {
      const clock = {box, name: box.dataset.name};
      set_clock(clock, Number(box.dataset.seconds) * SECOND, Number(box.dataset.most) * SECOND);
      clocks.set(box, clock);
    }
    return clocks.get(box);
  }
  function set_clock(clock, ms, most) {
    Object.assign(clock, {full: ms, total: ms, left: ms, most, ends: 0, half: false});
  }
  function paint(clock) {
    const left = left_of(clock);
    const seconds = Math.ceil(left / SECOND);
    const face = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    const key = (name) => clock.box.querySelector(`[data-clock=${name}]`);
    clock.box.querySelector('.face').textContent = face;
    clock.box.style.setProperty('--gone', `${100 - 100 * left / clock.total}%`);
    const fresh = !clock.ends && left === clock.total;
    const go = clock.ends ? say.pause : fresh || !left ? say.start : say.go_on;
    key('go').textContent = go;
    key('more').disabled = !left || clock.total + MORE_MS > clock.most;
    if (clock === running || clock.ends) {
      const box = clock.box.querySelector('.face').getBoundingClientRect();
      const seen = box.height && box.bottom > $('dock').parentElement.offsetTop && box.top < $('dock').getBoundingClientRect().top;
      bar.hidden = seen || !left;
      bar_show.textContent = `${clock.name} ${face}`;
      bar_show.setAttribute('aria-label', `${say.running}: ${clock.name}`);
      bar_go.textContent = go;
    }
  }
  function tick() {
    const clock = running;
    if (!clock || !clock.ends) return;
    const left = left_of(clock);
    if (!clock.half && left <= clock.total / 2 && left > 0) {
      clock.half = true;
      say_briefly(say.half);
    }
    if (!left) end(clock);
    paint(clock);
  }
  async function hold_screen(on) {
    try {
      if (on && !lock) lock = await navigator.wakeLock.request('screen');
      if (!on && lock) { const held = lock; lock = null; await held.release(); }
    } catch { lock = null; }  // the browser does not allow it: the timer runs all the same
  }
  const warn_leaving = (event) => event.preventDefault();
  function keep_running(on) {
    clearInterval(ticking);
    ticking = on ? setInterval(tick, TICK_MS) : 0;
    if (on) addEventListener('beforeunload', warn_leaving);
    else removeEventListener('beforeunload', warn_leaving);
    hold_screen(on);
  }
  function pause(clock) {
    clock.left = left_of(clock);
    clock.ends = 0;
    keep_running(false);
    paint(clock);
  }
  function go(clock) {
    if (running && running !== clock && running.ends) pause(running);
    if (!left_of(clock)) set_clock(clock, clock.full, clock.most);
    const first = clock.left === clock.total;
    clock.ends = Date.now() + clock.left;
    running = clock;
    clock.box.classList.add('on');
    show(clock.box, '.end', false);
    keep_running(true);
    if (first) say_briefly(`${say.started} ${in_words(clock.total)}`);
    paint(clock);
  }
  function end(clock) {
    const pack = clock.box.closest('.pack');
    const was_break = clock.name === say.break;
    set_clock(clock, clock.full, clock.most);
    clock.left = 0;
    keep_running(false);
    bar.hidden = true;
    clock.box.classList.remove('on');
    const words = `${say.end}: ${clock.name}`;
    const line = clock.box.querySelector('.end');
    line.textContent = words;
    line.hidden = false;
    tell(words);
    if (pack) {
      show(pack, '.break', !was_break && pack.dataset.break);
      if (was_break) choose(pack);
    }
    if (pressed(clock.box, 'sound')) sound();
    if (pressed(clock.box, 'buzz')) navigator.vibrate([300, 150, 300]);
  }
  const pressed = (box, name) => box.querySelector(`[data-clock=${name}]`).getAttribute('aria-pressed') === 'true';
  function sound() {
    try {
      const audio = new AudioContext();
      for (const at of [0, 0.45, 0.9]) {
        const tone = audio.createOscillator(), loud = audio.createGain();
        tone.frequency.value = 660;
        loud.gain.setValueAtTime(0.25, audio.currentTime + at);
        loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.35);
        tone.connect(loud).connect(audio.destination);
        tone.start(audio.currentTime + at);
        tone.stop(audio.currentTime + at + 0.4);
      }
      setTimeout(() => audio.close(), 2 * SECOND);
    } catch { /* no sound here: the words stand */ }
  }
  // A pack's clock is set to the time that was chosen.
  function choose(pack) {
    const box = pack.querySelector('.clock');
    const chosen = pack.querySelector('.choice input:checked');
    const clock = clock_of(box);
    if (clock.ends) pause(clock);
    const ms = Number(chosen ? chosen.value : box.dataset.seconds) * SECOND;
    const most = Number(box.dataset.most) * SECOND;
    clock.name = box.dataset.name;
    set_clock(clock, ms, most);
    paint(clock);
  }
  const clock_acts = {
    go: (clock) => (clock.ends ? pause(clock) : go(clock)),
    reset(clock) {
      if (clock.ends) pause(clock);
      set_clock(clock, clock.full, clock.most);
      clock.box.classList.remove('on');
      bar.hidden = true;
      show(clock.box, '.end', false);
      paint(clock);
    },
    more(clock) {
      clock.total += MORE_MS;
      if (clock.ends) clock.ends += MORE_MS;
      else clock.left += MORE_MS;
      paint(clock);
    },
    break(clock, key) {
      const pack = key.closest('.pack');
      const ms = Number(pack.dataset.break) * SECOND;
      clock.name = say.break;
      set_clock(clock, ms, ms);
      show(pack, '.break', false);
      go(clock);
      clock.box.querySelector('[data-clock=go]').focus({preventScroll: true});
    },
  };
  for (const name of ['sound', 'buzz']) {
    clock_acts[name] = (clock, key) => key.setAttribute('aria-pressed', key.getAttribute('aria-pressed') !== 'true');
  }
  bar_show.addEventListener('click', () => {
    running.box.scrollIntoView({block: 'center'});
    running.box.querySelector('[data-clock=go]').focus({preventScroll: true});
  });
  bar_go.addEventListener('click', () => clock_acts.go(running));
  addEventListener('scroll', () => { if (running) paint(running); }, {passive: true});
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || !running || !running.ends) return;
    lock = null;  // the browser took it while the page was hidden
    hold_screen(true);
    tick();
  });

  // Counters: they count taps and nothing else -------------------------------------------------------------------------
  function count(box, by) {
    const goal = Number(box.dataset.goal);
    const now = Math.min(goal, Math.max(0, Number(box.dataset.count || 0) + by));
    box.dataset.count = now;
    const words = `${now} ${say.of} ${goal}`;
    box.querySelector('.face').textContent = words;
    box.classList.toggle('on', now > 0);
    box.querySelector('[data-reps=undo]').disabled = now === 0;
    tell(words);
  }

  // Reading aloud ------------------------------------------------------------------------------------------------------
  const voice = window.speechSynthesis;
  let reading = null;          // the pressed button
  const has_voice = () => !!voice && voice.getVoices().length > 0;
  function stop_reading() {
    if (!reading) return;
    voice.cancel();
    reading.setAttribute('aria-pressed', 'false');
    reading.textContent = say.speak;
    reading = null;
  }
  function read(key) {
    const again = reading === key;
    stop_reading();
    if (again) return;
    const copy = key.closest('.msg').cloneNode(true);
    copy.querySelectorAll('.ref, .hidden, .why, .sources, .tools, .next, .asked, .pack, .clock, .reps, .done, .drawing, .hint, .floor')
      .forEach((part) => part.remove());
    const lines = [...copy.querySelectorAll('h3, h4, p, li')].map((part) => part.textContent.replace(/\s+/g, ' ').trim());
    const spoken = lines.filter(Boolean).map((words) => new SpeechSynthesisUtterance(words));
    if (!spoken.length) return;
    reading = key;
    key.setAttribute('aria-pressed', 'true');
    key.textContent = say.stop;
    spoken[spoken.length - 1].onend = () => { if (reading === key) stop_reading(); };
    for (const each of spoken) {
      each.lang = document.documentElement.lang;
      voice.speak(each);
    }
  }
  if (voice) voice.addEventListener?.('voiceschanged', () => show(document, '[data-act=speak]', has_voice()));

  // Votes: the id of the answer, yes or no, and one of four reasons ----------------------------------------------------
  async function vote(key, reason) {
    const tools = key.closest('.tools');
    const set = (each, on) => each.setAttribute('aria-pressed', on);
    const reasons = tools.querySelectorAll('[data-act=reason]');
    const taken_back = key.getAttribute('aria-pressed') === 'true';
    if (reason) {
      reasons.forEach((each) => set(each, each === key && !taken_back));
    } else {
      tools.querySelectorAll('[data-act=up], [data-act=down]').forEach((each) => set(each, each === key && !taken_back));
      reasons.forEach((each) => set(each, false));
      tools.querySelector('.reasons').hidden = taken_back || key.dataset.act !== 'down';
    }
    const body = {answer: tools.dataset.answer, vote: reason ? 'down' : taken_back ? 'none' : key.dataset.act};
    if (reason && !taken_back) body.reason = reason;
    try {
      const sent = await fetch('/api/v1/vote', {
        method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body), credentials: 'omit',
      });
      tell(!sent.ok ? say.vote_failed : taken_back ? say.unvoted : say.voted);
    } catch {
      tell(say.vote_failed);
    }
  }

  // Copying, sharing, printing: only what was chosen -------------------------------------------------------------------
  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      tell(say.copied);
    } catch {
      tell(say.copy_failed);
    }
  }
  async function share(words) {
    try {
      await navigator.share({text: words});
    } catch (error) {
      if (error.name !== 'AbortError') copy(words);
    }
  }
  function print_one(part) {
    const body = document.body.dataset;
    body.print = 'one';
    part.classList.add('print-this');
    addEventListener('afterprint', () => {
      delete body.print;
      part.classList.remove('print-this');
    }, {once: true});
    print();
  }
  const acts = {
    copy: (key) => copy(key.closest('.tools').dataset.text),
    share: (key) => share(key.closest('.tools').dataset.text),
    print: (key) => print_one(key.closest('.msg')),
    speak: read,
    up: (key) => vote(key),
    down: (key) => vote(key),
    reason: (key) => vote(key, key.dataset.reason),
  };

  log.addEventListener('click', (event) => {
    const key = event.target.closest('[data-act], [data-clock], [data-reps]');
    if (!key) return;
    const {act, clock, reps} = key.dataset;
    if (act) acts[act](key);
    else if (clock) clock_acts[clock](clock_of(key), key);
    else count(key.closest('.reps'), reps === 'one' ? 1 : -1);
  });
  log.addEventListener('change', (event) => {
    const box = event.target;
    if (box.closest('.choice')) choose(box.closest('.pack'));
    if (!box.dataset.done) return;
    const name = box.closest('.exercise').querySelector('h3').textContent;
    if (box.checked) shelf.done[box.dataset.done] = {name, day: today()};
    else delete shelf.done[box.dataset.done];
    log.querySelectorAll('[data-done]').forEach((other) => { if (other.dataset.done === box.dataset.done) other.checked = box.checked; });
    save();
  });

  // The summary: the page shows it in place of the chat ----------------------------------------------------------------
  let opener = null, place = 0;
  const sheet_words = (sheet) => [...sheet.querySelectorAll('h2, h3, h2 + p, .record, .sheet > *, .sheet-sources li')]
    .map((part) => part.textContent.replace(/\s+/g, ' ').trim()).join('\n');
  function close_summary() {
    const sheet = $('summary');
    if (!sheet) return;
    sheet.remove();
    delete document.body.dataset.view;
    scrollTo(0, place);
    if (opener) opener.focus({preventScroll: true});
  }
  function add_line(sheet, section, words) {
    const part = sheet.querySelector(`[data-section=${section}]`);
    const line = document.createElement('p');
    line.textContent = words;
    const only = part.querySelector('p[data-none]');
    if (only) only.remove();
    part.append(line);
  }
  async function summary(from) {
    opener = from;
    place = scrollY;
    tell(say.working);
    const fresh = (await page.post_all('/summary')).getElementById('summary');
    tell('');
    if (!fresh || !turns.length) throw new Error('refused');
    close_summary();
    const sheet = document.adoptNode(fresh);
    if (shelf.checked) add_line(sheet, 'checks', say.first_check);
    for (const {name, day} of Object.values(shelf.done)) add_line(sheet, 'tried', `${name}: ${say.done} ${day}`);
    if (navigator.share) show(sheet, '[data-summary=share]', true);
    sheet.addEventListener('click', (event) => {
      const key = event.target.closest('button');
      if (!key) return;
      if (key.id === 'summary-back') event.preventDefault();
      if (key.id === 'summary-back') close_summary();
      else if (key.dataset.summary === 'print') print();
      else if (key.dataset.summary === 'copy') copy(sheet_words(sheet));
      else if (key.dataset.summary === 'share') share(sheet_words(sheet));
    });
    $('take').before(sheet);
    document.body.dataset.view = 'summary';
    scrollTo(0, 0);
    $('summary-heading').focus({preventScroll: true});
  }

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !(reading || $('summary'))) return;
    event.preventDefault();
    if (reading) stop_reading();
    else close_summary();
  });

  return {
    /// Makes a new part of the log work.
    ready(part) {
      show(part, '.tools, .clock, .reps, .choice, .done', true);
      show(part, '[data-act=share]', !!navigator.share);
      show(part, '[data-act=speak]', has_voice());
      show(part, '[data-clock=buzz]', !!navigator.vibrate && matchMedia('(pointer: coarse)').matches);
      part.querySelectorAll('[data-done]').forEach((box) => {
        const done = shelf.done[box.dataset.done];
        box.checked = !!done && done.day === today();
      });
    },
    summary,
    /// Ends whatever runs: the chat was deleted.
    clear() {
      stop_reading();
      if (running) keep_running(false);
      running = null;
      clocks.clear();
      bar.hidden = true;
      close_summary();
    },
  };
}
