// SPDX-License-Identifier: Apache-2.0
//
// Goal: numbers of SIM cards and phones, their secret codes and the code that moves a line are
// masked as people write them, and the counts, dates and models round them stay.
// Method: examples with the place in braces; all kinds are on, so a trap must not be taken for
// anything. The numbers are invented, with check digits where there are any.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_telecom, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(kind, examples)                                                                     \
    sl_test_expect_marked(kind, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_telecom, look_iccid_in_any_grouping_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("sim nuova {8939010308246281949} mai attivata"),
        SL_TEST_EXAMPLE("{8939108219935181907}"),
        SL_TEST_EXAMPLE("il seriale della sim è {8939 8893 7865 7975 436}, grazie"),
        SL_TEST_EXAMPLE("ICCID: {89399923194-87574910}F"),
        SL_TEST_EXAMPLE("iccid={8939007186252760187}"),
        SL_TEST_EXAMPLE("numero scheda {89390103082462819490}"),
        SL_TEST_EXAMPLE("vecchia sim TIM {8939010000000003120} bloccata"),
        SL_TEST_EXAMPLE("SIM{8939010308246281949}F"),
        SL_TEST_EXAMPLE("my ICCID is {8944209555979711473}"),
        SL_TEST_EXAMPLE("esim {8901261049746507526} non si attiva"),
        SL_TEST_EXAMPLE("seriale sim {0308246281949} senza le prime cifre"),
        SL_TEST_EXAMPLE("il numero seriale della sim {8219935181907}"),
        SL_TEST_EXAMPLE("sim serial number: {8246281949031}"),
        SL_TEST_EXAMPLE("sim 1 {8939010308246281949} sim 2 {8939108219935181907}"),
        SL_TEST_EXAMPLE("porto la scheda ({8939889378657975436}) da voi"),
        SL_TEST_EXAMPLE("ICC-ID {8939-9923-1948-7574-910} da portare"),
    };
    EXPECT(SL_KIND_ICCID, examples);
}

Test(identify_telecom, look_numbers_like_an_iccid_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("il post 1893901030824628194 è sparito"),
        SL_TEST_EXAMPLE("https://example.it/status/8939010308246281949"),
        SL_TEST_EXAMPLE("seriale sim non leggibile, 24 mesi di garanzia"),
        SL_TEST_EXAMPLE("valore 0.8939010308246281949 misurato"),
        SL_TEST_EXAMPLE("il seriale del modem è lungo 13 caratteri"),
        SL_TEST_EXAMPLE("la sim da 100 GB a 7,99"),
        SL_TEST_EXAMPLE("due sim dal 2019 e una dal 2021"),
        SL_TEST_EXAMPLE("codice sim errato 3 volte"),
        SL_TEST_EXAMPLE("sim number not recognised since 12/05/2024"),
        SL_TEST_EXAMPLE("89 euro e 39 centesimi al mese"),
        SL_TEST_EXAMPLE("ICCID illeggibile, 19 o 20 cifre?"),
        SL_TEST_EXAMPLE("8944209555979711478 bottles"),
        SL_TEST_EXAMPLE("sim e 5G dal 01/02/2025 al 30/06/2025"),
        SL_TEST_EXAMPLE("scheda video 4090 con 24 GB"),
        SL_TEST_EXAMPLE("tracking 8901261049746507526 fermo"),
        SL_TEST_EXAMPLE("la seriale 2024 non mi è piaciuta"),
    };
    EXPECT(SL_KIND_ICCID, examples);
}

Test(identify_telecom, look_imei_with_a_cue_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("IMEI {356912345260182} bloccato"),
        SL_TEST_EXAMPLE("imei: {35-691234-526018-2}"),
        SL_TEST_EXAMPLE("il codice imei è {356912 34 526018 2}"),
        SL_TEST_EXAMPLE("*#06# mi dice {860123051590833}"),
        SL_TEST_EXAMPLE("{35-209900-016613-8}"),
        SL_TEST_EXAMPLE("imei {356912345260183} copiato male"),
        SL_TEST_EXAMPLE("imei1 {356912345260182} imei2 {860123051590833}"),
        SL_TEST_EXAMPLE("IMEI/SV {3569123452601878}"),
        SL_TEST_EXAMPLE("my phone {490154203909967} was stolen"),
        SL_TEST_EXAMPLE("telefono rubato, {013456001860914}"),
        SL_TEST_EXAMPLE("{356912345260182} è il mio IMEI"),
        SL_TEST_EXAMPLE("IMEI:{356912345260182/01}"),
        SL_TEST_EXAMPLE("IMEI. {352099000166138}"),
        SL_TEST_EXAMPLE("imei n. {35209900 016613 8}"),
        SL_TEST_EXAMPLE("Imei del telefono {86 012305 159083 3} smarrito ieri"),
        SL_TEST_EXAMPLE("blocco imei {356912345260182} per furto"),
    };
    EXPECT(SL_KIND_IMEI, examples);
}

