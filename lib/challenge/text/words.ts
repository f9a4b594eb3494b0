// Written by `npm run build:words`; do not edit. From the word list of BIP 39 (MIT).

/** 1907 common words. */
export const WORDS =
  'abandon ability able about above absent absorb abstract absurd abuse access accident account accuse ' +
  'achieve acid acoustic acquire across action actor actress actual adapt addict address adjust admit ' +
  'adult advance advice aerobic affair afford afraid again agent agree ahead airport aisle alarm album ' +
  'alcohol alert alien alley allow almost alone alpha already also alter always amateur amazing among ' +
  'amount amused anchor ancient anger angle angry animal ankle announce annual another answer antenna ' +
  'antique anxiety apart apology appear apple approve april arch arctic area arena argue armed armor ' +
  'army around arrange arrest arrive arrow artefact artist artwork aspect asthma athlete atom attack ' +
  'attend attract auction audit august aunt author auto autumn average avocado avoid awake aware away ' +
  'awesome awful awkward axis baby bachelor bacon badge balance balcony ball bamboo banana banner ' +
  'barely bargain barrel base basic basket battle beach bean beauty because become beef before begin ' +
  'behave behind believe below belt bench benefit best betray better between beyond bicycle bike bind ' +
  'biology bird birth bitter black blade blame blanket blast bleak bless blind blood blossom blouse ' +
  'blue blur blush board boat body boil bone bonus book boost border boring borrow boss bottom bounce ' +
  'bracket brain brand brave bread breeze brick bridge brief bright bring brisk broccoli broken bronze ' +
  'broom brother brown brush bubble buddy budget buffalo build bulb bulk bullet bundle bunker burden ' +
  'burger burst business busy buyer buzz cabbage cabin cable cactus cage cake call calm camera camp ' +
  'cancel candy cannon canoe canvas canyon capable capital captain carbon card cargo carpet carry cart ' +
  'case cash casino castle casual catalog catch category cattle caught cause caution cave ceiling ' +
  'celery cement census century cereal certain chair chalk champion change chaos chapter charge chase ' +
  'chat cheap check cheese chef cherry chest chicken chief child chimney choice choose chronic chuckle ' +
  'chunk churn cigar cinnamon circle citizen city civil claim clap clarify claw clay clean clerk clever ' +
  'click client cliff climb clinic clip clock clog close cloth cloud clown club clump clutch coach ' +
  'coast coconut code coffee coil coin collect color column combine come comfort comic common company ' +
  'concert conduct confirm congress connect consider control convince cook cool copper copy coral core ' +
  'corn correct cost cotton couch country couple course cousin cover coyote crack cradle craft cram ' +
  'crane crash crater crawl crazy cream credit creek crew cricket crime crisp critic crop cross crouch ' +
  'crowd crucial cruel cruise crumble crunch crush crystal cube culture cupboard curious current ' +
  'curtain curve cushion custom cute cycle damage damp dance danger daring dash daughter dawn deal ' +
  'debate debris decade december decide decline decorate decrease deer defense define defy degree delay ' +
  'deliver demand demise denial dentist deny depart depend deposit depth deputy derive describe desert ' +
  'design desk despair destroy detail detect develop device devote diagram dial diamond diary dice ' +
  'diesel diet differ digital dignity dilemma dinner dinosaur direct dirt disagree discover disease ' +
  'dish dismiss disorder display distance divert divide divorce dizzy doctor doll dolphin domain donate ' +
  'donkey donor door dose double dove draft dragon drama drastic draw dream dress drift drill drink ' +
  'drip drive drop drum duck dune during dust dutch duty dwarf dynamic eager eagle early earn earth ' +
  'easily east easy echo ecology economy edge edit educate effort eight either elbow elder electric ' +
  'elegant element elephant elevator elite else embark embody embrace emerge emotion employ empower ' +
  'empty enable enact endless endorse enemy energy enforce engage engine enhance enjoy enlist enough ' +
  'enrich enroll ensure enter entire entry envelope episode equal equip erase erode erosion error erupt ' +
  'escape essay essence estate eternal ethics evidence evil evoke evolve exact example excess exchange ' +
  'excite exclude excuse execute exercise exhaust exhibit exile exist exit exotic expand expect expire ' +
  'explain expose express extend extra eyebrow fabric face faculty fade faint faith fall false fame ' +
  'family famous fancy fantasy farm fashion fault favorite feature february federal feed feel female ' +
  'fence festival fetch fever fiber fiction field figure file film filter final find fine finger finish ' +
  'fire firm first fiscal fish fitness flag flame flash flat flavor flee flight flip float flock floor ' +
  'flower fluid flush foam focus foil fold follow food foot force forest forget fork fortune forum ' +
  'forward fossil foster found fragile frame frequent fresh friend fringe frog front frost frown frozen ' +
  'fruit fuel funny furnace fury future gadget gain galaxy gallery game garage garbage garden garlic ' +
  'garment gasp gate gather gauge gaze general genius genre gentle genuine gesture ghost giant gift ' +
  'giggle ginger giraffe girl give glad glance glare glide glimpse globe gloom glory glove glow glue ' +
  'goat goddess gold good goose gorilla gospel gossip govern gown grab grace grain grant gravity great ' +
  'green grid grief grit grocery group grow grunt guard guess guide guilt guitar habit hair half hammer ' +
  'hamster hand happy harbor hard harsh harvest have hawk hazard head health heart heavy hedgehog ' +
  'height helmet help hero hidden high hill hint hire history hobby hockey hold hole holiday hollow ' +
  'home honey hood hope horn horror horse hospital host hotel hour hover huge human humble humor ' +
  'hundred hungry hunt hurdle hurry hurt husband hybrid icon idea identify idle ignore illegal illness ' +
  'image imitate immense immune impact impose improve impulse inch include income increase index ' +
  'indicate indoor industry infant inflict inform inhale inherit initial inject injury inmate inner ' +
  'innocent input inquiry insane insect inside inspire install intact interest into invest invite ' +
  'involve iron island isolate issue item ivory jacket jaguar jazz jealous jeans jelly join joke ' +
  'journey judge juice jump jungle junior junk just kangaroo keen keep ketchup kick kidney kind kingdom ' +
  'kiss kitchen kite kitten kiwi knee knife knock know label labor ladder lady lake lamp language ' +
  'laptop large later latin laugh laundry lava lawn lawsuit layer lazy leader leaf learn leave lecture ' +
  'left legal legend leisure lemon lend length lens leopard lesson letter level liar liberty library ' +
  'license life lift light like limb limit link lion liquid list little live lizard load loan lobster ' +
  'local lock logic lonely long loop lottery loud lounge love loyal lucky luggage lumber lunar lunch ' +
  'luxury lyrics machine magic magnet maid mail main major make mammal manage mandate mango mansion ' +
  'manual maple marble march margin marine market marriage mask master match material math matrix ' +
  'matter maximum maze meadow mean measure meat mechanic medal media melody melt member memory mention ' +
  'menu mercy merge merit merry mesh message metal method middle milk million mimic mind minimum minor ' +
  'minute miracle mirror misery miss mistake mixed mixture mobile model modify moment monitor monkey ' +
  'monster month moon moral more morning mosquito mother motion motor mountain mouse move movie much ' +
  'muffin mule multiply muscle museum mushroom music must mutual myself mystery myth naive name napkin ' +
  'narrow nasty nation nature near neck need negative neglect neither nephew nerve nest network neutral ' +
  'never news next nice noble noise nominee noodle normal north nose notable note nothing notice novel ' +
  'nuclear number nurse obey object oblige obscure observe obtain obvious occur ocean october odor ' +
  'offer office often okay olive olympic omit once onion online only open opera opinion oppose option ' +
  'orange orbit orchard order ordinary organ orient original orphan ostrich other outdoor outer output ' +
  'outside oval oven over owner oxygen oyster ozone pact paddle page pair palace palm panda panel panic ' +
  'panther paper parade parent park parrot party patch path patient patrol pattern pause pave payment ' +
  'peace peanut pear peasant pelican penalty pencil people pepper perfect permit person phone photo ' +
  'phrase physical piano picnic picture piece pigeon pill pilot pink pioneer pipe pistol pitch pizza ' +
  'place planet plastic plate play please pledge pluck plug plunge poem poet point polar pole police ' +
  'pond pony popular portion position possible post potato pottery poverty powder power practice praise ' +
  'predict prefer prepare present pretty prevent price pride primary print priority prison private ' +
  'prize problem process produce profit program project promote proof property prosper protect proud ' +
  'provide public pudding pull pulp pulse pumpkin punch pupil puppy purchase purity purpose purse push ' +
  'puzzle pyramid quality quantum quarter question quick quit quiz quote rabbit race rack radar radio ' +
  'rail rain raise rally ramp ranch random range rare rate rather raven razor ready real reason rebel ' +
  'rebuild recall receive recipe record recycle reduce reflect reform refuse region regret regular ' +
  'reject relax release relief rely remain remember remind remove render renew rent reopen repair ' +
  'repeat replace report require rescue resemble resist resource response result retire retreat return ' +
  'reunion reveal review reward rhythm ribbon rice rich ride ridge rifle right rigid ring riot ripple ' +
  'risk ritual rival river road roast robot robust rocket romance roof rookie room rose rotate rough ' +
  'round route royal rubber rude rule runway rural saddle sadness safe sail salad salmon salon salt ' +
  'salute same sample sand satisfy satoshi sauce sausage save scale scan scare scatter scene scheme ' +
  'school science scissors scorpion scout screen script scrub search season seat second secret section ' +
  'security seed seek segment select sell seminar senior sense sentence series service session settle ' +
  'setup seven shadow shaft shallow share shed sheriff shield shift shine ship shiver shock shoot shop ' +
  'short shoulder shove shrimp shrug shuffle sibling sick side siege sight sign silent silk silly ' +
  'silver similar simple since sing siren sister situate size skate sketch skin skirt skull slab slam ' +
  'sleep slender slice slide slight slim slogan slot slow slush small smart smile smoke smooth snack ' +
  'snake snap sniff snow soap soccer social sock soda soft solar soldier solid solution solve someone ' +
  'song soon sorry sort soul sound soup source south space spare spatial spawn speak special speed ' +
  'spell spend sphere spider spike spin spirit split spoil sponsor sport spot spray spread spring ' +
  'square squeeze squirrel stable stadium staff stage stairs stamp stand start state stay steak steel ' +
  'stem step stereo stick still sting stock stomach stone stool story stove strategy street strike ' +
  'strong struggle student stuff stumble style subject submit subway success such sudden suffer sugar ' +
  'suggest suit summer sunny sunset super supply supreme sure surface surge surprise surround survey ' +
  'suspect sustain swallow swamp swap swarm swear sweet swift swim swing switch sword symbol symptom ' +
  'syrup system table tackle tail talent talk tank tape target task taste tattoo taxi teach team tell ' +
  'tenant tennis tent term test text thank that theme then theory there they thing this thought three ' +
  'thrive throw thumb thunder ticket tide tiger tilt timber time tiny tired tissue toast tobacco today ' +
  'toddler together toilet token tomato tomorrow tone tongue tool tooth topic topple torch tornado ' +
  'tortoise toss total tourist toward tower town track trade traffic tragic train transfer trap trash ' +
  'travel tray treat tree trend trial tribe trick trigger trim trip trophy trouble truck true truly ' +
  'trumpet trust truth tube tuition tumble tuna tunnel turkey turn turtle twelve twenty twice twin ' +
  'twist type typical umbrella unable unaware uncle uncover under undo unfair unfold unhappy uniform ' +
  'unique unit universe unknown unlock until unusual unveil update upgrade uphold upon upper upset ' +
  'urban urge usage used useful useless usual utility vacant vacuum valid valley valve vanish vapor ' +
  'various vast vault vehicle velvet vendor venture venue verb verify version very vessel veteran ' +
  'viable vibrant vicious victory video view village vintage violin virtual virus visa visit visual ' +
  'vital vivid vocal voice void volcano volume vote voyage wage wagon wait walk wall walnut want ' +
  'warfare warm warrior wash wasp waste water wave wealth weapon wear weasel weather wedding weekend ' +
  'weird welcome west whale what wheat wheel when where whip whisper wide width wife wild will window ' +
  'wine wing wink winner winter wire wisdom wise wish witness wolf woman wonder wood wool word work ' +
  'world worry worth wrap wreck wrestle wrist write wrong yard year yellow young youth zebra zero zone';

