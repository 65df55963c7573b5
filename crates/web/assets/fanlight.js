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
