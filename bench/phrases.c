// SPDX-License-Identifier: Apache-2.0
#include "bench/phrases.h"

#include <stddef.h>

#define NAME(upper, lower) [SL_PHRASES_##upper] = #lower,
static const char *const names[SL_PHRASES_LISTS_COUNT] = {SL_PHRASES_LISTS(NAME)};

static const char *const emoji[] = {"😡", "🙏", "👍", "😂", "❤️", "😭",    "🔥",    "🤔",
                                    "😍", "👏", "🎶", "📱", "💙",      "🤬", "🙄", NULL};

static const char *const it_fault[] = {
    "{since} {service} non funziona",
    "{since} sono senza linea e nessuno sa dirmi quando torna",
    "la connessione cade di continuo, {how}",
    "{service} è ferma {since} a {place}",
    "il {device} ha la spia rossa e non si collega più",
    "ho già riavviato il {device} tre volte ma non cambia niente",
    "a {place} c'è un guasto? {service} va a singhiozzo",
    "avevate detto che il tecnico passava ieri e non si è visto nessuno",
    "la velocità è ridicola, non riesco nemmeno ad aprire una pagina",
    "il telefono di casa è muto {since}",
    "ho aperto una segnalazione e risulta chiusa senza che abbiate risolto",
    "non riesco a navigare né dal cellulare né da casa",
    NULL};

static const char *const it_billing[] = {
    "mi è arrivata una bolletta che non corrisponde al contratto",
    "in fattura trovo costi mai richiesti, {how}",
    "perché a {month} ho pagato il doppio?",
    "mi avete addebitato due volte lo stesso mese",
    "aspetto ancora il rimborso promesso a {month}",
    "nella bolletta di {month} c'è un servizio che non ho mai attivato",
    "non ricevo più la fattura via posta e poi mi mandate il sollecito",
    "vorrei capire le voci dell'ultima bolletta, non sono chiare",
    NULL};

static const char *const it_coverage[] = {
    "a {place} il cellulare non prende",
    "zero segnale {since} in tutta la zona di {place}",
    "in casa ho una tacca sola, fuori nessuna",
    "quando arriva la fibra a {place}?",
    "qui a {place} siamo fermi al secolo scorso, la rete non c'è",
    "la copertura sul sito dice una cosa, la realtà un'altra",
    NULL};

static const char *const it_activation[] = {
    "ho fatto il contratto {since} e la linea non è ancora attiva",
    "l'attivazione della fibra è bloccata, {how}",
    "la sim nuova non si attiva, continua a dire in lavorazione",
    "mi avevate promesso l'attivazione entro una settimana",
    "{device} consegnato, linea mai attivata",
    NULL};

static const char *const it_portability[] = {
    "la portabilità del numero è ferma {since}",
    "ho chiesto di passare da voi ma il numero non è ancora arrivato",
    "il vecchio gestore dice che la richiesta di passaggio l'avete respinta voi",
    "dopo la portabilità non ricevo né chiamate né messaggi", NULL};

static const char *const it_credit[] = {"mi è sparito il credito {since}, {how}",
                                        "ho fatto la ricarica ma il credito non è arrivato",
                                        "il credito residuo scende senza che io faccia chiamate",
                                        "la ricarica automatica è partita due volte", NULL};

static const char *const it_offer[] = {
    "quali offerte avete per chi è già cliente?",
    "l'offerta che ho attivato a {month} è cambiata senza avviso",
    "posso avere la promozione che date ai nuovi clienti?",
    "avete aumentato il prezzo della mia tariffa, {how}",
    "i giga finiscono a metà mese, cosa mi proponete?",
    NULL};

static const char *const it_app[] = {
    "l'app non si apre più {since}",
    "non riesco ad accedere all'area clienti, mi rimanda sempre al login",
    "ho provato a cambiare la password dall'app ma il codice non arriva",
    "il sito dice errore generico quando provo a pagare", NULL};

