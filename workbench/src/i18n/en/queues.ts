// The tab "Queues and skills" of the members page.
export const queues = {
  tabs: { members: "Members", queues: "Queues and skills" },
  title: "Queues",
  lead: "Conversations wait in a queue for a person. A flow may name one; everything else goes into the default queue.",
  add: "New queue",
  editTitle: "Edit queue",
  isDefault: "Default",
  everyone: "Everybody serves it",
  served_one: "Served by {{names}}",
  served_other: "Served by {{count}} people: {{names}}",
  waiting_one: "{{count}} waiting",
  waiting_other: "{{count}} waiting",
  nobodyWaiting: "Nobody is waiting",
  onlyDefault: "There is only the default queue",
  onlyDefaultText:
    "Make another one when some conversations should only go to a few people: after-sales, say, or customers who write English.",
  name: "Name",
  nameNeeded: "Give it a name",
  who: "Who serves it",
  whoEveryone: "Everybody, also who joins later",
  whoChosen: "Only those chosen",
  members: "Choose members",
  membersNeeded: "Choose at least one person",
  patience: "Seconds to wait at most",
  patienceHint:
    "When somebody with a skill is wanted, or nobody of this queue is at work: after this time others are asked. 3600 at most.",
  makeDefault: "Make default",
  madeDefault: "“{{name}}” is the default queue now",
  saved: "Saved",
  added: "Queue “{{name}}” was made",
  remove: "Delete queue",
  removeTitle: "Delete the queue “{{name}}”?",
  removeText: "Flows that name it will use the default queue “{{to}}”.",
  removeMoves_one:
    "{{count}} conversation waits in this queue. It will be moved to the default queue “{{to}}” and keep its place.",
  removeMoves_other:
    "{{count}} conversations wait in this queue. They will be moved to the default queue “{{to}}” and keep their order.",
  removeAct: "Delete",
  removeMoveAct: "Move and delete",
  removed: "Queue “{{name}}” was deleted",
  defaultStays: "The default queue cannot be deleted. Make another one the default first.",
  skills: "Skills",
  skillsLead:
    "Write down who knows what: after-sales, English, sizes. A flow that wants a skill goes to them first, and so does a question of the bot's to colleagues.",
  skillsOf: "Skills of {{name}}",
  skillsHint: "Press Enter after each; 20 at most, 30 characters each",
  skillsSaved: "Skills of {{name}} saved",
};
export const queueErrors = {
  "queue/name-taken": "There is a queue of this name already.",
  "queue/limit-reached": "There can be {{most}} queues at most. Delete one first.",
  "queue/is-default": "The default queue cannot be deleted. Make another one the default first.",
  "queue/not-empty":
    "{{count}} conversations wait in this queue. Move them to the default queue “{{to}}” first.",
};
export const queueAudit = {
  "queue-added": "queue added",
  "queue-changed": "queue changed",
  "queue-removed": "queue deleted",
  "skills-changed": "a member's skills changed",
};
export const queueCards = {
  skillsWanted: "Skills wanted: {{skills}}",
  skillMiss: {
    waited: "Those with the skill were waited for and had no room, so somebody else was asked",
    absent: "Nobody with the skill was there, so somebody else was asked",
  },
  queueMoved: {
    "nobody-at-work": "Nobody of “{{from}}” is at work: moved to the queue “{{to}}”",
    "queue-deleted": "The queue “{{from}}” was deleted: moved to the queue “{{to}}”",
  },
};
