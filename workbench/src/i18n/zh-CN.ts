// 简体中文。One file per language: a top key per page; errors by the contract's code. English must have the same keys
// (texts.ts). Wording: plain, short, full-width punctuation, 您 only towards customers.
import { audit } from "./zh-CN/audit.ts";
import { backup } from "./zh-CN/backup.ts";
import { bot } from "./zh-CN/bot.ts";
import { channelsPage } from "./zh-CN/channels-page.ts";
import { colleague } from "./zh-CN/colleague.ts";
import { documentProblems } from "./zh-CN/document-reading.ts";
import { errors } from "./zh-CN/errors.ts";
import { faqWork } from "./zh-CN/faq-work.ts";
import { flows } from "./zh-CN/flows.ts";
import { health } from "./zh-CN/health.ts";
import { hours } from "./zh-CN/hours.ts";
import { inbox } from "./zh-CN/inbox.ts";
import { keys } from "./zh-CN/keys.ts";
import { knowledge } from "./zh-CN/knowledge.ts";
import { launch } from "./zh-CN/launch.ts";
import { launchPlan } from "./zh-CN/launch-plan.ts";
import { me } from "./zh-CN/me.ts";
import { members } from "./zh-CN/members.ts";
import { models } from "./zh-CN/models.ts";
import { nav } from "./zh-CN/nav.ts";
import { pictures } from "./zh-CN/pictures.ts";
import { pilot } from "./zh-CN/pilot.ts";
import { queues } from "./zh-CN/queues.ts";
import { rehearsal } from "./zh-CN/rehearsal.ts";
import { settings } from "./zh-CN/settings.ts";
import { setup } from "./zh-CN/setup.ts";
import { shell } from "./zh-CN/shell.ts";
import { signIn } from "./zh-CN/sign-in.ts";
import { tools } from "./zh-CN/tools.ts";
import { trace } from "./zh-CN/trace.ts";
import { usage } from "./zh-CN/usage.ts";

export const zhCN = {
  app: {
    name: "应答",
    full: "应答 Yingda",
    skip: "跳到主要内容",
    title: "{{page}} · 应答",
    unread: "({{count}}) {{title}}",
  },
  common: {
    listComma: "、",
    colon: "：",
    save: "保存",
    saved: "已保存",
    cancel: "取消",
    close: "关闭",
    back: "返回",
    next: "下一步",
    done: "完成",
    add: "添加",
    edit: "编辑",
    remove: "删除",
    undo: "撤销",
    undone: "已撤销",
    retry: "重试",
    reload: "重新加载",
    copy: "复制",
    copied: "已复制",
    copyFailed: "复制失败，请手动选择后复制",
    search: "搜索",
    more: "更多",
    moreActions: "更多操作",
    loading: "加载中",
    loadMore: "加载更多",
    on: "开",
    off: "关",
    yes: "是",
    no: "否",
    optional: "选填",
    details: "详情",
    showAll: "显示全部",
    hide: "收起",
    none: "无",
    unknown: "未知",
    confirm: "确认",
    download: "下载",
    print: "打印",
    export: "导出",
    import: "导入",
    name: "名称",
    status: "状态",
    actions: "操作",
    language: "语言",
    clear: "清除",
    typeToConfirm: "请输入“{{word}}”确认",
    items_other: "{{count}} 项",
    justNow: "刚刚",
    unsaved: "有未保存的修改",
    leaveUnsaved: "离开后修改会丢失，要离开吗？",
    leave: "离开",
    stay: "留下",
  },
  states: {
    errorTitle: "没能加载",
    crashTitle: "这一页出错了",
    crashText: "您的数据没有丢失。重新加载通常就能恢复；如果反复出现，请把下面的编号告诉管理员。",
    requestId: "编号 {{id}}",
    offlineTitle: "网络已断开",
    offlineText: "可以继续阅读和写回复，恢复后会自动发送。",
    reconnecting: "正在重新连接…",
    notFoundTitle: "没有这个页面",
    notFoundText: "链接可能已失效，或者您没有权限查看。",
    goHome: "回到会话",
    newVersion: "应答已更新，重新加载后生效。",
  },
  time: {
    seconds: "{{count}} 秒",
    minutes: "{{count}} 分钟",
    hours: "{{count}} 小时",
    days: "{{count}} 天",
    ago: "{{span}}前",
    today: "今天",
    yesterday: "昨天",
    exact: "YYYY-MM-DD HH:mm:ss",
    monthDay: "M月D日",
    full: "YYYY年M月D日",
  },
  roles: { owner: "店主", admin: "管理员", supervisor: "主管", agent: "客服", viewer: "只读" },
  presence: {
    label: "我的状态",
    available: "在线",
    busy: "忙碌",
    away: "离开",
    load: "接待中 {{open}}，上限 {{capacity}}",
    availableHint: "接新会话",
    busyHint: "只处理手上的会话",
    awayHint: "不接新会话",
  },
  channels: { web: "网页", api: "接口" },
  usage,
  rehearsal,
  launchPlan,
  nav,
  connection: {
    connecting: "正在连接",
    live: "已连接",
    fallback: "已连接（备用线路）",
    offline: "连接已断开",
  },
  signIn,
  me,
  shell,
  keys,
  inbox,
  contacts: {
    title: "客户",
    lead: "查找客户，看资料和以往会话。",
    search: "搜索客户名字或消息",
    recent: "最近联系",
    none: "还没有客户",
    noneHint: "客户第一次发来消息后会出现在这里。",
    notFound: "没有找到“{{words}}”",
    choose: "选一位客户",
    openConversation: "打开会话",
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
    title: "加入 {{shop}}",
    lead: "您将以“{{role}}”的身份接待客户。",
    account: "账号（邮箱或手机号）",
    password: "密码（至少 10 个字符）",
    name: "名字（客户会看到）",
    join: "加入",
  },
  tools,
  errors,
  documentProblems,
};
