// SPDX-License-Identifier: Apache-2.0
//
// Goal: numbers of identity cards, health cards, passports and driving licences are masked where
// something says what they are, and codes of the same shape stay where nothing does.
// Method: examples with the place in braces; all kinds are on, so a trap must not be taken for
// anything. The numbers are invented.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_documents, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(kind, examples)                                                                     \
    sl_test_expect_marked(kind, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_documents, look_identity_card_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("carta d'identità {AT4581236}"),
        SL_TEST_EXAMPLE("carta di identità n. {AT 4581236} smarrita"),
        SL_TEST_EXAMPLE("C.I. {AT4581236}"),
        SL_TEST_EXAMPLE("c.i. n. {da 4581236}, grazie"),
        SL_TEST_EXAMPLE("carta d'identità {ci-58231-ma}"),
        SL_TEST_EXAMPLE("ci {at4581236}"),
        SL_TEST_EXAMPLE("documento {ax 4581236}"),
        SL_TEST_EXAMPLE("documento allegato: {CA58231FK}"),
        SL_TEST_EXAMPLE("CIE {CA 58231 FK}"),
        SL_TEST_EXAMPLE("carta d'identità {ca-58231-fk}"),
        SL_TEST_EXAMPLE("carta d'identità {C A 5 8 2 3 1 F K}"),
        SL_TEST_EXAMPLE("ho inviato {CA58231FK} ieri"),
        SL_TEST_EXAMPLE("c.i. elettronica {5823146AB}"),
        SL_TEST_EXAMPLE("c.i. n. 3, {5823146 AB}"),
        SL_TEST_EXAMPLE("{AT4581236} è la mia carta d'identità"),
        SL_TEST_EXAMPLE("my ID card {AT4581236}"),
        SL_TEST_EXAMPLE("{AT4581236}"),
        SL_TEST_EXAMPLE("ok {at4581236}"),
        SL_TEST_EXAMPLE("{AT4581236} {5823146AB}"),
        SL_TEST_EXAMPLE("carta d'identità {ОВ4581236}"),
        SL_TEST_EXAMPLE("c.i. {A_T-45 8.1236}"),
        SL_TEST_EXAMPLE("tessera sanitaria {80380001800412345678}"),
        SL_TEST_EXAMPLE("TS {80380 00180 04123 45678}"),
        SL_TEST_EXAMPLE("mi chiedono {80380001800412345678} e poi nulla"),
    };
    EXPECT(SL_KIND_IDENTITY_CARD, examples);
}

Test(identify_documents, look_passport_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("passaporto {YB3158246}"),
        SL_TEST_EXAMPLE("passaporto n. {YB 3158246} scaduto"),
        SL_TEST_EXAMPLE("n° passaporto: {yb3158246}"),
        SL_TEST_EXAMPLE("my passport number is {YB3158246}"),
        SL_TEST_EXAMPLE("passport no. {315824679}"),
        SL_TEST_EXAMPLE("passaporto {B31582467}"),
        SL_TEST_EXAMPLE("{YB3158246} passport"),
    };
    EXPECT(SL_KIND_PASSPORT, examples);
}

Test(identify_documents, look_driving_licence_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("patente {U1R42S763K}"),
        SL_TEST_EXAMPLE("patente {U1R42S763 K} rinnovata"),
        SL_TEST_EXAMPLE("patente n. {u1r42s763k}"),
        SL_TEST_EXAMPLE("patente di guida {MI4523871X}"),
        SL_TEST_EXAMPLE("patente {MI 4523871 X}"),
        SL_TEST_EXAMPLE("driving licence {U1R42S763K}"),
        SL_TEST_EXAMPLE("driver's license: {RM4523871X}"),
        SL_TEST_EXAMPLE("{U1R42S763K}"),
        SL_TEST_EXAMPLE("{MI4523871X} ed {RM4523871Y}"),
    };
    EXPECT(SL_KIND_DRIVING_LICENCE, examples);
}

Test(identify_documents, look_codes_of_something_else_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("il codice promo AT4581236 non funziona"),
        SL_TEST_EXAMPLE("modello CM30055, router AX1800"),
        SL_TEST_EXAMPLE("modello CA58231FK esaurito"),
        SL_TEST_EXAMPLE("il telefono SM-A546B si spegne"),
        SL_TEST_EXAMPLE("FRITZ!Box 7590 AX instabile"),
        SL_TEST_EXAMPLE("volo AZ1782 cancellato"),
        SL_TEST_EXAMPLE("aggiornamento KB4532693 fallito"),
        SL_TEST_EXAMPLE("ho perso 1500000 di punti"),
        SL_TEST_EXAMPLE("documento di 4581236 byte"),
        SL_TEST_EXAMPLE("il documento pesa 4581236 kb"),
        SL_TEST_EXAMPLE("carta d'identità chiesta 2 volte"),
        SL_TEST_EXAMPLE("ci 4581236 volte ci ho provato"),
        SL_TEST_EXAMPLE("documento XAT4581236"),
        SL_TEST_EXAMPLE("il documento da 4581236 righe"),
        SL_TEST_EXAMPLE("documento AT45812367890"),
        SL_TEST_EXAMPLE("documento CA58231FKX"),
        SL_TEST_EXAMPLE("nella foto si vede YB3158246 in rosso"),
        SL_TEST_EXAMPLE("passaporto rinnovato in 3 mesi"),
        SL_TEST_EXAMPLE("passaporto del cane, 45 euro"),
        SL_TEST_EXAMPLE("hanno scritto U1R42S763K sulla scatola"),
        SL_TEST_EXAMPLE("patente U1R42A763K"),
        SL_TEST_EXAMPLE("patente U1R42S7630"),
        SL_TEST_EXAMPLE("patente 994523871X"),
        SL_TEST_EXAMPLE("patente a punti: 20 punti"),
        SL_TEST_EXAMPLE("U1 batte U2 10 a 3"),
        SL_TEST_EXAMPLE("patente AM 50cc"),
        SL_TEST_EXAMPLE("numero 80390001800412345671 sulla scatola"),
        SL_TEST_EXAMPLE("803800018004 sulla scatola"),
        SL_TEST_EXAMPLE("https://example.com/doc/CA58231FK"),
        SL_TEST_EXAMPLE("decreto 445/2000 e legge 196/2003"),
        SL_TEST_EXAMPLE("articolo DL1234567 finito"),
        SL_TEST_EXAMPLE("aa12345aa sul display del modem"),
        SL_TEST_EXAMPLE("team 4 contro team 5"),
        SL_TEST_EXAMPLE("ticket IN4581236 aperto"),
        SL_TEST_EXAMPLE("pacco RR458123695IT fermo"),
        SL_TEST_EXAMPLE("canale 58 23146 AB"),
        SL_TEST_EXAMPLE("software license key 5 devices"),
    };
    EXPECT(SL_KIND_IDENTITY_CARD, examples);
}
