/** What the caller reads, in the languages of the service. */
import type { PictureLanguage } from '../challenge/challenge.ts';

export type Lang = PictureLanguage;

const TEXTS = {
  verified: { 'zh-CN': '验证成功', en: 'Verified' },
  wrong: { 'zh-CN': '答案错误', en: 'Wrong answer' },
  not_found: {
    'zh-CN': '验证码已过期或不存在',
    en: 'The challenge has expired or does not exist',
  },
  silent: {
    'zh-CN': '此验证码没有语音形式',
    en: 'This challenge has no spoken form',
  },
  silent_switch: {
    'zh-CN': '此验证码没有语音形式,请换用类型 {kind}',
    en: 'This challenge has no spoken form; switch to kind {kind}',
  },
  heard: {
    'zh-CN': '语音播放次数已用完,请换一个验证码',
    en: 'All takes of this challenge have been heard; ask for another challenge',
  },
  rate_limited: {
    'zh-CN': '请求过于频繁,请在 {seconds} 秒后重试',
    en: 'Too many requests; try again in {seconds} s',
  },
  refused: { 'zh-CN': '请求被拒绝', en: 'The request was refused' },
  invalid_field: { 'zh-CN': '字段 {field} 无效:应为 {expected}', en: 'Invalid {field}: expected {expected}' },
  body_malformed: {
    'zh-CN': '请求体无法解析:应为 {expected}',
    en: 'The body cannot be read: expected {expected}',
  },
  body_too_large: {
    'zh-CN': '请求体过大:最多 {limit} 字节',
    en: 'The body is too large: at most {limit} bytes',
  },
  media_type: {
    'zh-CN': '不支持的内容类型:应为 application/json 或表单',
    en: 'Unsupported content type: expected application/json or a form',
  },
  no_route: { 'zh-CN': '没有此地址', en: 'There is nothing at this address' },
  method: { 'zh-CN': '不支持此方法:应为 {expected}', en: 'Method not allowed: expected {expected}' },
  store_unavailable: {
    'zh-CN': '服务暂时不可用,请稍后重试',
    en: 'The service is unavailable for the moment; try again soon',
  },
  internal: {
    'zh-CN': '服务内部错误,请求编号 {request}',
    en: 'Something went wrong on our side; request {request}',
  },
} as const satisfies Record<string, Record<Lang, string>>;

export type MessageKey = keyof typeof TEXTS;

/** Fills `{name}` from `values`. */
export function message(
  key: MessageKey,
  lang: Lang,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return TEXTS[key][lang].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
