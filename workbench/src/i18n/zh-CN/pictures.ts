// 收件箱里图片下面的机器识别。
export const pictures = {
  machine: "机器看图，仅供参考",
  by: "由模型 {{model}} 识别，请以图片为准",
  kinds: {
    product: "商品",
    display: "显示屏",
    label: "标签、面单",
    screenshot: "截图",
    payment: "付款凭证",
    paper: "纸面文字",
    "identity-document": "证件或银行卡：内容没有记录",
    person: "人像：内容没有记录",
    other: "图片",
  },
};
