// SPDX-License-Identifier: Apache-2.0
//
// Goal: plates of cars, motorbikes, mopeds, trailers and of the old provinces are masked, and
// products, flights and words beside numbers are not taken for plates.
// Method: examples with the place in braces; all kinds are on, so a trap must not be taken for
// anything. The plates are invented.
#include <criterion/criterion.h>

#include "support/finder.h"

TestSuite(identify_plate, .init = sl_test_finder_init, .fini = sl_test_finder_done);

#define EXPECT(examples)                                                                           \
    sl_test_expect_marked(SL_KIND_PLATE, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_plate, look_car_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("furgone del tecnico targato {FK482TR}"),
        SL_TEST_EXAMPLE("targa {FK 482 TR}"),
        SL_TEST_EXAMPLE("targa: {fk482tr}"),
        SL_TEST_EXAMPLE("targa {fk 482 tr}"),
        SL_TEST_EXAMPLE("targa {F K 4 8 2 T R}"),
        SL_TEST_EXAMPLE("targa {FK-482-TR}"),
        SL_TEST_EXAMPLE("targa {FK·482·TR}"),
        SL_TEST_EXAMPLE("davanti al cancello c'è {FK 482 TR} da ieri"),
        SL_TEST_EXAMPLE("davanti al cancello c'è {FK-482-TR} da ieri"),
        SL_TEST_EXAMPLE("la mia auto {FK482TR} è stata rigata"),
        SL_TEST_EXAMPLE("auto {fk482tr} rigata"),
        SL_TEST_EXAMPLE("{FK482TR} è la targa"),
        SL_TEST_EXAMPLE("{FK482TR}"),
        SL_TEST_EXAMPLE("rimorchio targa {XA482TR}"),
        SL_TEST_EXAMPLE("number plate {FK482TR}"),
    };
    EXPECT(examples);
}

Test(identify_plate, look_other_vehicles_by_cue_masks_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("targa {EB58213}"),
        SL_TEST_EXAMPLE("targa moto {EB 58213}"),
        SL_TEST_EXAMPLE("moto {EB58213} ferma"),
        SL_TEST_EXAMPLE("ciclomotore targa {X4CB7K}"),
        SL_TEST_EXAMPLE("targa del motorino {X4CB7K}"),
        SL_TEST_EXAMPLE("targhino {5CB7K}"),
        SL_TEST_EXAMPLE("vecchia targa {MI 1A2345}"),
        SL_TEST_EXAMPLE("targa {TO A12345}"),
        SL_TEST_EXAMPLE("targa {Roma 123456}"),
        SL_TEST_EXAMPLE("targa {NA 123456}"),
        SL_TEST_EXAMPLE("plate number {X4CB7K}"),
    };
    EXPECT(examples);
}

Test(identify_plate, look_words_beside_numbers_leaves_them) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("da 500 mb al giorno"),
        SL_TEST_EXAMPLE("DA 500 MB AL GIORNO"),
        SL_TEST_EXAMPLE("LE 482 TR SONO FINITE"),
        SL_TEST_EXAMPLE("GAVE ME 200 BY MISTAKE"),
        SL_TEST_EXAMPLE("AL 100 LA LINEA CADE"),
        SL_TEST_EXAMPLE("la macchina va da 145 km in su"),
        SL_TEST_EXAMPLE("la macchina fa 100 cv"),
        SL_TEST_EXAMPLE("IO 482 OI non è una targa"),
        SL_TEST_EXAMPLE("targa QU482IO"),
        SL_TEST_EXAMPLE("volo US 728 AA in ritardo"),
        SL_TEST_EXAMPLE("il codice fk482tr appare sul modem"),
        SL_TEST_EXAMPLE("router AX1800, telefono SM-A546B"),
        SL_TEST_EXAMPLE("FRITZ!Box 7590 AX"),
        SL_TEST_EXAMPLE("post code DA17 5DB no service"),
        SL_TEST_EXAMPLE("CV32 4HN and around"),
        SL_TEST_EXAMPLE("targa ricordo del 1958"),
        SL_TEST_EXAMPLE("una targa da 500 euro"),
        SL_TEST_EXAMPLE("targa 12345"),
        SL_TEST_EXAMPLE("Targa Florio 1973"),
        SL_TEST_EXAMPLE("moto gp 58213 spettatori"),
        SL_TEST_EXAMPLE("codice EB58213 errato"),
        SL_TEST_EXAMPLE("sul display EB 58213 lampeggia"),
        SL_TEST_EXAMPLE("plate of 11 wings"),
        SL_TEST_EXAMPLE("FK482TRX sul retro"),
        SL_TEST_EXAMPLE("AFK482TR sul retro"),
        SL_TEST_EXAMPLE("targa [PLATE] 12AB34"),
        SL_TEST_EXAMPLE("MI 123456 non dice nulla"),
    };
    EXPECT(examples);
}
