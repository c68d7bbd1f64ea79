// Papers of eight shops for tests, written by hand: a manual, a hotel's house rules, a delivery guide, a course handbook in
// English, a pet clinic's leaflet. Each section has a key by which questions.ts names what answers.

import { cutPassages } from "../cut/cut-passages.ts";
import { type KnownDocument, knownDocument } from "../search/known-document.ts";

type Section = [key: string, heading: string, text: string];
const tuning: Record<string, Section[]> = {
  加湿器使用手册: [
    [
      "水箱",
      "加水",
      "水箱容量为 4 升，加满一次可以连续使用 12 小时。请使用凉开水或纯净水，不要加热水，也不要加精油。",
    ],
    [
      "清洁",
      "清洁与保养",
      "水箱每三天清洗一次。先拔下电源，倒掉余水，用软布擦拭雾化片。请勿使用酸性或含氯的清洁剂。长期不用时请把水倒干，晾干后存放。",
    ],
    ["灯", "指示灯", "蓝灯常亮表示正常工作，红灯闪烁表示缺水，橙灯常亮表示需要清洗雾化片。"],
    [
      "代码",
      "故障代码",
      "E1：缺水，请加水后重新开机。\nE2：风扇堵塞，请清理进风口。\nE5：温度过高，请断电冷却 30 分钟，仍出现请联系售后。",
    ],
    ["定时", "定时关机", "按一下“定时”键为 2 小时，再按一下为 4 小时，第三下为 8 小时。长按三秒取消定时。"],
    [
      "安全",
      "安全须知",
      "本产品不可放在地毯上使用，距离墙壁至少 30 厘米。儿童使用时须有成人看护。最大功率 28 瓦，可以整夜使用。",
    ],
    [
      "保修",
      "保修",
      "整机保修一年，雾化片保修六个月，从签收之日起计算。人为摔坏、进水不在保修范围。保修时请提供订单截图。",
    ],
    ["噪音", "规格", "睡眠档运行噪音为 26 分贝。适用面积 20 至 30 平方米。净重 1.6 公斤。电源线长 1.5 米。"],
  ],
  云栖民宿住客须知: [
    [
      "入住",
      "入住与退房",
      "入住时间为下午 3 点以后，退房时间为中午 12 点以前。延迟退房到下午 2 点免费，超过下午 2 点按半天房费收取。",
    ],
    [
      "早餐",
      "早餐",
      "早餐每天 7:30 到 10:00 在一楼餐厅提供，房费含双早，加一位 35 元。需要打包早餐请在前一晚 9 点前告诉前台。",
    ],
    [
      "停车",
      "停车",
      "院内有 12 个免费车位，先到先得。停满后可以停到路口的公共停车场，每天 20 元。院内有两个充电桩，按 1.2 元一度收费。",
    ],
    [
      "宠物",
      "宠物",
      "可以带一只 10 公斤以下的小型犬，需另付 80 元清洁费。猫和大型犬不能入住。宠物不能进餐厅和泳池。",
    ],
    [
      "取消",
      "取消预订",
      "入住日前三天以上取消，全额退款；前三天以内取消，扣除首晚房费；当天取消不退款。国庆和春节期间的订单一经确认不能取消。",
    ],
    [
      "儿童",
      "儿童与加床",
      "六岁以下儿童不占床免费。加床每晚 120 元，每间房最多加一张床。婴儿床免费，请提前一天预约。",
    ],
    [
      "发票",
      "发票",
      "可以开电子普通发票，退房时把抬头和税号告诉前台，三个工作日内发到邮箱。不能开专用发票。",
    ],
    ["泳池", "泳池", "泳池只在五月到十月开放，每天上午 9 点到晚上 8 点。须戴泳帽，前台有售，一顶 25 元。"],
    [
      "接站",
      "接送",
      "从高铁东站到店里打车约 40 分钟。我们提供付费接站，5 座车 120 元，7 座车 180 元，请至少提前一天预约。",
    ],
  ],
  配送与安装说明: [
    ["范围", "配送范围", "江浙沪皖送货上门，其他省份送到县级网点自提。新疆、西藏和海岛暂不发货。"],
    [
      "时间",
      "配送时间",
      "现货在付款后 48 小时内发出，定制款需要 15 到 20 天。大件由专车配送，一般 3 到 7 天到达，司机会提前一天打电话约时间。",
    ],
    ["上楼", "上楼费", "有电梯免费上楼。没有电梯时三楼以下免费，四楼起每层加收 30 元。"],
    [
      "安装",
      "安装",
      "床、衣柜和餐桌免费安装，书架和床头柜需要自己组装。安装师傅在到货后两天内联系您。偏远乡镇加收 100 元交通费。",
    ],
    [
      "验货",
      "验货",
      "签收前请当面拆开检查。发现磕碰或缺件，请拍照并拒收，我们免费补发。签收以后发现的运输损坏不能理赔。",
    ],
    [
      "改期",
      "改约与存放",
      "可以免费改约一次，请在约定日期前一天联系客服。仓库免费保管 30 天，超过以后每天收 10 元保管费。",
    ],
    ["旧物", "旧家具", "不提供旧家具回收，师傅可以帮忙把旧家具搬到楼下，每件 50 元。"],
  ],
  "Course handbook": [
    [
      "times",
      "Class times",
      "Evening classes run on Tuesdays and Thursdays from 6:30 pm to 8:30 pm. Weekend classes run on Saturdays from 10 am to 1 pm.",
    ],
    [
      "fees",
      "Fees",
      "The ten-week course costs £240. Students and pensioners pay £180. Materials are included, except for the kiln fee of £15 per term.",
    ],
    [
      "missed",
      "Missed classes",
      "You may make up two missed classes per term in another group. Let us know at least 24 hours before. Missed classes are not refunded.",
    ],
    [
      "refund",
      "Refunds",
      "Cancel at least seven days before the first class for a full refund. After that we refund half of the fee until the second class. There is no refund after the second class.",
    ],
    [
      "wear",
      "What to bring",
      "Wear old clothes and closed shoes. We provide aprons and tools. Please tie back long hair and take off your rings.",
    ],
    [
      "kids",
      "Children",
      "Children from eight years can join the Saturday class with an adult. The evening classes are for adults only.",
    ],
    [
      "firing",
      "Collecting your pieces",
      "Your pieces are ready two weeks after glazing. We keep them for six weeks; after that they are given away.",
    ],
    [
      "access",
      "Getting here",
      "The studio is on the ground floor and has step-free access. The nearest tube station is Bow Road, five minutes on foot. There is no parking on site.",
    ],
  ],
  绝育手术须知: [
    ["禁食", "术前准备", "手术前 8 小时禁食，4 小时禁水。请带上疫苗本。发情期、怀孕期和感冒的猫不能做手术。"],
    ["年龄", "手术年龄", "猫咪建议在 6 到 8 个月大时绝育，体重需达到 2 公斤。"],
    ["费用", "费用", "公猫绝育 380 元，母猫绝育 580 元，包含麻醉和术后一次复查。术前血检另收 150 元。"],
    [
      "时间",
      "手术时间",
      "每周三和周六上午手术，需提前两天预约。公猫手术约 20 分钟，母猫约 40 分钟，当天下午可以接回家。",
    ],
    [
      "护理",
      "术后护理",
      "术后 6 小时可以少量喝水，第二天恢复正常饮食。伊丽莎白圈需佩戴 7 到 10 天。十天内不要洗澡。母猫第 10 天来拆线。",
    ],
    [
      "异常",
      "什么时候要回来看",
      "如果出现持续呕吐、伤口流血、超过 24 小时不吃东西，请马上打急诊电话。轻微嗜睡是正常的。",
    ],
  ],
};

