// Work on FAQs: expiry, drafts and review, versions, variants and other contents, figures.
export const faqWork = {
  expired:
    "Expired on {{on}}: the bot does not say it any more. Confirm that it is still right, or change the answer.",
  expiresSoon_one: "Expires tomorrow ({{on}}); from then on the bot does not say it.",
  expiresSoon_other: "Expires in {{count}} days ({{on}}); from then on the bot does not say it.",
};
