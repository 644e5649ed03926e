/** English that citizens write in chat. Not a dictionary: enough to tell English from Thai typed on the wrong layout. */
export const commonEnglish: ReadonlySet<string> = new Set(
  `a about above account address after again age aged agency agent all allowance also am amount an and another any app appeal apply
application appointment approve are area as ask assistance at available baby back bank be because been before benefit between bill birth
book booking both bought bus business but buy by bye call can cancel car card care cash certificate change charge check child children
citizen city claim clinic close code come company complain complaint contact copy cost could country court cover covid credit customs
damage date day days dead deadline death debt delivery department did die disability disabled disaster district divorce do doctor document
documents does done down driver driving drought due duty each earn education elderly electric electricity email emergency employee
employer employment english even every exam expire expired family farm farmer fast father fee fees fell file find fine fire first
flood food for foreign foreigner form free from fund get give go good got government grant guide had has hate have he hello help her here
hey hi him his home hospital hot hotline hour hours house how i id if ill immigration in income info information inspection insurance
internet is it item its job just keep kid know labour land language last late law lawyer leave legal letter license licence life like line
list live loan local lost lot made mail make man many marriage married may me medical medicine meet meeting message minute missing money
month monthly more mother motorcycle move much must my name national near need new next no not nothing notice now number of off office
officer official ok okay old on online only open or order other our out over owner paid paper parent park pass passport pay payment pension
people permit person pet phone place plan plant please police poor port pregnant price private problem program project property provide
public put question quit rate read really receive refund register registration renew rent repair report request require right road room
rule run said same savings say scam school see seed send senior service services she shop should show sick sign sim sir situation so
social some someone son soon speak staff stamp start state status stay still stolen stop student study subsidy support system take talk
tax taxes teacher tell test thai thailand thank thanks that the their them then there these they thing this those ticket time to today
tomorrow too tour traffic train training transfer travel treatment try two under unemployed unemployment up update us use used vaccine
vehicle very victim village visa visit wage wait walk want was water way we wear website week welfare well went were what when where which
while who why wife will window with without woman women won word work worker workers working would write wrong year years yes yesterday
yet you young your`.split(/\s+/u),
);
