// SPDX-License-Identifier: Apache-2.0
//
// Goal: payment cards are masked by issuer, length, Luhn and grouping, or by a cue; other long
// numbers are left alone though one in ten passes Luhn.
// Method: examples with the place in braces, all kinds on. The numbers are invented.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_card, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_CARD, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_card, look_card_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("la mia carta {4023 6001 2345 6784} scade presto"),
        SL_TEST_EXAMPLE("carta n.{4023600123456784}, non va"),
        SL_TEST_EXAMPLE("CARTA{4023600123456784}scaduta"),
        SL_TEST_EXAMPLE("{5333-1700-9988-7760} addebitata due volte"),
        SL_TEST_EXAMPLE("{5333 - 1700 - 9988 - 7760}"),
        SL_TEST_EXAMPLE("amex {3782 123456 78903} rifiutata"),
        SL_TEST_EXAMPLE("{378212345678903} rifiutata"),
        SL_TEST_EXAMPLE("{30560012345671} è una Diners"),
        SL_TEST_EXAMPLE("{3056 001234 5671}"),
        SL_TEST_EXAMPLE("{6011.0012.3456.7891}"),
        SL_TEST_EXAMPLE("{5020/1234/5678/9010}"),
        SL_TEST_EXAMPLE("{2223_1234_5678_9012}"),
        SL_TEST_EXAMPLE("{3566,0012,3456,7897}"),
        SL_TEST_EXAMPLE("{4023\n6001\n2345\n6784}"),
        SL_TEST_EXAMPLE("{4023600123456784}, ripeto {4023600123456784}"),
        SL_TEST_EXAMPLE("{4023 6001 2345 6784} 12 27"),
        SL_TEST_EXAMPLE("postepay {40 23 60 01 23 45 67 84}"),
        SL_TEST_EXAMPLE("bancomat {6759 1234 5678 9012 3}"),
        SL_TEST_EXAMPLE("visa {4023600123457}"),
        SL_TEST_EXAMPLE("la carta di credito {4023 6001 2345 6785} non passa"),
        SL_TEST_EXAMPLE("pagato con {4023600123456784} l'ordine"),
        SL_TEST_EXAMPLE("my credit card {122000000000003}"),
        SL_TEST_EXAMPLE("carta {４０２３ 6001 2345 6784}"),
        SL_TEST_EXAMPLE("la mia carta {40 23 60 01 23 45 67 85} non passa"),
        SL_TEST_EXAMPLE("mastercard {5333170099887761}"),
        SL_TEST_EXAMPLE("my card number is {3782 123456 78904}"),
        SL_TEST_EXAMPLE("sono{4023600123456784}mario"),
        SL_TEST_EXAMPLE("{122000012345677}"),
        SL_TEST_EXAMPLE("carta di credito {8112345678901239}"),
    };
    EXPECT(examples);
}

Test(identify_card, look_other_long_number_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("4023600123456785"),
        SL_TEST_EXAMPLE("il 4023 6001 2345 6785 dice"),
        SL_TEST_EXAMPLE("evento 1748503543012"),
        SL_TEST_EXAMPLE("Ordine 20260823000001 non arrivato"),
        SL_TEST_EXAMPLE("2.4023600123456784 secondi"),
        SL_TEST_EXAMPLE("http://example.com/t/4023600123456784"),
        SL_TEST_EXAMPLE("0000000000000000"),
        SL_TEST_EXAMPLE("8839010123456789012"),
        SL_TEST_EXAMPLE("356938035643809"),
        SL_TEST_EXAMPLE("40236001234567841"),
        SL_TEST_EXAMPLE("4023 6001 2345 67841"),
        SL_TEST_EXAMPLE("40 2360 0123 456784 punti"),
        SL_TEST_EXAMPLE("4023600123457 è il numero del pacco"),
        SL_TEST_EXAMPLE("550e8400-e29b-41d4-a716-446655440000"),
        SL_TEST_EXAMPLE("bolletta da 4111.11 euro"),
        SL_TEST_EXAMPLE("tel +4023600123456784"),
        SL_TEST_EXAMPLE("0123456789012"),
        SL_TEST_EXAMPLE("tessera 2718281828459"),
        SL_TEST_EXAMPLE("ho pagato con carta il 12/04, 29 euro"),
        SL_TEST_EXAMPLE("4023-6001-2345 e poi 6784"),
        SL_TEST_EXAMPLE("pagato alle 20260706184534 come da ricevuta"),
        SL_TEST_EXAMPLE("ricevuta del pagamento 1699123456780"),
        SL_TEST_EXAMPLE("il punteggio è 4023,6001,2345,6784 punti"),
        SL_TEST_EXAMPLE("volo 122000012345677 in ritardo"),
        SL_TEST_EXAMPLE("tracking 4023600123456784 fermo"),
        SL_TEST_EXAMPLE("visa 4 12 33 45 17 22 9 31 40 5 18 e 90"),
        SL_TEST_EXAMPLE("https://example.com/photo?id=4023600123456785"),
    };
    EXPECT(examples);
}
