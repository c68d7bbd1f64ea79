// 工具：错误与审计。
export const toolErrors = {
  "tool/not-found": "找不到这个工具，可能已被删除。",
  "tool/name-taken": "已经有同名的工具。请换一个名称。",
  "tool/version-moved": "别人刚刚修改过，请重新打开再保存。",
  "tool/limit-reached": "已达到 {{most}} 个的上限，请先删除不用的。",
  "tool/input-missing": "缺少“{{input}}”的值，请填写后再试。",
  "tool/test-would-change": "这个工具会改动数据，只能预览请求，不能实际测试。",
  "tool/address-refused":
    "不能访问这个地址：它在内部网络或本机。确实要用时，请运维在 YINGDA_ALLOW_PRIVATE 里加上 tool=host:port。",
  "tool/unreachable": "连不上对方的系统。请核对地址，或稍后再试。",
  "tool/timed-out": "对方没有在规定时间内回答。请稍后再试，或调长时限。",
  "tool/sign-in-refused": "对方不接受登录信息（{{detail}}）。请核对密钥和权限。",
  "tool/refused": "对方拒绝了这个请求（{{detail}}）。请核对填写的内容。",
  "tool/failed": "对方的系统出错了（{{detail}}）。请稍后再试。",
  "tool/not-json": "对方返回的不是数据，可能是网页或登录页。请核对接口地址。",
  "tool/reply-too-large": "对方返回的内容太大（超过 1 MB），没有使用。请加上筛选条件。",
  "tool/description-unreadable":
    "读不懂这份接口说明（{{why}}）。请使用 OpenAPI 3.0 或 3.1 的 JSON 或 YAML 文件。",
  "tool/description-too-large": "接口说明太大，最多 5 MB。",
  "tool/secret-missing": "还没有填写“{{name}}”。请在连接里补上密钥。",
  "tool/not-supported": "这种登录或调用方式还不支持。可以改用对方的 MCP 地址，或自己的中转接口。",
};

export const toolAudit = {
  "tool-connection-added": "连接了一个系统",
  "tool-connection-changed": "修改了连接的系统",
  "tool-connection-removed": "移除了连接的系统",
  "tool-added": "添加工具",
  "tool-changed": "修改工具",
  "tool-removed": "删除工具",
};