static const char *const it_store[] = {
    "al negozio di {place} mi hanno detto di scrivere a voi",
    "in negozio non hanno saputo aiutarmi e mi hanno mandato via",
    "ho preso appuntamento nel centro di {place} e non c'era nessuno",
    "il punto vendita di {place} è chiuso, dove devo andare?", NULL};

static const char *const it_cancellation[] = {
    "voglio disdire il contratto, come devo fare?",
    "ho mandato la disdetta a {month} e continuate a fatturare",
    "per il recesso mi chiedete dei costi che nessuno mi aveva detto",
    "sto pensando di cambiare operatore, {how}", NULL};

static const char *const it_story[] = {
    "ho chiamato il servizio clienti e dopo mezz'ora di musica è caduta la linea",
    "ogni operatore mi racconta una storia diversa",
    "sono cliente da una vita e non mi era mai capitato",
    "lavoro da casa e così non posso andare avanti",
    "i miei genitori sono anziani e restano isolati",
    "mio figlio deve seguire le lezioni e non può",
    "in tutto il palazzo di {place} abbiamo lo stesso problema",
    "vi ho scritto anche in privato ma non risponde nessuno",
    "mi avevano assicurato che era tutto a posto",
    "anche {person} nella via accanto dice la stessa cosa",
    "ho spento e riacceso il {device} come mi avete chiesto",
    "prima funzionava benissimo, poi a {month} è iniziato il calvario",
    NULL};

static const char *const it_urge[] = {"aspetto una risposta",
                                      "potete verificare per favore?",
                                      "è urgente",
                                      "datemi una soluzione oggi stesso",
                                      "non ne posso più",
                                      "così non si può andare avanti",
                                      "vergogna",
                                      "mi fate sapere qualcosa?",
                                      "altrimenti passo a un altro gestore",
                                      "qualcuno può aiutarmi?",
                                      "grazie a chi mi risponderà",
                                      "attendo vostre notizie",
                                      NULL};

static const char *const it_short_care[] = {
    "non funziona niente",      "linea assente",    "rispondete in privato?",
    "ancora senza internet",    "non va",           "quando risolvete?",
    "problemi anche a {place}", "aiuto per favore", "nessuna risposta",
    "sempre più lenta",         "adsl ferma",       NULL};

static const char *const it_song[] = {
    "come si chiama la canzone dello spot?",
    "bellissima la musica, chi la canta?",
    "questa pubblicità mi mette allegria ogni volta",
    "il ballerino dello spot è un mito",
    "{artist} in questo spot è pazzesco",
    "qualcuno sa il titolo di questo brano? non me lo tolgo dalla testa",
    "la versione di {artist} era meglio",
    "appena parte lo spot mia figlia si mette a ballare",
    "che nostalgia questa canzone, la ascoltavo al liceo",
    NULL};

static const char *const it_thanks[] = {
    "grazie mille, siete stati gentilissimi",
    "problema risolto, complimenti all'operatrice che mi ha seguito",
    "vi ringrazio per la disponibilità",
    "tutto a posto adesso, grazie",
    "grazie {person}, sei stata bravissima",
    "finalmente un servizio che funziona, grazie",
    NULL};

static const char *const it_spam[] = {"guadagna da casa senza impegno, scrivimi e ti spiego come",
                                      "visitate la mia pagina, ogni giorno sconti incredibili",
                                      "ho perso dieci chili con questo metodo, contattami",
                                      "prestiti veloci anche a cattivi pagatori, rispondo subito",
                                      "seguimi e ti seguo anche io, contraccambio sempre",
                                      NULL};

