#include "retrieve/everyday_words.h"

#include <algorithm>
#include <vector>

namespace backchat::retrieve {

std::string_view everyday_words() {
  return R"(
2day 2moro 2nite able absolute absolutely accept according account achieve achieving across act
actual actually add adequate admit advance advantage advice advise advised afaik afford afternoon
afterward afterwards again against aggravate ago agony agree ah ahead aid aim aimed aint airport
aisle alarm alert alike alive allegedly allotment allow allowed allright almost alone along
alongside already alternative alternatively altho although altogether amaze amazed amazing america
american americans among amount and angle anniversary announce annoy annoyed annoying answer
anxiously anybody anymore anythin anytime anyways anywhere apart apparently appear apply appointment
appreciate approach appropriate approx approximately appt april apt arent argue army around arrange
arrive arse art article articles arvo asap ashamed aside asked asking asleep aspect assembly asset
assist assistance associate association assume ate atm attack attempt attend attention attitude
august aunt auntie aussie australia australian automatic automatically autumn available average
avoidable aw awake aware away awful awhile awkward aye b4 babe baby background backs backside bad
badly bag bags balance ballpark baloney band bang banging banister barbecue barely barista barked
barn barrier base basic basically basics basket bathroom bc bear bearable bearing beat became become
bedroom bedtime beforehand beg began begin beginner begun behalf behave behaviour behind bein
believe belong below bendin beneath beneficial benefit bent beside besides best bestie bet better
beyond big bigger biggest bill bin bins birthday biscuit biscuits bit bite bits blah blame blank
bless blimey blinking block bloke bloody bloomin blow blue bobs body boil bold bollocks bolt bonfire
bonnet bonus book boot bored boring born boss bother bothers bottle bottom bought bound bout bowl
box boxes boy boyfriend boys brave break breakfast brew bricklayer brief briefly bright brilliant
bring brink britain british broadly broke broom brother brought brown btw bucket buddy budge bug
bugger buggered buggers buggy build builder building bum bump bunch bury bust busy button buy buying
buzz buzzing bye cab cabbie call calm came campsite canada canadian cancel candidate cant capable
caravan career careful carefully carer caring carpenter carpet carry case cash cashier cast catch
category caught cease ceiling celebrate centre certain certainly certainty chain challenge chance
chances change channel chap character charge chase chat chatting check checked checking cheer cheers
chef chicago children chippy choice choir choose christmas chuck chuffed church cinema circle
circumstance citizen city class classic classroom cld clean cleaner cleaning clear clearance clearly
clever click client climb clock clogs close closed club clue cm coach coder coding codswallop coffee
collapse colleague collect colour column combination combine come comes comfort comfortable comfy
command comment commit common commonly communicate community commute commuting company comparable
compare comparison compensate compete competent competition complain complaint complete completely
complex complicated component compost comprehensive concept concern concerned concert conclude
conclusion concrete condition confess confident confirm conflict confuse confused connection cons
consequence consider considerable considerably consist consistent constant constantly construct
consult contact contain continue contrast contribute control convenient convention conversation
convert convince cook cooking cool cope coping copy corner correct correctly cos cosh coss cost cot
couch could coulda couldnt count country couple courier course cousin cover coworker coz crack crap
crash crate crawl crazy create creep crick crikey crisis cross crossword crosswords crouch crucial
cruise cry cud culture cupboard curable curious current customer cut cuz dab dad daddy daft daily
damn dark darling dat data date daughter day days daytime deadline deadlines deadly deaf deal debate
decade december decent decide decision decline decorator decrease dedicated deep deeply def defend
deffo define definite definitely defo degree delay delight deliver dem demand demonstrate deny
department depend dependent depends describe deserve design desire desperate despite destroy detail
detailed determine develop developer devil devote didnt died diff differ difference different
differently difficult digit dinner dip direct directly dirty dis disagree disappear disappoint
disappointed disaster discharge discomfort discover discuss discussion dish dismiss display
dissertation distance distinct distinguish disturb divide divorce divorced do doable doc docs
document dodge dodgy doesnt doin doing dont door double doubt doubtful down downside downsides
downstairs downward dozen draft drag dramatic drastic draw drawback drawer drawers dread dream dress
driver drop dropped drove dry dude due duh dumb dunno duration dya dyou each eager earlier earliest
early earn earth ease easier easiest easily easing east easy economic edge edit effect effective
effectively efficient effing effort eg eh eight eighteen eighth eighty either elder eldery eldest
electrician element eleven eliminate elsewhere em email embarrass embarrassing emerge emphasis
employ empty enable encounter encourage end ending england english enjoy enormous enough ensure
enter entertain enthusiasm entire entirely entry environment equal equally equipment er erm error
especially essay essential essentially establish estimate evaluate eve even evening event eventual
eventually everybody everyday everyone everythin everything everywhere evident evidently evil ex
exact exactly exaggerate examine example exams exceed excellent except exception exchange excited
exclude excuse execute exhausted exist existing expand expect expectation experience explain
explanation explore expose express expression extend extent external extra extreme extremely face
facility facing fact factor factory fail failing failure faint fair fairly faith false familiar
family famous fancier fancy far farmer farther fashion fast faster fastest fatal fate father fault
favorite favour favourable favourite fear feature february fed feed feedback feel feelin feeling
fella fellas fellow felt fence ferry festival fetch fete few fewer fiance fiancee fiddle fidget
fidgeting field fifteen fifth fifties fifty fight figure fill final finally finals find finding fine
finish finna fire firefighter first firstly fit five fix fixable flare flareup flash flat flatmate
flew flipping florida flow fluid focus fold folded folk folks follow fond fool footy force forced
forehead foreign foreman forever forget forgot forklift form formal former formula forties fortnight
fortunate fortunately forty forum forward found foundation four fourteen fourth fraction frame
frankly freak freaking freedom frequency frequent frequently fresh fri friday fridge friend friendly
fright frightened frightening frightens front frustrate fuck full fully fuming fun function
fundamental funeral funniest funny furniture further fuss future fyi gain gallon gammy gap gaps
garage garbage gardener gate gather gave gazebo gear gen general generally generate generation
generous gent gentle gents genuine genuinely gettin gift gig gimme girl girlfriend girls gist give
given gizmo glad gladly glance glimpse global goal gobsmacked god goer goes goin goldfish gone gonna
good goodness google gosh gossip gotcha gotta government gr8 grab grabbed grade gradual gradually
graduate graft grafting gram gran grand grandad grandchildren granddad granddaughter grandfather
grandkids grandma grandmother grandpa grandson granny grant grasp grateful grave great greater
greatest greatly green greenhouse grey grim grip gripping groceries gross ground group grow growth
grumble grumbly guarantee gud guess guidance guide guideline gun guns gutted guy guys habit hadn
hadnt haha half hall hallway hamster handful handle handover handy hang happen happened happens
happier happily happy hard harder hardest hardly hardship harmful harsh harvest hasn hasnt hassle
hate hav haven havent havin heading headmaster headteacher health healthy heap hear heard hearsay
heavily hedge heels hehe height held hell hello help helped helpful helpless helps hence heres
hesitate hey hi hidden high higher highest hill hint hire hired historical history hit hiya hm hmm
hobble hobbled hobbling hold holding hole holiday homework honest honestly hook hoover hoovering hop
hope hopeful hopefully hopeless horrendous horrible horrid host hour hours house household housemate
housework however hows hr hrs hubby huge human humour hunch hunched hundred hundreds hurry hurt
hurtin hurting hurts husband hypothetical hypothetically id idea ideal ideally ideas identical
identify idk ie ignorant ignore ill im image imaginary imagine imho immediate immediately immense
imo impact imperial implement implication imply important impossible impress improve in inbetween
inbox inch inches incident inclined include included including income incorrect increase incredible
incredibly indeed indicate indicator individual individually influence inform informal informed
initial initially inner innit innocent input inquiry inside insight insist inspire instance instant
instead instruct instruction insufficient intelligent intend intense intention interest interested
interesting internet interpret interval introduce invent invest investigate invisible invite invoice
involve involved involving ireland irish ironic irrelevant irritate irritating ish isnt isolated
issue issues item itll itself ive january joiner joke joy judge judgement july jump jumping june
junior just justify k keen keep kennel kept kerb kettle key kg kick kid kidding kids kill killer
killin killing kilo kilos kind kinda kindly kitchen kk knack knacker knackered kneel knew knock
knotty know knowledge known l8r label labour lack lad ladder ladies lads lady laid lambs land landed
landing landlord lane language large largely largest lass lasting lasts late lately later latest
latter laugh launch laundry law lawn lay layer lazy lb lbs lead leader leading leaf leaflet league
lean leaning leap learn least leave led left legend legit leisure lemme lend length less lesson let
lets level liable lie life lifetime liftin light lighter likelihood likely limit limitation limited
limped line link linked list listen literally literature litre litres little live livid living lmao
lmk loading loads loan local locate location lock log logic lol lonely long longer longest loo look
lookin loose loosely lorry loses losing lost lot lots lotta loud lounge lousy love lovely loving low
lowest luck luckily lucky lug luggage lugging lump lunch lunchtime lurch lurk lying m8 machine mad
made madness magazine magic magical main mainly mainstream maintain maintained major majority make
makes making mam mama manage manageable manager manner manual manually many march margin mark
marriage married mass massive master match mate material mates matron matter mature maximum maybe
mean meaning meaningful meant meanwhile measure mechanic mechanism media meet meeting meetings
member membership mention mentioned mentions mere merely merry mess message messed met method mid
midday middle midnight mighta mild mill million min mind mine minimum minor minority mins minus
minute minutes miracle miserable miss missus mistake mix mixed mixture moan mobile mode model
moderate modern mom moment momentary mommy mon monday monitor month monthly months mood mop moral
moreover morning mortgage mostly mother motion motivate motive motorhome motorway motto mount moved
movin mow mower mrs muck muddle mug multiple mum mummy murder murky musta mystery myth mythical n
naff nah nail namely nan nana nanny nappy narrow nasty nation native nature naughty near nearby
nearly neat neatly necessarily necessary necessity needless negative neighbor neighbour neither
nephew nervous net netflix never nevertheless new newbie newborn newly news next nice nicely niece
niggle niggling niggly night nights nighttime nine nineteen ninety ninth nobody nod noise non none
nonetheless nonsense noon nope norm normal normally north note noted nothin nothing notice
noticeable notion nov november novice nowadays nowhere nowt nuisance number numerous nurse nursery
nursing nuts object objective obtain obvious obviously obvs occasion occasional occasionally occur
oct october odd odds of offence offend offer offering officer official officially often oh oi okey
omg once one ones ongoing online onset onward ooh oops open operating opinion opportunity oppose
opposed opposite option optional orchestra order ordered ordinarily ordinary organise origin
original originally otherwise ouch ought ours outa outcome outer outline output outside outstanding
outta overall overcome overnight overtime overwhelm owe own owner owt oz pace pack package packed
packet page painful painfully pains painter pair pal pants paragraph parallel parcel parent park
part partially participate particular particularly partly partner party pass passage past path
patience patient pattern pause pavement payday paying peace peak peculiar peeps pensioner people per
perceive percent percentage perch perching perfect perfectly perform perhaps perk perm permission
permit persist persistent person personal personally perspective phase phew phone photo phrase
physically pick picnic picture piece pile pint pints pissed place plain plan plasterer plate play
played playground plays pleasant please pleased pleasure pleez plenty plot pls plumber plus plz
pocket point pointless police policy polite pony poor pop popular populate portion positive poss
possess possibility possible possibly post postman pot potential potentially potting pound pounds
power powerful ppl practical practically practice praise pram pray precious precise precisely
predict prefer preferably preference prepare prescription presence present presentation press
pressure presumably pretty prevalent preventable previous previously price pride primary principle
prior priority private privately prize prob probability probably problem problems probs procedure
process produce product productive profile profit programme programmer progress project prolly
prolong prolonged prominent promise promising prompt pronounce proof proper properly property
proportion proposal pros prospect protect protection proud prove provide provided provider provoke
psych pub public publication publisher pull pulled pupil puppy purchase pure purely purpose pursue
push pushed put puzzled qualified qualify quantity quarter question queue quick quicker quickest
quickly quiet quieter quietly quit quite quote quoted quotes r raise raised ramble random rang range
rank ranked ranking rant rapid rare rarely rate rated rather rating ratio reach reached react
reaction read reader reading ready real realise realistic realistically reality realize really rear
reasonable reasonably reasoning reassurance reassure rebuild rec recall receive recent recently
rechecked recipe reckon reckoned reckons recognise recognize recommend recommendation recommended
record recur recurring red reduce reduction reet refer referee reference reflect reflection refuse
regard regarding regardless regards region regret regular regularly regulate rehearsal reject
relapse relate related relation relative relatively rele release relevance relevant reli reliable
relief reluctant rely remain remainder remarkable remember remind reminder remote removal remove
rent reoccur reoccurring repair repeat repeated repeatedly repetitive replace replied reply report
reporter represent reputation request require required rescue resemble resident resist resolution
resolve resource respond response responsible rest restless restore restrict result retail retain
retire retired retirement return returning reveal reverse review revising revision reward rhythm
rich rid riddle ridiculous right ringing rip rise rising risky rly rn road rob rock role roofer room
roommate root rota rotten rough roughly round routine rubbing rubbish ruddy rude rug rugby ruin
ruined rule rumour rush rusty sad safe safely safer safest safety sail sake same sandwich sat
satisfied satisfy saturday save saw say sayin saying says scale scare scared scary scenario scene
schedule scheme school science scope score scotland scratch scream screen sea search season second
secondly seconds secret section sector secure seeing seek seeking seem seemingly seen seldom select
self seller selves send senior sensation sense sensible sent sentence separate september sequence
series seriously seriousness serve service session set setting settle settled setup seven seventeen
seventh seventies seventy several severely severity shade shadow shaky shall shallow shame shape
share shattered shd shed sheep sheet shelf shift shifted shifts shining shit shite shld shock
shoelace shook shooting shop shopping short shortage shortly shoulda shouldnt shout shove shovel
show shower shown shud shudnt shuffle shuffling shut sibling sick side sideways sign signal signed
significant silence silent silly similar similarity similarly simple simplest simply sincere
sincerely single sink sir sis sister site sittin situation six sixteen sixth sixties sixty size
skill skint skip sky slab slack slam slap slept slice slid slide slight slightest slightly slim slip
slipped slow slower slowly small smallest smart smile smooth smoothly smth smthg snag snap sneak so
social society sock socks sod sodding sofa softer softly sold soldier sole solely solid solution
solve somebody somehow someth somethin sometime sometimes somewhat somewhere son soon sooner soonest
sorry sort sorta sorted sorts soul sound soundly sounds source sources south space spade span spare
speak speaker special speciality specialty species specific specifically specify spectrum speech
speed speedy spell spells spend spent spin spirit spite splendid split spoke spoken spontaneous spot
spouse spread spreadsheet spring square squidgy squirt squirted squishy srsly stab stable stage
stair stairs stairwell standard standin star stare start started starter state statement states
station statistic status stay steadily steady steal steep steer step stepdad stepmum stern sth sthg
stick sticking sticky stiffen still stir stood stop stopped storage store stored story straight
straightaway strange stranger strategic strategy stream street strict strictly strike string strip
stripe stroke strong stronger strongest strongly struck structure struggle stuck student stuff
stunning stupid stupidly style subject substance substantial substitute subtle succeed successful
successfully such sudden suddenly suffer suffered sufferer suffering sufficient suggest suggestion
suit suitable suitcase suited sum summat summin sumthing sunday sunny super superior supermarket
supper supply suppose supposed supposedly sure surely surface surprise surprised surprising
surprisingly surround surrounding survive suspect suspicious sustain swallow swap swapping swear
sweat sweet swell switch swore symbol sympathetic system ta table tables tablespoon tackle tad tail
take taken tale talk talked tall tap taps target task taste taught taxi tbh tea teach teacher team
teams teaspoon teatime technically teens telly temp temporary tempt tempted ten tend tendency tent
tenth term terms terrible terribly terrific terrified terrify terror text thank thankful thankfully
thanks thatll thats the theatre theme themselves theory thereby therefore theres theyre theyve thick
thin thing thingies thingummy thingy think thinkin thinking third thirteen thirties thirty thnx tho
thorough thoroughly though thought thousand three threw thrice thrill thro throughout throw thrown
thru thur thurs thursday thus thx tick tied tightly tightrope til tiled tiles till time timed timing
tiny tip tips tired tiredness title tmi tmoro tmrrw tmrw tnx toast today toddler told tolerate
tomorrow tomoz tone tonight tonite tonne tonnes tons too tool top topic torture tosh total totally
totes touch touched tough toughing toward towards town tracer track tractor trade tradition
traditional train trained trains transfer transform transition trash tread treading treatable tree
tremendous trend trick tricks tricky trip triple triplets trivial trolley trouble troubled trousers
trucker true truly trust trusted truth try tryin trying tryna tuck tues tuesday tumble tune turn
turned tv tweak tweaked twelfth twelve twenties twenty twice twins twit twitchy two ty type typical
typically tyre tyres u ugh ugly uh uk ultimately um umm unable unaware unbearable uncle unclear
uncomfortable uncommon undergo underneath understand understood undo uneasy unexpected unfair
unfortunate unfortunately unhappy uni unique unit unite universal unknown unless unlike unlikely
unlucky unnecessary unpleasant unreal unsafe unsure until untreated unusual unwell unwilling up
update uphill upright ups upset upside upstairs upward upwards ur urge urgent urgently usa usable
usage use useful useless user usual usually utterly v vague valid valuable value vanish variable
variety various vary varying vast verdict verge verify version versus vet via vicious victim video
view viewpoint virtual virtually visible visit visiting vital voice voluntary vs vulnerable w waddle
wage wait waited waiter waiting waitress wake wakes waking wales walkin wall wander wanna want
wardrobe warehouse warmth warn warned warning wash washing wasn wasnt waste wat watch wave way ways
weaken wear wearing webpage website wedding wednesday week weekday weekend weekly weeks weigh
weigher weird welcome well wen went weren werent west wet weve whatever whats whatsit whatsoever
wheelie whenever whens whereas wheres wherever whether whew whichever whilst whisper whistle white
whoa whoever whole wholl wholly whom whos wi wicked wide widely wider widespread wif wife wifey wild
will willing willingly win wind window winner wipe wise wisely wish wishing withdraw within witness
wiv wld wo wobble woke wonder wondered wonderful wonderfully wondering wont wooden word wording
words work worked worker working works world worldwide worn worried worry worrying worryingly worse
worsen worst worth worthwhile worthy wot would woulda wouldn wouldnt wounded wow wrap wreck wrecked
wretched wriggle write wrong wtf wud ya ye yea yeah year yearly years yeh yell yelling yellow yep
yes yesterday yet yh yikes younger youngest youre yours youth yup zero zone zoom zumba
)";
}

bool is_everyday_word(std::string_view word) {
  static const std::vector<std::string_view> kWords = [] {
    std::vector<std::string_view> words;
    std::string_view rest = everyday_words();
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of(" \n"), rest.size());
      if (end > 0) words.push_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::sort(words.begin(), words.end());
    return words;
  }();
  return std::binary_search(kWords.begin(), kWords.end(), word);
}

}  // namespace backchat::retrieve
