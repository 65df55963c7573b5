// Small helps. Every page works without any of this: nothing here may be the only way to do a thing.
//
// Nothing is stored on the device, no address changes, and nothing is sent anywhere.

import { createAll, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink } from "./govuk.js"

document.body.classList.add("js-enabled", "govuk-frontend-supported")

// Leaving comes first: if anything below fails, the way out already works. Ours, and not the package's, because
// it replaces this page in the history, so that "Back" does not return here.
forgetting()
leaving()
covering()
if (document.querySelector("[data-fl-limit]")) limits()
const asked = document.querySelector("form[data-fl-items]")
if (asked instanceof HTMLFormElement) asking(asked)

// What a choice brings is shown by the stylesheet; only a browser too old for that needs the package's way.
const old = CSS.supports("selector(:has(a))") ? [] : [Checkboxes, Radios]
for (const component of [Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, SkipLink, ...old]) {
  createAll(component)
}

// The first box at fault has the focus; the list of errors above it is read out all the same.
document.querySelector(firstFault())?.focus()
leavingAfter()

function firstFault() {
  const link = document.querySelector(".govuk-error-summary a[href^='#']")
  return link ? `[id="${CSS.escape(link.hash.slice(1))}"]` : "[aria-invalid='true']"
}

/** A page that shows something for a moment only, such as a code word, goes back by itself. */
function leavingAfter() {
  const shown = document.querySelector("[data-fl-leave-after]")
  if (!(shown instanceof HTMLElement)) return
  setTimeout(() => {
    shown.remove()
    window.location.replace(shown.dataset.flLeaveTo ?? "/")
  }, Number(shown.dataset.flLeaveAfter) * 1000)
}

function cover(text) {
  const sheet = document.createElement("div")
  sheet.className = "fl-cover"
  sheet.setAttribute("role", "status")
  sheet.tabIndex = -1
  sheet.textContent = text
  return sheet
}

/**
 * A browser may keep a whole page in memory for its "Back" button, words typed into it included, and "no-store" does not
 * stop it. So a page that is left goes blank, and one that comes back from there is asked for again: by then somebody may
 * have signed out.
 */
function forgetting() {
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) document.body.hidden = true
  })
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return
    for (const form of document.forms) form.reset()
    window.location.reload()
  })
}

/** "Leave this page": a blank sheet at once, then another site in place of this page. Shift three times does the same. */
function leaving() {
  const way = document.querySelector("[data-fl-leave]")
  if (!(way instanceof HTMLAnchorElement)) return

  const leave = () => {
    document.body.classList.add("fl-covered")
    document.body.append(cover(""))
    document.title = "Weather"
    for (const field of document.querySelectorAll("input, textarea, select")) field.remove()
    window.location.replace(way.href)
  }
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-fl-leave]")) {
      event.preventDefault()
      leave()
    }
  })

  let presses = []
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = []
      return
    }
    const now = Date.now()
    presses = presses.filter((at) => now - at < 5000).concat(now)
    if (presses.length >= 3) leave()
  }, true)
}

/** "Cover screen": a plain sheet over everything while somebody walks past. Escape lifts it; so does the button on it. */
function covering() {
  const button = document.querySelector("[data-fl-cover]")
  if (!button) return
  button.hidden = false
  let sheet = null
  let before = null
  let title = ""

  const lower = () => {
    if (sheet) return
    before = document.activeElement
    title = document.title
    sheet = cover("")
    sheet.setAttribute("role", "dialog")
    sheet.setAttribute("aria-modal", "true")
    sheet.setAttribute("aria-label", "Screen covered")
    const lift = document.createElement("button")
    lift.type = "button"
    lift.textContent = "Carry on"
    lift.className = "govuk-button govuk-button--secondary"
    lift.addEventListener("click", raise)
    sheet.append(lift)
    document.body.append(sheet)
    document.body.classList.add("fl-covered")
    document.title = "Fanlight"
    for (const other of document.body.children) if (other !== sheet) other.inert = true
    lift.focus()
  }
  const raise = () => {
    if (!sheet) return
    sheet.remove()
    sheet = null
    for (const other of document.body.children) other.inert = false
    document.body.classList.remove("fl-covered")
    document.title = title
    if (before instanceof HTMLElement) before.focus()
  }
  button.addEventListener("click", lower)
  // F9 and no letter: speech software and people who type must not meet it by accident.
  document.addEventListener("keydown", (event) => {
    if (event.key === "F9") {
      event.preventDefault()
      if (sheet) raise()
      else lower()
    } else if (event.key === "Escape" && sheet) {
      raise()
    }
  })
}

/** Words over the limit stay on the page, with a message, instead of being sent and turned away. */
function limits() {
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      for (const field of form.querySelectorAll("[data-fl-limit]")) {
        const over = [...field.value].length - Number(field.dataset.flLimit)
        field.setCustomValidity(over > 0 ? `This is ${over} characters too long. Move some of it to a second note.` : "")
        if (over > 0) {
          event.preventDefault()
          field.reportValidity()
          return
        }
      }
    })
  }
}

/**
 * A risk instrument on the telephone: one key for an answer, the count beside it, and every answer saved as it is given.
 * What is saved goes where the form's own button would send it, and nowhere else.
 */
