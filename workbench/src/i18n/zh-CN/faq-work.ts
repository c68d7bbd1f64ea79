// Work on FAQs: expiry, drafts and review, versions, variants and other contents, figures.
export const faqWork = {
  expired: "{{on}} 起已过期，机器人不再说它。确认还对就点“仍然正确”，否则改答案。",
  expiresSoon_other: "还有 {{count}} 天过期（{{on}}），到时机器人不再说它。",
};
