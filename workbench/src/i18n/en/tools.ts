// Tools: errors and audit.
export const toolErrors = {
  "tool/not-found": "This tool was not found. It may have been removed.",
  "tool/name-taken": "Another tool has this name. Choose another one.",
  "tool/version-moved": "Someone has just changed this. Open it again before you save.",
  "tool/limit-reached": "There may be {{most}} of them; remove some first.",
  "tool/input-missing": "A value for “{{input}}” is missing. Fill it in and try again.",
  "tool/test-would-change": "This tool changes data: its request can be shown, but not sent as a test.",
  "tool/address-refused":
    "This address may not be called: it is in a private network or on this machine. If you need it, ask your operator to add tool=HOST:PORT to YINGDA_ALLOW_PRIVATE.",
  "tool/unreachable": "The system could not be reached. Check the address, or try again later.",
  "tool/timed-out": "The system did not answer in time. Try again later, or allow more time.",
  "tool/sign-in-refused":
    "The system does not accept the sign-in ({{detail}}). Check the key and its rights.",
  "tool/refused": "The system refused the request ({{detail}}). Check what you entered.",
  "tool/failed": "The system failed ({{detail}}). Try again later.",
  "tool/not-json": "What came back is no data, perhaps a web page or a sign-in page. Check the address.",
  "tool/reply-too-large": "What came back is larger than 1 MB and was not used. Add a filter.",
  "tool/description-unreadable":
    "This description cannot be read ({{why}}). Use an OpenAPI 3.0 or 3.1 file, JSON or YAML.",
  "tool/description-too-large": "The description is too large; 5 MB at most.",
  "tool/secret-missing": "“{{name}}” was not entered. Add it to the connection.",
  "tool/not-supported":
    "This way of signing in or calling is not supported yet. Use their MCP address, or an endpoint of your own in between.",
};

export const toolAudit = {
  "tool-connection-added": "Connected a system",
  "tool-connection-changed": "Changed a connected system",
  "tool-connection-removed": "Removed a connected system",
  "tool-added": "Added a tool",
  "tool-changed": "Changed a tool",
  "tool-removed": "Removed a tool",
};