static const char *const it_chat[] = {"{person} guarda qui, ti ricordi quando ne parlavamo?",
                                      "ma davvero c'è ancora chi ci crede",
                                      "io e {person} ieri sera ridevamo proprio di questo",
                                      "buongiorno a tutti da {place}",
                                      "secondo me ha ragione {person}, si è capito subito",
                                      "domani andiamo tutti a {place}, chi viene?",
                                      "ragazzi che spettacolo, mai vista una cosa così",
                                      "chi c'era a {place} lo sa, è stata una serata unica",
                                      "ahahah {person} sei sempre il solito",
                                      "non sono d'accordo, però rispetto la tua opinione",
                                      NULL};

static const char *const it_opinion[] = {
    "ormai le pubblicità sono tutte uguali",
    "preferivo il vecchio logo, questo non dice niente",
    "bella iniziativa, bravi davvero",
    "sponsorizzate sempre lo sport maschile, quando tocca alle donne?",
    "un'azienda italiana dovrebbe investire di più a {place}",
    "ho visto l'intervista all'amministratore, idee chiare e poche promesse",
    "il futuro è qui #innovazione #rete",
    "mah, tanto fumo e poco arrosto",
    "si parla tanto di digitale e poi a {place} mancano i treni",
    NULL};

static const char *const it_short_talk[] = {
    "bello",         "mitico",    "ahahahah",      "che brano è?",
    "stupendo spot", "{person}",  "ciao a tutti",  "grazie",
    "top",           "già visto", "sempre forza!", "{person} guarda",
    "bravi davvero", "mah",       "perché no?",    NULL};

static const char *const it_identifier[] = {"il mio numero è {=phone}",
                                            "richiamatemi al {=phone}",
                                            "potete contattarmi al cellulare {=phone}",
                                            "scrivetemi a {=email}",
                                            "la mia mail è {=email}",
                                            "codice fiscale {=fiscal_code}",
                                            "il mio cf è {=fiscal_code}",
                                            "iban per il rimborso {=iban}",
                                            "ho pagato con la carta {=card}",
                                            "partita iva {=vat_number}",
                                            "la linea intestata a me è {=phone}",
                                            NULL};

static const char *const it_number[] = {"pago {=price} euro al mese",
                                        "da {=price} euro sono passato a {=price}",
                                        "sono {=hours} ore che aspetto",
                                        "dal {=day} {month} non è cambiato niente",
                                        "con {=hours} giga non ci faccio nulla",
                                        "{=mention} potete rispondere?",
                                        "{=mention} ditemi qualcosa",
                                        "{=mention} guarda qui",
                                        "sono cliente dal {=year}",
                                        "alle {=clock} era già tutto fermo",
                                        NULL};

static const char *const it_place[] = {
    "Milano", "Roma",    "Napoli",  "Torino", "Palermo",  "Bari",    "Catania", "Forlì",
    "Lecce",  "Trieste", "Perugia", "Nuoro",  "Viterbo",  "Cosenza", "Cantù",   "Sant'Agata",
    "Genova", "Verona",  "Pescara", "Matera", "Grosseto", NULL};

static const char *const it_since[] = {
    "da ieri sera", "da stamattina",   "da una settimana", "da tre giorni",     "da due mesi",
    "da lunedì",    "da quando piove", "da ieri",          "dopo il temporale", NULL};

static const char *const it_service[] = {
    "internet",       "la linea fissa",  "la fibra", "l'adsl",      "la rete mobile",
    "la connessione", "il wifi di casa", "la tv",    "il telefono", NULL};

static const char *const it_device[] = {"modem",      "router", "telefono",  "decoder",
                                        "ripetitore", "tablet", "cellulare", NULL};

static const char *const it_person[] = {
    "Giulia", "Marco",    "Francesca", "Luca",    "Chiara", "Matteo", "Niccolò",
    "Sara",   "Antonio",  "Martina",   "Davide",  "Elena",  "Simone", "Noemi",
    "Zoé",    "Pasquale", "Ilaria",    "Stefano", "Teresa", "Andrea", NULL};

