// What the large model did in a turn: sentences of the trace, beside those of trace.because.

export const modelBecause = {
  "no-model": "no answer of the large model was used",
  "model-answered":
    "the large model {{model}} answered from {{sources}} source(s), each sentence checked ({{ms}} ms)",
  "model-answered-kept":
    "the answer that {{model}} gave to the same question before, from the cache: no call was made ({{sources}} source(s), checked again)",
  translated: "put into {{language}}: “{{text}}” ({{ms}} ms), the same numbers",
  "translated-changed":
    "the translation into {{language}} changed something ({{what}}) and was not used: “{{text}}”",
  "translated-nothing": "the shop has no sure answer to the translation; a person answers",
  "translated-answer":
    "the contact writes {{language}}: translated, answered by the engine from what the shop knows, and translated back, numbers compared both ways",
  "no-extract": "no detail of a flow was read by the large model",
  "model-extracted":
    "the engine could not read it; the large model {{model}} found “{{slot}}” in the customer's own words ({{ms}} ms)",
  "model-extracted-nothing":
    "the large model found no “{{slot}}” in the customer's words; it is asked for again",
  "model-tool-called":
    "the large model looked something up with the tool “{{tool}}”, which the owner allows it",
  "model-tools-enough": "the large model has called three tools in this turn; no more ({{tools}})",
  "model-rewrote": "the follow-up was made whole: “{{question}}” ({{ms}} ms)",
  "model-no-sources": "no text of the shop is near: the model is not asked",
  "model-source-left-out": "{{count}} text(s) give orders to machines and were kept from the model",
  "model-tools-refused": "the model wanted tools it was not given ({{tools}}): refused",
  "model-removed": "{{count}} sentence(s) without a source were removed",
  "model-no-answer": "the model says the sources do not hold the answer ({{ms}} ms); the engine goes on",
  "model-uncited": "the model named no source; its answer was not used",
  "model-ungrounded": "what the model wrote is not in the sources; it was not used",
  "model-unsupported": "numbers or promises of the model have no source; its answer was not used",
  "model-again": "the model only repeated the last answer; it was not used",
  "model-leaked": "the model gave away its instructions; its answer was not used",
  "model-slow": "the model was too slow ({{ms}} ms waited); the engine goes on",
  "model-paused": "the model failed repeatedly and is left alone for a while",
  "model-key": "the model's service refused the key; the engine goes on",
  "model-balance": "the model account's balance is used up; the engine goes on",
  "model-busy": "the model's service asked to wait; the engine goes on",
  "model-unreachable": "the model's service cannot be reached; the engine goes on",
  "model-shape": "the model's reply was broken; the engine goes on",
  "model-budget": "the budget for the model is used up; the engine goes on",
  "picture-seen": "the model {{model}} looked at the picture ({{kind}}, {{ms}} ms); what it saw is data only",
  "picture-orders": "{{count}} line(s) on the picture gave orders to machines and were left out",
  "picture-too-large": "the picture is too large and was shown to no model",
  "model-off": "no model does this task",
  "model-failed": "the model failed ({{code}}); the engine goes on",
};
