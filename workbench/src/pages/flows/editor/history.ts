// Undo and redo of what is being written: the flow's text and its dialogues together. Typing in one place is one step back.

export interface Written {
  yaml: string;
  dialogues: string;
}

export interface History {
  now: Written;
  before: readonly Written[];
  after: readonly Written[];
  /** What the latest change belonged to; null after a pause of any kind. */
  typing: string | null;
}

const mostKept = 200;

export function begin(now: Written): History {
  return { now, before: [], after: [], typing: null };
}

/** `typing` names the field while somebody types in it. No change is no step. */
export function write(history: History, now: Written, typing: string | null = null): History {
  const { yaml, dialogues } = history.now;
  if (yaml === now.yaml && dialogues === now.dialogues) return history;
  const isSame = typing !== null && typing === history.typing;
  const before = isSame ? history.before : [...history.before, history.now].slice(-mostKept);
  return { now, before, after: [], typing };
}

export function undo(history: History): History {
  const now = history.before.at(-1);
  if (now === undefined) return history;
  return { now, before: history.before.slice(0, -1), after: [history.now, ...history.after], typing: null };
}

export function redo(history: History): History {
  const [now, ...after] = history.after;
  if (now === undefined) return history;
  return { now, before: [...history.before, history.now], after, typing: null };
}
