// SPDX-License-Identifier: Apache-2.0
//
// Goal: codes of customers, contracts, cases and invoices and user names are masked behind their
// words, and months, prices, years and the numbers a help desk needs stay.
// Method: examples with the place in braces; all kinds are on, so a trap must not be taken for
// anything. The codes are invented.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_customer_code, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_CUSTOMER_CODE, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_customer_code, look_code_behind_its_word_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("codice cliente {88412907}"),
        SL_TEST_EXAMPLE("cod. cliente: {1.88412907}"),
        SL_TEST_EXAMPLE("cod. cl. {88412907}, intestato a mia moglie"),
        SL_TEST_EXAMPLE("il mio codice cliente è {88412907}"),
        SL_TEST_EXAMPLE("n. cliente {8841290}"),
        SL_TEST_EXAMPLE("id cliente {C0088412}"),
        SL_TEST_EXAMPLE("cliente n° {88412907}"),
        SL_TEST_EXAMPLE("numero cliente {884 129 077}"),
        SL_TEST_EXAMPLE("codice cliente = {CL-884129}"),
        SL_TEST_EXAMPLE("contratto n. {4500881}"),
        SL_TEST_EXAMPLE("contratto {450088129} mai attivato"),
        SL_TEST_EXAMPLE("il contratto numero {AB 45008812} è chiuso"),
        SL_TEST_EXAMPLE("account {TK88412907} dal 2018"),
        SL_TEST_EXAMPLE("pratica n. {1-884129077512}"),
        SL_TEST_EXAMPLE("la pratica {884129077} è ferma da aprile"),
        SL_TEST_EXAMPLE("fattura n. {8R00771234} del 10/02"),
        SL_TEST_EXAMPLE("fattura {2024-00771234} non dovuta"),
        SL_TEST_EXAMPLE("bolletta n. {771234} del mese scorso"),
        SL_TEST_EXAMPLE("utenza {UT884129077} sospesa"),
        SL_TEST_EXAMPLE("customer number {88412907}"),
        SL_TEST_EXAMPLE("my account number is {TK-884129}"),
        SL_TEST_EXAMPLE("Account No: {884129077512}"),
        SL_TEST_EXAMPLE("customer id ({C-88412})"),
        SL_TEST_EXAMPLE("invoice {INV884129} charged twice"),
        SL_TEST_EXAMPLE("{88412907} è il mio codice cliente"),
        SL_TEST_EXAMPLE("codice cliente vodafone {88412907}"),
        SL_TEST_EXAMPLE("codice cliente: {88412907} contratto: {450088129}"),
        SL_TEST_EXAMPLE("pratica #{884129077} ancora aperta"),
        SL_TEST_EXAMPLE("my a/c no is {07318842650}"),
        SL_TEST_EXAMPLE("smart card n. {230418865507} bloccata"),
    };
    EXPECT(examples);
}

Test(identify_customer_code, look_other_numbers_behind_such_words_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("un contratto 24 mesi a 19,90"),
        SL_TEST_EXAMPLE("contratto del 12/05/2023"),
        SL_TEST_EXAMPLE("contratto fino 2028 bloccato"),
        SL_TEST_EXAMPLE("contratto 2024/2025"),
        SL_TEST_EXAMPLE("fattura di 129,90 euro"),
        SL_TEST_EXAMPLE("fattura da 12345 euro, follia"),
        SL_TEST_EXAMPLE("fattura € 120,50 non dovuta"),
        SL_TEST_EXAMPLE("fattura n. 3 del 2024"),
        SL_TEST_EXAMPLE("fattura 05/2024 mai arrivata"),
        SL_TEST_EXAMPLE("bolletta 1.250,00 euro"),
        SL_TEST_EXAMPLE("utenza attiva da 15 anni"),
        SL_TEST_EXAMPLE("in pratica 100000 persone senza rete"),
        SL_TEST_EXAMPLE("in pratica dal 2019 non va"),
        SL_TEST_EXAMPLE("account bloccato 3 volte"),
        SL_TEST_EXAMPLE("account bloccato da 12345 secondi"),
        SL_TEST_EXAMPLE("account con 120.000 follower"),
        SL_TEST_EXAMPLE("ticket 88412907 aperto ieri"),
        SL_TEST_EXAMPLE("ordine n. 88412907 mai arrivato"),
        SL_TEST_EXAMPLE("spedizione 884129077512 ferma"),
        SL_TEST_EXAMPLE("customer since 2004, shame"),
        SL_TEST_EXAMPLE("codice cliente non trovato"),
        SL_TEST_EXAMPLE("codice cliente [CUSTOMER_CODE]"),
        SL_TEST_EXAMPLE("clienti 100.000 in meno"),
        SL_TEST_EXAMPLE("il contratto? 12 mesi. 88412907 è il ticket"),
        SL_TEST_EXAMPLE("invoice for 45.99 in 2024"),
        SL_TEST_EXAMPLE("bill 2023-2024 compared"),
        SL_TEST_EXAMPLE("account #MAGA2020 #6ottobre"),
        SL_TEST_EXAMPLE("my account https://example.it/a/12345678"),
    };
    EXPECT(examples);
}

