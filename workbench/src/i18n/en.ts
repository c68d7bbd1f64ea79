// English. Same keys as zh-CN (texts.ts proves it); plurals have `_one` and `_other`. Plain words, sentence case.

import { audit } from "./en/audit.ts";
import { backup } from "./en/backup.ts";
import { bot } from "./en/bot.ts";
import { channelsPage } from "./en/channels-page.ts";
import { colleague } from "./en/colleague.ts";
import { documentProblems } from "./en/document-reading.ts";
import { errors } from "./en/errors.ts";
import { faqWork } from "./en/faq-work.ts";
import { flows } from "./en/flows.ts";
import { health } from "./en/health.ts";
import { hours } from "./en/hours.ts";
import { inbox } from "./en/inbox.ts";
import { keys } from "./en/keys.ts";
import { knowledge } from "./en/knowledge.ts";
import { launch } from "./en/launch.ts";
import { launchPlan } from "./en/launch-plan.ts";
import { me } from "./en/me.ts";
import { members } from "./en/members.ts";
import { models } from "./en/models.ts";
import { nav } from "./en/nav.ts";
import { pictures } from "./en/pictures.ts";
import { pilot } from "./en/pilot.ts";
import { queues } from "./en/queues.ts";
import { rehearsal } from "./en/rehearsal.ts";
import { settings } from "./en/settings.ts";
import { setup } from "./en/setup.ts";
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";
import { tools } from "./en/tools.ts";
import { trace } from "./en/trace.ts";
import { usage } from "./en/usage.ts";
import type { LanguageWithSingular } from "./texts.ts";

export const en: LanguageWithSingular = {
  app: {
    name: "Yingda",
    full: "应答 Yingda",
    skip: "Skip to main content",
    title: "{{page}} · Yingda",
    unread: "({{count}}) {{title}}",
  },
  common: {
    listComma: ", ",
    colon: ": ",
    save: "Save",
    saved: "Saved",
    cancel: "Cancel",
    close: "Close",
    back: "Back",
    next: "Next",
    done: "Done",
    add: "Add",
    edit: "Edit",
    remove: "Delete",
    undo: "Undo",
    undone: "Undone",
    retry: "Try again",
    reload: "Reload",
    copy: "Copy",
    copied: "Copied",
    copyFailed: "Could not copy. Select the text and copy it by hand.",
    search: "Search",
    more: "More",
    moreActions: "More actions",
    loading: "Loading",
    loadMore: "Load more",
    on: "On",
    off: "Off",
    yes: "Yes",
    no: "No",
    optional: "optional",
    details: "Details",
    showAll: "Show all",
    hide: "Hide",
    none: "None",
    unknown: "Unknown",
    confirm: "Confirm",
    download: "Download",
    print: "Print",
    export: "Export",
    import: "Import",
    name: "Name",
    status: "Status",
    actions: "Actions",
    language: "Language",
    clear: "Clear",
    typeToConfirm: "Type “{{word}}” to confirm",
    items_one: "{{count}} item",
    items_other: "{{count}} items",
    justNow: "just now",
    unsaved: "Unsaved changes",
    leaveUnsaved: "Your changes will be lost. Leave this page?",
    leave: "Leave",
    stay: "Stay",
  },
  states: {
    errorTitle: "This did not load",
    crashTitle: "Something broke on this page",
    crashText:
      "Nothing you saved is lost. Reloading usually helps; if it keeps happening, give the number below to your administrator.",
    requestId: "Number {{id}}",
    offlineTitle: "You are offline",
    offlineText: "Keep reading and writing; replies go out when the connection is back.",
    reconnecting: "Reconnecting…",
    notFoundTitle: "This page does not exist",
    notFoundText: "The link may be out of date, or you may not be allowed to see it.",
    goHome: "Go to the inbox",
    newVersion: "Yingda was updated. Reload to use the new version.",
  },
  time: {
    seconds: "{{count}} s",
    minutes: "{{count}} min",
    hours: "{{count}} h",
    days: "{{count}} d",
    ago: "{{span}} ago",
    today: "Today",
    yesterday: "Yesterday",
    exact: "YYYY-MM-DD HH:mm:ss",
    monthDay: "MMM D",
    full: "MMM D, YYYY",
  },
  roles: {
    owner: "Owner",
    admin: "Administrator",
    supervisor: "Supervisor",
    agent: "Agent",
    viewer: "Viewer",
  },
  presence: {
    label: "My status",
    available: "Available",
    busy: "Busy",
    away: "Away",
    load: "{{open}} open of {{capacity}}",
    availableHint: "Takes new conversations",
    busyHint: "Only what you already have",
    awayHint: "No new conversations",
  },
  channels: { web: "Website", api: "API" },
  usage,
  rehearsal,
  launchPlan,
  nav,
  connection: {
    connecting: "Connecting",
    live: "Connected",
    fallback: "Connected (backup line)",
    offline: "Disconnected",
  },
  signIn,
  me,
  shell,
  keys,
  inbox,
  contacts: {
    title: "Contacts",
    lead: "Find customers, see who they are and what was said.",
    search: "Search names or messages",
    recent: "Recent",
    none: "No contacts yet",
    noneHint: "A customer appears here after their first message.",
    notFound: "Nothing found for “{{words}}”",
    choose: "Choose a contact",
    openConversation: "Open conversation",
  },
  trace,
  bot,
  colleague,
  pictures,
  pilot,
  launch,
  setup,
  faqWork,
  models,
  knowledge,
  flows,
  channelsPage,
  queues,
  members,
  hours,
  audit,
  health,
  backup,
  settings,
  invitation: {
    title: "Join {{shop}}",
    lead: "You will serve customers as {{role}}.",
    account: "Account (e-mail or phone)",
    password: "Password (at least 10 characters)",
    name: "Name (customers see it)",
    join: "Join",
  },
  tools,
  errors,
  documentProblems,
};
