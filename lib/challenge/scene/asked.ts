/** What families that ask one thing say, in both languages. {} stands for the thing it is asked about, {2} and {3} for others. */

import type { Random } from '../../util/random.ts';
import type { PictureLanguage } from '../challenge.ts';
import type { SceneObject } from './objects.ts';

type Words = Readonly<Record<PictureLanguage, string>>;

const words = (chinese: string, english: string): Words => ({ 'zh-CN': chinese, en: english });

export const ASKED = {
  left: [
    words('{}的左边是什么？', 'What is to the left of the {}?'),
    words('在{}左边的是哪一个？', 'Which of these is just left of the {}?'),
  ],
  right: [
    words('{}的右边是什么？', 'What is to the right of the {}?'),
    words('在{}右边的是哪一个？', 'Which of these is just right of the {}?'),
  ],
  above: [
    words('{}的上方是什么？', 'What is above the {}?'),
    words('在{}上方的是哪一个？', 'Which of these is right above the {}?'),
  ],
  below: [
    words('{}的下方是什么？', 'What is below the {}?'),
    words('在{}下方的是哪一个？', 'Which of these is right below the {}?'),
  ],
  between: [
    words('在哪个框里，{}在{2}和{3}的正中间？', 'In which box is the {} between the {2} and the {3}?'),
    words('在哪个框里，{}的两边是{2}和{3}？', 'In which box does the {} lie between the {2} and the {3}?'),
  ],
  pointer: [
    words('箭头指向什么？', 'What does the arrow point at?'),
    words('箭头指着哪一个？', 'Which one is the arrow pointing at?'),
  ],
  symmetry: [
    words('哪个框里的图案左右对称？', 'In which box is the right half a mirror image of the left?'),
    words('哪一幅图沿中线左右完全对称？', 'Which box looks the same on both sides, as in a mirror?'),
  ],
  swirl: [
    words('小棒围着哪一个转圈？', 'The sticks circle around one thing. Which one is it?'),
    words('小棒绕着其中一个打转，是哪一个？', 'What are the sticks turning around?'),
  ],
  burst: [
    words('小棒从哪一个向四周散开？', 'The sticks fly out from one thing. Which one is it?'),
    words('小棒都从其中一个射出，是哪一个？', 'From what do the sticks burst out?'),
  ],
  contour: [
    words('一排小棒从{}出发，连到哪里？', 'A row of dashes winds away from the {}. Where does it end?'),
    words(
      '顺着小棒连成的线从{}走，会到哪里？',
      'Follow the line of dashes from the {}. What does it lead to?',
    ),
  ],
  links: [
    words('哪个框里的两个圆环套在一起？', 'In which box are the two rings linked?'),
    words('哪个框里的两个圆环拉不开？', 'In which box can the rings not be pulled apart?'),
  ],
  odd: [
    words('有一样东西放错了框，在哪个框里？', 'In which box does one thing not belong?'),
    words('哪个框里混进了一样不同类的东西？', 'Which box holds one thing of another kind?'),
  ],
  faces: [
    words('图中只有一个朝向和其他的相反，是哪一个？', 'Which one faces the other way?'),
    words('图中哪一个的朝向和其他的不一样？', 'All but one face the same way. Which one does not?'),
  ],
  facesLeft: [
    words('下面哪一个在图中面朝左？', 'Which of these faces left in the picture?'),
    words('图中面朝左边的是下面哪一个？', 'Which one of these is looking to the left?'),
  ],
  facesRight: [
    words('下面哪一个在图中面朝右？', 'Which of these faces right in the picture?'),
    words('图中面朝右边的是下面哪一个？', 'Which one of these is looking to the right?'),
  ],
  maze: [
    words('谁能沿着小路走到{}？', 'Who can walk to the {}?'),
    words('谁的小路通向{}？', 'Whose path leads to the {}?'),
    words('从{}出发，沿着小路能找到谁？', 'Follow the paths from the {}. Who do you find?'),
  ],
  gaps: [
    words('小路有缺口，木板是桥。谁能走到{}？', 'Paths have gaps, planks are bridges. Who can reach the {}?'),
    words(
      '缺口过不去，木板可以走。谁能走到{}？',
      'No one can jump a gap, planks are safe. Who can reach the {}?',
    ),
  ],
  free: [
    words(
      '只有一只动物没被围住，可以走出去。是哪一只？',
      'One animal can walk away, the others are fenced in. Which one?',
    ),
    words('哪只动物能从篱笆之间走出去？', 'Which animal can get out without crossing the fence?'),
  ],
  shut: [
    words('哪只动物被篱笆围住了，走不出去？', 'Which animal is shut in by the fence and cannot walk away?'),
    words(
      '只有一只动物被围住了，走不出去。是哪一只？',
      'One animal is fenced in, the others can walk away. Which one?',
    ),
  ],
  rope: [
    words('顺着{}的绳子走，另一头是什么？', 'Follow the rope from the {}. What is at the other end?'),
    words('{}的绳子另一头系着什么？', "What is at the other end of the {}'s rope?"),
  ],
  arrows: [
    words(
      '从圆圈里的箭头出发，跟着箭头走，会到哪里？',
      'Start at the circled arrow and follow the arrows. Where do they lead?',
    ),
    words(
      '从圆圈开始，顺着箭头一格一格走，会走到什么？',
      'Begin in the circle, go where each arrow points. What do you reach?',
    ),
  ],
} as const satisfies Readonly<Record<string, readonly Words[]>>;

/** One of the ways to ask, filled in. */
export function ask(random: Random, what: keyof typeof ASKED, ...about: readonly SceneObject[]): Words {
  const { 'zh-CN': chinese, en } = random.pick<Words>(ASKED[what]);
  const fill = (text: string, name: (object: SceneObject) => string) =>
    about.reduce((filled, object, i) => filled.replace(i ? `{${i + 1}}` : '{}', name(object)), text);
  return {
    'zh-CN': fill(chinese, (object) => object.noun['zh-CN']),
    en: fill(en, (object) => object.noun.en),
  };
}