function asking(form) {
  const keys = { y: "yes", n: "no", k: "dont_know", s: "not_asked", d: "declined" }
  const items = () => [...form.querySelectorAll("[data-fl-item]")].filter((item) => item.checkVisibility?.() ?? true)
  const counted = () => form.querySelectorAll(".fl-items:not(.fl-items .fl-items) > [data-fl-item]")
  const own = (item) => item.querySelector(".fl-answers")
  const chosen = (item) => own(item).querySelector("input:checked")?.value ?? ""
  for (const hint of document.querySelectorAll("[data-fl-keys]")) hint.hidden = false
  for (const button of document.querySelectorAll("[data-fl-without-script]")) button.hidden = true

  const here = (target) => (target instanceof Element ? target.closest("[data-fl-item]") : null)
  const focusOn = (item) => (own(item).querySelector("input:checked") ?? own(item).querySelector("input")).focus()

  form.addEventListener("focusin", (event) => {
    for (const item of form.querySelectorAll(".fl-item--now")) item.classList.remove("fl-item--now")
    here(event.target)?.classList.add("fl-item--now")
  })

  form.addEventListener("keydown", (event) => {
    const item = here(event.target)
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return
    const isAnswer = event.target.matches("input[type=radio]")
    if (!isAnswer) return
    const key = event.key.toLowerCase()
    // A key that is held down, or that somebody leans on, answers once and not all the way down the page.
    if (event.repeat && (key in keys || key === "t")) {
      event.preventDefault()
      return
    }
    const all = items()
    const at = all.indexOf(item)
    if (key in keys) {
      event.preventDefault()
      const input = own(item).querySelector(`input[value=${keys[key]}]`)
      input.checked = true
      input.dispatchEvent(new Event("change", { bubbles: true }))
      const next = items()[items().indexOf(item) + 1]
      if (next) focusOn(next)
    } else if (key === "t") {
      event.preventDefault()
      const more = item.querySelector(".fl-item__words")
      more.open = true
      more.querySelector("textarea").focus()
    } else if (key === "arrowdown" || key === "arrowup") {
      event.preventDefault()
      const next = all[at + (key === "arrowdown" ? 1 : -1)]
      if (next) focusOn(next)
    }
  })

  form.addEventListener("change", (event) => {
    const item = here(event.target)
    if (item && event.target.matches("input[type=radio]")) {
      const is = chosen(item)
      const urgent = item.querySelector(":scope > .fl-item__q [data-fl-urgent]")
      if (urgent) {
        urgent.hidden = is !== "yes"
        // The focus has gone on to the next question, so what cannot wait is said aloud.
        if (is === "yes") hear(urgent.textContent)
      }
      const opens = item.querySelector(":scope > [data-fl-opens]")
      if (opens && is === "yes") opens.open = true
    }
    count()
    saveSoon()
  })
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) saveSoon()
  })
  // The form is on its way itself: a save that came after it would put this page back in its place.
  form.addEventListener("submit", () => {
    clearTimeout(waiting)
    waiting = 0
  })
  // A screen that goes away, as when a telephone is put down in haste, is saved before it is gone.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && waiting) save()
  })

  function count() {
    const sums = { yes: 0, no: 0, unknown: 0, left: 0 }
    let notAsked = 0
    for (const item of counted()) {
      const is = chosen(item)
      if (is === "not_asked") notAsked += 1
      sums[is === "" ? "left" : is === "yes" || is === "no" ? is : "unknown"] += 1
    }
    const all = sums.yes + sums.no + sums.unknown + sums.left
    const could = sums.yes + sums.unknown + sums.left
    const shown = { ...sums, asked: all - sums.left - notAsked, words: could > sums.yes ? `It could be ${could}.` : "" }
    for (const place of document.querySelectorAll("[data-fl-sum]")) {
      const text = String(shown[place.dataset.flSum])
      if (place.textContent !== text) place.textContent = text
    }
    const share = (n) => `${(100 * n) / Math.max(all, 1)}%`
    const bar = (name) => document.querySelector(`[data-fl-bar] .fl-bar__${name}`)
    bar("yes")?.setAttribute("width", share(sums.yes))
    bar("no")?.setAttribute("x", share(sums.yes))
    bar("no")?.setAttribute("width", share(sums.no))
    bar("dk")?.setAttribute("x", share(sums.yes + sums.no))
    bar("dk")?.setAttribute("width", share(sums.unknown))
    for (const stale of document.querySelectorAll("[data-fl-stale]")) stale.hidden = false
  }

  // A screen reader hears what must be done at once, and that saving fails or works again: not every key and count.
  const heard = document.querySelector("[data-fl-heard]")
  function hear(text) {
    if (heard) heard.textContent = text
  }

  const saved = document.querySelector("[data-fl-saved]")
  let failing = false
  let waiting = 0
  let busy = false
  let again = false
  function saveSoon() {
    clearTimeout(waiting)
    waiting = setTimeout(save, 400)
  }
  async function save() {
    clearTimeout(waiting)
    waiting = 0
    if (busy) {
      again = true
      return
    }
    busy = true
    const body = new URLSearchParams(new FormData(form))
    body.set("do", "save")
    try {
      // A browser carries no more than this past the end of the page.
      const keepalive = body.toString().length < 60000
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store", credentials: "same-origin", keepalive })
      say(answer.ok && new URL(answer.url).pathname === "/kept" ? `Saved ${new Date().toLocaleTimeString("en-GB")}` : "")
    } catch {
      say("")
    }
    busy = false
    if (again) {
      again = false
      save()
    }
  }
  /** What the sign at the top says; nothing means that it failed, which is said wherever on the page one is. */
  function say(text) {
    if (!saved) return
    saved.hidden = text === ""
    saved.querySelector("span").textContent = text
    const warnings = document.querySelectorAll("[data-fl-unsaved]")
    for (const warning of warnings) warning.hidden = text !== ""
    if (failing !== (text === "")) hear(text || (warnings[0]?.textContent ?? ""))
    failing = text === ""
  }
}