Test(identify_customer_code, look_user_name_behind_its_cue_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("nome utente è {l.verdi}"),
        SL_TEST_EXAMPLE("il mio nome utente: {lverdi74}"),
        SL_TEST_EXAMPLE("username {luca_verdi}"),
        SL_TEST_EXAMPLE("Username: {LucaVerdi}"),
        SL_TEST_EXAMPLE("user {lverdi} non riconosciuto"),
        SL_TEST_EXAMPLE("user {mbianchi} bloccato"),
        SL_TEST_EXAMPLE("login {luca.verdi} da ieri ko"),
        SL_TEST_EXAMPLE("login: {verdi.luca74}"),
        SL_TEST_EXAMPLE("utente {luca.verdi74}"),
        SL_TEST_EXAMPLE("ig: {luca.verdi_74}"),
        SL_TEST_EXAMPLE("ig ➡️ {lucaverdi_}"),
        SL_TEST_EXAMPLE("instagram {luca_verdi74}"),
        SL_TEST_EXAMPLE("telegram: {@lucaverdi}"),
        SL_TEST_EXAMPLE("my username is {thelucky}."),
        SL_TEST_EXAMPLE("User name is {luca1974} Thanks!"),
        SL_TEST_EXAMPLE("account mytim {luca.verdi} inaccessibile"),
        SL_TEST_EXAMPLE("nickname = {verdone88}"),
        SL_TEST_EXAMPLE("user id {88412907}"),
        SL_TEST_EXAMPLE("skype: {luca.verdi.74}"),
        SL_TEST_EXAMPLE("il mio account ig è {verdi_luca}"),
        SL_TEST_EXAMPLE("my username is {24lucabi}"),
        SL_TEST_EXAMPLE("my online id is {lucaverde31}, locked out"),
        SL_TEST_EXAMPLE("my gamer tag is {LucaKart77}"),
        SL_TEST_EXAMPLE("il mio id è {lucaverde31}"),
        SL_TEST_EXAMPLE("{luca_31} is my username"),
        SL_TEST_EXAMPLE("{lucaverde31} è il mio nickname"),
    };
    EXPECT(examples);
}

Test(identify_customer_code, look_words_behind_user_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("@OperatoreItalia rispondete"),
        SL_TEST_EXAMPLE("il mio nome utente è bloccato"),
        SL_TEST_EXAMPLE("il nome utente è sbagliato."),
        SL_TEST_EXAMPLE("username and password not working"),
        SL_TEST_EXAMPLE("login: 24hours and still nothing"),
        SL_TEST_EXAMPLE("my login is 2nd in the list"),
        SL_TEST_EXAMPLE("changing is my username problem"),
        SL_TEST_EXAMPLE("iphone15 is my login device"),
        SL_TEST_EXAMPLE("my id is not accepted since 2019"),
        SL_TEST_EXAMPLE("smart card 4k mai arrivata"),
        SL_TEST_EXAMPLE("username: wrong again"),
        SL_TEST_EXAMPLE("user experience pessima dal 2019"),
        SL_TEST_EXAMPLE("long time user, first complaint"),
        SL_TEST_EXAMPLE("@user 2020 has been bad"),
        SL_TEST_EXAMPLE("login impossibile da 2 giorni"),
        SL_TEST_EXAMPLE("login non funziona su iOS17"),
        SL_TEST_EXAMPLE("utente medio con 100 mega"),
        SL_TEST_EXAMPLE("utente iphone15 scontento"),
        SL_TEST_EXAMPLE("seguiteci su instagram @operatore_italia"),
        SL_TEST_EXAMPLE("instagram down da 2 ore"),
        SL_TEST_EXAMPLE("telegram è meglio"),
        SL_TEST_EXAMPLE("account: problemi con la fibra"),
        SL_TEST_EXAMPLE("il mio account è sempre lo stesso"),
        SL_TEST_EXAMPLE("my account is locked."),
        SL_TEST_EXAMPLE("account amazon.it disattivato"),
        SL_TEST_EXAMPLE("profilo ricaricabile 10GB"),
    };
    EXPECT(examples);
}