/** 173 beginnings, each up to its only vowel. */
export const HEADS =
  'ba be bi bla ble bli blo blu bo bra bre bri bro bru ca ce cha che chi cho chu ci cla cle clo clu co ' +
  'cre cri cro cru da de di do dra dre dri dro du dwa fe fi fla fle fli flo flu fo fra fre fri fro fru ' +
  'ga ge gho gi gla gli glo glu go gra gre gri gro gru ha he hi ho hu jo ju ka ke ki kno la le li lo lu ' +
  'ma me mi mo mu na no pa pe pho pla ple plu po pra pre pri pro qu ra re ri ro ru sca sce sci sco se ' +
  'she sho shu si ska ske ski sku sle sli slo sma smi smo sna sno so spa spe spo squ sta ste sto stu su ' +
  'swa swe swi ta te tha the thi tho thu to tra tre tri tro tru tu twe twi ve vi vo wa we wha whe whi ' +
  'wi wra wre wri wro ze zo';

/** 616 ends of one syllable, each from a consonant on. */
export const TAILS =
  'ball bber bbit bbon bean beef bel belt ber best bic bin bind bird bit black blast bleak blem bless ' +
  'blic blind bling blood blur board boat boil book boost bor boss bot bout brain brand brant bread ' +
  'bric brick brid brief bring bris brisk broom build bulb bulk bust buzz cal call calm camp can cant ' +
  'card cart cean cent cess chair chalk chaos chat cheap check chef chest chief child chunk churn cial ' +
  'cid claim clap clean clear clerk click client cliff climb clip clock clog cloud club clump coast ' +
  'coil coin con cond cook cool cord corn cost crack craft cram cream creek cret crisp crop cross cruel ' +
  'ction ctor ctual ctus cus cuum dal damp dapt dar dden dder ddess ddict dding deal deer del dent der ' +
  'desk dial dict diet dirt dit dium draft dream dress drift drill drink drip drop drum duck dult dust ' +
  'fact faint fall farm fault feed feel fer ffair ffer ffic ffin fford ffort field film find firm fit ' +
  'flag flat flect flip float flock floor fluid foam foil fold food foot fork form found fraid friend ' +
  'frog front frost fruit fuel ful gain gal gan gant gar gasp gen gend gent geon ger gger ggest giant ' +
  'gic gid gift gin gion girl glad glect gloom goat gold gon good grab grain gram grant great green ' +
  'gret grid grief grit group grunt guar guard guess guilt gust hair half hand hard head heart help ' +
  'hill hind hint hog hol hold hood horn host hour hunt hurt jazz jeans ject join jor jump junk just ' +
  'lad lamp lar larm lax leaf learn lect left lend lens lent lert less let liar lid lief lien lift limb ' +
  'lin ling link lion list load loan lock log lon long loop lop lor lot loud lous lter lumn maid mail ' +
  'main mal man mand mask mean meat melt ment mic mid milk mind miss mit mmal mmer mmon mpact mpet mpic ' +
  'mpion mum must nact nant nar nder ndex ndom ndon ndoor ndor nduct near neck need neer nel ness nest ' +
  'net next nial nic nion nior nit nius nnect nnel nner nnis nnon nnual nor ntact ntain nter ntil ntion ' +
  'ntist ntum nual nut pact pair palm pard park part pluck plug poem poet point pon pond por port post ' +
  'ppear pper pril print proof proud pull pulp rack rail rain ral ramp ran rial rics rient ries riff ' +
  'ring riot risk rist rit rmal rmed rment rmit rmor road roast roof room round rrect rrel rrent rrest ' +
  'rrior rrot rround rtain rter rtion rtist rtual rum rup rupt rus sail salt sand sant saur seat sed ' +
  'seed seek sel self sell sent sert seum shaft shed shield shift shion ship shock shoot shop short sic ' +
  'sick sign silk sin sing sion sist sit slab slam sland sleep slot small smart smiss snack snap sniff ' +
  'soap sock soft son song soon sort soul sound soup spair speak spect speed spel spell spend sper spin ' +
  'spoil sport spot sual suit sult swamp swap swarm swear sweet swift swim swing sword tail tal talk ' +
  'tank tar task team tect tel tell tem tent ter term test teur text thank that then ther thics thing ' +
  'this thod thor thumb tial tic tient tilt tin tion toast tom tool tor toss track train tral trap ' +
  'treat trend trial trick trim trip trix trol truck trust ttack tten ttend tter ttern ttom tton tual ' +
  'tumn tup turn val vast vault veal vel ven vent ver verb vern vert vid void vor wait walk wall want ' +
  'ward warm wasp wear weird wer west wild will wing wink wolf wood wool word work zard zen zor';