Test(identify_telecom, look_fifteen_digits_of_other_sorts_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("codice 123456789012346 sullo scontrino"),
        SL_TEST_EXAMPLE("ordine 356912345260182 mai arrivato"),
        SL_TEST_EXAMPLE("356912345260182"),
        SL_TEST_EXAMPLE("telefono nuovo ma 356912345260183 non dice niente"),
        SL_TEST_EXAMPLE("imei clonato 2 volte in 3 anni"),
        SL_TEST_EXAMPLE("come trovo l'IMEI? *#06# non va"),
        SL_TEST_EXAMPLE("tracking 490154203909967 in consegna"),
        SL_TEST_EXAMPLE("https://example.com/photo/860123051590833/"),
        SL_TEST_EXAMPLE("pi greco 3.141592653589793 circa"),
        SL_TEST_EXAMPLE("il telefono ha 128 GB e 5000 mAh"),
        SL_TEST_EXAMPLE("blacklist dal 12/03/2024 alle 10:30"),
        SL_TEST_EXAMPLE("IMEI is a number of 15 digits"),
        SL_TEST_EXAMPLE("backup 20240312103045 riuscito"),
        SL_TEST_EXAMPLE("phone costs 1.200.000.000 rupees"),
        SL_TEST_EXAMPLE("iphone 15 pro max 256"),
        SL_TEST_EXAMPLE("imei non supportato errore 38"),
    };
    EXPECT(SL_KIND_IMEI, examples);
}

Test(identify_telecom, look_imsi_with_its_name_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("IMSI {222101234567890}"),
        SL_TEST_EXAMPLE("imsi: {222 01 1234567890}"),
        SL_TEST_EXAMPLE("il mio IMSI è {222-88-1234567890}"),
        SL_TEST_EXAMPLE("IMSI={310150123456789} roaming"),
        SL_TEST_EXAMPLE("{222501234567890} (imsi)"),
    };
    static const struct sl_test_example traps[] = {
        SL_TEST_EXAMPLE("222101234567890 non è un imei"),
        SL_TEST_EXAMPLE("ho letto di IMSI catcher nel 2019"),
        SL_TEST_EXAMPLE("il numero 222101234567890 sulla ricevuta"),
        SL_TEST_EXAMPLE("imsi 2221"),
        SL_TEST_EXAMPLE("imsi attach failed 15 times in 24 hours"),
    };
    EXPECT(SL_KIND_IMSI, examples);
    EXPECT(SL_KIND_IMSI, traps);
}

Test(identify_telecom, look_puk_behind_its_cue_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("il mio PUK è {48213907}"),
        SL_TEST_EXAMPLE("puk {48213907}"),
        SL_TEST_EXAMPLE("PUK:{48213907}"),
        SL_TEST_EXAMPLE("puk={48213907}!"),
        SL_TEST_EXAMPLE("PUK({4821-3907})"),
        SL_TEST_EXAMPLE("puk [{4821 3907}]"),
        SL_TEST_EXAMPLE("p.u.k. {48213907}"),
        SL_TEST_EXAMPLE("puk1 {48213907} puk2 {90554417}"),
        SL_TEST_EXAMPLE("PUK 2: {90554417}"),
        SL_TEST_EXAMPLE("puk {48213907} e {90554417}"),
        SL_TEST_EXAMPLE("codice puk n. {48213907}"),
        SL_TEST_EXAMPLE("codice PUK della mia sim tim: {48213907}"),
        SL_TEST_EXAMPLE("il puk che mi avete mandato {48213907} non va"),
        SL_TEST_EXAMPLE("{48213907} è il mio puk"),
        SL_TEST_EXAMPLE("{48213907} (puk)"),
        SL_TEST_EXAMPLE("the PUK code is {48213907}"),
        SL_TEST_EXAMPLE("puk{48213907}"),
        SL_TEST_EXAMPLE("il puk e' {48 21 39 07}"),
        SL_TEST_EXAMPLE("puk numero {482 139 07}"),
        SL_TEST_EXAMPLE("pin {4410} puk {48213907}"),
        SL_TEST_EXAMPLE("PIN/PUK {4410}/{48213907}"),
        SL_TEST_EXAMPLE("puk ➡️ {48213907}"),
        SL_TEST_EXAMPLE("PUK -> {48213907}"),
        SL_TEST_EXAMPLE("PUK \"{48213907}\""),
        SL_TEST_EXAMPLE("puk {4-82.1/39 07}"),
        SL_TEST_EXAMPLE("codice puk {quattro otto due uno tre nove zero sette}"),
        SL_TEST_EXAMPLE("puk {1 48213 07}"),
    };
    EXPECT(SL_KIND_PUK_PIN, examples);
}

