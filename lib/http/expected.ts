/**
 * What was expected of a field, in the language of the reply. The rooms that judge say it in English, where the rule stands; here are the
 * same sentences in the other language, `{}` for what they name. A list of names needs no translation and has none.
 */
import type { Lang } from './messages.ts';

const CHINESE: readonly (readonly [said: string, meant: string])[] = [
  // schemas.ts, body.ts and visitor.ts
  ['32 characters of 0-9 and a-z', '32 个字符(0-9 和 a-z)'],
  ['32 characters of 0-9 and a-z, or the cookie of a picture', '32 个字符(0-9 和 a-z),或图片的 cookie'],
  ['a site key: 1 to 64 of A-Z a-z 0-9 _ -', '站点密钥:1 到 64 个字符(A-Z a-z 0-9 _ -)'],
  ['{} to {} of the characters A-Z a-z 0-9 _ -', '{} 到 {} 个字符(A-Z a-z 0-9 _ -)'],
  [
    '{} to {} of the characters A-Z a-z 0-9 _ - (at least 128 random bits)',
    '{} 到 {} 个字符(A-Z a-z 0-9 _ -,至少 128 位随机数)',
  ],
  ['{} to {} characters', '{} 到 {} 个字符'],
  ['an IPv4 or IPv6 address', 'IPv4 或 IPv6 地址'],
  ['a number of characters', '字符个数'],
  ['a number of pixels', '像素数'],
  ['a whole number', '整数'],
  ['six hexadecimal digits such as {}', '六位十六进制数,例如 {}'],
  ['the name of a font family', '字体名称'],
  ['the name of a preset', '样式名称'],
  ['a language tag such as en or zh-CN', '语言标签,例如 en 或 zh-CN'],
  ['the chain that verify gave', 'verify 返回的 chain'],
  ['{} to {} points [x, y, t_ms], all numbers', '{} 到 {} 个点 [x, y, t_ms],均为数字'],
  ['Bearer and the secret of a site', 'Bearer 加站点密码'],
  ['the key of the site whose secret stands in Authorization', 'Authorization 中密码所属站点的密钥'],
  [
    'no such field without the secret of a site (Authorization: Bearer)',
    '不填(须有站点密码,Authorization: Bearer)',
  ],
  ['a JSON object', 'JSON 对象'],
  ['form fields', '表单字段'],
  // service/
  ['a site key of this service', '本服务的站点密钥'],
  ['what a blind guess passes at most {} of the time', '盲猜通过率不超过 {} 的内容'],
  // challenge/
  ['nothing: no text challenge fits here', '不填(此处没有文字验证码)'],
  ['nothing: the policy of this site leaves it to the preset', '不填(按站点策略由样式决定)'],
  ['nothing: preset {} has its own', '不填(样式 {} 自行决定)'],
  [
    'nothing: preset {} is drawn from cells; scale makes it larger',
    '不填(样式 {} 由格点绘成,可用 scale 放大)',
  ],
  ['nothing: {} glyphs take {} pixels, and this site allows {}', '不填({} 个字形需要 {} 像素,本站点允许 {})'],
  ['nothing beside width and height', '不填(已有 width 或 height)'],
  ['nothing beside {}', '不填(已有 {})'],
  [
    '2 to 64 different characters of 0-9, A-Z and the common Chinese ones of generator=hanzi',
    '2 到 64 个不同字符(0-9、A-Z,以及 generator=hanzi 的常用汉字)',
  ],
  ['a whole number from {} to {} for {} glyphs', '{} 到 {} 的整数({} 个字形)'],
  ['a whole number from {} to {}', '{} 到 {} 的整数'],
  ['a colour, since ground has one', '颜色(ground 已有颜色)'],
  ['a colour, since ink has one', '颜色(ink 已有颜色)'],
  ['a contrast of at least {} to the ground; it is {}', '与 ground 的对比度至少 {}(现为 {})'],
  ['no {} here', '不填(此处没有 {})'],
  ['{} to {} points [x, y, t_ms]', '{} 到 {} 个点 [x, y, t_ms]'],
  ['t to begin with 0', 't 从 0 开始'],
  ['every point within the box, 0 … {} by 0 … {}', '每个点都在框内(0 … {},0 … {})'],
  ['t from 0 to {}', 't 在 0 到 {} 之间'],
  ['t to grow from point to point', 't 逐点增大'],
  ['at most {} pixels from point to point', '相邻两点相距不超过 {} 像素'],
  ['at most {} pixels a millisecond', '每毫秒不超过 {} 像素'],
  ['the last {} ms within {} pixels of the end', '最后 {} 毫秒停在终点 {} 像素以内'],
];

let patterns: readonly { readonly said: RegExp; readonly meant: string }[] | undefined;

export function expectedIn(lang: Lang, said: string): string {
  if (lang === 'en') return said;
  // Made when the first one is needed: most processes refuse nothing for long.
  patterns ??= CHINESE.map(([text, meant]) => ({ said: patternOf(text), meant }));
  for (const { said: pattern, meant } of patterns) {
    const found = pattern.exec(said);
    if (!found) continue;
    let at = 0;
    return meant.replace(/\{\}/g, () => found[++at]!);
  }
  return said;
}

const patternOf = (text: string) =>
  new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\}/g, '([^ ,]+(?: %)?)')}$`, 'u');
