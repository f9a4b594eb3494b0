/** What drives, sails and flies; and sky, plants and weather. */
import type { Row } from './row.ts';

/** Road vehicles: in Chinese all of them are 车, so 小汽车 is the one that the others are not. */
export const vehicles: readonly Row[] = [
  ['automobile', '辆', '小汽车', 'a car', 'cars', 'road', { clash: 'car', tint: true }],
  ['taxi', '辆', '出租车', 'a taxi', 'taxis', 'road', { clash: 'car' }],
  ['police-car', '辆', '警车', 'a police car', 'police cars', 'road', { clash: 'car' }],
  ['bus', '辆', '公交车', 'a bus', 'buses', 'road', { clash: 'bus' }],
  ['fire-engine', '辆', '消防车', 'a fire engine', 'fire engines', 'road', { clash: 'truck ladder' }],
  ['delivery-truck', '辆', '卡车', 'a truck', 'trucks', 'road', { clash: 'truck' }],
  ['ambulance', '辆', '救护车', 'an ambulance', 'ambulances', 'road'],
  ['tractor', '辆', '拖拉机', 'a tractor', 'tractors', 'road', { tint: true }],
  ['bicycle', '辆', '自行车', 'a bicycle', 'bicycles', 'road', { clash: 'cycle', typical: false }],
  ['motorcycle', '辆', '摩托车', 'a motorcycle', 'motorcycles', 'road', { clash: 'cycle', typical: false }],
  ['racing-car', '辆', '赛车', 'a race car', 'race cars', 'road', { clash: 'car' }],
  ['pickup-truck', '辆', '皮卡', 'a pickup', 'pickups', 'road', { clash: 'car truck' }],
  ['minibus', '辆', '面包车', 'a van', 'vans', 'road', { clash: 'car bus' }],
];

/** No road under them, and nobody agrees on whether they are "vehicles": never in a question about vehicles. */
export const craft: readonly Row[] = [
  ['airplane', '架', '飞机', 'an airplane', 'airplanes', 'craft', { clash: 'plane' }],
  ['helicopter', '架', '直升机', 'a helicopter', 'helicopters', 'craft', { clash: 'plane' }],
  ['rocket', '枚', '火箭', 'a rocket', 'rockets', 'craft'],
  ['flying-saucer', '个', '飞碟', 'a UFO', 'UFOs', 'craft'],
  ['sailboat', '艘', '帆船', 'a sailboat', 'sailboats', 'craft', { clash: 'boat' }],
  ['ship', '艘', '轮船', 'a ship', 'ships', 'craft', { clash: 'boat' }],
  ['locomotive', '列', '火车', 'a train', 'trains', 'craft'],
  ['skateboard', '块', '滑板', 'a skateboard', 'skateboards', 'craft', { clash: 'board' }],
  ['ferris-wheel', '座', '摩天轮', 'a Ferris wheel', 'Ferris wheels', 'craft'],
  ['canoe', '条', '独木舟', 'a canoe', 'canoes', 'craft', { clash: 'boat water' }],
  ['speedboat', '艘', '快艇', 'a speedboat', 'speedboats', 'craft', { clash: 'boat water' }],
  ['kick-scooter', '辆', '滑板车', 'a scooter', 'scooters', 'craft', { clash: 'board cycle' }],
  ['sled', '架', '雪橇', 'a sled', 'sleds', 'craft'],
  ['parachute', '个', '降落伞', 'a parachute', 'parachutes', 'craft', { clash: 'umbrella' }],
  ['satellite', '颗', '卫星', 'a satellite', 'satellites', 'craft'],
  ['aerial-tramway', '个', '缆车', 'a cable car', 'cable cars', 'craft', { clash: 'car' }],
  ['roller-coaster', '座', '过山车', 'a roller coaster', 'roller coasters', 'craft'],
];

export const plants: readonly Row[] = [
  ['sunflower', '朵', '向日葵', 'a sunflower', 'sunflowers', 'flower'],
  ['tulip', '朵', '郁金香', 'a tulip', 'tulips', 'flower'],
  ['rose', '朵', '玫瑰', 'a rose', 'roses', 'flower'],
  ['lotus', '朵', '莲花', 'a lotus', 'lotuses', 'flower', { clash: 'blossom' }],
  ['cherry-blossom', '朵', '樱花', 'a cherry blossom', 'cherry blossoms', 'flower', { clash: 'blossom' }],
  ['cactus', '棵', '仙人掌', 'a cactus', 'cactuses', 'plant'],
  ['palm-tree', '棵', '椰子树', 'a palm tree', 'palm trees', 'plant', { clash: 'tree' }],
  ['christmas-tree', '棵', '圣诞树', 'a Christmas tree', 'Christmas trees', 'plant', { clash: 'tree star' }],
  ['deciduous-tree', '棵', '大树', 'a tree', 'trees', 'plant', { clash: 'tree' }],
  ['four-leaf-clover', '棵', '四叶草', 'a clover', 'clovers', 'plant'],
  ['maple-leaf', '片', '枫叶', 'a maple leaf', 'maple leaves', 'plant'],
  ['evergreen-tree', '棵', '松树', 'a pine tree', 'pine trees', 'plant', { clash: 'tree' }],
  ['bouquet', '束', '鲜花', 'a bouquet', 'bouquets', 'plant', { clash: 'blossom', count: false }],
  ['seedling', '株', '幼苗', 'a seedling', 'seedlings', 'plant'],
  ['wood', '段', '木头', 'a log', 'logs', 'plant'],
];

export const sky: readonly Row[] = [
  ['sun', '个', '太阳', 'a sun', 'suns', 'sky', { clash: 'star' }],
  ['crescent-moon', '个', '月亮', 'a moon', 'moons', 'sky', { clash: 'crescent' }],
  ['star', '颗', '星星', 'a star', 'stars', 'sky', { clash: 'star' }],
  ['cloud', '朵', '云', 'a cloud', 'clouds', 'sky'],
  ['rainbow', '道', '彩虹', 'a rainbow', 'rainbows', 'sky'],
  ['snowflake', '片', '雪花', 'a snowflake', 'snowflakes', 'sky'],
  ['snowman-without-snow', '个', '雪人', 'a snowman', 'snowmen', 'sky', { clash: 'hat scarf' }],
  ['volcano', '座', '火山', 'a volcano', 'volcanoes', 'sky', { clash: 'fire' }],
  ['fire', '团', '火', 'a fire', 'fires', 'sky', { clash: 'fire' }],
  ['droplet', '滴', '水', 'a drop of water', 'drops of water', 'sky', { clash: 'egg water' }],
  ['high-voltage', '道', '闪电', 'a lightning bolt', 'lightning bolts', 'sky'],
  ['ringed-planet', '颗', '行星', 'a planet', 'planets', 'sky', { clash: 'planet' }],
  [
    'globe-showing-europe-africa',
    '个',
    '地球',
    'the Earth',
    'Earths',
    'sky',
    { clash: 'planet', count: false },
  ],
  ['rock', '块', '石头', 'a rock', 'rocks', 'land'],
  ['desert-island', '座', '小岛', 'an island', 'islands', 'land', { clash: 'tree water' }],
  ['water-wave', '道', '海浪', 'a wave', 'waves', 'land', { clash: 'water' }],
  ['coral', '株', '珊瑚', 'coral', 'pieces of coral', 'land', { typical: false }],
  ['spiral-shell', '个', '海螺', 'a seashell', 'seashells', 'land', { clash: 'shell', typical: false }],
  ['nest-with-eggs', '个', '鸟窝', 'a nest', 'nests', 'land', { clash: 'egg', typical: false }],
];