Test(identify_telecom, look_pin_and_codes_for_one_use_masks_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("pin {4410} della sim"),
        SL_TEST_EXAMPLE("il codice PIN è {0000}"),
        SL_TEST_EXAMPLE("PIN2: {4321}"),
        SL_TEST_EXAMPLE("il pin della sim nuova era {7193}"),
        SL_TEST_EXAMPLE("my pin is {7193}, please reset it"),
        SL_TEST_EXAMPLE("pin {1 9 4 4}"),
        SL_TEST_EXAMPLE("pin: {1987}"),
        SL_TEST_EXAMPLE("{7193} è il pin"),
        SL_TEST_EXAMPLE("pin di 4 cifre: {7193}"),
        SL_TEST_EXAMPLE("codice di verifica {123 456}"),
        SL_TEST_EXAMPLE("codice verifica: {123-456}"),
        SL_TEST_EXAMPLE("otp {884213}"),
        SL_TEST_EXAMPLE("OTP = {884213} mai arrivato in tempo"),
        SL_TEST_EXAMPLE("your verification code is {774411}"),
        SL_TEST_EXAMPLE("{774411} is your verification code"),
        SL_TEST_EXAMPLE("usa {774411} come codice di conferma"),
        SL_TEST_EXAMPLE("il tuo codice è {482913}, non condividerlo"),
        SL_TEST_EXAMPLE("codice di sicurezza {482913} ricevuto via sms"),
        SL_TEST_EXAMPLE("codice di attivazione: {A7K9Q2}"),
        SL_TEST_EXAMPLE("G-{482913} is your Google verification code"),
        SL_TEST_EXAMPLE("one-time password {5581}"),
        SL_TEST_EXAMPLE("codice di sblocco del telefono {90127733}"),
        SL_TEST_EXAMPLE("6-digit security code {551209}"),
        SL_TEST_EXAMPLE("codice via sms {66120} mai funzionato"),
        SL_TEST_EXAMPLE("pin code {8 4.0👉4}"),
        SL_TEST_EXAMPLE("pin {quattro, 86 tre}"),
        SL_TEST_EXAMPLE("codice otp {12-3456}"),
    };
    EXPECT(SL_KIND_PUK_PIN, examples);
}