static const char *const it_artist[] = {"quel cantante",      "il gruppo di una volta",
                                        "la ragazza bionda",  "il ragazzo che balla",
                                        "la banda del paese", NULL};

static const char *const it_month[] = {"gennaio", "febbraio", "marzo",    "aprile",
                                       "maggio",  "giugno",   "luglio",   "settembre",
                                       "ottobre", "novembre", "dicembre", NULL};

static const char *const it_how[] = {"è normale?",
                                     "com'è possibile?",
                                     "chi mi spiega?",
                                     "qualcuno controlla?",
                                     "e nessuno dice niente",
                                     "sempre la stessa storia",
                                     "mi sembra assurdo",
                                     "non è la prima volta",
                                     "vi pare giusto?",
                                     NULL};

static const char *const en_fault[] = {"my {service} has been down {since}",
                                       "no connection at all {since} and nobody can tell me why",
                                       "the {device} keeps dropping the line, {how}",
                                       "is there an outage in {place}? {service} is not working",
                                       "I restarted the {device} three times and nothing changed",
                                       "the engineer was due yesterday and never showed up",
                                       "the speed is a joke, I cannot even load a page",
                                       "my ticket was closed and the fault is still there",
                                       NULL};

static const char *const en_billing[] = {"my bill does not match what I signed for",
                                         "you charged me twice in {month}",
                                         "there is a service on my bill I never asked for",
                                         "still waiting for the refund you promised in {month}",
                                         "why did my monthly price go up, {how}",
                                         NULL};

static const char *const en_coverage[] = {
    "no signal in {place} {since}", "one bar indoors, none in the garden",
    "when is fibre coming to {place}?", "your map says we have coverage in {place}, we do not",
    NULL};

static const char *const en_activation[] = {"I ordered {since} and the line is still not active",
                                            "my new sim will not activate, it says pending",
                                            "activation has been stuck for ages, {how}", NULL};

static const char *const en_portability[] = {
    "I asked to keep my number and it has not moved over yet",
    "after switching to you I cannot receive calls",
    "my old provider says you rejected the transfer", NULL};

static const char *const en_credit[] = {"my credit disappeared {since}",
                                        "I topped up and the credit never arrived",
                                        "automatic top up went through twice", NULL};

static const char *const en_offer[] = {"what deals do you have for existing customers?",
                                       "you changed my plan without telling me",
                                       "can I get the offer you give to new customers?", NULL};

static const char *const en_app[] = {"the app crashes every time I open it",
                                     "I cannot log in to my account, the code never arrives",
                                     "the website gives an error when I try to pay", NULL};

static const char *const en_store[] = {
    "the shop in {place} told me to write here",
    "I had an appointment in the {place} store and nobody was there",
    "nobody in the shop could help me", NULL};

static const char *const en_cancellation[] = {"I want to cancel my contract, how do I do that?",
                                              "I cancelled in {month} and you keep billing me",
                                              "thinking of leaving for another provider, {how}",
                                              NULL};

static const char *const en_story[] = {
    "I called customer service and waited half an hour before it cut me off",
    "every agent tells me a different story",
    "I have been a customer for years and never had this",
    "I work from home and this is costing me",
    "the whole street in {place} has the same problem",
    "I already sent you a private message and got no answer",
    "{person} next door says the same",
    NULL};

static const char *const en_urge[] = {"please help",
                                      "can someone look into this?",
                                      "this is urgent",
                                      "not good enough",
                                      "waiting for an answer",
                                      "fix this today",
                                      "fed up with this",
                                      "any update?",
                                      NULL};

static const char *const en_short_care[] = {
    "still no internet", "not working",  "help please", "any update?",
    "line dead again",   "no reply yet", NULL};

static const char *const en_song[] = {
    "what is the song in this advert?",         "love the music, who sings it?",
    "this ad makes me smile every single time", "{artist} is brilliant in this",
    "cannot get that tune out of my head",      NULL};

