/**
 * The Chinese characters that are asked for: common ones, written the same way in simplified and traditional script, of each
 * pair of look-alikes only one. All of them are in the pack of the scenes' face already, so that they weigh nothing.
 */
export const HANZI = [
  '上下不中五交什他以件份住信像光克共其具冠出刀到刺加包匙南卡去反口可吉同向和咖啡四回在地城堂堡塔外多天',
  '孔字完封射小少尺山左巧幼座彩心快恐意成手打找把拍拳拼指掌排提支收放教散文斑斧方旋日明星是月有服木李束',
  '松板果根格桃案桌梨棋棒椅椒正母毛水池汽沙河油治法泡泳洋浪浴海消淋游滑滴火烈熊片牌牙牛物玉玩球琴瓜瓶甜',
  '用皇皮盆盒直相眼短石碗碟磁秒租窗算管箭米糖羊老考耳肥背能舟船色花苗茶草菜落葵蒜薯虎虹蛇蛋蛙蜂蜜行衣表',
  '袋被西角豆走起足跟路通道部酪金雀雨雪零青面音香高鹿鼓鼠',
].join('');