Test(identify_telecom, look_words_of_pin_and_puk_without_one_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("otp del 12/05/2026 mai arrivato"),
        SL_TEST_EXAMPLE("codice di verifica 12.05.26 ore 9"),
        SL_TEST_EXAMPLE("ho smarrito il codice PUK"),
        SL_TEST_EXAMPLE("ho sbagliato il pin 3 volte"),
        SL_TEST_EXAMPLE("il pin vale 10 minuti"),
        SL_TEST_EXAMPLE("serve un PIN di 4 cifre"),
        SL_TEST_EXAMPLE("un PIN a 8 cifre per 2 sim"),
        SL_TEST_EXAMPLE("chiama il 187 per il pin"),
        SL_TEST_EXAMPLE("per il pin chiama il 40916"),
        SL_TEST_EXAMPLE("invia PIN al 4400"),
        SL_TEST_EXAMPLE("il pin dal 2015 non mi serve"),
        SL_TEST_EXAMPLE("dal 2015 pin sempre uguale"),
        SL_TEST_EXAMPLE("pinguino 4410"),
        SL_TEST_EXAMPLE("la pinza da 1234"),
        SL_TEST_EXAMPLE("puk non ricevuto, ordine 48213907"),
        SL_TEST_EXAMPLE("pin errato, errore 4012"),
        SL_TEST_EXAMPLE("pin, 1500 minuti e 100 giga"),
        SL_TEST_EXAMPLE("il pin costa 2000 euro?"),
        SL_TEST_EXAMPLE("otp arrivato alle 18:45"),
        SL_TEST_EXAMPLE("otp ricevuto il 12/05/2024"),
        SL_TEST_EXAMPLE("codice di verifica scaduto dopo 300 secondi"),
        SL_TEST_EXAMPLE("verification code never arrived. 2500 people waiting"),
        SL_TEST_EXAMPLE("@pin 4410 likes"),
        SL_TEST_EXAMPLE("pin [PUK_PIN]"),
        SL_TEST_EXAMPLE("puk sbagliato per 10 tentativi"),
        SL_TEST_EXAMPLE("#pin 2024 le migliori idee"),
        SL_TEST_EXAMPLE("modem 7590 e il pin del wifi?"),
        SL_TEST_EXAMPLE("pin up del 1950"),
        SL_TEST_EXAMPLE("cambio pin nel 2024"),
        SL_TEST_EXAMPLE("otp in 1.500 casi"),
        SL_TEST_EXAMPLE("pin o puk? ho 45 anni e non capisco"),
        SL_TEST_EXAMPLE("security code sent 12 hours ago"),
        SL_TEST_EXAMPLE("your code is worth 5000 points"),
        SL_TEST_EXAMPLE("inserisco il pin, 2 tentativi rimasti"),
    };
    EXPECT(SL_KIND_PUK_PIN, examples);
}

Test(identify_telecom, look_migration_code_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("codice migrazione {TLM0612345678001K}"),
        SL_TEST_EXAMPLE("il codice di migrazione è {TLM 0612345678 001 K}"),
        SL_TEST_EXAMPLE("{TLM0612345678001K}"),
        SL_TEST_EXAMPLE("{FW2-0212345678-007-R} da girare al nuovo operatore"),
        SL_TEST_EXAMPLE("{F3B 055123456 001 D}, si muove?"),
        SL_TEST_EXAMPLE("codice segreto {TLM0612345678} della linea"),
        SL_TEST_EXAMPLE("codice segreto: {AB12345}"),
        SL_TEST_EXAMPLE("codice di trasferimento utenza {OPI081234567}"),
        SL_TEST_EXAMPLE("cod. migr. {VOD0811234567222H}"),
        SL_TEST_EXAMPLE("migration code {INF0612345678999Z}"),
        SL_TEST_EXAMPLE("COW {TLM} COR {0612345678} COS {001}"),
        SL_TEST_EXAMPLE("COW: {FWB} COR: {0212345678} COS: {007} CC: {R}"),
        SL_TEST_EXAMPLE("codice di migrazione = {WIN 081 1234567 001 H}"),
        SL_TEST_EXAMPLE("codice migrazione ({tlm0612345678001k})"),
    };
    EXPECT(SL_KIND_MIGRATION_CODE, examples);
}

Test(identify_telecom, look_words_of_migration_without_a_code_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("chiesto il codice di migrazione, niente"),
        SL_TEST_EXAMPLE("la migrazione del 2026 è partita male"),
        SL_TEST_EXAMPLE("codice di migrazione in 30 giorni"),
        SL_TEST_EXAMPLE("codice segreto? solo in bolletta dal 2020"),
        SL_TEST_EXAMPLE("migration code never sent since 12/05/2024"),
        SL_TEST_EXAMPLE("the cow ate 12 apples"),
        SL_TEST_EXAMPLE("cor blimey, 100 mbps!"),
        SL_TEST_EXAMPLE("per il codice migrazione chiama 800123456"),
        SL_TEST_EXAMPLE("modem ABC1234567890 guasto"),
        SL_TEST_EXAMPLE("volo AZ 1234 del 12 maggio"),
        SL_TEST_EXAMPLE("codice di migrazione costa 49,90 euro"),
        SL_TEST_EXAMPLE("cos 001 non lo so"),
        SL_TEST_EXAMPLE("errore WIN10 build 19045 da ieri"),
    };
    EXPECT(SL_KIND_MIGRATION_CODE, examples);
}