static const char *const en_thanks[] = {
    "thank you so much, all sorted now", "big thanks to {person} on the phone, very kind",
    "all working again, thanks for the quick help", "great service today, thank you", NULL};

static const char *const en_spam[] = {"earn money from home, message me to know how",
                                      "follow me and I will follow you back",
                                      "cheap loans for everyone, quick answer",
                                      "visit my page for amazing discounts every day", NULL};

static const char *const en_chat[] = {"{person} look at this, remember what we said?",
                                      "we were laughing about this with {person} last night",
                                      "good morning everyone from {place}",
                                      "who is coming to {place} tomorrow?",
                                      "never seen anything like it, what a night",
                                      "I do not agree but fair enough",
                                      "haha {person} you never change",
                                      NULL};

static const char *const en_opinion[] = {"all adverts look the same these days",
                                         "I liked the old logo better",
                                         "nice initiative, well done",
                                         "you sponsor everything except women's sport",
                                         "the future is here #network #digital",
                                         "lots of smoke and no fire if you ask me",
                                         NULL};

static const char *const en_short_talk[] = {"nice",      "lol",           "love it", "what a song",
                                            "thanks",    "so true",       "wow",     "{person}",
                                            "well done", "{person} look", NULL};

static const char *const en_identifier[] = {
    "my number is {=phone}",    "call me on {=phone}",           "email me at {=email}",
    "my email is {=email}",     "my tax code is {=fiscal_code}", "refund to iban {=iban}",
    "I paid with card {=card}", "vat number {=vat_number}",      NULL};

static const char *const en_number[] = {"I pay {=price} a month",
                                        "it went from {=price} to {=price}",
                                        "{=hours} hours on hold",
                                        "since {month} {=day} nothing has changed",
                                        "{=mention} please answer",
                                        "{=mention} any news?",
                                        "{=mention} have a look",
                                        "with you since {=year}",
                                        NULL};

static const char *const en_place[] = {"Milan",   "Rome",    "Naples", "Turin",  "Bari",
                                       "Trieste", "Bologna", "Lecce",  "Verona", NULL};

static const char *const en_since[] = {
    "since last night", "since this morning", "for a week",        "for three days",
    "since Monday",     "for two months",     "since the weekend", NULL};

static const char *const en_service[] = {"internet", "broadband",   "landline",   "fibre",
                                         "wifi",     "mobile data", "phone line", NULL};

static const char *const en_device[] = {"modem", "router", "hub", "tablet", "phone", NULL};

static const char *const en_person[] = {"Emma", "Jack", "Zoë",  "Liam",  "Chloé",
                                        "Tom",  "Sara", "Luca", "Grace", NULL};

static const char *const en_artist[] = {"that singer", "the blonde girl", "the dancing guy",
                                        "the brass band", NULL};

static const char *const en_month[] = {"January", "February", "March",     "April",   "May",
                                       "June",    "July",     "September", "October", NULL};

static const char *const en_how[] = {
    "is that normal?",   "how is this possible?", "anyone else?",    "same old story",
    "it makes no sense", "not the first time",    "really not fair", NULL};

#define ITALIAN(upper, lower) [SL_PHRASES_##upper] = it_##lower,
#define ENGLISH(upper, lower) [SL_PHRASES_##upper] = en_##lower,

static const char *const *const lists[SL_PHRASES_LANGUAGES_COUNT][SL_PHRASES_LISTS_COUNT] = {
    [SL_PHRASES_ITALIAN] = {SL_PHRASES_LISTS(ITALIAN)},
    [SL_PHRASES_ENGLISH] = {SL_PHRASES_LISTS(ENGLISH)},
};

const char *sl_phrases_name(enum sl_phrases_list list) {
    return names[list];
}

const char *const *sl_phrases_lines(enum sl_phrases_language language, enum sl_phrases_list list) {
    return lists[language][list];
}

const char *const *sl_phrases_emoji(void) {
    return emoji;
}
