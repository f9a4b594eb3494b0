/** What each field of a request means, by its name; and an example where one says more. A field without a line here fails the build. */
export const FIELDS: Readonly<Record<string, { readonly text: string; readonly example?: unknown }>> = {
  kind: { text: 'Which kind of challenge, within the site’s policy.', example: 'text' },
  preset: { text: 'Which look, within the policy; each kind has its own.', example: 'strong' },
  difficulty: {
    text: '1 to 3; never below the policy’s floor. Absent: random within the policy.',
    example: '2',
  },
  format: { text: 'Of the picture. Absent: the preset’s own.', example: 'png' },
  alphabet: { text: 'text only: what its characters are drawn from.' },
  generator: { text: 'text only: what is asked for.' },
  characters: { text: 'text only: an alphabet of the caller’s own.' },
  length: { text: 'text only: how many characters.' },
  width: { text: 'text only: of the picture, in pixels.' },
  height: { text: 'text only: of the picture, in pixels.' },
  scale: { text: 'bitmap only: pixels a cell.' },
  ink: { text: 'text only: colour of the characters.', example: '1a2b3c' },
  ground: { text: 'text only: colour of the ground.', example: 'ffffff' },
  font: { text: 'text only: a font family.' },
  lang: {
    text: 'Language of the challenge and of messages. Absent: Accept-Language, else the site’s; a challenge that is traded in hands its own on.',
    example: 'en',
  },
  sitekey: {
    text: 'The site’s public key. Absent: the service’s default site; in verify, the challenge’s own, which one that is given must be.',
  },
  action: { text: 'What the visitor is about to do; comes back from siteverify.', example: 'login' },
  cdata: { text: 'Data of the site’s own; comes back from siteverify.' },
  session: {
    text: 'A reference of the site’s own, 1 to 128 characters; kept in the record, must match at verify when given, and is logged.',
  },
  client_ip: {
    text: 'The visitor’s address, from the site’s own server and with its secret (`Authorization: Bearer`) only.',
    example: '203.0.113.9',
  },
  chain: { text: 'The ticket that a verify gave for the next round.' },
  form: {
    text: 'Names the form that a picture belongs to; the cookie holds one challenge a form, four at most.',
    example: 'login',
  },
  captcha_id: {
    text: 'The challenge. verify without it uses the cookie of a one-step picture.',
    example: '7m3kq1v9d0x4hj8z2bnc5t6wgy0rfesa',
  },
  answer: {
    text: 'What the visitor read, 1 to 64 characters. Case, width and inner spaces don’t count.',
    example: 'K7QF2',
  },
  attempt: {
    text: 'At least 128 random bits, new for each answer: the same call again then gets the same reply, so a lost one costs nothing.',
    example: 'q1J6y7yKcF0m3bXb4nq2Zw',
  },
  trail: { text: 'Points [x, y, t_ms] of the pointer in pixels of the picture, 8 to 512 of them, in order.' },
  id: { text: 'The challenge’s `captcha_id`.', example: '7m3kq1v9d0x4hj8z2bnc5t6wgy0rfesa' },
  rate: { text: 'Samples a second of the sound.' },
  speed: { text: 'How fast it is spoken.' },
  take: { text: 'One of the takes that were given out already, again.' },
};