/** Nothing was fitted to single ones of these; their scores were seen when the threshold was chosen. */
const heldOut: Record<string, Section[]> = {
  扫地机器人说明: [
    ["充电", "充电", "首次使用请充满 6 小时。电量低于 20% 时会自动回充。充满一次可以清扫 120 平方米。"],
    [
      "滚刷",
      "更换耗材",
      "主刷每 6 到 12 个月更换，边刷每 3 到 6 个月更换，滤网每三个月更换。滤网可以水洗，晾干 24 小时后再装回。",
    ],
    ["越障", "使用范围", "可以越过 2 厘米高的门槛。长毛地毯（超过 2 厘米）不适用。请收好地上的电线和袜子。"],
    ["联网", "连接网络", "只支持 2.4G 无线网络。长按开机键和回充键三秒，听到“等待配网”后打开应用添加设备。"],
    ["水箱", "拖地", "水箱装 300 毫升水，可以拖 60 平方米。不能加消毒液。拖布每次用完请手洗。"],
  ],
  健身房会员须知: [
    ["时间", "营业时间", "周一到周五早上 6:30 到晚上 11 点，周末早上 8 点到晚上 10 点。法定节假日照常营业。"],
    ["请假", "请假与转让", "年卡每年可以请假 60 天，每次至少 7 天。会员卡可以转让一次，手续费 200 元。"],
    [
      "私教",
      "私教课",
      "私教课每节 60 分钟，280 元一节，买 20 节以上每节 240 元。上课前 12 小时可以取消，之后取消按一节计算。",
    ],
    ["储物", "储物柜", "储物柜免费使用，当天清空。长期储物柜每月 50 元。贵重物品请交前台保管。"],
    ["未成年", "未成年人", "未满 16 岁须由家长陪同，不能使用力量区。"],
    ["退卡", "退卡", "开卡 7 天内未使用可以全额退款。已经使用的，扣除已用天数和 10% 手续费后退款。"],
  ],
  "Rental terms": [
    [
      "licence",
      "Driver",
      "Drivers must be at least 21 years old and have held a licence for one year. Drivers under 25 pay £12 a day extra.",
    ],
    [
      "fuel",
      "Fuel",
      "You get the car with a full tank and return it full. If not, we charge £1.90 per litre plus £15.",
    ],
    [
      "deposit",
      "Deposit",
      "We block £300 on your credit card. Debit cards are not accepted for the deposit. It is released within five days after the return.",
    ],
    [
      "late",
      "Late return",
      "You have 30 minutes of grace. After that we charge £10 for each hour, and a full day after four hours.",
    ],
    [
      "abroad",
      "Driving abroad",
      "You may take the car to Ireland and France if you tell us before pick-up. The cross-border fee is £40.",
    ],
    ["seats", "Extras", "Child seats cost £5 a day. A second driver is free. Snow chains are not available."],
  ],
};

export const papersOf = { tuning, heldOut };

/** The papers, indexed; and for each passage the key of its section. */
export function shopPapers(which: keyof typeof papersOf = "tuning"): {
  documents: KnownDocument[];
  keyOf: ReadonlyMap<string, string>;
} {
  const keyOf = new Map<string, string>();
  const documents = Object.entries(papersOf[which]).map(([title, sections]) => {
    const passages = sections.flatMap(([key, heading, text]) => {
      const cut = cutPassages(title, [{ page: null, heading: [heading], text }]);
      for (const { id } of cut) keyOf.set(id, `${title}/${key}`);
      return cut;
    });
    return knownDocument({ id: title, title, checkedOn: "2026-11-21", stamp: "1", passages });
  });
  return { documents, keyOf };
}
